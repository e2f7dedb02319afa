"""Fact: what tells of one child or one school without a name: the only one, a twin, a stay in hospital, so few pupils.

In: a cleaned text, where known values stand in it, and whom the request is about. Out: stretches to ask about.
Never: leaves what gives it away beside it: a fact of one child or school goes with its whole sentence.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.care import told_of_care
from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.kinds import CARE, HOSPITAL, IDENTIFYING, ILLNESS, RARE_NEED, SMALL_COUNT
from cluster_sheets.anonymise.life import hospitals_by_name, known_by
from cluster_sheets.anonymise.normal import Clean
from cluster_sheets.anonymise.renown import renowned_for
from cluster_sheets.anonymise.sentence import bounds
from cluster_sheets.anonymise.single import FIGURES, NOT_BETWEEN, NUMBER, PUPILS, singled_out

_FEW = re.compile(
    rf"(?<![\w.,£/\-])(?P<first>{NUMBER})(?:"
    rf" (?:out )?of (?:our|the|these|those|my|his|her|their)?(?: ?(?:{NUMBER}))?"
    rf"(?: {NOT_BETWEEN}[\w\-']+){{0,2}}? {PUPILS}"
    rf"| (?:out )?of (?:our|the|these|those) {NUMBER}| of (?:them|us|whom)"
    rf"|(?: {NOT_BETWEEN}[\w\-']+){{0,2}}? {PUPILS})\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"(?<![\w.,£/\-])(?P<part>{NUMBER}|none|0) (?:out )?of (?:(?:all |our|the|these|those|my|his|her|their) ?)*"
    rf"(?P<whole>{NUMBER})(?![\w/%\-]|[.,]\d)"
    rf"(?:(?: {NOT_BETWEEN}[\w\-']+){{0,2}}? {PUPILS}\b"
    r"|(?=\s*(?:$|[.,;:!?)\n]))"
    r"|(?= (?:now|last|this|before|after|by|at|in|on|are|were|is|was|have|had|has|can|could|cannot|did|do|came|come"
    r"|said|and|or|but|who|with|since|for|so|still|need|moved|made|reached)\b))",
    re.IGNORECASE,
)
"""A share of a whole, in words or figures, of pupils or of nothing that is named: 3 of the 4 pupils, 1 of 4."""
_ONLY_A_SHARE = re.compile(rf"\s*(?P<part>\d{{1,2}}) ?/ ?(?P<whole>\d{{1,2}})(?: {PUPILS})?\s*", re.IGNORECASE)
"""A whole box such as 1/4; within a text it is a part of anything, or a date."""
_NAMED_BY_NUMBER = (
    "years? weeks? stage level phase terms? step scale page wave class group sheet part round cycle band set y ks"
    " session lesson visit day module block unit book meeting question form line row"
).replace(" ", "|")
_NAMED = re.compile(rf"(?:\b(?:{_NAMED_BY_NUMBER}) ?|[\-:/])$", re.IGNORECASE)
_NOT_A_COUNT = re.compile(
    rf"(?:\b(?:of|to|least|most|each|every|than|per|by|{_NAMED_BY_NUMBER}) ?|[\-:/])$", re.IGNORECASE
)
"""Before a number: a share, a size of groups, or the name of something. Groups of four pupils are not four pupils."""
_NEAR = 40
_NUMBERS = frozenset((*FIGURES, "none"))
_FIGURE = re.compile(r"\d")
_FAITH = re.compile(
    r"\b(?:(?:roman )?catholic|c of e|church of england|church school|faith school|dioces\w+|parish"
    r"|mosque|madrasah|gurdwara|synagogue"
    r"|(?:infant|junior)s? (?:school|department|site|academy)|the (?:infants|juniors))\b",
    re.IGNORECASE,
)  # fmt: skip
_OF_FAITH = frozenset(
    (
        *("catholic", "c", "church", "churches", "faith", "diocese", "dioceses", "diocesan", "parish", "mosque"),
        *("mosques", "madrasah", "gurdwara", "synagogue", "infant", "infants", "junior", "juniors"),
    )
)
"""``_FAITH`` is in no text that holds none of these."""
_AFTER = r"(?:after|following|since|during|before) "
_OPERATIONS = r"(?:operation|surgery|transplant|chemotherapy|radiotherapy)"
_ILLNESS = re.compile(
    rf"\b(?:{_AFTER}(?:[\w\-']+ ){{0,4}}?(?:in|at|from) (?:the )?hospital"
    r"|(?:in|into|from) (?:the )?hospital(?! school)"
    rf"|{_AFTER}(?:[\w\-']+ ){{0,3}}?{_OPERATIONS}"
    r"|(?:an|the|his|her|their|this|major|heart|brain|spinal|eye|second) operation(?! of\b)"
    r"|(?:heart|brain|spinal|eye) operations"
    r"|(?:(?:the|his|her|their|major|heart|brain|spinal|eye) )?(?:surgery|transplant|chemotherapy|radiotherapy))\b",
    re.IGNORECASE,
)
_ANY_HOSPITAL = re.compile(r"\b(?:the |a )?hospital(?: school)?\b", re.IGNORECASE)
_HOSPITAL = re.compile(r"(?:[A-Z][\w']+(?: of)? ){1,5}(?:Hospital|Infirmary|Hospice)\b")
_OF_HEALTH = frozenset(
    (
        *("hospital", "hospitals", "hospice", "infirmary", "operation", "operations", "surgery", "transplant"),
        *("chemotherapy", "radiotherapy", "hospices", "transplants"),
    )
)
_NO_PART_OF_IT = frozenset(("the", "at", "in", "our", "a", "from", "to", "since", "after", "when", "and", "with", "of"))


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A stretch of a cleaned text that may tell who it is."""

    start: int
    stop: int
    kind: str
    sure: bool = False
    """True of a name after a title: it is taken out unasked."""
    key: str = ""
    """What it is asked about with, wherever it stands; blank: with the same words only."""


