"""A workbook in our look, over XlsxWriter: the same bytes for the same content, nothing of its author inside.

Every sheet opens the same way: row 1 title, row 2 what it is, row 3 the answer in one sentence, row 4 headings.
"""

import io
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellBlankTuple, CellNumberTuple

from cluster_sheets.base.text import without_odd_characters
from cluster_sheets.look import paper
from cluster_sheets.look.measure import height, lines
from cluster_sheets.look.xlsx import Sheet, Workbook

PORTRAIT, LANDSCAPE = 684, 1009
"""Pixels of the visible columns that fill an A4 page at 100 per cent."""
_CREATED = datetime(2025, 9, 1, tzinfo=UTC).replace(tzinfo=None)
_MOST_TEXT = 32_767
_SURELY_FITS = _MOST_TEXT // 2
"""Letters that Excel counts for two each are still as many as it takes."""
_POINTS = 0.75
"""Points of a pixel."""
PROTECTION = {
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "format_rows": True,
    "sort": False,
    "autofilter": True,
}


def pixels_to_units(pixels: int) -> float:
    """Width of a column in Excel's units: digits of Arial 11 are 8 px wide, and 5 px are padding."""
    return round((pixels - 5) / 8, 3) if pixels >= 13 else round(pixels / 13, 3)


class Book:
    """One workbook being written."""

    def __init__(self, title: str, *, properties: dict[str, str] | None = None) -> None:
        """``title`` is the document's title; ``properties`` are custom document properties."""
        self._target = io.BytesIO()
        options: dict[str, Any] = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": "Arial", "font_size": 11},
            "default_column_width": 72,
        }
        self.book = Workbook(self._target, options)
        self.book.set_properties({"title": title, "created": _CREATED, "author": "", "company": ""})
        for name, value in (properties or {}).items():
            self.book.set_custom_property(name, value, "text")
        self.book.set_calc_mode("auto")
        self._formats: dict[tuple[str, ...], Format] = {}
        self._raw: dict[str, Format] = {}
        self._empty: dict[tuple[str, ...], CellBlankTuple] = {}

    def style(self, *roles: str) -> Format:
        """The cell format of some roles; made once."""
        if roles not in self._formats:
            self._formats[roles] = self.book.styled(roles)
        return self._formats[roles]

    def empty(self, roles: tuple[str, ...]) -> CellBlankTuple:
        """The empty cell of some roles; made once."""
        if roles not in self._empty:
            self._empty[roles] = CellBlankTuple(self.style(*roles))
        return self._empty[roles]

    def raw(self, properties: Any) -> Format:
        """A format of given properties, for conditional formats; made once."""
        key = repr(sorted(properties.items()))
        if key not in self._raw:
            self._raw[key] = self.book.add_format(dict(properties))
        return self._raw[key]

    def sheet(self, name: str, widths: Sequence[int], *, keyed: bool = False, landscape: bool | None = None) -> "Page":
        """A new sheet whose visible columns are ``widths`` pixels wide; ``keyed`` puts a hidden key column before."""
        sheet: Any = self.book.add_worksheet(name, Sheet)
        return Page(self, sheet, widths, keyed=keyed, landscape=landscape)

    def done(self) -> bytes:
        """The finished workbook."""
        self.book.close()
        return self._target.getvalue()


