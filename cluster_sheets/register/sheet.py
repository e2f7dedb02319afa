"""The register's sheets as declared, read into plain rows: each cell typed by its column, or a finding."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from typing import Any

from cluster_sheets.base.cell import address
from cluster_sheets.base.date import in_figures, uk_date
from cluster_sheets.base.finding import Finding, Place, Wording
from cluster_sheets.base.mail_address import is_address
from cluster_sheets.base.text import squeezed, without_odd_characters
from cluster_sheets.form.kind import MOST_MONEY
from cluster_sheets.form.shipped import schema_text
from cluster_sheets.register.hidden import Hidden

FIRST = 4
"""Row of the first line, below title, lead, status and headings."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet."""

    name: str
    label: str
    kind: str
    width: int
    required: bool = False
    choices: tuple[str, ...] = ()
    like: str = ""
    """A regular expression that a text fits."""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One declared sheet."""

    name: str
    lead: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One used row: values by column name, and where each stands."""

    values: Mapping[str, Any]
    cells: Mapping[str, str]


@cache
def declared() -> tuple[tuple[Sheet, ...], Mapping[str, Wording]]:
    """The sheets of the register, and what is said of their faults."""
    read = tomllib.loads(schema_text("register.toml"))
    sheets = tuple(
        Sheet(
            sheet["name"],
            sheet["lead"],
            tuple(
                Column(
                    each["name"], each["label"], each["kind"], each["width"],
                    each.get("required", False), tuple(each.get("choices", ())),
                    each.get("like", ""), each.get("example", ""),
                )
                for each in sheet["column"]
            ),
        )
        for sheet in read["sheet"]
    )  # fmt: skip
    return sheets, {each["code"]: Wording(each["what"], each["mend"]) for each in read["wording"]}


def worded(found: Finding) -> str:
    """A fault of the register in a sentence, at its cell, with what to do."""
    where = f"{found.place.file} {found.place.sheet} {found.place.cell}".strip()
    blanks = {**dict(found.detail), "cell": found.place.cell, "field": found.field}
    what, mend = declared()[1][found.code].told(blanks)
    return f"{where}: {what} {mend}"


class Faults:
    """Collects findings of one register."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Finding] = []

    def add(
        self, code: str, sheet: str = "", cell: str = "", *, field: str = "", typed: str = "", limit: str = ""
    ) -> None:
        """One more finding."""
        detail = (("field", field), ("typed", typed), *((("limit", limit),) if limit else ()))
        self.found.append(Finding(Place(self.file, sheet, cell), code, field=field, detail=detail))


def lines(
    sheet: Sheet, rows: Sequence[Sequence[Any]], faults: Faults, hidden: Mapping[str, Hidden] = MappingProxyType({})
) -> tuple[Line, ...]:
    """The used rows of a sheet below its headings; ``hidden`` are cells that read as blank and are not, by address."""
    heading = next((at for at, row in enumerate(rows[:12]) if sheet.columns[0].label in map(_text, row)), None)
    if heading is None:
        faults.add("register-column-missing", sheet.name, field=sheet.columns[0].label)
        return ()
    places = {_text(raw): at for at, raw in enumerate(rows[heading])}
    known = []
    for column in sheet.columns:
        if column.label in places:
            known.append((column, places[column.label]))
        else:
            faults.add("register-column-missing", sheet.name, address(heading, 0), field=column.label)
    made = []
    for number, row in enumerate(rows[heading + 1 :], start=heading + 1):
        cells = {column.name: address(number, at) for column, at in known}
        given = {column.name: _given(row, at, hidden.get(cells[column.name])) for column, at in known}
        if any(map(_text, given.values())):
            values = {
                column.name: _typed(column, given[column.name], sheet.name, cells[column.name], faults)
                for column, _ in known
            }
            made.append(Line(values, cells))
    return tuple(made)


def _given(row: Sequence[Any], at: int, hidden: Hidden | None) -> Any:
    """What stands in a cell; what is hidden where the reader of values shows a blank."""
    raw = row[at] if at < len(row) else ""
    return hidden if hidden is not None and not _text(raw) else raw


def _text(raw: Any) -> str:
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime):
        return in_figures(raw) if not (raw.hour or raw.minute) else f"{in_figures(raw)} {raw:%H:%M}"
    if isinstance(raw, date):
        return in_figures(raw)
    return squeezed(str(raw)) if raw is not None else ""


def _typed(column: Column, raw: Any, sheet: str, cell: str, faults: Faults) -> Any:
    if isinstance(raw, Hidden):
        code = "register-shows-a-fault" if raw.fault else "register-not-worked-out"
        faults.add(code, sheet, cell, field=column.label, typed=raw.fault)
        return None
    text = _text(raw)
    if not text:
        if column.required:
            faults.add("register-blank", sheet, cell, field=column.label)
        return None
    value, code = _READERS[column.kind](raw, text, column)
    if code:
        faults.add(code, sheet, cell, field=column.label, typed=text, limit=column.example)
    return value


def _date(raw: Any, text: str, _: Column) -> tuple[Any, str]:
    if isinstance(raw, datetime):
        return raw.date(), ""
    day = raw if isinstance(raw, date) else uk_date(text)
    return day, "" if day else "register-not-a-date"


def _moment(raw: Any, text: str, column: Column) -> tuple[Any, str]:
    """A date and time; a date alone stays one, for its time of day is a setting. Excel's midnight is a date alone."""
    if isinstance(raw, datetime) and (raw.hour or raw.minute):
        return raw, ""
    day, _blank, time = text.partition(" ")
    found, _code = _date(raw, day, column)
    if found is None or not time:
        return found, "" if found else "register-not-a-moment"
    try:
        at = datetime.strptime(time, "%H:%M").time()  # noqa: DTZ007 - local by the register's own zone
    except ValueError:
        return None, "register-not-a-moment"
    return datetime.combine(found, at), ""


