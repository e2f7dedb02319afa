"""One sheet of a form as its XML: where its cells stand, and the same XML with some of them filled in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from html import escape

from cluster_sheets.form.kind import Raw

_CELL = re.compile(r'<c r="([A-Z]+)(\d+)"(?: s="(\d+)")?(?: t="(\w+)")?(?:/>|>(.*?)</c>)', re.DOTALL)
_FORMULA = re.compile(r"<f>.*?</f>", re.DOTALL)
_STALE = re.compile(r"(<f>[^<]*</f>)<v>[^<]*</v>")
"""A formula with the value it had while nothing was filled in."""
_SHARED = re.compile(r"<v>(\d+)</v>")
_FIRST_DAY = date(1899, 12, 30)
"""Day nought of Excel's count, for every day since March 1900."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell in the XML of its sheet."""

    start: int
    stop: int
    style: str
    formula: str


@dataclass(frozen=True, slots=True)
class SheetXml:
    """A sheet, read once; many forms share the XML of most of their sheets."""

    xml: str
    cells: Mapping[str, Cell]
    texts: Mapping[int, tuple[tuple[str, int], ...]]
    """Of each row: (column's letters, number of its shared text)."""

    def with_cells(self, values: Mapping[str, Raw]) -> str:
        """The XML with these cells filled; a formula keeps its formula and takes the value as its stored one.

        Raises KeyError where there is no such cell.
        """
        pieces, at = [], 0
        for where in sorted(values, key=lambda each: self.cells[each].start):
            cell = self.cells[where]
            pieces += [self.xml[at : cell.start], _written(where, cell, values[where])]
            at = cell.stop
        return "".join([*pieces, self.xml[at:]])


@lru_cache(maxsize=256)
def sheet_xml(xml: str) -> SheetXml:
    """A sheet's cells and the shared texts they show; formulas lose their stored values, which would be out of date.

    Whatever program opens the form next works them out.
    """
    xml = _STALE.sub(r"\1", xml)
    cells: dict[str, Cell] = {}
    texts: dict[int, list[tuple[str, int]]] = {}
    for found in _CELL.finditer(xml):
        letters, row, style, kind, within = found.groups()
        formula = _FORMULA.search(within or "")
        cells[letters + row] = Cell(*found.span(), style or "0", formula[0] if formula else "")
        shared = _SHARED.search(within or "") if kind == "s" else None
        if shared:
            texts.setdefault(int(row), []).append((letters, int(shared[1])))
    return SheetXml(xml, cells, {row: tuple(told) for row, told in texts.items()})


def _written(where: str, cell: Cell, raw: Raw) -> str:
    begin = f'<c r="{where}" s="{cell.style}"'
    if raw is None:
        return f"{begin}>{cell.formula}</c>" if cell.formula else f"{begin}/>"
    if isinstance(raw, str):
        if cell.formula:
            return f'{begin} t="str">{cell.formula}<v>{escape(raw, quote=False)}</v></c>'
        return f'{begin} t="inlineStr"><is><t xml:space="preserve">{escape(raw, quote=False)}</t></is></c>'
    return f"{begin}>{cell.formula}<v>{_figure(raw)}</v></c>"


def _figure(raw: Raw) -> str:
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return str((raw - _FIRST_DAY).days)
    return repr(raw)
