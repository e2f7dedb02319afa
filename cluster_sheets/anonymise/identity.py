"""Identity: what is known of a school, a trust or a person, as the ways it may be written.

In: names, aliases, addresses and numbers. Out: (words with one blank between, what they are known for) pairs.
Never: looks at a text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.normal import clean, spelt, words_of
from cluster_sheets.register.model import School


class Strength(StrEnum):
    """What must stand around a known value before it counts."""

    SURE = "sure"
    """Nothing: it counts in whatever case."""
    CAPITAL = "capital"
    """Capitals: its words are ordinary ones, such as Green or Will."""
    SHORT = "short"
    """Capitals, and then it is only asked about: Cost of Costas is far more often the word."""
    CONTEXT = "context"
    """A school word beside it, or *at* and the like before: Merit, Waterside."""
    DOTTED = "dotted"
    """Full stops and capitals: initials."""
    LETTERS = "letters"
    """Capitals only: initials without full stops, and the first letters of a school's name."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a way of writing is known for."""

    kind: str
    """school, trust, person, place, urn, school-number, postcode, e-mail, web-address or upn."""
    key: str
    """Whose it is: the same for all ways of writing one school or person."""
    strength: Strength = Strength.SURE
    possessive: bool = False
    """Its last word has the s of a possessive."""
    own: bool = False
    """Of the form itself."""


Way = tuple[str, Known]
TITLES = frozenset(
    (
        "mr",
        "mrs",
        "ms",
        "miss",
        "mx",
        "dr",
        "prof",
        "professor",
        "rev",
        "revd",
        "reverend",
        "sir",
        "fr",
        "cllr",
        "councillor",
        "canon",
        "rabbi",
    )
)
_GLUED = ("mr", "mrs", "ms", "miss", "dr")
"""Titles after which somebody may forget the blank."""
SCHOOL_WORDS = frozenset(
    (
        *("school", "schools", "academy", "academies", "college", "federation", "nursery", "pru", "high"),
        *("primary", "secondary", "junior", "juniors", "infant", "infants", "catholic", "ce", "cofe", "rc"),
    )
)
"""What stands beside a school's name, or is part of it."""
SCHOOL_TAIL = SCHOOL_WORDS | {"pupil", "referral", "unit", "special", "technical", "girls", "boys"}
"""What a school's name may go on with once it was named."""
_CORE_ENDS = SCHOOL_WORDS | frozenset(
    ("c", "of", "e", "a", "aided", "controlled", "vc", "va", "pupil", "referral", "unit", "service", "community", "the")
)
_IN_FULL = 2
_NAMES_TOO = ("trust",)
"""Words of the next that are first names as well."""
_ROLES = frozenset(
    (
        *("head", "heads", "headteacher", "teacher", "senco", "sendco", "principal", "vice", "deputy", "acting"),
        *("executive", "business", "manager", "assistant", "lead", "inclusion", "school", "office", "admin", "tbc"),
        *("the", "and", "of", "trust", "send"),
    )
)
_MARK = "EXAMPLE"
"""Stands before every invented name; no part of it."""
_ROLE_BOXES = frozenset(
    (
        *("senco", "sendco", "head", "headteacher", "office", "admin", "info", "enquiries", "contact", "school"),
        *("send", "reception"),
    )
)
_NUMBERS = re.compile(r"[\d\s()+.\-]+")
_OWNS = re.compile(r"'s\b", re.IGNORECASE)
"""Left away where somebody writes St Mark School."""
_AND = re.compile(r" (?:and|&) ", re.IGNORECASE)
_UPN = re.compile(r"[A-Za-z]\d{11}[A-Za-z0-9]")
_SHORTEST_JOINED = 6
_FEWEST_LETTERS = 3
_SHORTEST_SHORT = 3


def _school_strength(core: str) -> Strength:
    saint = core.startswith(("st ", "saint "))
    ordinary = not saint and all(words.is_ordinary(word) or words.is_compound(word) for word in core.split())
    return Strength.CONTEXT if ordinary else Strength.SURE


def _core(name: str) -> str:
    """A school's name without what any school is called."""
    left = name.split()
    while left and left[0] == "the":
        left = left[1:]
    while left and left[-1] in _CORE_ENDS:
        left = left[:-1]
    return " ".join(left)


def _saints(name: str) -> set[str]:
    """A name with Saint written either way."""
    return {name, re.sub(r"\bsaint\b", "st", name), re.sub(r"\bst\b", "saint", name)}


def _with_possessive(way: str, known: Known) -> Iterator[Way]:
    yield way, known
    yield f"{way}s", Known(known.kind, known.key, known.strength, possessive=True, own=known.own)


def _joined(way: str) -> Iterator[str]:
    """A way without its blanks, as in a hashtag; none where that is an ordinary word."""
    together = way.replace(" ", "")
    if together != way and len(together) >= _SHORTEST_JOINED and not words.is_ordinary(together):
        yield together


