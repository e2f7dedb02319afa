"""A night with a tagger: its vote, what is told of it, and that none is left out in silence. spaCy is a stub."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cluster_sheets.anonymise import tagger
from cluster_sheets.connect.error import ConfigError
from cluster_sheets.night import run
from cluster_sheets.night.quiet import is_quiet
from cluster_sheets.night.workspace import opened, rehearsed
from cluster_sheets.report.run import Exit
from cluster_sheets.store import audit, nights, questions
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from tests.anonymise.tagged import found, model, spacy
from tests.night.made import full, state

HOUR = timedelta(hours=1)
SET_UP = '# remark\n[anonymise]\ntagger = "./models/en"\n'
Desk = tuple[Places, datetime, Path]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workspace with a tagger, the moment of its first night, and the model."""
    places, at = full(tmp_path / "central")
    places.config.write_text(SET_UP)
    return places, at, model(places.root / "models" / "en")


def asked(places: Places) -> int:
    """How many questions come of the vote."""
    with Store.open(places.root) as store:
        left = [each for meeting in questions.left_open(store) for each in questions.of_meeting(store, meeting)]
    return sum(each.code == "tagged" for each in left)


def told(places: Places, at: datetime) -> dict[str, str] | None:
    read = json.loads((places.reports(at) / "run.json").read_text())["tagger"]
    assert read is None or isinstance(read, dict)
    return read


def test_its_vote_is_asked_about_and_the_model_stands_in_the_audit_and_the_report(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    places, at, folder = desk
    loaded = spacy(monkeypatch, "August")
    run(places.root, at)
    assert (loaded, asked(places) > 0) == ([folder], True)
    whole = told(places, at)
    assert whole is not None
    assert (whole["name"], whole["licence"], whole["sha256"]) == ("en_example", "MIT", tagger.sha256_of(folder))
    with Store.open(places.root) as store:
        (line,) = [each for each in audit.everything(store) if each.event == "tagger-voted"]
    assert (line.at, whole["sha256"] in line.text, "MIT, by EXAMPLE Ltd" in line.text) == (at, True, True)
    before = state(places)
    run(places.root, at)
    assert (state(places), len(loaded)) == (before, 1)


def test_another_model_under_the_same_name_is_work_and_none_is_none(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    places, at, folder = desk
    loaded = spacy(monkeypatch, "Zzyrk")
    run(places.root, at)
    with opened(places, at + HOUR) as night:
        assert is_quiet(night)
    (folder / "config.cfg").write_text("[nlp]\n# newer\n")
    with opened(places, at + HOUR) as night:
        assert not is_quiet(night)
    run(places.root, at + HOUR)
    assert len(loaded) == 2
    places.config.write_text("")
    run(places.root, at + 2 * HOUR)
    assert (len(loaded), told(places, at + 2 * HOUR)) == (2, None)


def test_no_night_begins_without_the_tagger_that_is_switched_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    places, at, _ = desk
    monkeypatch.setattr(tagger, "find_spec", lambda _: None)
    for begun in (places, None):
        with (
            rehearsed(places, wanted=begun is None) as at_work,
            pytest.raises(ConfigError, match=r"^cluster-sheets\.toml:3: .*cluster-sheets\[tagger\]"),
        ):
            run(at_work.root, at)
    with Store.open(places.root) as store:
        assert nights.last(store) is None


def test_a_model_that_is_damaged_fails_the_night_in_a_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    places, at, folder = desk
    spacy(monkeypatch)
    (folder / "broken").touch()
    ended = run(places.root, at)
    assert ended.exit_code == Exit.FAILED
    assert ended.why.startswith("cluster-sheets.toml:3: spaCy 9.9 can't load the model en_example 1.0: ValueError")


def test_a_rehearsal_has_the_same_tagger_and_no_mail(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    places, at, folder = desk
    loaded = spacy(monkeypatch)
    places.config.write_text(f'{SET_UP}[send]\nkind = "smtp"\nhost = "h"\nuser = "u"\nsecret = "env:EXAMPLE"\n')
    with rehearsed(places, wanted=True) as copy:
        with opened(copy, at) as night:
            assert (night.config.sends, night.config.tagger_at) == (False, "cluster-sheets.toml:3")
        run(copy.root, at)
    assert loaded == [folder]
    places.config.write_text('[anonymise]\ntagger = "en_example"\n')
    with rehearsed(places, wanted=True) as copy:
        assert copy.config.read_text() == '\nanonymise.tagger = "en_example"\n'


def test_the_stub_finds_what_it_should() -> None:
    assert list(found("Dawn, Dawn", ["Dawn"])) == [(0, 4), (6, 10)]
