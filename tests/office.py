"""LibreOffice, driven by the tests: pages as printed, and formulas worked out by somebody else than us.

Each test run has a profile of its own, so that an office somebody has open is left alone, and ends its own processes
by their own id. A test that calls this is marked ``real`` and ``needs_office``.
"""

import atexit
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.workbook.workbook import Workbook

PROGRAMS = ("soffice", "pdftotext", "pdfinfo", "pdftoppm")
REQUIRED = bool(os.environ.get("CLUSTER_SHEETS_REQUIRE_REAL"))
_MISSING = [program for program in PROGRAMS if shutil.which(program) is None]
_LONGEST = 300
"""Seconds an office may take over one workbook, on a machine that does other things as well."""
_CLOSEST = 1e-9
_TYPIST = Path(__file__).with_name("office_typist.py")
_RECALCULATED = "xlsx:Calc MS Excel 2007 XML"

needs_office = pytest.mark.skipif(bool(_MISSING) and not REQUIRED, reason=f"not installed: {', '.join(_MISSING)}")
"""Skips where LibreOffice or poppler is missing; where they are required, the test runs, and fails."""

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooLocale" oor:op="fuse"><value>en-US</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-GB</value>
</prop></item>
</oor:items>
"""
"""Recalculate each workbook hard on load, whoever saved it; dates and money as in Britain."""


@cache
def profile() -> Path:
    """The folder of this test run's own office profile; gone when the run ends."""
    folder = Path(tempfile.mkdtemp(prefix="cluster-sheets-office-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "user").mkdir()
    (folder / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    return folder


def ended(process: "subprocess.Popen[bytes]") -> None:
    """Ends a process we started in a session of its own, and whatever it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _ran(command: list[str], seconds: float = _LONGEST, asked: bytes = b"") -> bytes:
    """What a program printed that was given ``asked``. Raises AssertionError when it fails or takes too long."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, start_new_session=True)
    try:
        printed, complaint = process.communicate(asked, timeout=seconds)
    finally:
        ended(process)
    assert process.returncode == 0, (
        f"{command[0]} ended with {process.returncode}: {complaint.decode(errors='replace')}"
    )
    return printed


def converted(data: bytes, kind: str, suffix: str = "xlsx") -> bytes:
    """A workbook opened and saved by LibreOffice as ``kind``: a suffix, and after a colon its filter where need be."""
    return all_converted([data], kind, suffix)[0]


def all_converted(books: Sequence[bytes], kind: str, suffix: str = "xlsx") -> list[bytes]:
    """The same of several workbooks, by one LibreOffice: most of a conversion is its start."""
    with tempfile.TemporaryDirectory(prefix="cluster-sheets-") as name:
        folder = Path(name)
        sources = [folder / f"book{number}.{suffix}" for number in range(len(books))]
        for source, data in zip(sources, books, strict=True):
            source.write_bytes(data)
        place, out = f"-env:UserInstallation={profile().as_uri()}", folder / "out"
        command = ["soffice", place, "--headless", "--norestore", "--convert-to", kind, "--outdir", str(out)]
        _ran([*command, *map(str, sources)], _LONGEST * len(books))
        made = [out / f"{source.stem}.{kind.partition(':')[0]}" for source in sources]
        assert all(each.exists() for each in made), f"LibreOffice made no {kind} of a workbook"
        return [each.read_bytes() for each in made]


Step = tuple[str | int, ...]
"""What a person does: ("type" or "paste", sheet, cell, text), ("clear", sheet, cell), ("insert-rows", sheet, row, how
many), ("remove-row", sheet, row), ("rename", sheet, name) or ("fit-rows", sheet): each row as high as what stands in it
needs. Rows are counted from 1, as on the screen."""


def typed(data: bytes, steps: Sequence[Step]) -> bytes:
    """A workbook after somebody has filled it in at LibreOffice, key by key, and saved it as .xlsx."""
    return all_typed([data], [steps])[0]


def all_typed(books: Sequence[bytes], steps: Sequence[Sequence[Step]]) -> list[bytes]:
    """The same of several workbooks, each with its steps, at one LibreOffice."""
    with tempfile.TemporaryDirectory(prefix="cluster-sheets-") as name:
        paths = [Path(name) / f"{at}-{kind}.xlsx" for at in range(len(books)) for kind in ("book", "typed")]
        sources, targets = paths[::2], paths[1::2]
        for source, data in zip(sources, books, strict=True):
            source.write_bytes(data)
        pipe = f"cluster-sheets-{os.getpid()}"
        place = f"-env:UserInstallation={profile().as_uri()}"
        listen = f"--accept=pipe,name={pipe};urp;"
        quiet = subprocess.DEVNULL
        office = subprocess.Popen(
            ["soffice", place, "--headless", "--norestore", "--invisible", listen],
            stdout=quiet,
            stderr=quiet,
            start_new_session=True,
        )
        try:
            command = [_python_with_uno(), str(_TYPIST), pipe, *map(str, paths)]
            _ran(command, _LONGEST * len(books), json.dumps(steps).encode())
            office.wait(_LONGEST)
        finally:
            ended(office)
        return [target.read_bytes() for target in targets]


@cache
def _python_with_uno() -> str:
    """A Python that can speak to LibreOffice: this one, or the machine's own."""
    for python in (sys.executable, "/usr/bin/python3"):
        if Path(python).exists() and not subprocess.run([python, "-c", "import uno"], capture_output=True).returncode:
            return python
    raise AssertionError("no Python here has UNO: apt-get install python3-uno")


def pdf(data: bytes) -> bytes:
    """A workbook as LibreOffice prints it."""
    return converted(data, "pdf")


def recalculated(data: bytes) -> bytes:
    """A workbook saved by LibreOffice after it worked out every formula itself."""
    return converted(data, _RECALCULATED)


def told(printed: bytes, program: str, *after: str) -> str:
    """What a program of poppler says of a PDF."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(printed)
        file.flush()
        return _ran([program, file.name, *after]).decode()


def pages(data: bytes) -> int:
    """How many pages a workbook prints on."""
    said = told(pdf(data), "pdfinfo")
    return next(int(line.split()[1]) for line in said.splitlines() if line.startswith("Pages:"))


def page_texts(data: bytes) -> list[str]:
    """The text of each printed page."""
    return told(pdf(data), "pdftotext", "-").split("\f")[:-1]


def pictures(data: bytes, dots: int = 60) -> list[bytes]:
    """Each printed page as a PNG, to be looked at."""
    with tempfile.TemporaryDirectory(prefix="cluster-sheets-") as name:
        folder = Path(name)
        (folder / "book.pdf").write_bytes(pdf(data))
        _ran(["pdftoppm", "-r", str(dots), "-png", str(folder / "book.pdf"), str(folder / "page")])
        return [picture.read_bytes() for picture in sorted(folder.glob("page-*.png"))]


def _book(data: bytes, *, values: bool) -> Workbook:
    """A workbook as openpyxl reads it: its values, or its formulas."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def _cells(book: Workbook) -> Iterator[tuple[str, Cell]]:
    """Every cell that holds something, with its sheet."""
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and cell.value is not None:
                    yield sheet.title, cell


def _same(ours: object, theirs: object) -> bool:
    """True where two values are one; numbers to a billionth, an empty text as a blank."""
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return abs(ours - theirs) <= _CLOSEST * max(1.0, abs(ours))
    if ours in (None, ""):
        return theirs in (None, "")
    return ours == theirs


def differences(data: bytes) -> list[str]:
    """Each formula whose value as we wrote it is not LibreOffice's own, and each cell that shows an error value."""
    return _apart(data, recalculated(data))


def all_differences(books: Mapping[str, bytes]) -> dict[str, list[str]]:
    """The same of several workbooks, by one LibreOffice; those without a difference are left out."""
    theirs = all_converted(list(books.values()), _RECALCULATED)
    found = {name: _apart(data, each) for (name, data), each in zip(books.items(), theirs, strict=True)}
    return {name: told for name, told in found.items() if told}


def _apart(data: bytes, recalculated_: bytes) -> list[str]:
    ours, theirs = _book(data, values=True), _book(recalculated_, values=True)
    found = []
    for sheet, cell in _cells(_book(data, values=False)):
        if cell.data_type != "f":
            continue
        written, worked_out = ours[sheet][cell.coordinate].value, theirs[sheet][cell.coordinate].value
        if not _same(written, worked_out):
            found.append(f"{sheet}!{cell.coordinate}: we wrote {written!r}, LibreOffice has {worked_out!r}")
    for whose, book in (("we wrote", ours), ("LibreOffice has", theirs)):
        found += [
            f"{sheet}!{cell.coordinate}: {whose} {cell.value}" for sheet, cell in _cells(book) if cell.data_type == "e"
        ]
    return found