def of_school(school: School) -> Iterator[Way]:
    """All ways of naming a school."""
    named = (school.name, *school.aliases)
    for name in dict.fromkeys(way for each in named for way in _also_written(each)):
        for way in _saints(spelt(name)):
            yield from _in_full(way, school.urn)
        for letters in dict.fromkeys(_first_letters(spelt(name))):
            yield from _with_possessive(letters, Known("school", school.urn, Strength.LETTERS))
    for name in school.ambiguous:
        for way in _saints(spelt(name)):
            yield from _named(way, school.urn, _school_strength(way))
    yield from _numbered(school)
    for trust in school.trusts:
        yield from of_trust(trust)


def _in_full(way: str, urn: str) -> Iterator[Way]:
    """A school's whole name, the same without its article, and what is the school's own of it."""
    for each in dict.fromkeys((way, way.removeprefix("the "))):
        if each == way or SCHOOL_WORDS & set(each.split()):
            yield from _named(each, urn, Strength.SURE)
    if core := _core(way):
        yield from _named(core, urn, _school_strength(core))


def _also_written(name: str) -> tuple[str, ...]:
    """A name; without the s of its possessive, its hyphens, its and."""
    plain = clean(name).text
    less = _OWNS.sub("", plain)
    return name, less, plain.replace("-", ""), _AND.sub(" ", plain), _AND.sub(" ", less)


def _first_letters(name: str) -> Iterator[str]:
    """Of all words of a name, and of those that count."""
    for some in (name.split(), [word for word in name.split() if word not in ("and", "of", "the")]):
        if len(some) >= _FEWEST_LETTERS:
            yield "".join(word[0] for word in some)


def _named(way: str, urn: str, strength: Strength) -> Iterator[Way]:
    known = Known("school", urn, strength)
    yield from _with_possessive(way, known)
    for together in _joined(way):
        yield from _with_possessive(together, Known("school", urn))


def _numbered(school: School) -> Iterator[Way]:
    for urn in (school.urn, *school.predecessors):
        yield from _with_possessive(urn, Known("urn", school.urn))
        yield f"{urn[:3]} {urn[3:]}", Known("urn", school.urn)
    if school.dfe_number:
        yield from _both(school.dfe_number, Known("school-number", school.urn))
    if school.postcode:
        yield from _both(school.postcode, Known("postcode", school.urn))
    for domain in school.email_domains:
        yield spelt(domain), Known("web-address", school.urn)


def _both(value: str, known: Known) -> Iterator[Way]:
    way = spelt(value)
    yield way, known
    yield way.replace(" ", ""), known


def of_trust(name: str) -> Iterator[Way]:
    """All ways of naming a trust."""
    key = spelt(name).removeprefix("the ")
    # Not every part of Co-op Academies has a capital, and nobody means anything else by it.
    strength = Strength.SURE if "-" in clean(name).text else Strength.CAPITAL
    for way in dict.fromkeys(spelt(each).removeprefix("the ") for each in _also_written(name)):
        yield from _with_possessive(way, Known("trust", key))
        short = way.removesuffix(" trust").removesuffix(" mat")
        if len(short.split()) > 1 and short != way:
            yield from _with_possessive(short, Known("trust", key, strength))


def of_place(name: str) -> Iterator[Way]:
    """All ways of naming a place."""
    way = spelt(name)
    ordinary = all(words.is_ordinary(word) for word in way.split())
    known = Known("place", way, Strength.CAPITAL if ordinary else Strength.SURE)
    yield from _with_possessive(way, known)
    for together in _joined(way):
        yield from _with_possessive(together, Known("place", way))


def of_person(name: str, *, own: bool = False) -> Iterator[Way]:
    """All ways of naming a person: first, last, both, initials, possessives, and what is run together."""
    parts = _parts(name)
    if not parts:
        return
    known = Known("person", " ".join(parts), own=own)
    if in_full := _before_a_role(name):
        yield from _with_possessive(in_full, known)
    if own and len(parts) > 1:
        first = parts[0]
        # Réka El Sayed is R.S., or R.E.
        for last in dict.fromkeys(word[0] for word in " ".join(parts[1:]).split()):
            yield f"{first[0]} {last}", replace(known, strength=Strength.DOTTED)
            yield from _with_possessive(first[0] + last, replace(known, strength=Strength.LETTERS))
    for short in _shortened(parts[0]) if own else ():
        strength = Strength.SHORT if _is_weak(short) else Strength.CAPITAL
        yield from _with_possessive(short, replace(known, strength=strength))
    heads = (*_GLUED, *((_initial(name, parts[0]), parts[0][0], parts[0].replace(" ", "")) if len(parts) > 1 else ()))
    yield from _of_parts(parts, heads, known)
    plain = clean(name).text
    for other in dict.fromkeys((plain.replace("'", " "), plain.replace("-", ""))):
        if other != plain and (parted := _parts(other)):
            yield from _of_parts(parted, parted[:1], known)


