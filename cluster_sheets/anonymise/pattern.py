"""Pattern: what gives itself away by its form, each with its check figure where it has one.

In: a cleaned text and the first two or three facts a pattern asks for. Out: where it stands, and whether it is sure.
Never: lets through a number that only fails its check: that goes to the admin.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType
from typing import NamedTuple

from cluster_sheets.anonymise import addresses
from cluster_sheets.anonymise.judged import (
    Facts,
    Judge,
    always,
    birthday,
    five_figures,
    handle,
    lettered,
    maybe,
    nhs,
    phone,
    plate,
    postcode,
    school_number,
    shouted,
    six_figures,
    small_street,
    street,
    upn,
    whispered,
)
from cluster_sheets.anonymise.normal import Clean
from cluster_sheets.base.date import MONTHS

_EDGE, _END = r"(?<![^\W_])", r"(?![^\W_])"
_MONTH = "|".join((*MONTHS, *(name[:3] for name in MONTHS), "Sept"))
_MONTH_FIRST = rf"(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d{{2}}"
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ \-/.]{{0,2}}(?:{_MONTH})\b[ \-/.,]{{0,3}}(?:19|20)?\d{{2}}"
    rf"|{_MONTH_FIRST}|\d{{1,2}}[/.\-]\d{{1,2}}[/.\-](?:\d{{4}}|\d{{2}})"
    r"|(?:19|20)\d{2}-\d{2}-\d{2})"
)
_BORN = r"(?:d\.?\s?o\.?\s?b\.?|dates? of birth|birth ?date|birthday|born)"
_BIRTHDAY = (
    r"\b(?:birth ?days? (?:(?:is|was|falls|fell) )?(?:on )?|turn(?:s|ed|ing) (?:\d{1,2}|[a-z]+) on )(?:the )?"
    rf"(?P<it>\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTH})\b)"
)
"""The day without its year."""
_LABELS = r"(?:[a-z0-9\-]{1,63}\.){1,10}"
"""Of a host's name: 63 letters is the most that one has (RFC 1035)."""
_TLDS = "uk|com|org|net|edu|gov|info|sch|io|co|eu|school|academy|example|test"
_IN_WORDS = rf"{_EDGE}[\w.\-]{{1,64}} ?[\[(] ?at ?[\])] ?[\w\-]+(?: ?(?:\.|[\[(] ?dot ?[\])]) ?[\w\-]+)+"
_SPELT_OUT = rf"{_EDGE}[\w.\-]{{1,64}}(?: dot [\w\-]+){{0,3}} at [\w\-]+(?: dot [\w\-]+){{0,3}} dot (?:{_TLDS}){_END}"
_REFERENCE = r"[A-Z0-9]*[/\-]?\d[\w/\-]*|[A-Z]{1,6}[/\-][\w/\-]*\d[\w/\-]*"
_NUMBERED = r"(?:ref(?:erence|s)?|no|number|nr|num|id|code)\b"
_LONG_REFERENCE = r"(?=[\w/\-]*\d{3})[A-Z0-9][\w/\-]{3,}"
_PLAN = (
    rf"\b(?=[CEFLOPRSY])(?:\bEHC[NP]?A?P?(?: plan)?\W{{0,3}}{_NUMBERED}"
    rf"(?:\W{{0,3}}(?:is|was|number|no)\b)?\W{{0,3}}(?P<ref>{_REFERENCE})"
    rf"|\b(?:plan|EHC[NP]?|EHCP|statement|case|SEND?)\b(?:[^.\n]|\.(?=\d)){{0,30}}?\b(?:{_NUMBERED}"
    rf"|numbered|under|filed|logged)"
    rf"(?:\W{{1,3}}(?:is|was|as|of|number|no|reference)\b){{0,2}}\W{{0,3}}(?P<it>{_LONG_REFERENCE})"
    rf"|\b(?:plan|EHC[NP]?|EHCP|case)\b[^.\n;]{{0,20}}?\b{_NUMBERED}[^.\n;]{{0,40}}?(?:\b(?:is|was"
    rf"|being)\b|[:=])\W{{0,3}}"
    r"(?P<those>(?=[\w/\-]*\d{4})[A-Z0-9][\w/\-]{3,})"
    rf"|\b(?:our |your |LA |council )?(?:ref(?:erence|s)?|plan|case|file)\b\W{{0,3}}"
    rf"(?:(?:number\b|no\b|EHC[NP]?A?P?(?= ))\W{{0,3}})?"
    r"(?P<that>(?=[\w/\-]*\d{4})(?!(?:19|20)\d\d(?![\w/\-]))(?:[A-Z]{1,6}[/\-]?)?\d{4,}(?:[/\-][A-Z\d]+)*)"
    r"|\bEHC[NP]?A?P?[/\-]?[A-Z0-9/\-]*\d{3,})"
)
_SIX_FIGURES = r"(?<![\d£,/\-])(?P<it>[1-9]\d{5})(?![\d%]|[.,/\-]\d| pounds)"
_CALLED_NUMBER = rf"\b(?:number|no|nr|code|quot(?:e|es|ed|ing))\b\.?[^.\n\d£]{{0,20}}?{_SIX_FIGURES}"
"""Six figures that are called a number may be a school's."""
_LETTERED = (
    r"(?<![\w/\-.@])[A-Z]{1,5}(?:[/\-][A-Z]{1,4})?[/\-]?(?:(?:19|20)\d\d[/\-])?\d{4,6}(?:[/\-][A-Z\d]{1,6})*(?![\w@])"
)
"""Capitals and four figures or more: ZK49300, SEN/43282/N."""
_FIVE_FIGURES = r"(?<![\d£$€,./\-])\d{5}(?![\d%]|[.,/\-]\d)"
_ACCOUNTS = "account|username|user name|handle|profile|gamertag|channel|insta|tiktok|snap|youtube|roblox"
_ACCOUNT = (
    rf"\b(?=[ACGHIPRSTUY])(?:{_ACCOUNTS})[a-z]*\W{{1,2}}(?:(?:is|was|called|named|name|under|as)\W{{1,2}}){{0,2}}"
    r"(?P<it>[a-z][\w.\-]*(?:[\d_][\w.\-]*\w|\d))"
)
"""What is no word, after a word for an account."""
_MIXED = r"[a-z]+(?:[.\-][a-z]+)*_[a-z\d_.\-]*\w|[a-z]{3,}(?:[.\-][a-z]+)*\.?\d{2,}"
"""Letters and figures as no word has them."""
_NUMBER_PLATE = r"(?<![A-Za-z0-9])"
_POSTCODE = rf"{_EDGE}(?P<area>[A-Z]{{1,2}})\d[A-Z\d]?\s{{0,3}}\d[ABD-HJLNP-UW-Z]{{2}}{_END}"


