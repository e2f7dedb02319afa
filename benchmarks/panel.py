"""Panel: our panel workbook beside XlsxWriter writing the same cells by default, and what a marked-up copy costs.

``python -m benchmarks.panel ours|plain FILE`` writes one from what ``prepared`` kept, and prints the CPU seconds of
the writing alone.
"""

import io
import pickle
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.make_files import BenchSet, bench_set

_SIZE = 1_000


@dataclass(frozen=True)
class Sheet:
    """One sheet as it is read back from our workbook."""

    name: str
    cells: tuple[tuple[int, int, Any, int, str], ...]
    """Row, column, value (fragments of (text, bold) where it is rich), style, place it links to."""
    heights: dict[int, float]
    widths: dict[int, float]
    validations: tuple[tuple[str, dict[str, Any]], ...]
    footer: str
    landscape: bool


@dataclass(frozen=True)
class Content:
    """What a workbook holds: enough to write the same again without knowing what it is."""

    sheets: tuple[Sheet, ...]
    styles: tuple[dict[str, Any], ...]


class Panel:
    """The pack of the bench set's next meeting."""

    def __init__(self, folder: Path) -> None:
        self._view, self._content, self.cases = prepared(folder)

    def ours(self) -> float:
        """CPU seconds of our workbook."""
        return _timed("ours", self._view)

    def plain(self) -> float:
        """CPU seconds of XlsxWriter with its own defaults, given the same content."""
        return _timed("plain", self._content)


def _timed(which: str, file: Path) -> float:
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.panel", which, str(file)], capture_output=True, text=True, check=True
    )
    return float(told.stdout)


def prepared(folder: Path) -> tuple[Path, Path, int]:
    """(our view, its content, how many cases), made by a night over the bench set where they are not there yet."""
    view_file, content_file = folder / "panel-view.pickle", folder / "panel-content.pickle"
    made = bench_set(folder, _SIZE)
    if not (view_file.exists() and content_file.exists()):
        view = _view(folder, made)
        view_file.write_bytes(pickle.dumps(view))
        content_file.write_bytes(pickle.dumps(_content(_ours(view))))
    return view_file, content_file, len(pickle.loads(view_file.read_bytes()).cases)


def _view(folder: Path, made: BenchSet) -> Any:
    from cluster_sheets.night import opened, run
    from cluster_sheets.panel import gather
    from cluster_sheets.panel.stage import due
    from cluster_sheets.store import cases, packs
    from cluster_sheets.store.places import Places

    places = Places(folder / "panel-workspace")
    shutil.rmtree(places.root, ignore_errors=True)
    shutil.copytree(made.workspace, places.root)
    for path in made.files.iterdir():
        shutil.copy(path, places.inbox / path.name)
    run(places.root, made.as_of)
    with opened(places, made.as_of) as night:
        meeting = due(night.register, made.as_of)[0]
        standing = [each for each in cases.of_meeting(night.store, meeting.meeting_id) if each.version_out is None]
        found = gather.gathered(night.store, night.register, night.form, meeting, tuple(standing))
        pack = packs.current(night.store, meeting.meeting_id)
        assert pack is not None
        stands = gather.Standing(pack.version, pack.state, made.as_of, 0, None)
        funds = gather.positions(night.store, night.register, meeting)
        return gather.view(night.register, meeting, found.cases, funds, stands)


def _ours(view: Any) -> bytes:
    from cluster_sheets.panel.book import workbook

    return workbook(view)


def _content(data: bytes) -> Content:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    styles: dict[str, tuple[int, dict[str, Any]]] = {}
    sheets = tuple(_sheet(sheet, styles) for sheet in book.worksheets)
    return Content(sheets, tuple(look for _, look in sorted(styles.values(), key=lambda each: each[0])))


def _sheet(sheet: Any, styles: dict[str, tuple[int, dict[str, Any]]]) -> Sheet:
    cells = []
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None or cell.has_style:
                look = _look(cell)
                number, _ = styles.setdefault(repr(look), (len(styles), look))
                link = cell.hyperlink.location if cell.hyperlink else ""
                cells.append((cell.row - 1, cell.column - 1, _value(cell.value), number, link or ""))
    validations = tuple(
        (str(each.sqref), {"validate": "decimal", "criteria": ">=", "value": 0, "input_message": each.prompt or ""})
        for each in sheet.data_validations.dataValidation
    )
    return Sheet(
        sheet.title,
        tuple(cells),
        {number - 1: each.height for number, each in sheet.row_dimensions.items() if each.height},
        {each.min - 1: each.width for each in sheet.column_dimensions.values() if each.width},
        validations,
        str(sheet.oddFooter.left.text or "") if sheet.oddFooter else "",
        sheet.page_setup.orientation == "landscape",
    )