@dataclass(frozen=True, slots=True)
class About:
    """Whom a request is about."""

    threshold: int
    """Counts of pupils below it are small."""
    one_pupil: bool = False
    rare: frozenset[str] = frozenset()
    """Needs that words may not name."""
    of_few: bool = False
    """It is about pupils one by one, so what is said of health is said of one of them."""
    pupils: int = 0
    """How many it is for; 0 where nobody said so."""


def facts(text: Clean, covered: Covered, about: About) -> Iterator[Doubtful]:
    """All stretches to ask about; ``covered`` is taken out already."""
    # The abbey of Abbey Hulton Primary School is taken out with it, and tells nothing.
    lives = (span for span in known_by(text) if not covered.meets(span[1] - 1, span[1]))
    singles = sorted({bounds(text.text, *span) for span in (*singled_out(text), *lives, *renowned_for(text))})
    yield from (Doubtful(start, stop, IDENTIFYING) for start, stop in singles)
    taken = covered.and_(singles)
    faiths = () if text.words.isdisjoint(_OF_FAITH) else _FAITH.finditer(text.text)
    narrow = [match.span() for match in faiths if not taken.meets(*match.span())]
    yield from (Doubtful(start, stop, IDENTIFYING) for start, stop in narrow)
    yield from _counts(text, taken.and_(narrow), about)
    named = [span for span in hospitals_by_name(text) if not taken.meets(*span)]
    if named or not text.words.isdisjoint(_OF_HEALTH):
        yield from _health(text, taken, about, named)
    if about.of_few:
        told = (span for span in told_of_care(text) if not taken.meets(*span) and not _is_of_a_body(text, *span))
        yield from (Doubtful(*span, CARE, key=CARE) for span in told)
    yield from _rare_needs(text, taken, about)


