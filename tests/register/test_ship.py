"""What ships is what the maker makes: nobody edits it by hand, and nobody forgets to make it again."""

from pathlib import Path

import pytest

from cluster_sheets.form.shipped import workbook
from cluster_sheets.register.ship import main, pages, workbooks

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", workbooks())
def test_a_workbook_that_ships_is_the_one_that_is_made(name: str) -> None:
    assert workbook(name) == workbooks()[name], "run `make forms`"


def test_no_other_workbook_ships() -> None:
    assert {path.name for path in (ROOT / "workbooks").glob("*.xlsx")} == set(workbooks())


@pytest.mark.parametrize("name", pages())
def test_a_page_that_is_made_is_the_one_in_docs(name: str) -> None:
    assert (ROOT / "docs" / name).read_bytes() == pages()[name], "run `make docs`"


def test_they_are_written_into_a_folder(tmp_path: Path) -> None:
    main("pages", str(tmp_path))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == dict(pages())
