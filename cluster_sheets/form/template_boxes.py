"""Answer boxes: how each kind looks, what Excel lets in, and what it says when it does not."""

from datetime import date, datetime, time
from typing import Any

from cluster_sheets.form.declared import Field
from cluster_sheets.form.filled import Filled
from cluster_sheets.form.kind import MOST_MONEY, Percent, Raw, Readers, as_text, is_blank
from cluster_sheets.form.load import SCALES
from cluster_sheets.form.template_lists import ChoiceLists
from cluster_sheets.look.book import Page

FIGURES = {"money": "pounds", "whole-number": "count", "decimal": "decimal", "percent": "decimal"}
AS_TEXT = ("text", "long-text", "email", "upn", "urn", "school")
_LETTERS = {"upn": (13, 20), "urn": (6, 6)}
"""Least and most; a UPN may have blanks in it."""
TO_MEND = "TO MEND"
_MOST_TITLE, _MOST_MESSAGE = 32, 255
_EARLIEST, _LATEST = datetime(2000, 1, 1), datetime(2099, 12, 31)  # noqa: DTZ001 - Excel dates have no zone
STOPS = {
    "money": ("Digits only", "Type the pounds in digits, without VAT. For example: 1250.50"),
    "date": ("Day/month/year", "Type day/month/year with all four figures of the year. For example: 22/02/2027"),
    "whole-number": ("A whole number", "Type a whole number in digits. For example: 12"),
    "decimal": ("A number", "Type a number in digits, two decimals at most. For example: 2.5"),
    "percent": ("A percentage", "Type the figure only, from 0 to 100, one decimal at most. For example: 94.3"),
    "email": ("One address", "Type one e-mail address in full. For example: senco@school.example"),
    "upn": ("13 characters", "Copy the UPN from your school's records. For example: R999000015001"),
    "urn": ("Six digits", "Type the six digits of the URN. For example: 999001"),
}


def roles(field: Field, *, in_table: bool, faulty: bool) -> tuple[str, ...]:
    """Roles of an answer's cell."""
    box = "faulty" if faulty else "answer"
    if field.kind in FIGURES:
        figure = FIGURES[field.kind]
        return (f"{box}-figure", figure) if in_table else (box, f"{figure}-left")
    if field.kind == "date":
        return (box, "day")
    return (box, "as-text") if field.kind in AS_TEXT else (box,)


def write_answer(page: Page, row: int, column: int, field: Field, raw: Raw, cell_roles: tuple[str, ...]) -> None:
    """One answer as it was typed: a number as a number, a date as a date, anything else as text.

    So does a number typed for a date: in a cell of dates it would read as the day that it was not taken for.
    """
    if is_blank(raw):
        page.blank(row, column, *cell_roles)
    elif isinstance(raw, date) and field.kind not in AS_TEXT:
        page.sheet.write_datetime(row, column, datetime.combine(raw, time()), page.book.style(*cell_roles, "day"))
    elif isinstance(raw, int | float) and not isinstance(raw, bool) and field.kind not in (*AS_TEXT, "date"):
        page.figure(row, column, raw, *cell_roles)
    else:
        shown = as_text(raw)
        page.text(row, column, "" if shown.startswith("\x00") else shown, *cell_roles)


def restrict(page: Page, where: str, field: Field, filled: Filled, lists: ChoiceLists, *, prompt: bool) -> None:
    """What Excel lets into the cells ``where``, with our own words when it stops somebody."""
    rule = _criteria(field, Readers(filled.scheme.bound, lambda _: ()), where.split(":")[0])
    source = lists.source(field)
    if source:
        rule = {"validate": "list", "source": source, "error_title": "Choose from the list"}
        rule["error_message"] = "Choose one of the list. The arrow beside the box opens it."
    elif field.kind in STOPS and rule:
        rule["error_title"], rule["error_message"] = STOPS[field.kind]
    if prompt or source:
        rule.setdefault("validate", "any")
        rule["input_title"] = shortened(filled.scheme.told(field.label), _MOST_TITLE)
        hint = filled.scheme.told(field.hint) if prompt else "Choose one from the list."
        rule["input_message"] = shortened(hint, _MOST_MESSAGE)
    if rule:
        page.sheet.restrict(where, {"ignore_blank": True, "error_type": "stop", **rule})


def shortened(text: str, most: int) -> str:
    """``text`` in at most ``most`` letters, cut between words."""
    return text if len(text) <= most else text[: most - 1].rpartition(" ")[0] + "…"


def _criteria(field: Field, readers: Readers, cell: str) -> dict[str, Any]:
    low, high = readers.bounds(field)
    match field.kind:
        case "percent":
            return _to_a_decimal(cell, low or 0, high or 0)
        case "money" | "decimal":
            scale = SCALES.get(field.kind, 1)
            return _between("decimal", (low or 0) / scale, (MOST_MONEY if high is None else high) / scale)
        case "whole-number":
            return _between("integer", low or 0, high or 0)
        case "date":
            return _between("date", _EARLIEST, _LATEST)
        case "upn" | "urn":
            return _between("length", *_LETTERS[field.kind])
        case "email":
            return {"validate": "custom", "value": f'=AND(ISNUMBER(FIND("@",{cell})),ISERROR(FIND(" ",{cell})))'}
        case "text" if high is not None:
            stop = {"error_title": "Too long", "error_message": f"Shorten it to {high} characters."}
            return _between("length", 0, high) | stop
        case _:
            return {}


def _to_a_decimal(cell: str, low: int, high: int) -> dict[str, Any]:
    """Figures with one decimal at most; the limits in tenths."""
    within = f"{cell}>={low / 10:g},{cell}<={high / 10:g}"
    return {"validate": "custom", "value": f"=AND(ISNUMBER({cell}),{within},ROUND({cell},1)={cell})"}


def _between(validate: str, low: Any, high: Any) -> dict[str, Any]:
    return {"validate": validate, "criteria": "between", "minimum": low, "maximum": high}


def shown_lines(field: Field, raw: Raw) -> str:
    """The text an answer's cell shows, for its height."""
    if isinstance(raw, Percent) or field.kind in FIGURES or field.kind == "date":
        return ""
    return as_text(raw)


def fault_words(filled: Filled, key: str, line: int = 0) -> tuple[str, str]:
    """(what we found and what to do, TO MEND 3) of a cell; both empty where nothing is to be mended."""
    faults = filled.faults_at(key, line)
    if not faults:
        return "", ""
    words = " ".join(f"{each.found} {each.mend}".strip() for _, each in faults)
    return words, f"{TO_MEND} " + ", ".join(str(number) for number, _ in faults)