def _counts(text: Clean, covered: Covered, about: About) -> Iterator[Doubtful]:
    typed = text.text
    if text.words.isdisjoint(_NUMBERS) and not _FIGURE.search(typed):
        return
    whole = _ONLY_A_SHARE.fullmatch(typed)
    shares = [*([whole] if whole else []), *(each for each in _SHARE.finditer(typed) if not _is_named(typed, each))]
    small = [each.span() for each in shares if _is_small(each, about)]
    few = [each.span() for each in _FEW.finditer(typed) if _is_few(typed, each, about)]
    if small:
        shared = Covered(small)
        few = [span for span in few if not shared.meets(*span)]
    for start, stop in sorted((*small, *few)):
        if not covered.meets(start, stop):
            yield Doubtful(start, stop, SMALL_COUNT)


def _is_named(typed: str, share: re.Match[str]) -> bool:
    """True of step two of three, which is no count."""
    return bool(_NAMED.search(_before(typed, share)))


def _is_small(share: re.Match[str], about: About) -> bool:
    """True of a share of few; and of 3 of 12 where the request is for twelve pupils.

    What is hoped for of most of them, 9 of 12, stays: it is what the panel is to decide on.
    """
    part, whole = (0 if each in ("none", "0") else _value(each) for each in (share["part"].casefold(), share["whole"]))
    if whole < about.threshold:
        return True
    return whole == about.pupils and 0 < part < about.threshold


def _is_few(typed: str, few: re.Match[str], about: About) -> bool:
    number = _value(few["first"])
    if number >= about.threshold or (number == 1 and about.one_pupil):
        return False
    return not _NOT_A_COUNT.search(_before(typed, few))


def _before(typed: str, found: re.Match[str]) -> str:
    """As much of what stands before it as can matter."""
    return typed[max(0, found.start() - _NEAR) : found.start()]


def _value(number: str) -> int:
    return int(number) if number.isdigit() else FIGURES.index(number.casefold())


def _health(text: Clean, covered: Covered, about: About, by_name: Sequence[tuple[int, int]]) -> Iterator[Doubtful]:
    """Hospitals, of which some are known ``by_name``; and of a request about few what tells of an operation."""
    named = [_name_of(text, *match.span()) for match in _HOSPITAL.finditer(text.text)]
    in_full = Covered([span for span in named if span is not None])
    hospitals = sorted(
        span for span in (*named, *(each for each in by_name if not in_full.meets(*each))) if span is not None
    )
    yield from (Doubtful(start, stop, HOSPITAL) for start, stop in hospitals)
    taken = covered.and_(hospitals)
    if about.of_few:
        told = [span for match in _ILLNESS.finditer(text.text) if not taken.meets(*(span := match.span()))]
        yield from (Doubtful(*span, ILLNESS, key=ILLNESS) for span in told)
        taken = taken.and_(told)
        spans = (match.span() for match in _ANY_HOSPITAL.finditer(text.text))
        yield from (Doubtful(*span, ILLNESS) for span in spans if not taken.meets(*span))


def _name_of(text: Clean, start: int, stop: int) -> tuple[int, int] | None:
    """A hospital's name without the word before it that only opens a sentence; None where no name is left."""
    tokens = [token for token in text.tokens if start <= token.start < stop]
    while tokens and tokens[0].word in _NO_PART_OF_IT:
        tokens = tokens[1:]
    return (tokens[0].start, stop) if len(tokens) > 1 else None