class Page:
    """One sheet being written."""

    def __init__(self, book: Book, sheet: Sheet, widths: Sequence[int], *, keyed: bool, landscape: bool | None) -> None:
        self.book, self.sheet, self.widths, self.first = book, sheet, list(widths), int(keyed)
        if keyed:
            sheet.set_column_pixels(0, 0, 64, None, {"hidden": True})
        for column, pixels in enumerate(widths, start=self.first):
            sheet.set_column(column, column, pixels_to_units(pixels))
        self.last = self.first + len(widths) - 1
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        self.landscape = landscape if landscape is not None else sum(widths) > PORTRAIT + 20
        if self.landscape:
            sheet.set_landscape()
        sheet.set_margins(left=0.47, right=0.47, top=0.55, bottom=0.71)
        sheet.fit_to_pages(1, 0)

    def text(self, row: int, column: int, text: str, *roles: str) -> None:
        """Text as text, whatever it begins with; characters nobody can see are left out."""
        if not text:
            self.blank(row, column, *roles)
            return
        clean = text if text.isascii() and text.isprintable() else without_odd_characters(text)
        if len(clean) > _SURELY_FITS:
            if self.sheet.write_string(row, column, clean[:_MOST_TEXT], self.book.style(*roles)):
                raise ValueError(f"a text did not fit into row {row + 1}")
            return
        self.sheet.put_text(row, column, clean, self.book.style(*roles))

    def two_texts(self, row: int, column: int, first: tuple[str, str], then: tuple[str, str], *roles: str) -> None:
        """Two texts in one cell, one below the other, each (text, role) in the type of its own role."""
        pieces: list[Any] = []
        for text, role in (first, (f"\n{then[0]}", then[1])):
            pieces += [self.book.style(role), without_odd_characters(text)]
        if self.sheet.write_rich_string(row, column, *pieces, self.book.style(*roles)):
            raise ValueError(f"a text did not fit into row {row + 1}")

    def figure(self, row: int, column: int, figure: float | None, *roles: str) -> None:
        """A number; blank where there is none."""
        if figure is None:
            self.blank(row, column, *roles)
        elif isfinite(figure):
            self.sheet.put(row, column, CellNumberTuple(figure, self.book.style(*roles)))
        else:
            raise ValueError(f"{figure} is no figure")

    def pounds(self, row: int, column: int, pence: int | None, *roles: str) -> None:
        """An amount of pence, shown as pounds."""
        self.figure(row, column, None if pence is None else pence / 100, *roles, "pounds")

    def formula(self, row: int, column: int, formula: str, value: float | str, *roles: str) -> None:
        """A live formula with the value we worked out ourselves."""
        self.sheet.put_formula(row, column, formula, value, self.book.style(*roles))

    def blank(self, row: int, column: int, *roles: str) -> None:
        """An empty cell in a style."""
        self.sheet.put(row, column, self.book.empty(roles))

    def key(self, row: int, column: int, key: str) -> None:
        """A key that is not to be seen."""
        self.sheet.put_text(row, column, key, self.book.style("hidden-key"))

    def link(self, row: int, column: int, target: str, text: str, *roles: str) -> None:
        """A link to a place in the same workbook, such as ``'2 Request'!C9``."""
        self.sheet.write_url(row, column, f"internal:{target}", self.book.style(*roles, "link"), text)

    def open_with(self, title: str, lead: str, status: str, *, status_role: str = "status") -> None:
        """The first three rows."""
        for row, (text, role, tall) in enumerate(((title, "title", 33), (lead, "lead", 23), (status, status_role, 26))):
            self.sheet.set_row(row, tall)
            if text:
                self.text(row, self.first, text, role)

    def banner(self, row: int, text: str, role: str) -> None:
        """A full-width banner: ``draft``, ``checked``, ``released`` or ``alarm-banner``."""
        self.sheet.set_row(row, 26)
        self.text(row, self.first, text, role)
        for column in range(self.first + 1, self.last + 1):
            self.blank(row, column, f"{role}-rest")

    def headings(self, row: int, names: Sequence[str], figures: Sequence[int] = ()) -> None:
        """A heading row; ``figures`` are the columns (from nought) that hold figures."""
        most = 1
        for column, (name, pixels) in enumerate(zip(names, self.widths, strict=True)):
            self.text(row, self.first + column, name, "heading-figure" if column in figures else "heading")
            most = max(most, lines(name, pixels, bold=True))
        self.sheet.set_row(row, 26 if most == 1 else 38 if most == 2 else height(most, pad=10))

    def fitted(self, row: int, texts: Sequence[tuple[str, int, bool]], *, pad: float = 6, floor: float = 21) -> float:
        """Sets and gives the height a row needs for ``texts``: (text, pixels, bold) of each wrapped cell in it."""
        needed = max((lines(text, pixels, bold=bold) for text, pixels, bold in texts), default=1)
        tall = height(needed, pad=pad, floor=floor)
        self.sheet.set_row(row, tall)
        return tall

    def printed(
        self,
        rows: int,
        footer: str,
        *,
        repeat: int | None = 3,
        marking: str = "OFFICIAL-SENSITIVE",
        kept: Collection[int] | None = None,
    ) -> None:
        """Print set-up: area down to row ``rows``, footer, the heading row (from nought) repeated, pages from 1.

        A sheet a little longer than a page is printed on one. ``kept`` are rows that stay on the page of the row below
        them, such as headings; where they are named, the sheet must be no wider than the page: it prints as large as it
        is drawn, so that 11 points stay 11.
        """
        self.sheet.print_area(0, self.first, max(rows - 1, 0), self.last)
        if repeat is not None:
            self.sheet.repeat_rows(repeat)
        self._paged(rows, repeat, kept)
        self.sheet.set_start_page(1)
        left = f"{marking}  {footer}".strip().replace("&", "&&")
        self.sheet.set_footer(f"&L&9{left}&R&9&A, page &P")

    def _paged(self, rows: int, repeat: int | None, kept: Collection[int] | None) -> None:
        """How rows go on pages. Excel forgets page breaks while it fits a sheet to the page, so one or the other."""
        heights = [self._tall(row) for row in range(rows)]
        room, full = (paper.LANDSCAPE, LANDSCAPE) if self.landscape else (paper.PORTRAIT, PORTRAIT)
        if sum(heights) <= room * max(1.0, sum(self.widths) / full) * paper.SQUEEZED:
            self.sheet.fit_to_pages(1, 1)
        elif kept is not None:
            repeated = 0 if repeat is None else heights[repeat]
            self.sheet.set_print_scale(100)
            self.sheet.set_h_pagebreaks(paper.cuts(heights, room, repeated=repeated, kept=kept))

    def _tall(self, row: int) -> float:
        """Points of a row as it was set; nought where it is hidden."""
        pixels, hidden = self.sheet.row_sizes.get(row, (self.sheet.default_row_height, False))
        return 0.0 if hidden else pixels * _POINTS

    def locked(self) -> None:
        """Protection without a password: only boxes can be written in, rows can be made taller."""
        self.sheet.protect("", dict(PROTECTION))