@dataclass(frozen=True, slots=True)
class Found:
    """Where a pattern stands in a cleaned text."""

    start: int
    stop: int
    kind: str
    sure: bool


_OF_THE_WEB = ("://", "www.", ".me/")
_ENDS = tuple(f".{end}" for end in _TLDS.split("|"))
# What is needed begins with a figure where it can: figures are few, and all else of a text is passed over at once.
_FIGURED = r"\d(?:(?:st|nd|rd|th)?(?: of)?[ \-/.]{0,2}[A-Za-z]{3}|[/.\-]\d)"
_MONTHED = r"\d(?<= \d)\d?(?:st|nd|rd|th)?,? (?:19|20)\d\d"
_PLATED = r"\d(?<=[A-Za-z]{2}\d)\d ?[A-Za-z]{3}"
_OF_BIRTH = (
    r"(?-i:[bB](?:[oO][rR][nN]|[iI][rR][tT][hH]|(?<=[dD][oO][bB])|(?<=[\s.][oO][bB])|(?<=[oO][.\s][bB])"
    r"|(?<=[oO]\.\s[bB])))"
)
"""Part of every way in ``_BORN``: its b is found far quicker than its beginning."""
_JOINED = r"[_\d](?:(?<=_)|(?<=[a-z]\d)\d|(?<=[a-z]\.\d)\d)"
_SIX = r"\d{6}"


class _Pattern(NamedTuple):
    kind: str
    pattern: re.Pattern[str]
    judge: Judge
    hints: tuple[str, ...]
    """In small letters, what stands in all that it finds, or one of it; quicker to see than to search."""
    need: re.Pattern[str] | None
    """What stands in all that it finds, where that is more than what all of its kind need."""


def _pattern(
    kind: str,
    pattern: str,
    judge: Judge,
    hints: tuple[str, ...] = (),
    need: str = "",
    *,
    flags: int = re.IGNORECASE,
) -> _Pattern:
    return _Pattern(kind, re.compile(pattern, flags), judge, hints, re.compile(need, flags) if need else None)