_TOLD_NEAR = 80
_OF_COURSES = re.compile(
    r"\b(?:train(?:ed|ing)|courses?|inset|twilights?|workshops?|webinars?|qualified|qualifications?|awareness)"
    r" (?:on|in|about|of|for)\b[^.;\n]{0,50}$",
    re.IGNORECASE,
)
_OF_ANY_PUPILS = re.compile(
    r"(?:^|[.:;!?,\n] ?|\b(?:for|of|to|by|with|as|and|other|many|most|all|some|older|younger|that) )"
    r"(?:pupils|children|learners|students|those|people)"
    r" (?:who have|with|living with)(?: (?:and|or|autism|adhd|dyslexia|asd|epilepsy|dld),?){0,6} $",
    re.IGNORECASE,
)
"""Before a need that is nobody's: pupils with; but not the two pupils with."""
_MANY_HAVE = re.compile(
    r"\b(?:several|many|most|lots|numerous|a (?:large )?number)(?: of)?(?: (?:our|the|these))? (?:\w+ )?"
    r"(?:pupils|children|learners|students) (?:have|had|live with)(?: [\w'\-]+,?){0,6} $",
    re.IGNORECASE,
)
"""Before a need that so many have: several pupils have."""
_PUPILS_OF_IT = re.compile(
    r" (?:pupils|children|learners|students|provision|curriculum|resources|bases?|class(?:es)?)\b"
)
_AT_LARGE = re.compile(r"(?:^|[.:;!?\n]|\b(?:for|of|to|as|and|other|many|most|all|some)) *$", re.IGNORECASE)
"""Before pupils with a need, who may be any: PMLD pupils need two adults."""
_SHARE_OF = re.compile(r":? ?\d+(?:\.\d+)? ?%")
"""After a need: how many of a whole school have it."""


@cache
def _rare() -> re.Pattern[str]:
    ways = sorted(words.rare(), key=lambda way: (-len(way), way))
    return re.compile(rf"(?<= )(?:{'|'.join(map(re.escape, ways))})(?= )")


def _rare_needs(text: Clean, covered: Covered, about: About) -> Iterator[Doubtful]:
    """Phrases that name a need too rare to be told."""
    if not about.rare:
        return
    for match in _rare().finditer(text.line):
        need = words.rare()[match[0]]
        start = text.tokens[text.token_at(match.start())].start
        stop = text.tokens[text.token_at(match.end() - 1)].stop
        if need not in about.rare or covered.meets(start, stop) or _is_of_a_body(text, start, stop):
            continue
        # Where a request is about one pupil the training is for what that pupil has.
        if about.one_pupil or not _is_of_many(text, start, stop):
            yield Doubtful(start, stop, RARE_NEED, key=need.casefold())


def _is_of_many(text: Clean, start: int, stop: int) -> bool:
    """True of a need that a share of pupils have, or pupils of no number, or that staff are trained in."""
    before = text.text[max(0, start - _TOLD_NEAR) : start]
    if (
        _SHARE_OF.match(text.text, stop)
        or _OF_COURSES.search(before)
        or _MANY_HAVE.search(before)
        or _OF_ANY_PUPILS.search(before)
    ):
        return True
    return _PUPILS_OF_IT.match(text.text, stop) is not None and _AT_LARGE.search(before) is not None


def _is_in_a_phrase(text: Clean, start: int, stop: int) -> bool:
    """True of the Deaf of UK Deaf Sport: a need within what is called by more words with capitals."""
    numbers = text.within(start, stop)
    first, last = numbers[0], numbers[-1]
    for begin, end in ((first - 1, last), (first, last + 1)):
        outer = begin if begin < first else end
        there = 0 <= outer < len(text.tokens) and text.text[text.tokens[outer].start].isupper()
        if there and words.in_phrase(text, begin, end):
            return True
    return False


def _is_of_a_body(text: Clean, start: int, stop: int) -> bool:
    """True of words within the name of a body: the Hearing Impairment Team, the National Deaf Children's Society."""
    if not text.text[start].isupper():
        return False
    if _is_in_a_phrase(text, start, stop):
        return True
    for number in text.within(start, stop + _NEAR):
        token = text.tokens[number]
        if not text.text[token.start].isupper():
            return False
        if token.start >= stop and token.word in words.near("body-end"):
            return True
    return False
