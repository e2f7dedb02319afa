"""Excel's sums and ours: LibreOffice works out every formula of the demo's workbooks, and finds nothing else."""

import io

import openpyxl
import pytest

from tests.office import REQUIRED, all_differences, needs_office
from tests.whole.played import Played, parts, played

pytestmark = [pytest.mark.real, needs_office]


def shown(demo: Played, start: str) -> dict[str, bytes]:
    """Workbooks whose path begins so: as they lie there at the end, or every version where all is wanted."""
    if REQUIRED:
        return demo.workbooks(start)
    return {path: found[-1] for path, found in demo.versions.items() if path.startswith(start)}


def formulas(books: dict[str, bytes]) -> int:
    """How many formulas they hold."""
    sheets = (part for data in books.values() for name, part in parts(data).items() if "worksheets" in name)
    return sum(part.count(b"<f") for part in sheets)


def confirmed(decisions: bytes) -> object:
    """What the chair says in the last box of a decisions workbook."""
    rows = openpyxl.load_workbook(io.BytesIO(decisions))["Meeting"].iter_rows(values_only=True)
    return next(row[2] for row in rows if row[0] == "confirmed")


def test_panel_and_decisions_workbooks_say_what_libreoffice_says() -> None:
    books = shown(played(), "panel/")
    assert {path.rpartition("/")[2].partition("-")[0] for path in books} == {"panel", "decisions"}
    assert formulas(books) > 300
    assert all_differences(books) == {}


def test_the_decisions_workbook_does_so_before_and_after_the_chair_has_filled_it_in() -> None:
    *_, written, filled = played().versions["panel/CEN-2627-A1/decisions-CEN-2627-A1.xlsx"]
    assert (confirmed(written), confirmed(filled)) == (None, "Yes")
    assert all_differences({"written": written, "filled": filled}) == {}


def test_statements_say_what_libreoffice_says() -> None:
    books = shown(played(), "finance/")
    assert len(books) >= 2
    assert formulas(books) > 100
    assert all_differences(books) == {}


def test_the_admins_workbooks_say_what_libreoffice_says() -> None:
    books = shown(played(), "private/review/") | shown(played(), "reports/")
    assert len(books) >= 8
    assert all_differences(books) == {}


def test_forms_and_the_copies_that_go_back_say_what_libreoffice_says() -> None:
    demo = played()
    books = demo.marked_up()
    assert len(books) >= 3
    issued = next((demo.places.private / "templates").rglob("*.xlsx"))
    books[issued.name] = issued.read_bytes()
    assert formulas(books) > 100
    assert all_differences(books) == {}
