"""Judged: whether what has the form of a number, an address or a date is one, by its check figure and what is near it.

In: what a pattern found, and the first two or three facts it asks for. Out: sure, to be asked about, or something else.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cluster_sheets.anonymise.normal import words_of
from cluster_sheets.anonymise.words import phrases
from cluster_sheets.base.date import uk_date
from cluster_sheets.form.kind import upn_letter

_OF_A_YEAR = re.compile(r"[A-Z/\-]+(?:19|20)\d\d(?:[/\-](?:\d\d)?\d\d)?")
_MEASURES = frozenset(
    (
        "mph",
        "lane",
        "dual",
        "mile",
        "miles",
        "minute",
        "minutes",
        "hour",
        "way",
        "week",
        "weeks",
        "day",
        "of",
        "in",
        "on",
    )
)
_SORTS_OF_PLACES = frozenset(
    (
        *(
            "other",
            "different",
            "more",
            "new",
            "small",
            "big",
            "quiet",
            "safe",
            "long",
            "short",
            "school",
            "car",
            "great",
        ),
        *("community", "sensory", "kitchen", "pocket", "min", "mins", "hr", "hrs", "metre", "metres", "front", "back"),
        *(
            "single",
            "extra",
            "at",
            "to",
            "from",
            "and",
            "by",
            "for",
            "with",
            "the",
            "is",
            "was",
            "a",
            "an",
            "near",
            "off",
        ),
    )
)
_AS_ONE = re.compile(r"[23489]\d\d[/ ]?[1-7]\d{3}|[23489]\d\d[/ ]?9\d{3}")
_GOES_BEFORE = re.compile(r"[£$€]\s?$|\d[ \-]$")
_UNITS = r"pounds|p|%|per\s?cent|pence|km|miles|pupils|people|children|years?|days|hours|minutes|steps|words|letters|of"
_MEASURED = re.compile(rf"\s?(?:{_UNITS})(?!\w)")
_NEAR = 30
_LABEL = 60
_SCHOOL_NUMBER = re.compile(
    r"\b(?:DfE|DCSF|DfES|LAESTAB|LA ?/ ?Estab|establishment|school(?:'s)? (?:number|no|code))\b"
    r"(?:[^.\n\d]|no\.|nr\.){0,30}$",
    re.IGNORECASE,
)
_VEHICLE = re.compile(
    r"\b(?:reg|registration|car|van|vehicle|taxi|minibus|plate|ramp|tail lift|parks?|parked|driv\w+)\b", re.IGNORECASE
)
_NO_PLATES = ("yr", "ks", "wk", "pg", "no", "ex", "id")
_NO_ACCOUNT = ("covid", "year", "week", "page", "approx", "fig", "para", "max.", "min.", "sect", "item", "term", "ver")
_LONG_ACCOUNT = 6
"""Letters before the figures of an account's name, in a text all in capitals: a test or a course has fewer."""
_APART = re.compile(r"(?:st|nd|rd|th)?[ \-/.]*([A-Za-z]{3,})[ \-/.,]*")
"""A month in words, whatever stands about it."""
_AREA = re.compile(
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL"
    "|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL"
    "|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF"
    "|WN|WR|WS|WV|YO|ZE"
)
"""Letters that postcodes open with: KS1 2nd half-term is none."""
PUPIL_AGES = (3, 19)
"""A full date so many years back may be a pupil's birthday. Source: the scheme takes Reception to Year 13."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What patterns need to know."""

    la_code: str = ""
    year: int = 0
    """The year the form was filled in; nought: no date is looked at for its year."""


Judge = Callable[[re.Match[str], Facts], bool | None]
"""True: sure. False: the admin is asked. None: it is something else."""


def always(_found: re.Match[str], _facts: Facts) -> bool:
    """What has this form is nothing else."""
    return True


def maybe(_found: re.Match[str], _facts: Facts) -> bool:
    """What has this form may be something else: asked about."""
    return False


def lettered(found: re.Match[str], _facts: Facts) -> bool | None:
    """Asked about; letters with a year behind them are a version of something."""
    return None if _OF_A_YEAR.fullmatch(found[0]) else False


def five_figures(found: re.Match[str], _facts: Facts) -> bool | None:
    """What councils number plans by: asked about; a round amount and a measured one are none."""
    return None if found[0].endswith("00") or _MEASURED.match(found.string, found.end()) else False


def six_figures(found: re.Match[str], _facts: Facts) -> bool | None:
    """What schools are numbered by: asked about; a round amount and a measured one are none."""
    return None if found["it"].endswith("00") or _MEASURED.match(found.string, found.end()) else False


def upn_is_right(text: str) -> bool:
    """True of a UPN with the right check letter, whatever its blanks and case."""
    upn = "".join(text.replace("-", "").split()).upper()
    return len(upn) == 13 and upn_letter(upn) == upn[0]


