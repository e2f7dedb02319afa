"""Pattern: what gives itself away by its form, each with its check figure where it has one.

In: a cleaned text and the first two or three facts a pattern asks for. Out: where it stands, and whether it is sure.
Never: lets through a number that only fails its check: that goes to the admin.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from cluster_sheets.anonymise.normal import Clean
from cluster_sheets.base.date import MONTHS, uk_date
from cluster_sheets.form.kind import upn_letter

PUPIL_AGES = (3, 19)
"""A full date so many years back may be a pupil's birthday. Source: the scheme takes Reception to Year 13."""
_EDGE, _END = r"(?<![^\W_])", r"(?![^\W_])"
_MONTH = "|".join((*MONTHS, *(name[:3] for name in MONTHS), "Sept"))
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ \-/.]{{0,2}}(?:{_MONTH})\b[ \-/.,]{{0,3}}(?:19|20)?\d{{2}}"
    rf"|(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d{{2}}|\d{{1,2}}[/.\-]\d{{1,2}}[/.\-](?:\d{{4}}|\d{{2}})"
    r"|(?:19|20)\d{2}-\d{2}-\d{2})"
)
_APART = re.compile(r"(?:st|nd|rd|th)?[ \-/.]*([A-Za-z]{3,})[ \-/.,]*")
"""A month in words, whatever stands about it."""
_BORN = r"(?:d\.?\s?o\.?\s?b\.?|dates? of birth|birth ?date|birthday|born)"
_LABELS = r"(?:[a-z0-9\-]{1,63}\.){1,10}"
"""Of a host's name: 63 letters is the most that one has (RFC 1035)."""
_AS_ONE = re.compile(r"[23489]\d\d/[1-7]\d{3}")
_TLDS = "uk|com|org|net|edu|gov|info|sch|io|co|eu|school|academy|example|test"
_IN_WORDS = rf"{_EDGE}[\w.\-]{{1,64}} ?[\[(] ?at ?[\])] ?[\w\-]+(?: ?(?:\.|[\[(] ?dot ?[\])]) ?[\w\-]+)+"
_SPELT_OUT = rf"{_EDGE}[\w.\-]{{1,64}}(?: dot [\w\-]+){{0,3}} at [\w\-]+(?: dot [\w\-]+){{0,3}} dot (?:{_TLDS}){_END}"
_REFERENCE = r"[A-Z0-9]*[/\-]?\d[\w/\-]*|[A-Z]{1,6}[/\-][\w/\-]*\d[\w/\-]*"
_NUMBERED = r"(?:ref(?:erence|s)?|no|number|nr|num|id|code)\b"
_LONG_REFERENCE = r"(?=[\w/\-]*\d{3})[A-Z0-9][\w/\-]{3,}"
_PLAN = (
    rf"\bEHC[NP]?A?P?(?: plan)?\W{{0,3}}{_NUMBERED}(?:\W{{0,3}}(?:is|was|number|no)\b)?\W{{0,3}}(?:{_REFERENCE})"
    rf"|\b(?:plan|EHC[NP]?|EHCP|statement|case|SEND?)\b[^.\n]{{0,30}}?\b(?:{_NUMBERED}|numbered|under|filed|logged)"
    rf"(?:\W{{1,3}}(?:is|was|as|of|number|no|reference)\b){{0,2}}\W{{0,3}}(?P<it>{_LONG_REFERENCE})"
    r"|\bEHC[NP]?A?P?[/\-]?[A-Z0-9/\-]*\d{3,}"
)
_ACCOUNTS = "account|username|user name|handle|profile|gamertag|channel|insta|tiktok|snap|youtube|roblox"
_ACCOUNT = (
    rf"\b(?:{_ACCOUNTS})[a-z]*\W{{1,2}}(?:(?:is|was|called|named|name|under|as)\W{{1,2}}){{0,2}}"
    r"(?P<it>[a-z][\w.\-]*[\d_][\w.\-]*\w)"
)
"""What is no word, after a word for an account."""
_MIXED = r"[a-z]+(?:[.\-][a-z]+)*_[a-z\d_.\-]*\w|[a-z]{3,}(?:[.\-][a-z]+)*\d{2,}"
"""Letters and figures as no word has them."""
_STREETS = "Street|Road|Rd|Avenue|Ave|Lane|Crescent|Terrace"
_MAYBE_STREETS = "Close|Drive|Way|Gardens|Place|Court|Square|Row"
"""Streets where a house number stands before: a hundred square and a safe place are none."""
_ADDRESS = (
    rf"(?<![\w'])(?:(?:\d+[A-Za-z]?,? )?(?:[A-Z][a-z']+ ){{1,2}}(?:{_STREETS})"
    rf"|\d+[A-Za-z]?,? (?:[A-Z][a-z']+ ){{1,2}}(?:{_MAYBE_STREETS}))\b(?! (?:School|Academy|Primary))"
)
_AREA = re.compile(
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL"
    "|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL"
    "|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF"
    "|WN|WR|WS|WV|YO|ZE"
)
"""Letters that postcodes open with: KS1 2nd half-term is none."""
_POSTCODE = rf"{_EDGE}(?P<area>[A-Z]{{1,2}})\d[A-Z\d]?\s{{0,3}}\d[ABD-HJLNP-UW-Z]{{2}}{_END}"