def _value(value: Any) -> Any:
    """A cell's value; rich text as its fragments."""
    if isinstance(value, list):
        return [(str(each), bool(getattr(getattr(each, "font", None), "b", False))) for each in value]
    return value


def _look(cell: Any) -> dict[str, Any]:
    """A cell's style as XlsxWriter takes it."""
    font, align, border = cell.font, cell.alignment, cell.border
    told = {
        "font_name": font.name,
        "font_size": font.sz,
        "bold": bool(font.b),
        "italic": bool(font.i),
        "font_color": f"#{font.color.rgb[2:]}" if font.color and isinstance(font.color.rgb, str) else None,
        "bg_color": f"#{cell.fill.fgColor.rgb[2:]}" if cell.fill.patternType == "solid" else None,
        "align": align.horizontal,
        "valign": {"center": "vcenter"}.get(align.vertical, align.vertical),
        "indent": int(align.indent or 0),
        "text_wrap": bool(align.wrap_text),
        "num_format": cell.number_format,
        "locked": bool(cell.protection.locked),
        "bottom": 1 if border.bottom and border.bottom.style else 0,
        "top": 1 if border.top and border.top.style else 0,
    }
    return {name: value for name, value in told.items() if value not in (None, False, 0) or name == "locked"}


def _plain(content: Content) -> bytes:
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    formats = [book.add_format(look) for look in content.styles]
    bold = book.add_format({"bold": True})
    for each in content.sheets:
        _plain_sheet(book.add_worksheet(each.name), each, formats, bold)
    book.close()
    return target.getvalue()


def _plain_sheet(sheet: Any, told: Sheet, formats: list[Any], bold: Any) -> None:
    for column, width in told.widths.items():
        sheet.set_column(column, column, width)
    for row, height in told.heights.items():
        sheet.set_row(row, height)
    for row, column, value, style, link in told.cells:
        if link:
            sheet.write_url(row, column, f"internal:{link}", formats[style], str(value))
        elif isinstance(value, list):
            parts = [part for text, heavy in value for part in ((bold, text) if heavy else (text,))]
            sheet.write_rich_string(row, column, *parts, formats[style])
        else:
            sheet.write(row, column, value, formats[style])
    for where, rule in told.validations:
        sheet.data_validation(where.split()[0], rule)
    sheet.set_paper(9)
    if told.landscape:
        sheet.set_landscape()
    sheet.hide_gridlines(2)
    sheet.protect()
    sheet.set_footer(f"&L{told.footer}&R&A, page &P")


def marked_up_ms(made: BenchSet) -> list[float]:
    """CPU milliseconds of each of ten marked-up copies of the bench set's forms."""
    from cluster_sheets.form.filled import Fault, Filled, Stamp
    from cluster_sheets.form.shipped import form
    from cluster_sheets.form.template import template
    from cluster_sheets.night import opened
    from cluster_sheets.reading.raw import read
    from cluster_sheets.replies.scheme import scheme
    from cluster_sheets.store.places import Places

    with opened(Places(made.workspace), made.as_of) as night:
        drawn = scheme(night.register, "CEN", night.register.day_of(made.as_of))
    declared, costs = form("application"), []
    fault = Fault("headteacher_name", 0, "1 School", "‘Headteacher’ has no answer.", "Answer it in C8.", "Jo Example")
    for path in sorted(made.files.iterdir())[:11]:
        raw = read(path.read_bytes())
        answers = {key: told[2] for key, told in raw["answers"].items() if declared.has(key)}
        lines = {
            table: [{name: told[2] for name, told in line.items()} for line in rows]
            for table, rows in raw["lines"].items()
        }
        begun = time.process_time()
        template(declared, Filled(drawn, Stamp(version="CS-APP 2026.1"), "", "", answers, lines, (fault,)))
        costs.append((time.process_time() - begun) * 1000)
    return costs[1:]


if __name__ == "__main__":
    which, kept = sys.argv[1], pickle.loads(Path(sys.argv[2]).read_bytes())
    make = {"ours": _ours, "plain": _plain}[which]
    import xlsxwriter  # noqa: F401 - loading it is no part of the writing

    if which == "ours":
        import cluster_sheets.panel.book  # noqa: F401 - nor is this
    start = time.process_time()
    make(kept)
    print(time.process_time() - start)