def upn(found: re.Match[str], _facts: Facts) -> bool:
    """Sure with the right check letter, else asked about."""
    return upn_is_right(found[0])


def nhs_is_right(text: str) -> bool:
    """True of an NHS number with the right last figure (modulus 11; a remainder that asks for 10 is never given)."""
    figures = [int(each) for each in text if each.isdigit()]
    if len(figures) != 10:
        return False
    check = 11 - sum(weight * figure for weight, figure in zip(range(10, 1, -1), figures, strict=False)) % 11
    return check % 11 == figures[9] and check != 10


def nhs(found: re.Match[str], _facts: Facts) -> bool:
    """Sure with the right last figure, else asked about."""
    return nhs_is_right(found[1])


def phone(found: re.Match[str], _facts: Facts) -> bool | None:
    """Ten to thirteen figures; fewer or more are none."""
    figures = sum(letter.isdigit() for letter in found[0])
    return True if 10 <= figures <= 13 else None


def postcode(found: re.Match[str], _facts: Facts) -> bool | None:
    """With an area that there is."""
    if not _AREA.fullmatch(found["area"].upper()):
        return None
    # S1 2nd is no postcode.
    return None if found[0].endswith(("st", "nd", "rd", "th")) and found[0][0].isupper() else True


def handle(found: re.Match[str], _facts: Facts) -> bool | None:
    """Asked about; a year group or a page has no such name."""
    # A year group, a key stage or an illness has no such name; nor has what is written with capitals.
    shouted = found.string.isupper() and ("." in found[0] or len(found[0].rstrip("0123456789")) >= _LONG_ACCOUNT)
    typed = found[0].lower() if shouted else found[0]
    return False if typed.islower() and not typed.startswith(_NO_ACCOUNT) else None


def school_number(found: re.Match[str], facts: Facts) -> bool | None:
    """Sure where it is called so or of this authority; asked about in the form of one."""
    before = found.string[max(0, found.start() - _LABEL) : found.start()]
    listed = before.rstrip(" ").endswith("|") and "dfe" in found.string.lower()
    if listed or _SCHOOL_NUMBER.search(before) or (facts.la_code and found["la"] == facts.la_code):
        return True
    # What is written as one may be a score, a share or an amount; authorities' numbers begin with these figures.
    counts = _GOES_BEFORE.search(before) or _MEASURED.match(found.string, found.end())
    return None if counts or not _AS_ONE.fullmatch(found[0]) else False


def plate(found: re.Match[str], _facts: Facts) -> bool | None:
    """In small letters beside a word for a car; asked about where nothing parts its letters."""
    # In small letters ks12 the and yr10 all look the same.
    near = found.string[max(0, found.start() - _NEAR) : found.end() + _NEAR]
    if _VEHICLE.search(near):
        return True
    return None if " " in found[0] or found[0].startswith(_NO_PLATES) else False


def street(found: re.Match[str], _facts: Facts) -> bool | None:
    """Any but a programme such as Rainbow Road."""
    # Rainbow Road is a programme.
    return None if words_of(found[0]) in phrases() else True


def small_street(found: re.Match[str], _facts: Facts) -> bool | None:
    """In small letters, but for a 30 mph road, and for so many other places."""
    return None if found["first"] in _MEASURES | _SORTS_OF_PLACES else True


def whispered(found: re.Match[str], _facts: Facts) -> bool | None:
    """In a text that has no capital: asked about."""
    return None if any(letter.isupper() for letter in found.string) else False


def shouted(found: re.Match[str], _facts: Facts) -> bool | None:
    """In a text that is all in capitals."""
    return True if found.string.isupper() else None


def birthday(found: re.Match[str], facts: Facts) -> bool | None:
    """Asked about where a pupil could be born then."""
    if not facts.year or (day := _day(found[0])) is None:
        return None
    youngest, oldest = PUPIL_AGES
    return False if facts.year - oldest <= day.year <= facts.year - youngest else None


def _day(text: str) -> date | None:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        year, month, day = text.split("-")
        return uk_date(f"{day}/{month}/{year}")
    if named := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?[ \-/.]+([A-Za-z]{3,9})[ \-/.,]+(\d{2})", text):
        return uk_date(f"{named[1]} {named[2]} 20{named[3]}")
    if short := re.fullmatch(r"(\d{1,2}[/.\-]\d{1,2}[/.\-])(\d{2})", text):
        return uk_date(f"{short[1]}20{short[2]}")
    if turned := re.fullmatch(r"([A-Za-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", text):
        return uk_date(f"{turned[2]} {turned[1]} {turned[3]}")
    return uk_date(_APART.sub(r" \1 ", text.casefold().replace(" of ", " ", 1)))
