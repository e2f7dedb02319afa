"""Makes the register workbook that ships: the pilot's schools and settings, with EXAMPLE people, money and dates."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from cluster_sheets.base.cell import address
from cluster_sheets.base.date import uk_date
from cluster_sheets.register import defaults
from cluster_sheets.register.sheet import FIRST, Column, Sheet, declared

Lines = Sequence[Mapping[str, Any]]
_FIRST_NAMES = "Amina Bryn Cerys Dov Esra Farid Greta Hollis Imani Joss Kezia Lorcan"
_LAST_NAMES = "Fenwick Oyelaran Pryce Quill Rowntree Szabo Tamsin Umber Vane Wexcombe Yarrow"
_MEETINGS = (
    ("CEN-2627-A1", "CLUSTER", date(2026, 10, 15)),
    ("CITY-2627-A", "CITY", date(2026, 11, 26)),
    ("CEN-2627-A2", "CLUSTER", date(2026, 12, 3)),
    ("CEN-2627-Sp1", "CLUSTER", date(2027, 2, 4)),
    ("CITY-2627-Sp", "CITY", date(2027, 3, 11)),
    ("CEN-2627-Sp2", "CLUSTER", date(2027, 3, 18)),
    ("CEN-2627-Su1", "CLUSTER", date(2027, 5, 20)),
    ("CITY-2627-Su", "CITY", date(2027, 6, 24)),
    ("CEN-2627-Su2", "CLUSTER", date(2027, 7, 1)),
)
"""EXAMPLE dates: those of 2026/27 are not published."""
_TWO_PAGES = 1500
"""Pixels: a wider sheet is printed across two pages, with its first columns on both, so that it can be read."""
_SIGNED = {"2026-27": 400_000, "2027-28": 400_000}
"""EXAMPLE pounds: no figure is public."""


def made(changes: Mapping[str, str] | None = None) -> bytes:
    """The workbook; ``changes`` gives settings other values than their defaults."""
    from cluster_sheets.look.book import Book

    book = Book("Cluster register")
    lines: dict[str, Lines] = {
        "Settings": _settings(changes or {}),
        "Clusters": _clusters(),
        "Schools": _schools(),
        "Members": _members(),
        "Meetings": _meetings(),
        "Budget": _budget(),
    }
    for sheet in declared()[0]:
        _write(book, sheet, lines[sheet.name])
    return book.done()


def _settings(changes: Mapping[str, str]) -> Lines:
    sources = defaults.sources()
    return [
        {
            "name": each.name,
            "type": each.type,
            "value": changes.get(each.name, each.value),
            "unit": each.unit,
            "note": each.note,
            "source": sources[each.name],
        }
        for each in defaults.settings()
    ]


def _person(first: int, last: int) -> str:
    """An invented name, marked so."""
    names, surnames = _FIRST_NAMES.split(), _LAST_NAMES.split()
    return f"EXAMPLE {names[first % len(names)]} {surnames[last % len(surnames)]}"


def _clusters() -> Lines:
    codes = (("CEN", "Central", date(2025, 9, 1)), ("N", "North", None), ("S", "South", None), ("E", "East", None))
    return [
        {
            "code": code,
            "name": name,
            "lead": _person(at, at + 7) if live else "",
            "mailbox": f"cluster.{name.lower()}@council.example" if live else "",
            "live_from": live,
        }
        for at, (code, name, live) in enumerate(codes)
    ]


def _schools() -> Lines:
    lines = []
    for each in defaults.schools():
        dates = {name: uk_date(each[name]) for name in ("member_from", "member_to", "roll_date")}
        lines.append({**each, **dates, "roll": int(each["roll"]) if each["roll"] else None})
    return lines


def example_domain(name: str) -> str:
    """An e-mail domain nobody has: ``abbey-hulton.example``."""
    words = "".join(letter if letter.isalnum() else " " for letter in name.replace("'", "").lower()).split()
    return "-".join(words[:2]) + ".example"


def _members() -> Lines:
    lines: list[dict[str, Any]] = []
    for at, school in enumerate(defaults.schools()):
        domain = example_domain(school["name"] if school["name"].count(" ") else school["urn"])
        for place, (role, local) in enumerate((("SENCO", "senco"), ("Headteacher", "head"))):
            lines.append(
                {
                    "member_id": f"M{2 * at + place + 1:03d}",
                    "name": _person(2 * at + place, 3 * at + 5 * place),
                    "email": f"{local}@{domain}",
                    "role": role,
                    "school_urn": school["urn"],
                    "trust": school["trust"],
                    "voting": "Yes" if role == "SENCO" else "No",
                    "member_from": date(2025, 9, 1),
                    "member_to": None,
                }
            )
    return lines


def _meetings() -> Lines:
    return [
        {"meeting_id": name, "type": kind, "cluster": name[:3] if kind == "CLUSTER" else "", "date": day}
        for name, kind, day in _MEETINGS
    ]


def _budget() -> Lines:
    lines = []
    for year, signed in _SIGNED.items():
        for pot, share in (("MAIN", 90), ("CONTINGENCY", 10), ("TOTAL", 100)):
            lines.append(
                {
                    "cluster": "CEN",
                    "la_fy": year,
                    "pot": pot,
                    "opening": signed * share // 100,
                    "approved_by": "EXAMPLE Schools Forum",
                    "approved_on": date(int(year[:4]), 1, 15),
                    "note": "EXAMPLE amount: replace it with the amount signed",
                }
            )
    return lines


def _write(book: Any, sheet: Sheet, lines: Lines) -> None:
    page = book.sheet(sheet.name, [column.width for column in sheet.columns], landscape=True)
    example = sheet.name in ("Clusters", "Members", "Meetings", "Budget")
    status = "EXAMPLE people, addresses, dates and amounts: replace them before the first round." if example else ""
    page.open_with(sheet.name, sheet.lead, status or "Change values only; headings and names stay as they are.")
    figures = [at for at, column in enumerate(sheet.columns) if column.kind in ("money", "whole-number")]
    page.headings(FIRST - 1, [column.label for column in sheet.columns], figures)
    styles = [
        {"header": column.label, "header_format": book.style("heading-figure" if at in figures else "heading")}
        for at, column in enumerate(sheet.columns)
    ]
    last = FIRST + len(lines) - 1
    options = {"name": f"Register_{sheet.name}", "columns": styles, "style": None}
    page.sheet.add_table(FIRST - 1, 0, last, len(sheet.columns) - 1, options)
    for row, line in enumerate(lines, start=FIRST):
        texts = []
        for at, column in enumerate(sheet.columns):
            _cell(page, row, at, column, line.get(column.name))
            if column.kind in ("text", "list", "email", "council-year"):
                texts.append((str(line.get(column.name) or ""), column.width, False))
        page.fitted(row, texts)
    for at, column in enumerate(sheet.columns):
        if column.choices or column.kind == "yes-no":
            where = f"{address(FIRST, at)}:{address(last + 200, at)}"
            choices = list(column.choices) or ["Yes", "No"]
            page.sheet.data_validation(
                where,
                {
                    "validate": "list",
                    "source": choices,
                    "error_title": "Choose from the list",
                    "error_message": "Choose one of the list. The arrow beside the box opens it.",
                },
            )
    page.sheet.freeze_panes(FIRST, 1)
    page.printed(FIRST + len(lines), "Register", marking="OFFICIAL-SENSITIVE")
    if sum(page.widths) > _TWO_PAGES:
        page.sheet.fit_to_pages(2, 0)
        page.sheet.repeat_columns(0, 2)


def _cell(page: Any, row: int, at: int, column: Column, value: Any) -> None:
    if isinstance(value, date):
        page.sheet.write_datetime(row, at, datetime.combine(value, time()), page.book.style("row", "day"))
    elif column.kind == "money":
        page.figure(row, at, value, "row-figure", "pounds")
    elif column.kind == "whole-number":
        page.figure(row, at, value, "row-figure", "count")
    else:
        page.text(
            row, at, str(value or ""), "row", *(("as-text",) if column.kind in ("urn", "text", "council-year") else ())
        )
