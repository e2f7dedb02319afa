"""The XML of a sheet that is written as no office program writes it, though XML lets it: read by a parser, slowly.

In: the XML of one sheet that the pre-check has passed. Out: what a reader of values hides, by cell.
Never: takes a figure for whole that the reader of values gets only a part of.
"""

from collections.abc import Mapping
from xml.parsers import expat

from python_calamine import CalamineError

from cluster_sheets.base.cell import address, position

_VALUES = ("v", "t")


def marks(xml: bytes) -> Mapping[str, str]:
    """Marks as ``sheet.marks`` gives them. Raises CalamineError of what is no XML, or hides a part of a value."""
    looked = _Look()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = looked.begins, looked.ends
    parser.CharacterDataHandler = looked.says
    # The reader of values stops at each of these: 10<!-- -->00 would be ten.
    parser.CommentHandler = parser.StartCdataSectionHandler = looked.hides
    parser.ProcessingInstructionHandler = looked.hides
    parser.StartDoctypeDeclHandler = _declares
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError) as broken:
        raise CalamineError("the sheet can't be read") from broken
    return looked.made


def _declares(*_: object) -> None:
    """What is declared can stand for more than anybody wrote; the pre-check lets none through."""
    raise ValueError("a sheet declares something")


class _Look:
    """What was met so far: where the cell stands, and what it holds."""

    def __init__(self) -> None:
        self.made: dict[str, str] = {}
        self._row, self._column = -1, -1
        self._in: str = ""
        """The cell's element that is open: a formula, a value, or none."""
        self._in_cell = False
        self._kind = ""
        self._formula = self._value = False

    def begins(self, tag: str, given: Mapping[str, str]) -> None:
        name = tag.rpartition(":")[2]
        if name == "row":
            self._row, self._column = int(given["r"]) - 1 if "r" in given else self._row + 1, -1
        elif name == "c":
            # A cell that does not say where it stands is the one behind the last.
            self._row, self._column = position(given["r"]) if "r" in given else (self._row, self._column + 1)
            self._in_cell, self._kind, self._formula, self._value = True, given.get("t", ""), False, False
        elif name == "f":
            self._formula = True
        self._in = name

    def ends(self, tag: str) -> None:
        if tag.rpartition(":")[2] == "c":
            if self._formula or self._kind == "e":
                valued = "error" if self._kind == "e" else "formula"
                self.made[address(self._row, self._column)] = valued if self._value else "unworked"
            self._in_cell = False
        self._in = ""

    def says(self, text: str) -> None:
        if self._in in _VALUES and text:
            self._value = True

    def hides(self, *_: object) -> None:
        if self._in_cell:
            raise ValueError("a cell hides something")