def _of_parts(parts: list[str], heads: Sequence[str], sure: Known) -> Iterator[Way]:
    """All ways of writing a name of several parts but by initials only."""
    capital = replace(sure, strength=Strength.CAPITAL)
    if len(parts) > 1:
        first, last = parts[0], parts[-1]
        for way in dict.fromkeys((" ".join(parts), f"{first} {last}", f"{last} {first}")):
            yield from _with_possessive(way, capital if all(map(_is_weak, parts)) else sure)
        yield from _with_possessive(f"{first[0]} {last}", capital)
        if len(parts) > 2:
            yield from _with_possessive(" ".join(parts[1:]), capital if all(map(_is_weak, parts[1:])) else sure)
    for together in dict.fromkeys(_run_together(parts, heads)):
        yield from _with_possessive(together, sure if len(together) >= _SHORTEST_JOINED else capital)
    for part in _single(parts):
        yield from _with_possessive(part, capital if _is_weak(part) else sure)


def _parts(name: str) -> list[str]:
    """The names a person has, each spelt, the last one last; titles and roles left out."""
    before, _, after = name.removeprefix(_MARK).partition(",")
    kept = _named_parts(after) + _named_parts(before)
    return kept if any(len(part) > 1 for part in kept) else []


def _shortened(first: str) -> Iterator[str]:
    """A first name with its end left off: Bray of Brayden; in three letters only where these are no word."""
    for length in range(_SHORTEST_SHORT, len(first)):
        short = first[:length]
        if short.isalpha() and (length > _SHORTEST_SHORT or not words.is_ordinary(short)):
            yield short


def _named_parts(name: str) -> list[str]:
    parts = [part for part in map(spelt, name.split()) if part and part not in TITLES]
    # Of two words the first is a first name, also where others lead something so called: Trust Gajda.
    lead = parts[0] if len(parts) == _IN_FULL and parts[0] in _NAMES_TOO and parts[1] not in _ROLES else ""
    return [part for part in parts if part == lead or part not in _ROLES]


def _before_a_role(name: str) -> str:
    """Fawn Head, whose last name may be what she is as well; else empty."""
    parts = [part for part in map(spelt, name.removeprefix(_MARK).split()) if part and part not in TITLES]
    told = len(parts) == _IN_FULL and parts[1] in _ROLES and parts[0] not in _ROLES
    return " ".join(parts) if told else ""


def _initial(name: str, first: str) -> str:
    """The first letter of a first name, spelt: of Þóra it is spelt with two."""
    return next((spelt(word[0]) for word in clean(name).text.split() if spelt(word) == first), "") or first[0]


def _run_together(parts: list[str], heads: Sequence[str]) -> Iterator[str]:
    """A name written without its blanks or its hyphens, or at one with what stands before: in a hashtag, an address."""
    whole = [word for part in parts for word in part.split()]
    rest = [word for part in parts[1:] for word in part.split()] or whole
    runs = (whole[start:stop] for start, stop in combinations(range(len(whole) + 1), 2) if stop - start > 1)
    for way in (*map(" ".join, runs), f"{parts[-1]} {parts[0]}"):
        yield from _joined(way)
    for head in dict.fromkeys(heads):
        for tail in dict.fromkeys((rest[0], " ".join(rest), "".join(rest), parts[-1].replace(" ", ""))):
            together = head + tail
            if len(together) >= _FEWEST_LETTERS and not words.is_ordinary(together):
                yield together


def _single(parts: list[str]) -> Iterator[str]:
    """Each name by itself, and each half of a double one."""
    for part in parts:
        for each in dict.fromkeys((part, *part.split())):
            if len(each) > 1:
                yield each


def _is_weak(word: str) -> bool:
    """True of a name that is an ordinary word, or so short that it could be one."""
    told = words.peoples()
    return len(word) <= 2 or all(words.is_ordinary(each) and each not in told for each in word.split())


def of_address(address: str, *, own: bool = False) -> Iterator[Way]:
    """All ways of writing an e-mail address, and what stands before its @ where that is a person's."""
    local = address.partition("@")[0]
    yield spelt(address), Known("e-mail", address.casefold(), own=own)
    parts = words_of(local)
    if own and len("".join(parts)) >= _SHORTEST_JOINED and not _ROLE_BOXES & set(parts):
        yield " ".join(parts), Known("person", " ".join(parts), own=True)
        yield "".join(parts), Known("person", " ".join(parts), own=True)


def of_own(value: str) -> Iterator[Way]:
    """All ways of writing one of a form's own values: a person, an e-mail address or a pupil's number."""
    if "@" in value:
        yield from of_address(value, own=True)
    elif _UPN.fullmatch(value):
        yield value.casefold(), Known("upn", value.casefold(), own=True)
    elif not _NUMBERS.fullmatch(value):
        yield from of_person(value, own=True)
