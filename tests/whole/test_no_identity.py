"""No known identity of the demo is anywhere the panel, finance or a reader of reports could find it.

The search is written here, plainly, and owes nothing to the product's own leak check: every part of every file is
unzipped, its markup taken away, and each known value looked for, as whole words, in any case.
"""

import html
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from cluster_sheets.anonymise import stage
from cluster_sheets.anonymise.redact import Redacted, redacted
from cluster_sheets.demo.play import CLUSTER, SEED, START
from cluster_sheets.demo.requests import samples
from cluster_sheets.night import run
from cluster_sheets.register.model import Register
from cluster_sheets.register.read import register as read_register
from cluster_sheets.report.run import Exit
from cluster_sheets.store import applications, packs
from cluster_sheets.store.database import Store
from tests.night.made import full
from tests.whole.played import SIZE, Played, parts, played

PERSON_FIELDS = ("headteacher_name", "contact_name", "headteacher_agrees_name", "contact_email")
_MARKUP = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"\s+")
CHAIR = "Hollis Yarrow"
"""EXAMPLE name of who presides over the demo's meeting."""
ORDINARY = frozenset({"excel", "merit", "forest park", "waterside", "birches head"})
"""Aliases that a text may hold as ordinary words: they are looked for with their capitals only."""


def register_of(demo: Played) -> Register:
    told, faults = read_register(demo.places.register)
    assert told is not None, faults
    return told


@cache
def known() -> Mapping[str, str]:
    """Every known identity of the demo, and what it is."""
    told = register_of(played())
    found: dict[str, str] = {}
    for school in told.schools.values():
        names = {school.name, *school.aliases, *school.ambiguous}
        numbers = {school.urn, school.dfe_number, school.postcode, *school.email_domains}
        found |= dict.fromkeys(names, "school") | dict.fromkeys(numbers, "number") | {school.trust: "trust"}
    for member in told.members:
        found |= {member.name.removeprefix("EXAMPLE "): "person", member.email: "e-mail"}
    for cluster in told.clusters:
        found |= {cluster.lead.removeprefix("EXAMPLE "): "person"}
    for sample in samples(told, SIZE, SEED, CLUSTER, START):
        for written in (sample.typed, sample.meant):
            people = (str(written.answers.get(name) or "") for name in PERSON_FIELDS)
            found |= dict.fromkeys((each.removeprefix("EXAMPLE ") for each in people), "person of a form")
            found |= {str(line.get("upn") or ""): "upn" for line in written.lines.get("pupils", ())}
    return {value: what for value, what in found.items() if len(value) > 3}


def folded(text: str) -> str:
    """A text as it is compared: one blank between words, plain apostrophes."""
    plain = _BLANKS.sub(" ", html.unescape(text).replace("\u2019", "'"))
    # What the program is called, in the properties of every workbook there is, and a school's alias too.
    return plain.replace("Microsoft Excel", "")


@cache
def sought() -> Mapping[str, tuple[str, re.Pattern[str]]]:
    """For each known value as it is compared: what surely stands where it does, and itself as whole words."""
    made = {}
    for value in {folded(each) for each in known()}:
        flags = re.NOFLAG if value.casefold() in ORDINARY else re.IGNORECASE
        made[value] = (value.casefold(), re.compile(rf"(?<!\w){re.escape(value)}(?!\w)", flags))
    return made


@cache
def identities_in(data: bytes) -> frozenset[str]:
    """Known values in some bytes, with their markup and without it."""
    text = data.decode("utf-8", "replace")
    found = set()
    for each in (text, _MARKUP.sub("", text), _MARKUP.sub(" ", text)):
        told = folded(each)
        low = told.casefold()
        found |= {value for value, (plain, whole) in sought().items() if plain in low and whole.search(told)}
    return frozenset(found)


