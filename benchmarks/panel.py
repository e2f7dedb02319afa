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
class Content:
    """What a workbook holds, cell by cell: enough to write it again without knowing what it is."""

    sheets: tuple[tuple[str, tuple[tuple[int, int, Any, int], ...], dict[int, float], dict[int, float]], ...]
    """Name; (row, column, value, style) of each cell; heights of rows; widths of columns."""
    styles: int


class Panel:
    """The pack of the bench set's next meeting."""

    def __init__(self, folder: Path) -> None:
        self._view, self._content, self.cases = prepared(folder)

    def ours(self) -> float:
        """CPU seconds of our workbook."""
        return _timed("ours", self._view)

    def plain(self) -> float:
        """CPU seconds of XlsxWriter with its own defaults: the same cells, styles, heights and widths."""
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

    book = openpyxl.load_workbook(io.BytesIO(data))
    sheets, most = [], 0
    for sheet in book.worksheets:
        cells = []
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None or cell.has_style:
                    style = cell.style_id
                    most = max(most, style)
                    cells.append((cell.row - 1, cell.column - 1, cell.value, style))
        heights = {number - 1: each.height for number, each in sheet.row_dimensions.items() if each.height}
        widths = {each.min - 1: each.width for each in sheet.column_dimensions.values() if each.width}
        sheets.append((sheet.title, tuple(cells), heights, widths))
    return Content(tuple(sheets), most + 1)


def _plain(content: Content) -> bytes:
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    formats = [book.add_format({"text_wrap": True, "indent": number % 3}) for number in range(content.styles)]
    for name, cells, heights, widths in content.sheets:
        sheet = book.add_worksheet(name)
        for column, width in widths.items():
            sheet.set_column(column, column, width)
        for row, height in heights.items():
            sheet.set_row(row, height)
        for row, column, value, style in cells:
            sheet.write(row, column, value, formats[style])
    book.close()
    return target.getvalue()


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
