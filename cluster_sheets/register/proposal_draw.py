"""Proposal, drawn: lines for the sheet Members, in the order of its columns, so that a row is copied as it stands."""

import io
from collections.abc import Mapping, Sequence
from datetime import datetime, time

from cluster_sheets.base.cell import address as cell
from cluster_sheets.look.book import Book, Page
from cluster_sheets.register.proposal import Proposal
from cluster_sheets.register.sheet import FIRST, Column, declared

SHEET = "Members to add"
_BESIDE = (("Which school", 230),)
"""What helps the admin and is not copied."""
_TYPED = ("name", "role")
"""What only the admin knows."""
_HOW = (
    "Fill in the white boxes: the person's own name, and their role.",
    "Mark the row from its column Member to its column To, and copy it.",
    "In register.xlsx, sheet Members, click the first empty cell below the last member, and paste.",
    "Save the register. From the next run on, mail from there counts as the school's, and the line is gone from here.",
    "To leave an address out, do nothing: it stays unknown, and what it sends is held.",
)
Typed = Mapping[str, tuple[str, str]]
"""(name, role) by address."""


def drawn(found: Sequence[Proposal], kept: Typed) -> bytes:
    """The workbook's bytes; ``kept`` is what was typed in it before."""
    book = Book("Addresses for the register")
    columns = _columns()
    page = book.sheet(SHEET, [*(each.width for each in columns), *(width for _, width in _BESIDE)], landscape=True)
    count = "1 address" if len(found) == 1 else f"{len(found)} addresses"
    title = f"Members to add: {count}" if found else "Members to add: nothing just now"
    lead = "Addresses you wanted to remember, as lines for the sheet Members. Keep this file here: it names people."
    status = "Nothing is in the register until you have put it there." if found else "Every address is in the register."
    page.open_with(title, lead, status)
    page.headings(FIRST - 1, [*(each.label for each in columns), *(name for name, _ in _BESIDE)])
    for row, each in enumerate(found, start=FIRST):
        _row(page, row, each, kept.get(each.address, ("", "")))
    row = FIRST + max(len(found), 1) + 1
    page.sheet.set_row(row, 30)
    page.text(row, 0, "How to add one", "section")
    for number, line in enumerate(_HOW, start=1):
        page.sheet.set_row(row + number, 21)
        page.text(row + number, 0, f"{number}. {line}")
    page.printed(row + len(_HOW) + 1, "Addresses for the register")
    page.sheet.freeze_panes(FIRST, 0)
    page.locked()
    page.sheet.set_selection(FIRST, 1, FIRST, 1)
    return book.done()


def typed(data: bytes) -> dict[str, tuple[str, str]]:
    """What stands in the boxes of a workbook, by the address beside them; nothing where it cannot be read."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        rows = (
            CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
        )
    except (CalamineError, OSError, ValueError):
        return {}
    place = {each.name: number for number, each in enumerate(_columns())}
    found = {}
    for row in rows[FIRST:]:
        told = [" ".join(str(value).split()) for value in row]
        if len(told) > place["role"] and "@" in told[place["email"]]:
            found[told[place["email"]].casefold()] = (told[place["name"]], told[place["role"]])
    return found


def _columns() -> tuple[Column, ...]:
    return next(sheet for sheet in declared()[0] if sheet.name == "Members").columns


def _row(page: Page, row: int, each: Proposal, kept: tuple[str, str]) -> None:
    values = {
        "member_id": each.member_id,
        "name": kept[0],
        "email": each.address,
        "role": kept[1],
        "school_urn": each.school.urn,
        "trust": each.school.trust,
        "voting": "No",
    }
    texts = []
    for at, column in enumerate(_columns()):
        if column.name == "member_from":
            page.sheet.write_datetime(row, at, datetime.combine(each.since, time()), page.book.style("row", "day"))
            continue
        page.text(row, at, values.get(column.name, ""), "box" if column.name in _TYPED else "row")
        texts.append((values.get(column.name, ""), column.width, False))
        if column.name == "role":
            _listed(page, cell(row, at), column.choices)
    page.text(row, page.last, each.school.name, "row", "muted")
    page.fitted(row, [*texts, (each.school.name, page.widths[-1], False)], pad=12)


def _listed(page: Page, where: str, choices: Sequence[str]) -> None:
    page.sheet.data_validation(
        where,
        {
            "validate": "list",
            "source": list(choices),
            "error_title": "Choose from the list",
            "error_message": "Choose one of the list. The arrow beside the box opens it.",
        },
    )