_cased = partial(_pattern, flags=0)
_PATTERNS = (
    _pattern("e-mail", r"(?<![^\s@<>()\[\],;:\"])[^\s@<>()\[\],;:\"]+\s?@\s?[\w\-]+(?:\.[\w\-]+)+", always),
    _pattern("e-mail-in-words", _IN_WORDS, always),
    _pattern("e-mail-in-words", _SPELT_OUT, always),
    _pattern(
        "web-address",
        r"(?:https?://|www\.\w|\b(?:t|wa)\.me/)[^\s<>\"]*[^\s<>\".,;:!?)\]]",
        always,
        _OF_THE_WEB,
        "",
    ),
    _pattern("web-address", rf"{_EDGE}{_LABELS}(?:{_TLDS}){_END}(?:/[^\s<>\"]*[^\s<>\".,;:!?)\]])?", always, _ENDS, ""),
    _pattern("handle", r"(?<![\w@.])@[a-z]\w{2,}(?:[.\-]\w+)*", always, ("@",), "@"),
    _pattern("handle", _ACCOUNT, always, tuple(_ACCOUNTS.split("|")), r"[\d_]"),
    _pattern("handle", rf"{_EDGE}(?:{_MIXED}){_END}", handle, (), _JOINED),
    _pattern("upn", rf"{_EDGE}[A-Z](?:[\s\-]{{0,2}}\d){{11}}[\s\-]{{0,2}}[A-Z0-9]{_END}", upn),
    _pattern("nhs-number", r"(?<![\d+])((?!0)\d{3}[ \-]?\d{3}[ \-]?\d{4})(?!\d)", nhs),
    _pattern("phone", r"(?<![^\W_])(?<!\d[/.])(?:\+44[ ()0\-.]{0,4}|\(?0)\d(?:[ ().\-]{0,2}\d){7,10}(?!\d)", phone),
    _pattern("postcode", _POSTCODE, postcode),
    _pattern("urn", r"(?<=\bURN)\W{0,4}(?:(?:is|number|no)\W{0,3})?\d{6}(?!\d)", always, ("urn",), _SIX),
    _pattern("urn", r"\bURN [^\d\n]{1,30}?(?P<it>\d{6})(?!\d)", always, ("urn",), _SIX),
    _pattern("urn", r"(?<=[^\W\d_] \()\d{6}(?=\))", always, ("(",), r"\(\d{6}\)"),
    _pattern("urn", rf"{_EDGE}{_SIX_FIGURES}", six_figures, (), _SIX),
    _pattern("urn", _CALLED_NUMBER, maybe, (), _SIX),
    _pattern(
        "school-number",
        r"(?<!\d)(?<!\d[/.,])(?P<la>\d{3})[/ \-]?\d{4}(?![/.,]?\d)",
        school_number,
    ),
    _pattern("plan-reference", _PLAN, always, ("ehc", "plan", "case", "file", "ref", "sen", "statement"), r"\d"),
    _cased("plan-reference", _LETTERED, lettered, (), r"[A-Z][A-Z/\-]*\d{4}"),
    _cased("plan-reference", rf"(?<!\d ){_FIVE_FIGURES}", five_figures, (), r"\d{5}"),
    _pattern(
        "date-of-birth",
        rf"\b(?=[DB]){_BORN}(?: (?:is|was|on|the))*\W{{0,4}}(?:on |in )?{_DATE}",
        always,
        (),
        _OF_BIRTH,
    ),
    _pattern(
        "date-of-birth",
        rf"\b(?=[DB]){_BORN}(?: (?:in|on))? (?:{_MONTH}) (?:19|20)\d{{2}}",
        always,
        (),
        _OF_BIRTH,
    ),
    _pattern("date-of-birth", _BIRTHDAY, always, ("birth", "turn"), _FIGURED),
    _pattern("date-of-birth", rf"(?<![\d/])(?=\d){_DATE}(?![\d/])", birthday, (), _FIGURED),
    _pattern("date-of-birth", rf"\b(?=[JFMASOND]){_MONTH_FIRST}(?![\d/])", birthday, (), _MONTHED),
    _cased("number-plate", rf"{_NUMBER_PLATE}[a-z]{{2}}\d{{2}} ?[a-z]{{3}}(?![A-Za-z0-9])", plate, (), _PLATED),
    _cased("address", addresses.WITH_CAPITALS, street),
    _cased("address", addresses.BEFORE_A_POSTCODE, street, (), r"\d[A-Za-z\d]? ?\d[A-Za-z]{2}"),
    _cased("address", addresses.IN_SMALL_LETTERS, small_street, (), addresses.NEEDED_SMALL),
    _cased("address", addresses.IN_SMALL_LETTERS_AT_HOME, small_street, (), addresses.NEEDED_SMALL_AT_HOME),
    _cased("address", addresses.WITHOUT_A_NUMBER, whispered, (), addresses.NEEDED_WITHOUT_A_NUMBER),
    _cased("address", addresses.LABELLED, street, (), addresses.NEEDED_LABELLED),
    _cased("address", addresses.LABELLED_IN_SMALL_LETTERS, small_street, (), addresses.NEEDED_LABELLED),
    _cased("address", addresses.SHOUTED, shouted, (), addresses.NEEDED_SHOUTED),
    _cased("number-plate", rf"{_NUMBER_PLATE}[A-Z]{{2}}\d{{2}} ?[A-Z]{{3}}(?![A-Za-z0-9])", always, (), _PLATED),
)  # fmt: skip
_FIGURE = re.compile(r"\d")
_NEEDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "e-mail": re.compile("@"),
        "e-mail-in-words": re.compile(r"[\[(] ?at ?[\])]| dot ", re.IGNORECASE),
        "upn": re.compile(r"\d(?:[\s\-]{0,2}\d){10}"),
        "nhs-number": re.compile(r"\d\d\d[ \-]?\d{3}[ \-]?\d{4}"),
        "phone": re.compile(r"\d(?:[ ().\-]{0,4}\d){7}"),
        "postcode": re.compile(r"\d[A-Z\d]?\s{0,3}\d[A-Z]{2}", re.IGNORECASE),
        "school-number": re.compile(r"\d\d\d[/ \-]?\d{4}"),
        "web-address": re.compile(r"\.\w|://"),
        "address": re.compile(addresses.NEEDED),
    }
)
"""A quick look whether a slow pattern is worth its while: what stands in all that it finds."""


