"""The documents: every name they speak of is there, and every link leads somewhere."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from cluster_sheets.register.defaults import settings
from cluster_sheets.register.sheet import declared

DOCS = Path(__file__).parents[1] / "docs"
WORDS = re.findall(r"^\| ([a-z ]+) \| `([\w.]+)` \|", (DOCS / "words.md").read_text(encoding="utf-8"), re.MULTILINE)


GUIDE = (DOCS / "admin-guide.md").read_text(encoding="utf-8")
ROOT = DOCS.parent


def unused(names: list[str]) -> list[str]:
    """Those of these settings that no code and no schema names, but for the schema that says what each may be."""
    code = [path.read_text(encoding="utf-8") for path in (ROOT / "cluster_sheets").rglob("*.py")]
    schemas = [path for path in (ROOT / "schemas").rglob("*.toml") if path.name != "register.toml"]
    said = "\n".join([*code, *(path.read_text(encoding="utf-8") for path in schemas)])
    # A name that is put together: settings.number(f"weight_project_{each}").
    begun = tuple(re.findall(r"""settings\.\w+\(f["'](\w+_)\{""", said))
    spoken = set(re.findall(r"\w+", said))
    return [name for name in names if name not in spoken and not name.startswith(begun)]


def test_the_guide_lists_exactly_the_settings_that_nothing_goes_by() -> None:
    section = GUIDE.partition("### Settings that nothing goes by yet")[2].partition("\n## ")[0]
    assert re.findall(r"`(\w+)`", section) == unused([each.name for each in settings()])


def test_the_columns_that_nothing_goes_by_are_the_register_s_and_no_code_goes_by_them() -> None:
    section = GUIDE.partition("### Columns that nothing goes by yet")[2].partition("\n## ")[0]
    listed = re.findall(r"^\| (\w+) \| (.+) \|$", section, re.MULTILINE)[1:]
    sheets = {sheet.name: {each.label: each.name for each in sheet.columns} for sheet in declared()[0]}
    names = [sheets[sheet][label] for sheet, labels in listed for label in labels.split(", ")]
    # The register's own room reads, keeps and writes them; all others go by what it made of them.
    others = [path for path in (ROOT / "cluster_sheets").rglob("*.py") if path.parent.name != "register"]
    code = "\n".join(path.read_text(encoding="utf-8") for path in others)
    # A decision has its own ``present``, an entry its own ``note``: by their names alone these cannot be told.
    told = [name for name in names if name not in ("present", "note")]
    assert len(told) == 8
    assert [name for name in told if re.search(rf"\.{name}\b", code)] == []


def test_a_setting_that_code_or_a_form_names_is_used() -> None:
    assert unused(["quorum_share", "first_spend", "weight_project_need", "no_such_setting"]) == ["no_such_setting"]


def test_what_to_delete_by_hand_is_told_of_each_setting_of_its_kind() -> None:
    section = GUIDE.partition("## How long things are kept")[2]
    kept = [each.name for each in settings() if each.name.startswith("keep_")]
    assert sorted(re.findall(r"^\| `(keep_\w+)` \|", section, re.MULTILINE)) == sorted(kept)


def test_no_word_is_told_twice() -> None:
    assert len({word for word, _ in WORDS}) == len(WORDS) > 20


@pytest.mark.parametrize(("word", "name"), WORDS)
def test_a_word_has_its_python_name(word: str, name: str) -> None:
    module, _, thing = name.rpartition(".")
    assert getattr(import_module(module), thing).__doc__


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.relative_to(DOCS).as_posix())
def test_every_link_within_docs_leads_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_decision_is_listed() -> None:
    listed = (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in sorted((DOCS / "decisions").glob("0*.md")) if f"({page.name})" not in listed] == []
