"""The documents: every name they speak of is there, and every link leads somewhere."""

import re
from importlib import import_module
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[1] / "docs"
WORDS = re.findall(r"^\| ([a-z ]+) \| `([\w.]+)` \|", (DOCS / "words.md").read_text(encoding="utf-8"), re.MULTILINE)


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