def everywhere(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """(where, what) of each known value in files, their names and every part of those that are workbooks."""
    for name, data in files.items():
        found = {f"{name}:name": name.encode()} | {f"{name}:bytes": data}
        if name.partition(" (")[0].endswith(".xlsx"):
            found |= {f"{name}:{part}": content for part, content in parts(data).items()}
            found |= {f"{name}:{part}:its name": part.encode() for part in parts(data)}
        for where, content in found.items():
            yield from ((where, each) for each in identities_in(content))


def test_the_search_knows_every_kind_and_finds_each_planted_one() -> None:
    assert set(known().values()) == {"school", "number", "trust", "person", "e-mail", "person of a form", "upn"}
    assert len(known()) > 250
    for around in ("so {}, then\n", "<t>{}</t>", "<r><t>{}</t></r>"):
        within = "</t></r><r><t xml:space='preserve'> " if "<r>" in around else " "
        written = [around.format(html.escape(value).replace(" ", within)) for value in known()]
        assert identities_in("".join(written).encode()) == set(sought())
    assert identities_in(b"<si><t>Sixteen pupils scored below it in September.</t></si>") == set()


def test_none_is_in_any_part_of_any_panel_file_of_any_version() -> None:
    books = played().workbooks("panel/")
    assert {name.rpartition("/")[2].partition("-")[0] for name in books} == {"panel", "decisions"}
    assert len(books) >= 10
    # The chair writes their own name into the workbook that they fill in, and it goes to nobody but the admin.
    *_, filled = (name for name in books if "decisions-CEN-2627-A1" in name)
    assert {what for _, what in everywhere({filled: books.pop(filled)})} == {CHAIR}
    assert list(everywhere(books)) == []


def test_none_is_in_what_finance_and_the_reports_hold() -> None:
    demo = played()
    found = {
        path.relative_to(demo.places.root).as_posix(): path.read_bytes()
        for folder in (demo.places.finance, demo.places.root / "reports")
        for path in folder.rglob("*")
        if path.is_file()
    }
    assert {name.rpartition(".")[2] for name in found} == {"xlsx", "json", "txt"}
    assert list(everywhere(found | demo.workbooks("finance/") | demo.workbooks("reports/"))) == []


def test_none_is_in_the_database_that_is_not_private() -> None:
    root = played().places.root
    data = (root / "cluster.db").read_bytes()
    assert b"CEN-2627-0001" in data
    assert list(everywhere({"cluster.db": data})) == []


def test_the_private_side_is_full_of_them() -> None:
    demo = played()
    assert len({what for _, what in everywhere(demo.workbooks("private/review/"))}) >= 3


def planted(text: str) -> object:
    """A redaction that lets a text through."""

    def lets_through(*given: object, **more: object) -> Redacted:
        made = redacted(*given, **more)  # type: ignore[arg-type]
        return Redacted({**made.texts, "summary": f"{made.texts['summary']} {text}"}, made.spans, made.doubts)

    return lets_through


@pytest.mark.parametrize(
    "text",
    [
        "It is run with Abbey Hulton Primary School.",
        "Ask Greta Wexcombe.",
        "Write to senco@abbey-hulton.example.",
        "R999000015001",
    ],
)
def test_one_that_is_planted_stops_the_night_and_no_panel_file_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    places, at = full(tmp_path / "central")
    monkeypatch.setattr(stage, "redacted", planted(text))
    told = run(places.root, at)
    assert told.exit_code == Exit.INTEGRITY
    assert told.why.startswith("The panel workbook still tells who it is about: a")
    assert [path for path in (places.root / "panel").rglob("*") if path.is_file()] == []
    with Store.open(places.root) as store:
        assert packs.everything(store) == ()
        assert applications.everything(store)
    reports = {path.name: path.read_bytes() for path in places.reports(at).iterdir()}
    assert list(everywhere(reports)) == []
    monkeypatch.undo()
    with Store.open(places.root) as store, store.transaction():
        store.write("DELETE FROM redacted", [()])
    assert run(places.root, at).exit_code == Exit.NEEDED
    assert list((places.root / "panel").rglob("panel-*.xlsx"))