_LONG_NUMBERS = frozenset(("upn", "nhs-number", "phone", "urn", "school-number"))
_THREE_FIGURES = re.compile(r"\d[\s().\-/]{0,4}\d[\s().\-/]{0,4}\d")
"""Part of any long number: few texts have as much."""
_WITH_FIGURES = _LONG_NUMBERS | {"postcode", "plan-reference", "date-of-birth", "number-plate"}
_SIGN = re.compile(
    rf"[@_]|\.\w|://| dot |\bat ?[\])]| (?:{addresses.STREETS}|{addresses.WHISPERED}"
    rf"|{addresses.HOME_ENDS})\b|{addresses.LABEL}",
    re.IGNORECASE,
)
"""Of a pattern without a figure one of these is a part."""


def found(text: Clean, facts: Facts, only: frozenset[str] | None = None) -> Iterator[Found]:
    """All patterns in ``text``, also one within another; ``only`` those of these kinds."""
    typed = text.text
    for each in _worth_while(typed, _of_kinds(only)):
        for match in each.pattern.finditer(typed):
            sure = each.judge(match, facts)
            if sure is not None:
                yield Found(_start(match), match.end(), each.kind, sure)


class _Some(NamedTuple):
    """Patterns of some kinds."""

    every: Sequence[_Pattern]
    without_long_numbers: Sequence[_Pattern]
    without_figures: Sequence[_Pattern]


@cache
def _of_kinds(only: frozenset[str] | None) -> _Some:
    every = tuple(each for each in _PATTERNS if only is None or each.kind in only)
    without = (tuple(each for each in every if each.kind not in kinds) for kinds in (_LONG_NUMBERS, _WITH_FIGURES))
    return _Some(every, *without)


def _worth_while(typed: str, patterns: _Some) -> Iterator[_Pattern]:
    """Of these patterns those of which all is there that they need."""
    figured = _FIGURE.search(typed) is not None
    if not figured and not _SIGN.search(typed):
        return
    some = patterns.without_figures
    if figured:
        some = patterns.every if _THREE_FIGURES.search(typed) else patterns.without_long_numbers
    low = typed.lower()
    there: dict[re.Pattern[str], bool] = {}
    for each in some:
        if each.hints and not any(hint in low for hint in each.hints):
            continue
        need = each.need or _NEEDS.get(each.kind)
        if need is not None and need not in there:
            there[need] = need.search(typed) is not None
        if need is None or there[need]:
            yield each


def _start(match: re.Match[str]) -> int:
    """Where it begins: where it is only led to by other words, behind these."""
    led = [match.start(each) for each in ("it", "that", "those", "ref") if each in match.re.groupindex]
    start = max(led, default=-1)
    return start if start >= 0 else match.start() + _lead(match[0])


def hinted(typed: str, kinds: Iterable[str]) -> Iterator[int]:
    """Where patterns of these kinds might stand; far from all of these places nothing is found."""
    for kind in kinds:
        yield from (match.start() for match in _NEEDS[kind].finditer(typed))


def _lead(matched: str) -> int:
    return len(matched) - len(matched.lstrip(" :-#.=\n"))