@dataclass(frozen=True, slots=True)
class Found:
    """Where a pattern stands in a cleaned text."""

    start: int
    stop: int
    kind: str
    sure: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What patterns need to know."""

    la_code: str = ""
    year: int = 0
    """The year the form was filled in; nought: no date is looked at for its year."""


Judge = Callable[[re.Match[str], Facts], bool | None]
"""True: sure. False: the admin is asked. None: it is something else."""


def _always(_found: re.Match[str], _facts: Facts) -> bool:
    return True


def upn_is_right(text: str) -> bool:
    """True of a UPN with the right check letter, whatever its blanks and case."""
    upn = "".join(text.replace("-", "").split()).upper()
    return len(upn) == 13 and upn_letter(upn) == upn[0]


def _upn(found: re.Match[str], _facts: Facts) -> bool:
    return upn_is_right(found[0])


def nhs_is_right(text: str) -> bool:
    """True of an NHS number with the right last figure (modulus 11; a remainder that asks for 10 is never given)."""
    figures = [int(each) for each in text if each.isdigit()]
    if len(figures) != 10:
        return False
    check = 11 - sum(weight * figure for weight, figure in zip(range(10, 1, -1), figures, strict=False)) % 11
    return check % 11 == figures[9] and check != 10


def _nhs(found: re.Match[str], _facts: Facts) -> bool:
    return nhs_is_right(found[1])


def _phone(found: re.Match[str], _facts: Facts) -> bool | None:
    figures = sum(letter.isdigit() for letter in found[0])
    return True if 10 <= figures <= 13 else None


def _postcode(found: re.Match[str], _facts: Facts) -> bool | None:
    if not _AREA.fullmatch(found["area"].upper()):
        return None
    # S1 2nd is no postcode.
    return None if found[0].endswith(("st", "nd", "rd", "th")) and found[0][0].isupper() else True


def _handle(found: re.Match[str], _facts: Facts) -> bool | None:
    # A year group, a key stage or an illness has no such name; nor has what is written with capitals.
    return False if found[0].islower() and not found[0].startswith(("covid", "year", "week", "page")) else None


def _school_number(found: re.Match[str], facts: Facts) -> bool | None:
    if found["told"] or (facts.la_code and found["la"] == facts.la_code):
        return True
    # What is written as one may be a score or a share; authorities' numbers begin with these figures.
    return False if _AS_ONE.fullmatch(found[0]) else None


def _birthday(found: re.Match[str], facts: Facts) -> bool | None:
    if not facts.year or (day := _day(found[0])) is None:
        return None
    youngest, oldest = PUPIL_AGES
    return False if facts.year - oldest <= day.year <= facts.year - youngest else None


def _day(text: str) -> date | None:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        year, month, day = text.split("-")
        return uk_date(f"{day}/{month}/{year}")
    if short := re.fullmatch(r"(\d{1,2}[/.\-]\d{1,2}[/.\-])(\d{2})", text):
        return uk_date(f"{short[1]}20{short[2]}")
    if turned := re.fullmatch(r"([A-Za-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", text):
        return uk_date(f"{turned[2]} {turned[1]} {turned[3]}")
    return uk_date(_APART.sub(r" \1 ", text.replace(" of ", " ", 1)))


def _compiled(
    *lines: tuple[str, str, Judge], flags: int = re.IGNORECASE
) -> tuple[tuple[str, re.Pattern[str], Judge], ...]:
    return tuple((kind, re.compile(pattern, flags), judge) for kind, pattern, judge in lines)


_PATTERNS = (
    *_compiled(
        ("e-mail", r"(?<![^\s@<>()\[\],;:\"])[^\s@<>()\[\],;:\"]+\s?@\s?[\w\-]+(?:\.[\w\-]+)+", _always),
        ("e-mail-in-words", _IN_WORDS, _always),
        ("e-mail-in-words", _SPELT_OUT, _always),
        ("web-address", r"(?:https?://|www\.)[^\s<>\"]*[^\s<>\".,;:!?)\]]", _always),
        ("web-address", rf"{_EDGE}{_LABELS}(?:{_TLDS}){_END}(?:/[^\s<>\"]*[^\s<>\".,;:!?)\]])?", _always),
        ("handle", r"(?<![\w@.])@[a-z]\w{2,}(?:[.\-]\w+)*", _always),
        ("handle", _ACCOUNT, _always),
        ("handle", rf"{_EDGE}(?:{_MIXED}){_END}", _handle),
        ("upn", rf"{_EDGE}[A-Z](?:[\s\-]{{0,2}}\d){{11}}[\s\-]{{0,2}}[A-Z0-9]{_END}", _upn),
        ("nhs-number", r"(?<![\d+])((?!0)\d{3}[ \-]?\d{3}[ \-]?\d{4})(?!\d)", _nhs),
        ("phone", r"(?<![^\W_])(?<!\d[/.])(?:\+44[ ()0\-.]{0,4}|\(?0)\d(?:[ ().\-]{0,2}\d){7,10}(?!\d)", _phone),
        ("postcode", _POSTCODE, _postcode),
        ("urn", r"(?<=\bURN)\W{0,4}(?:(?:is|number|no)\W{0,3})?\d{6}(?!\d)", _always),
        (
            "school-number",
            r"(?P<told>\b(?:DfE|DCSF|DfES|LAESTAB|LA ?/ ?Estab|establishment|school(?:'s)? (?:number|no|code))\b"
            r"[^.\n\d]{0,30})?"
            r"(?<!\d)(?<!\d[/.,])(?P<la>\d{3})[/ \-]?\d{4}(?![/.,]?\d)",
            _school_number,
        ),
        ("plan-reference", _PLAN, _always),
        ("date-of-birth", rf"\b{_BORN}(?: (?:is|was|on|the))*\W{{0,4}}(?:on |in )?{_DATE}", _always),
        ("date-of-birth", rf"\b{_BORN}(?: (?:in|on))? (?:{_MONTH}) (?:19|20)\d{{2}}", _always),
        ("date-of-birth", rf"(?<![\d/]){_DATE}(?![\d/])", _birthday),
    ),
    *_compiled(
        ("address", _ADDRESS, _always),
        ("number-plate", r"(?<![A-Z0-9])[A-Z]{2}\d{2} ?[A-Z]{3}(?![A-Za-z0-9])", _always),
        flags=0,
    ),
)  # fmt: skip
_FIGURE = re.compile(r"\d")
_NEEDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "e-mail": re.compile("@"),
        "e-mail-in-words": re.compile(r"[\[(] ?at ?[\])]| dot ", re.IGNORECASE),
        "handle": re.compile(rf"@|\b(?:{_ACCOUNTS})|[a-z]_|[a-z]\d\d", re.IGNORECASE),
        "upn": re.compile(r"\d(?:[\s\-]{0,2}\d){10}"),
        "nhs-number": re.compile(r"\d\d\d[ \-]?\d{3}[ \-]?\d{4}"),
        "phone": re.compile(r"\d(?:[ ().\-]{0,4}\d){7}"),
        "postcode": re.compile(r"\d[A-Z\d]?\s{0,3}\d[A-Z]{2}", re.IGNORECASE),
        "school-number": re.compile(r"\d\d\d[/ \-]?\d{4}"),
        "urn": re.compile("urn", re.IGNORECASE),
        "plan-reference": re.compile(rf"EHC|\b(?:under|filed|logged)\b|{_NUMBERED}", re.IGNORECASE),
        "web-address": re.compile(r"\.\w|://"),
        "date-of-birth": re.compile(
            rf"\d(?:(?:st|nd|rd|th)?(?: of)?[ \-/.]{{0,2}}(?:{_MONTH})|[/.\-]\d|\d\d\d)", re.IGNORECASE
        ),
        "address": re.compile(rf" (?:{_STREETS}|{_MAYBE_STREETS})\b"),
        "number-plate": re.compile(r"\d\d ?[A-Z]{3}"),
    }
)
"""A quick look whether a slow pattern is worth its while: what stands in all that it finds."""


def found(text: Clean, facts: Facts, only: frozenset[str] | None = None) -> Iterator[Found]:
    """All patterns in ``text``, also one within another; ``only`` those of these kinds."""
    typed = text.text
    figures = _FIGURE.search(typed) is not None
    worth: dict[str, bool] = {}
    for kind, pattern, judge in _PATTERNS:
        if (not figures and kind in _WITH_FIGURES) or (only is not None and kind not in only):
            continue
        if kind not in worth:
            worth[kind] = kind not in _NEEDS or _NEEDS[kind].search(typed) is not None
        if not worth[kind]:
            continue
        for match in pattern.finditer(typed):
            sure = judge(match, facts)
            if sure is not None:
                start = match.start("it") if "it" in pattern.groupindex else -1
                start = start if start >= 0 else match.start() + _lead(match[0])
                yield Found(start, match.end(), kind, sure)


def hinted(typed: str, kinds: Iterable[str]) -> Iterator[int]:
    """Where patterns of these kinds might stand; far from all of these places nothing is found."""
    for kind in kinds:
        yield from (match.start() for match in _NEEDS[kind].finditer(typed))


_WITH_FIGURES = frozenset(
    (
        "upn",
        "nhs-number",
        "phone",
        "postcode",
        "urn",
        "school-number",
        "plan-reference",
        "date-of-birth",
        "number-plate",
    )
)


def _lead(matched: str) -> int:
    return len(matched) - len(matched.lstrip(" :-#.=\n"))