def _money(raw: Any, text: str, _: Column) -> tuple[Any, str]:
    plain = text.replace("£", "").replace(",", "").replace(" ", "")
    try:
        amount = float(raw if isinstance(raw, int | float) else plain)
    except ValueError:
        return None, "register-not-money"
    # What is no figure (inf, nan) lies within no bounds.
    pence = round(amount * 100) if abs(amount) * 100 <= MOST_MONEY else None
    exact = pence is not None and abs(pence / 100 - amount) < 1e-6
    return (pence, "") if exact else (None, "register-not-money")


def _whole(_raw: Any, text: str, _: Column) -> tuple[Any, str]:
    return (int(text), "") if text.isascii() and text.isdigit() else (None, "register-not-a-number")


def _choice(_raw: Any, text: str, column: Column) -> tuple[Any, str]:
    found = next((choice for choice in column.choices if choice.casefold() == text.casefold()), None)
    return found, "" if found else "register-not-on-list"


def _yes_no(_raw: Any, text: str, _: Column) -> tuple[Any, str]:
    said = {"yes": True, "y": True, "no": False, "n": False}.get(text.casefold())
    return said, "" if said is not None else "register-not-yes-or-no"


def _urn(_raw: Any, text: str, _: Column) -> tuple[Any, str]:
    return (text, "") if len(text) == 6 and text.isdigit() else (None, "register-not-a-urn")


def _email(_raw: Any, text: str, _: Column) -> tuple[Any, str]:
    # What is copied out of a chat or a mail program brings marks along that nobody sees.
    plain = squeezed(without_odd_characters(text))
    return (plain, "") if is_address(plain) else (None, "register-not-an-email")


def _as_written(_raw: Any, text: str, column: Column) -> tuple[Any, str]:
    """A text; what files are called by, or money is kept under, only as it is declared to be written."""
    fits = not column.like or re.fullmatch(column.like, text)
    return (text, "") if fits else (None, "register-written-otherwise")


def _council_year(_raw: Any, text: str, _: Column) -> tuple[Any, str]:
    found = re.fullmatch(r"(20[0-9]{2})-([0-9]{2})", text)
    good = found and (int(found[1]) + 1) % 100 == int(found[2])
    return (text, "") if good else (None, "register-not-a-council-year")


def _listed(_raw: Any, text: str, _: Column) -> tuple[Any, str]:
    return tuple(each.strip() for each in text.split("|") if each.strip()), ""


_READERS = {
    "text": _as_written,
    "council-year": _council_year,
    "list": _listed,
    "date": _date,
    "moment": _moment,
    "money": _money,
    "whole-number": _whole,
    "choice": _choice,
    "yes-no": _yes_no,
    "urn": _urn,
    "email": _email,
}
