"""Fills an issued form as a person's Excel would: answers go into their boxes, everything else stays as it was.

The sheets' XML is edited, not the workbook loaded and saved: styles, lists, locks and the stamp stay untouched, and a
file takes milliseconds. Boxes are found by the hidden keys, so a copy that was sent back can be mended the same way.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape

from cluster_sheets.demo.sheet import SheetXml, sheet_xml
from cluster_sheets.form import keys
from cluster_sheets.form.kind import Raw
from cluster_sheets.form.template_sums import line_pence

Answers = Mapping[str, Raw]
Lines = Mapping[str, Sequence[Answers]]
_SHARED_TEXT = re.compile(r"<si>(.*?)</si>", re.DOTALL)
_TEXT = re.compile(r"<t(?: [^>]*)?>(.*?)</t>", re.DOTALL)
_ANSWER = "C"
_STRINGS = "xl/sharedStrings.xml"
_LINE_TOTAL, _LEAD_SHARE = "line_total", "partners.lead_share"
"""The form's locked cells whose stored values we keep right."""
_SAVED = (1980, 1, 1, 0, 0, 0)


@dataclass(slots=True)
class _Room:
    """Where a table's lines go."""

    part: str
    columns: dict[str, str]
    """Letters of each column."""
    first: int = 0
    stop: int = 0


@dataclass(slots=True)
class _Found:
    """Boxes by key."""

    boxes: dict[str, tuple[str, str]] = field(default_factory=dict)
    """(part, cell) of each answer."""
    rooms: dict[str, _Room] = field(default_factory=dict)


class Blank:
    """An issued form, or a copy that was sent back, ready to be filled."""

    def __init__(self, data: bytes) -> None:
        archive = zipfile.ZipFile(io.BytesIO(data))
        self._parts = {name: archive.read(name) for name in archive.namelist()}
        self._strings = [
            unescape("".join(_TEXT.findall(found))) for found in _SHARED_TEXT.findall(self._parts[_STRINGS].decode())
        ]
        self._sheets: dict[str, SheetXml] = {
            name: sheet_xml(part.decode()) for name, part in self._parts.items() if name.startswith("xl/worksheets/s")
        }

    @cached_property
    def _found(self) -> _Found:
        found = _Found()
        for part, sheet in self._sheets.items():
            for row, texts in sheet.texts.items():
                told = {letters: self._strings[number] for letters, number in texts}
                if "A" in told:
                    _keep(found, part, row, told)
        return found

    def stamp(self, part: str) -> str:
        """One part of the form's stamp, such as its form id. Raises KeyError where there is none."""
        name, cell = self._found.boxes[keys.of_stamp(part)]
        letters, row = cell[0], int(cell[1:])
        told = dict(self._sheets[name].texts[row])
        return self._strings[told[letters]]

    def with_texts(self, texts: Mapping[str, str]) -> "Blank":
        """The same form with some of its shared texts replaced, such as another stamp in place of this one's."""
        other = copy(self)
        other._strings = [texts.get(each, each) for each in self._strings]
        part = self._parts[_STRINGS].decode()
        for before, after in texts.items():
            part = part.replace(f">{before}<", f">{after}<")
        other._parts = self._parts | {_STRINGS: part.encode()}
        return other

    def filled(self, answers: Answers, lines: Lines) -> bytes:
        """The form with these answers; a box that is not named stays as it is.

        Raises KeyError where there is no such question, ValueError where a table has too little room.
        """
        cells: dict[str, dict[str, Raw]] = {}
        for key, raw in answers.items():
            part, cell = self._found.boxes[key]
            cells.setdefault(part, {})[cell] = raw
        for name, given in lines.items():
            room = self._found.rooms[name]
            cells.setdefault(room.part, {}).update(_line_cells(name, room, given))
        left = _lead_share(answers, lines)
        if left is not None and _LEAD_SHARE in self._found.boxes:
            part, cell = self._found.boxes[_LEAD_SHARE]
            cells.setdefault(part, {})[cell] = left
        sheets = self._sheets.items()
        return self._packed({part: sheet.with_cells(cells.get(part, {})).encode() for part, sheet in sheets})

    def _packed(self, changed: Mapping[str, bytes]) -> bytes:
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name, part in self._parts.items():
                entry = zipfile.ZipInfo(name, _SAVED)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, changed.get(name, part))
        return target.getvalue()


def _keep(found: _Found, part: str, row: int, told: Mapping[str, str]) -> None:
    kind, _, name = told["A"].partition(":")
    if kind == "table":
        columns = {text: letters for letters, text in told.items() if letters != "A"}
        found.rooms[name] = _Room(part, columns)
    elif kind == "headings":
        found.rooms[name].first = row + 1
    elif kind == "end":
        found.rooms[name].stop = row
    else:
        found.boxes[told["A"]] = (part, f"{_ANSWER}{row}")


def _line_cells(table: str, room: _Room, given: Sequence[Answers]) -> dict[str, Raw]:
    if len(given) > room.stop - room.first:
        raise ValueError(f"{table} has room for {room.stop - room.first} lines")
    cells: dict[str, Raw] = {}
    for row, line in enumerate(given, start=room.first):
        cells |= {f"{room.columns[name]}{row}": raw for name, raw in line.items()}
        if _LINE_TOTAL in room.columns:
            pence = line_pence(dict(line))
            cells[f"{room.columns[_LINE_TOTAL]}{row}"] = None if pence is None else pence / 100
    return cells


def _lead_share(answers: Answers, lines: Lines) -> float | None:
    """What the locked cell below the partners shows; None where it stays blank."""
    asked = answers.get("amount_requested")
    if not isinstance(asked, int | float):
        return None
    shares = [line.get("share") for line in lines.get("partners", ())]
    return round(asked - sum(each for each in shares if isinstance(each, int | float)), 2)
