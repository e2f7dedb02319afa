"""Kinds of answers: what a cell holds becomes a typed value, or the code of what is wrong with it.

In: what Excel kept in one cell. Out: the value in the units of ``base.record`` and the codes that speak of it.
Never: guesses. What a person could read in two ways is a finding (domain.md, "Never guess").
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from math import floor

from cluster_sheets.base.date import days_told, in_figures, uk_date
from cluster_sheets.base.money import pounds
from cluster_sheets.base.record import Value
from cluster_sheets.base.text import folded, has_odd_characters, trimmed
from cluster_sheets.form.declared import Field, Limit


@dataclass(frozen=True, slots=True)
class Percent:
    """A number that stands in a cell of percentage format: 0.94 there means 94."""

    value: float


Raw = str | int | float | bool | date | Percent | None
Reader = Callable[[Raw], tuple[Value, tuple[str, ...]]]
"""A cell in; its value (None where it did not parse) and the codes that speak of it."""
MOST_MONEY = 999_999_999_999
"""Pence; above it a figure is a slip of the finger, and a sum could leave 64 bits."""
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Check letters of a UPN by their index (domain.md section 1)."""
_MONEY = re.compile(r"(-?) ?£? ?(-?) ?([1-9]\d{0,2}(?:(?:, ?\d{3})+|(?: \d{3})+)|\d+|(?=\.\d))(?:\.(\d+))?", re.ASCII)
"""A comma or a blank parts thousands and nothing else: 12 50 and 1,50 could be two amounts each."""
_EITHER_WAY = re.compile(r"[-£ ]*[1-9]\d{0,2}\.\d\d0")
"""1.250: a pound and a quarter, or thousands as they are parted elsewhere."""
_WHOLE = re.compile(r"-?\d+")
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)")
_EMAIL = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\]+\.[^\s@<>,;:\"()\[\]\\.]+")
_UPN = re.compile(r"[A-Z]\d{11}[A-Z\d]", re.ASCII)
_GAPS = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_NEAR = Decimal("0.000001")
_SAID: Mapping["Raw", str] = {"y": "YES", "yes": "YES", "Yes": "YES", "n": "NO", "no": "NO", "No": "NO"}


@dataclass(frozen=True, slots=True)
class Readers:
    """What the kinds need to know of the world outside the form."""

    bound: Callable[[str], int]
    """A setting's value in the kind's own unit."""
    schools_named: Callable[[str], tuple[str, ...]]
    """URNs that a typed school name could mean."""

    def of(self, field: Field) -> Reader:
        """The reader of one input."""
        low, high = self.bounds(field)
        chosen: dict[Raw, str] = {each.label: each.code for each in field.choices}
        known = {folded(spelt): each.code for each in field.choices for spelt in (each.label, each.code)}
        text = partial(_text, low or 0, high)
        by_kind: Mapping[str, Reader] = {
            "text": text,
            "long-text": text,
            "money": partial(_money, low, high),
            "date": _date,
            "choice": partial(_choice, chosen, known),
            "yes-no": _yes_no,
            "whole-number": partial(_whole, low, high),
            "decimal": partial(_decimal, low, high),
            "percent": partial(_percent, low, high),
            "email": partial(_email, high or 254),
            "upn": _upn,
            "urn": _urn,
            "school": partial(_school, self.schools_named),
        }
        return by_kind[field.kind]

    def bounds(self, field: Field) -> tuple[int | None, int | None]:
        """Least and most that an input takes, in the kind's own unit."""
        low, high = (None if limit is None else self._figure(limit) for limit in (field.minimum, field.maximum))
        return low, high

    def _figure(self, limit: Limit) -> int:
        return self.bound(limit.setting) if limit.setting else limit.literal or 0


def is_blank(raw: Raw) -> bool:
    """True where a cell has no characters after trimming."""
    return raw is None or (isinstance(raw, str) and not trimmed(raw))


def as_text(raw: Raw) -> str:
    """What a cell reads when it is taken for text: 94.0 is ``94``, a date is ``22/02/2027``."""
    if isinstance(raw, str):
        return trimmed(raw)
    if isinstance(raw, Percent):
        return f"{raw.value * 100:.6f}".rstrip("0").rstrip(".") + "%"
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, float):
        return format(raw, ".15g")
    if isinstance(raw, date):
        return in_figures(raw)
    return "" if raw is None else str(raw)


