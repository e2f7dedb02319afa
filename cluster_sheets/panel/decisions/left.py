"""What a decisions workbook holds that a new one would lose: then it is left as it is, and the admin is told.

In: the workbook as it lies, and the one that would take its place. Out: where it holds more than that; a note of it.
Never: changes a workbook.

A workbook carries a hash of each of its sheets, the boxes apart: where a sheet has another by now, somebody has typed
beside the boxes or moved a line.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cluster_sheets.base.cell import address
from cluster_sheets.base.finding import Finding, Place
from cluster_sheets.form import keys
from cluster_sheets.form.declared import Form
from cluster_sheets.form.kind import as_text, is_blank
from cluster_sheets.form.shipped import form as shipped_form
from cluster_sheets.register.model import Register
from cluster_sheets.store import decisions, meta
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places

if TYPE_CHECKING:
    from cluster_sheets.reading.raw import RawForm
    from cluster_sheets.reading.values import SheetValues

CODE = "decisions-left-as-they-are"
CASE = "case_ref"
_LEFT = "decisions left "
"""Of a meeting: where its workbook lies, its hash when it was left, and where it holds more than a new one would."""
_HASH = 16
"""Figures of a hash: two sheets are never alike by chance."""
MARK = "\x00"
"""Begins what stands for a formula or a fault of Excel."""
Spot = tuple[str, str]
"""(sheet, cell); either is empty where there is none."""


@dataclass(frozen=True)
class Lying:
    """A workbook as it lies."""

    form: Form
    raw: "RawForm"
    sheets: "Mapping[str, SheetValues | None]"
    """By name, in the order of the tabs; None: it was not read."""
    hidden: frozenset[str] = frozenset()
    """Tabs that cannot be seen."""

    @cached_property
    def answers(self) -> Mapping[tuple[str, str, str], tuple[str, Spot]]:
        """What is typed in each box that is not blank, as it reads, by list, case and name; and where."""
        found = {("", "", name): told for name, told in self.raw.answers.items()}
        for table, name, line in self._lines():
            found[table, ref_of(line), name] = line[name]
        return {key: (as_text(raw), (sheet, cell)) for key, (sheet, cell, raw) in found.items() if not is_blank(raw)}

    @cached_property
    def boxes(self) -> frozenset[Spot]:
        """The cells that the chair types in."""
        own = ((told[0], told[1]) for told in self.raw.answers.values())
        return frozenset(chain(own, ((line[name][0], line[name][1]) for _, name, line in self._lines())))

    @cached_property
    def refs(self) -> Mapping[Spot, tuple[str, str]]:
        """(list, case) of each line, by the cell that names the case."""
        lines = ((table, line) for table, told in self.raw.lines.items() for line in told if CASE in line)
        return {(line[CASE][0], line[CASE][1]): (table, ref_of(line)) for table, line in lines}

    def _lines(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """(list, name of a box, line) of every box in a list."""
        for table in self.form.tables:
            names = [each.name for each in table.columns if each.name != CASE]
            for line in self.raw.lines.get(table.name, ()):
                yield from ((table.name, name, line) for name in names if name in line)

    def hashes(self) -> tuple[tuple[str, str], ...]:
        """(name, hash) of each sheet: of all but its boxes and the mark itself."""
        return tuple((name, self._hash(name, sheet)) for name, sheet in self.sheets.items())

    def changed(self) -> frozenset[str]:
        """Names of the sheets that are not as we wrote them, their boxes apart."""
        _, *written = _stamped(self)
        return frozenset(name for name, told in self.hashes() if told not in written)

    def _hash(self, name: str, sheet: "SheetValues | None") -> str:
        told = {} if sheet is None else dict(cells(sheet))
        kept = {cell: words for cell, words in told.items() if words and (name, cell) not in self.boxes}
        kept |= {cell: ref for (where, cell), (_, ref) in self.refs.items() if where == name}
        return hashlib.sha256(json.dumps([name, sorted(kept.items())]).encode()).hexdigest()[:_HASH]


def ref_of(line: Mapping[str, Any]) -> str:
    """The case of a line as the pack calls it: capitals and blanks around it do not matter."""
    return str(line.get(CASE, ("", "", ""))[2] or "").strip().upper()


def cells(sheet: "SheetValues") -> Iterator[tuple[str, str]]:
    """Each cell with what it reads; a formula is a formula, whatever it comes to and however it is spelt."""
    marked = {cell: "error" if mark == "error" else "formula" for cell, mark in sheet.marks.items()}
    for number, row in enumerate(sheet.rows):
        if row and row[0] == keys.of_stamp("mark"):
            continue
        for column, raw in enumerate(row):
            cell = address(number, column)
            yield cell, "" if cell in marked else " ".join(_words(raw).split())
    yield from ((cell, f"{MARK}{mark}") for cell, mark in marked.items())


def _words(raw: Any) -> str:
    # A figure may come back as a whole number or not, and with another last digit.
    return format(float(raw), ".12g") if isinstance(raw, int | float) else str(raw)


def stamp(mark: str, lying: Lying) -> str:
    """What a workbook carries: the mark of what it shows, and the hash of each sheet."""
    return " ".join((mark, *(told for _, told in lying.hashes())))


def mark_of(lying: Lying) -> str:
    """The mark of what a workbook shows."""
    return _stamped(lying)[0]


def _stamped(lying: Lying) -> list[str]:
    return next(iter(lying.raw.stamp.get("mark", ())), "").split() or [""]


def lost(lies: Lying, new: Lying) -> Spot | None:
    """Where a workbook holds what ``new`` does not; None where nothing would be lost."""
    found = chain(_worked_out(lies), _twice(lies), _added(lies), _beside(lies), _unlike(lies, new))
    return next(found, None)


def _worked_out(lies: Lying) -> Iterator[Spot]:
    """Boxes with a formula or a fault of Excel in them."""
    marked = {(name, cell) for name, sheet in lies.sheets.items() if sheet for cell in sheet.marks}
    yield from sorted(marked & lies.boxes)


def _twice(lies: Lying) -> Iterator[Spot]:
    """Lines of a case that has one already."""
    seen: Counter[tuple[str, str]] = Counter()
    for spot, told in lies.refs.items():
        seen[told] += 1
        if seen[told] > 1:
            yield spot


def _added(lies: Lying) -> Iterator[Spot]:
    """Sheets, notes and pictures that we never put there."""
    raw = lies.raw
    yield from ((name, "") for name in (*raw.added, *raw.hidden))
    yield from ((sheet, cell) for sheet, cell in raw.notes)
    if raw.pictures or raw.external_links:
        yield ("", "")


def _beside(lies: Lying) -> Iterator[Spot]:
    """Sheets that are not as we wrote them, their boxes apart."""
    _, *written = _stamped(lies)
    found = lies.hashes()
    yield from ((name, "") for name, told in found if told not in written)
    if len(found) != len(written):
        yield ("", "")


def _unlike(lies: Lying, new: Lying) -> Iterator[Spot]:
    """Boxes that would read otherwise."""
    for key, (words, spot) in lies.answers.items():
        if new.answers.get(key, ("", spot))[0] != words:
            yield spot


# The note


def note(store: Store, meeting: str, path: str, data: bytes, spot: Spot) -> None:
    """Keeps that the workbook of a meeting was left as it lies; ``path`` is from the workspace."""
    with store.transaction():
        meta.put(store, _LEFT + meeting, json.dumps([path, _sha256(data), *spot]))


def forget(store: Store, meeting: str) -> None:
    """The workbook of a meeting was written."""
    if meta.get(store, _LEFT + meeting):
        with store.transaction():
            meta.put(store, _LEFT + meeting, "")


def has_changed(store: Store, places: Places, meeting: str) -> bool:
    """Whether the workbook of a meeting was left as it was, and has been changed or moved away since."""
    kept = meta.get(store, _LEFT + meeting)
    return not _lies_there(places, kept) if kept else False


def left_as_they_are(store: Store, places: Places, register: Register) -> tuple[Finding, ...]:
    """Workbooks that were left as they are and lie there still; those of meetings that have decided are done with."""
    return tuple(_findings(store, places, (each.meeting_id for each in register.meetings)))


def _findings(store: Store, places: Places, meetings: Iterable[str]) -> Iterator[Finding]:
    for meeting in meetings:
        kept = meta.get(store, _LEFT + meeting)
        if kept and _lies_there(places, kept) and not decisions.of_meeting(store, meeting):
            path, _, sheet, cell = json.loads(kept)
            yield Finding(Place(Path(path).name, sheet, cell), CODE, shipped_form("decisions").severity(CODE))


def _lies_there(places: Places, kept: str) -> bool:
    path, sha256, *_ = json.loads(kept)
    file = places.root / path
    return file.exists() and _sha256(file.read_bytes()) == str(sha256)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