def _text(low: int, high: int | None, raw: Raw) -> tuple[Value, tuple[str, ...]]:
    text = as_text(raw)
    codes = ("odd-characters",) if has_odd_characters(text) else ()
    count = len(text)
    if count < low:
        return None, (*codes, "too-short")
    if high is not None and count > high:
        return None, (*codes, "too-long")
    return text, codes


def _scaled(raw: Raw, places: int) -> int | None:
    """A number cell in units of ten to the minus ``places``, or None where it lies between two of them."""
    if isinstance(raw, float) and abs(raw) < 1e9:
        # So near a unit that what a float leaves out cannot matter; all else is worked out as it is written.
        quick: float = raw * 10**places
        if abs(quick - round(quick)) < 0.00005:
            return round(quick)
    exact = Decimal(repr(raw))
    unit = round(exact * 10**places)
    return unit if abs(exact - Decimal(unit) / 10**places) <= _NEAR else None


def _is_number(raw: Raw) -> bool:
    # What is no number at all (nan) is in no range either.
    return isinstance(raw, (float, int)) and not isinstance(raw, bool) and -1e300 < raw < 1e300


def _within(value: int, low: int | None, high: int | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _money(low: int | None, high: int | None, raw: Raw) -> tuple[Value, tuple[str, ...]]:
    if _is_number(raw):
        pence = _scaled(raw, 2)
        if pence is None:
            return None, ("money-part-of-a-penny",)
    else:
        typed = _GAPS.sub(" ", trimmed(raw)) if isinstance(raw, str) else ""
        found = _MONEY.fullmatch(typed)
        if not found or _EITHER_WAY.fullmatch(typed):
            return None, ("not-money",)
        part = (found[4] or "").rstrip("0")
        if len(part) > 2:
            return None, ("money-part-of-a-penny",)
        pence = int(found[3].replace(",", "").replace(" ", "") or 0) * 100 + int(part.ljust(2, "0"))
        pence = -pence if found[1] or found[2] else pence
    if not _within(pence, low, MOST_MONEY if high is None else high):
        return None, ("money-out-of-range",)
    return pence, ()


def _date(raw: Raw) -> tuple[Value, tuple[str, ...]]:
    if isinstance(raw, datetime):
        return raw.date(), ()
    if isinstance(raw, date):
        return raw, ()
    typed = trimmed(raw) if isinstance(raw, str) else ""
    day = uk_date(typed)
    return day, () if day else ("no-such-day",) if days_told(typed) else ("not-a-date",)


def _choice(chosen: Mapping[Raw, str], known: Mapping[str, str], raw: Raw) -> tuple[Value, tuple[str, ...]]:
    # Nearly all are chosen from the list, and so stand there letter by letter.
    code = chosen.get(raw) or known.get(folded(as_text(raw)))
    return code, () if code else ("not-on-list",)


def _yes_no(raw: Raw) -> tuple[Value, tuple[str, ...]]:
    said = _SAID.get(raw) or _SAID.get(as_text(raw).casefold())
    return said, () if said and isinstance(raw, str) else ("not-yes-or-no",)


def _whole(low: int | None, high: int | None, raw: Raw) -> tuple[Value, tuple[str, ...]]:
    if _is_number(raw):
        if raw != floor(raw):  # type: ignore[arg-type]
            return None, ("not-a-whole-number",)
        value = int(raw)  # type: ignore[arg-type]
    else:
        typed = trimmed(raw) if isinstance(raw, str) else ""
        if not typed.isascii() or not _WHOLE.fullmatch(typed) or len(typed) > 15:
            return None, ("not-a-whole-number",)
        value = int(typed)
    return (value, ()) if _within(value, low, high) else (None, ("whole-number-out-of-range",))


def _decimal(low: int | None, high: int | None, raw: Raw) -> tuple[Value, tuple[str, ...]]:
    if _is_number(raw):
        value = _scaled(raw, 2)
    else:
        typed = trimmed(raw) if isinstance(raw, str) else ""
        if not typed.isascii() or not _NUMBER.fullmatch(typed):
            return None, ("not-a-number",)
        exact = Decimal(typed) * 100
        value = int(exact) if exact == int(exact) else None
    if value is None:
        return None, ("too-many-decimals",)
    return (value, ()) if _within(value, low, high) else (None, ("decimal-out-of-range",))


def _percent(low: int | None, high: int | None, raw: Raw) -> tuple[Value, tuple[str, ...]]:
    in_format = isinstance(raw, Percent)
    if isinstance(raw, Percent):
        figure = Decimal(repr(raw.value)) * 100
    elif _is_number(raw):
        figure = Decimal(repr(raw))
    else:
        typed = trimmed(raw) if isinstance(raw, str) else ""
        typed = typed.removesuffix("%").rstrip()
        if not typed.isascii() or not _NUMBER.fullmatch(typed):
            return None, ("not-a-percentage",)
        figure = Decimal(typed)
    tenths = round(figure * 10)
    if 0 < figure < 1 and not in_format:
        return tenths, ("percent-below-one",)
    if abs(figure * 10 - tenths) > _NEAR * 10:
        return None, ("more-than-one-decimal",)
    return (tenths, ()) if _within(tenths, low, high) else (None, ("percent-out-of-range",))


def _email(high: int, raw: Raw) -> tuple[Value, tuple[str, ...]]:
    typed = as_text(raw)
    good = len(typed) <= high and _EMAIL.fullmatch(typed) and ".." not in typed and "@." not in typed
    return (typed, ()) if good else (None, ("not-an-email",))


def _urn(raw: Raw) -> tuple[Value, tuple[str, ...]]:
    typed = as_text(raw)
    return (typed, ()) if len(typed) == 6 and typed.isascii() and typed.isdigit() else (None, ("not-a-urn",))


def upn_letter(upn: str) -> str:
    """The check letter that the 12 characters after the first one ask for; empty where there is none."""
    total = 0
    for weight, mark in enumerate(upn[1:], start=2):
        if not mark.isdigit() and mark not in UPN_LETTERS:
            return ""
        total += weight * (int(mark) if mark.isdigit() else UPN_LETTERS.index(mark))
    return UPN_LETTERS[total % 23]


def _upn(raw: Raw) -> tuple[Value, tuple[str, ...]]:
    typed = _GAPS.sub("", as_text(raw)).upper()
    if not _UPN.fullmatch(typed):
        return None, ("not-a-upn",)
    if upn_letter(typed) != typed[0]:
        return None, ("upn-check-letter",)
    return typed, () if typed[-1].isdigit() else ("upn-temporary",)


def _school(schools_named: Callable[[str], tuple[str, ...]], raw: Raw) -> tuple[Value, tuple[str, ...]]:
    urns = schools_named(as_text(raw))
    if len(urns) == 1:
        return urns[0], ()
    return None, ("school-could-be-two",) if urns else ("school-not-known",)


def shown(field: Field, value: Value) -> str:
    """How a typed value reads: ``£1,250.00``, ``22/02/2027``, ``2.5``, ``94``, a choice's label; empty for a blank."""
    return shown_as(field.kind, value) if field.kind not in ("choice", "yes-no") else _label(field, value)


def _label(field: Field, value: Value) -> str:
    return "" if value is None else field.label_of(str(value)) if field.choices else str(value).capitalize()


def shown_as(kind: str, value: Value) -> str:
    """How a value of a kind reads, choices apart."""
    if value is None:
        return ""
    if isinstance(value, date):
        return in_figures(value)
    if isinstance(value, int):
        match kind:
            case "money":
                return pounds(value)
            case "decimal":
                return f"{value // 100}.{value % 100:02d}".rstrip("0").rstrip(".")
            case "percent":
                return f"{value // 10}.{value % 10}".removesuffix(".0")
    return str(value)


def typed_as(field: Field, raw: Raw) -> str:
    """What was typed, for a sentence: in quotes, a number given for an amount as pounds."""
    if field.kind == "money" and _is_number(raw):
        pence = _scaled(raw, 2)
        if pence is not None:
            return pounds(pence)
    text = as_text(raw)
    return f"‘{text[:60]}…’" if len(text) > 60 else f"‘{text}’"


def limits_in_words(field: Field, low: int | None, high: int | None) -> str:
    """``1 to 39``, ``£0.01 or more``: what a figure may be."""
    least, most = (None if limit is None else shown_as(field.kind, limit) for limit in (low, high))
    if least is not None and most is not None:
        return f"{least} to {most}"
    return f"{least} or more" if least is not None else f"{most} or less"
