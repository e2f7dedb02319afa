"""Organisation: schools, trusts and places that nobody knows, by the words that such names end with or begin with.

In: a cleaned text and what is covered of it. Out: stretches to ask about. Never: a phrase of schools such as Forest
School, or one with no name in it such as Special School.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.capital import has_capital
from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.dedicated import dedications
from cluster_sheets.anonymise.fact import Doubtful
from cluster_sheets.anonymise.identity import SCHOOL_TAIL, SCHOOL_WORDS
from cluster_sheets.anonymise.neighbours import beside, opens_sentence, word_after
from cluster_sheets.anonymise.normal import Clean

SCHOOL, TRUST, PLACE = "school", "trust", "place"
_ALWAYS_LEAD = frozenset(
    (
        *("a", "an", "and", "as", "at", "by", "for", "from", "her", "his", "if", "in", "into", "my", "of", "our"),
        *("since", "that", "the", "their", "this", "to", "when", "with", "your", "after", "before", "like"),
    )
)
_CALLED = (
    *("School", "Academ", "College", "Nursery", "Junior", "Infant", "Primary", "Secondary", "Collegiate", "Trust"),
    *("Federation", "Partnership", "MAT"),
)
"""How the words begin that such a name ends with."""
_CAPITALS = re.compile(
    r"(?:[^\W\d_a-z][\w'\-]*(?: (?:and|of|of the|the|&|on|\((?:A|C|VA|VC)\)) | )){1,6}"
    rf"(?:(?:{'|'.join(_CALLED)})(?:s|y|ies|ship)?"
    rf"|(?:{'|'.join(_CALLED).upper()})(?:S|Y|IES|SHIP)?"
    r"|High(?=[.,;:!?)\n]|$| (?:in|and|to|for|on|has|have|is|was|said|who|where|next|this|last|from|with|will)\b)"
    r"|Multi-Academy|Pupil Referral Unit|Alternative Provision|(?:Link|Learning|Short Stay|Inclusion|Education) Centre"
    r"|Special)\b"
)
_HINTS = frozenset(
    (
        *("school", "schools", "academy", "academies", "college", "colleges", "nursery", "junior", "juniors", "infant"),
        *("infants", "primary", "trust", "trusts", "federation", "federations", "partnership", "partnerships", "mat"),
        *("referral", "provision", "centre", "special", "secondary", "high", "collegiate", "nurseries", "mats"),
        "academys",
        "primarys",
    )
)
"""Words of which one is in each such name."""
_OF_TRUSTS = (
    "catholic|inclusion|alternative|multi[ -]academy|alliance|learning|education|educational|schools|academies|academy"
    "|partnership|community|primary|diocesan"
)
_TRUST = re.compile(
    r"(?P<name>[a-z][a-z'\-]+(?: (?:and |of (?:the )?)?[a-z][a-z'\-]+){0,2})"
    rf" (?:(?:{_OF_TRUSTS}) )+(?:trust|federation)\b"
)
"""A trust in small letters, by two words of it that no trust of another sort has."""
_SORTS = (
    "c of e|church of england|ce|cofe|catholic|community|primary|infant|infants|junior|juniors|nursery|high|secondary"
    "|and|technical|special|girls'?|boys'?|grammar"
)
_TO_SCHOOL = (
    "at|from|to|for|joined|joins|attended|attends|attending|left|of|where|in|and|with|visit|approached|asked|prev\\."
    "|school|rang|phoned|told|contacted|thank|thanked|by"
)
_DEDICATION = r"(?:our lady (?:and|of) (?:the |st )?|all (?:hallows|saints|souls) |holy [a-z]+ )"
_SCHOOL_AT = re.compile(
    rf"(?:\b(?:{_TO_SCHOOL}) |(?:^|[.,;:!?\n]) ?(?:- )?)"
    rf"(?P<name>(?P<holy>{_DEDICATION})?(?:[a-z][a-z'\-]+ ){{1,3}}?)(?:(?:{_SORTS}) )*"
    r"(?:school|academy|primary|juniors|infants|college|alternative provision|link centre|pupil referral unit)\b"
)
"""A school in small letters, by the word that leads to it, or at the head of a sentence or of a part of one."""
_TRUST_ENDS = re.compile(r" (?:trust|federation)\b")
_SCHOOL_ENDS = re.compile(r" (?:school|academy|primary|juniors|infants|college|provision|centre|unit)\b")
_REACH = 80
"""More than a name of that sort takes up."""
_SHORT_TRUST = re.compile(r"(?:[A-Z][\w'\-]+ ){1,3}(?:Learning|Education)(?: Alliance)?\b(?! [A-Z&(]| and [A-Z])")
"""A trust without its Trust, at the end of what has capitals."""
_TO_PLACE = (
    "at|as far as|from|to|in|on|off|along|down|up|behind|opposite|outside|into|near|for|with|by|of|asked|joined"
    "|attended|attends|live in|lives in|rang|phoned|called|emailed|contacted|told|visit|visited|thank"
)
_TOWN = re.compile(
    r"\b(?:at|from|to|in|near|nearby|outside|around|via|through|towards|past|leaving|left|of|and|beyond|reached"
    r"|visited) (?P<it>[A-Z][a-z]+)(?![\w\-'/]| [A-Z\d])"
)
"""One word with a capital, where a town would stand."""
_TO_TOWN = re.compile(
    r"\b(?:from|mov(?:ed|ing) to|near|over from|(?:clinic|unit|hospital|school|place|base|space) is (?:in|at)"
    r"|(?:surgery|consultant|hospital|clinic|nursery|college|lives?|living|born) in"
    r"|(?:Street|Road|Lane|Avenue|Close|Drive|Way|Court|Gardens|Grove|Row|Terrace|Crescent),) (?P<it>[A-Z][a-z]+)"
    r"(?![\w\-'/]| (?:and (?:[A-Z]|writing|spelling|maths|phonics)|to |ages?\b|records?\b|levels?\b)| \d"
    r"| [A-Z](?![A-Z]?\d))"
)
"""One word with a capital, where only a town would stand."""
_LINE_OF_ADDRESS = r"(?<=[\w,:] )(?=[A-Z][a-z]+ [A-Z][a-z]+ (?:Way|Drive|Close|Court|Mews|Gardens)\b)"
_PLACE = re.compile(
    rf"(?:(?P<led>{_LINE_OF_ADDRESS}|\b(?:{_TO_PLACE}) )(?P<it>(?:[A-Z][a-z]+ ){{1,2}}(?P<end>[A-Z][a-z]+))"
    r"|(?<![\w'])(?P<owned>[A-Z][a-z]+(?:'s|s') (?P<last>[A-Z][a-z]+)))(?![\w\-]|'[a-z])"
)
"""Two words with capitals, the second such as places end with: at Kiln Bottom, Tinker's Bank."""


def organisations(text: Clean, covered: Covered) -> Iterator[Doubtful]:
    """Names of schools and trusts that stand in no register."""
    found = () if text.words.isdisjoint(_HINTS) else _CAPITALS.finditer(text.text)
    told = [each for match in found for each in _named(text, match, covered)]
    told.extend(_unsaid(text, covered.and_((each.start, each.stop) for each in told)))
    yield from _apart(text, told)
    if not text.words.isdisjoint(_HINTS):
        covered = covered.and_((each.start, each.stop) for each in told)
        small = list(_apart(text, _ordinary(text, covered)))
        yield from small
        covered = covered.and_((each.start, each.stop) for each in small)
        yield from _apart(text, _in_small_letters(text, covered))


def _apart(text: Clean, told: Iterable[Doubtful]) -> Iterator[Doubtful]:
    """Those that are not half of a phrase of schools, such as the Chartered College of Teaching."""
    for each in told:
        numbers = text.within(each.start, each.stop)
        if not words.in_phrase(text, numbers[0], numbers[-1]):
            yield each


def _unsaid(text: Clean, covered: Covered) -> Iterator[Doubtful]:
    """Places and trusts in capitals of which nothing says that they are one: at Kiln Bottom, Kingfisher Learning."""
    for match in () if text.words.isdisjoint(words.near("place-end")) else _PLACE.finditer(text.text):
        group = "it" if match["it"] else "owned"
        numbers = text.within(*match.span(group))
        first, end = text.tokens[numbers[-2]].word, text.tokens[numbers[-1]].word
        free = not any(words.in_phrase(text, number) for number in numbers) and not covered.meets(*match.span(group))
        if end in words.near("place-end") and first not in words.near("no-place") and free:
            yield Doubtful(*match.span(group), PLACE)
    yield from (Doubtful(*span, PLACE) for span in _towns(text, covered))
    yield from (Doubtful(*span, SCHOOL) for span in dedications(text) if not covered.meets(*span))
    for match in _SHORT_TRUST.finditer(text.text) if "Learning" in text.text or "Education" in text.text else ():
        named = [each for each in text.within(*match.span()) if text.tokens[each].word not in _ALWAYS_LEAD]
        if named and not any(text.tokens[each].word in words.near("no-trust") for each in named[:-1]):
            yield from _told(text, named, covered)


def _towns(text: Clean, covered: Covered) -> Iterator[tuple[int, int]]:
    """Towns that are ordinary words: they moved to Stone; of those that are in every text, where nothing else fits."""
    for kind, pattern in (("town-or-else", _TO_TOWN), ("town", _TOWN)):
        if text.words.isdisjoint(words.near(kind)):
            continue
        for match in pattern.finditer(text.text):
            span = match.span("it")
            free = not covered.meets(*span) and not words.in_phrase(text, text.within(*span)[0])
            if free and match["it"].casefold() in words.near(kind):
                yield span


def _named(text: Clean, match: re.Match[str], covered: Covered) -> Iterator[Doubtful]:
    numbers = list(text.within(*match.span()))
    again = [
        place
        for place, number in enumerate(numbers)
        if place and text.tokens[number].word == "the" and not _is_dedicated(text, numbers[:place])
    ]
    numbers = numbers[again[-1] + 1 :] if again else numbers
    taken = [place for place, number in enumerate(numbers) if covered.meets(*text.tokens[number][1:])]
    numbers = numbers[taken[-1] + 1 :] if taken else numbers
    while numbers and _leads_only(text, numbers[0], first=numbers[0] == text.within(*match.span())[0]):
        numbers = numbers[1:]
    if numbers:
        yield from _told(text, numbers, covered)


def _leads_only(text: Clean, number: int, *, first: bool) -> bool:
    """True of a word before a name that is no part of it: After at the head of a sentence, The anywhere."""
    word, after = text.tokens[number].word, word_after(text, number)
    if (word == "our" and after == "lady") or _counts_things(text, number):
        return False
    return word in words.near("no-name") and (word in _ALWAYS_LEAD or (first and opens_sentence(text, number)))


def _is_dedicated(text: Clean, before: Sequence[int]) -> bool:
    """True before the the of Our Lady of the Angels; Ms Shaw of the Virtual School is another matter."""
    said = [text.tokens[number].word for number in before]
    return said[-1:] == ["of"] and bool(words.near("of-the") & set(said[-2:-1]))


def _counts_things(text: Clean, number: int) -> bool:
    """True of the Three of Three Spinneys; schools are counted too: Three Primary Schools."""
    word, after = text.tokens[number].word, word_after(text, number)
    if word not in words.near("numeral") or not after.endswith("s") or not has_capital(text, number + 1):
        return False
    return not _is_of_any(after.removesuffix("s")) and not _is_of_any(after)


def _told(text: Clean, numbers: list[int], covered: Covered) -> Iterator[Doubtful]:
    tokens = [text.tokens[number] for number in numbers]
    start, stop = tokens[0].start, tokens[-1].stop
    name = [token.word for token in tokens if not _is_of_any(token.word)]
    if any(token.word in words.near("of-bodies") for token in tokens):
        return
    phrase = tuple(token.word for token in tokens)
    last = max((place for place, token in enumerate(tokens) if not _is_of_any(token.word)), default=-1)
    if not name or covered.meets(start, stop) or any(_is_known(phrase, at) for at in range(last + 1)):
        return
    of_trust = tokens[-1].word in words.near("trust") or tokens[-1].word in ("learning", "education", "alliance")
    yield Doubtful(start, stop, TRUST if of_trust else SCHOOL)


def _is_known(phrase: words.Phrase, at: int) -> bool:
    """True of what ends as a phrase of schools does; but Brightwater Inclusive Schools is one of nobody's."""
    return phrase[at:] in words.phrases() and not (phrase[-1] == "schools" and any(map(is_strange, phrase[:at])))


@cache
def _ends() -> frozenset[str]:
    """What the name of a school or of a trust ends with."""
    return SCHOOL_WORDS | words.near("trust")


@cache
def _within() -> frozenset[str]:
    """What stands before that, and is no name."""
    return SCHOOL_TAIL | words.near("of-trust") | {"alternative", "provision", "link", "centre"}


def _is_of_any(word: str) -> bool:
    return word in _ends() or word in _within() or word in words.near("no-name")


def _in_small_letters(text: Clean, covered: Covered) -> Iterator[Doubtful]:
    """Ashgrove learning trust: a word of no language before what a school or a trust is called."""
    for last, token in enumerate(text.tokens):
        if token.word not in _ends() or (last + 1 < len(text.tokens) and _goes_on(text, last)):
            continue
        first = last
        while first and beside(text, first - 1) and text.tokens[first - 1].word in _within():
            first -= 1
        name = first
        if first and beside(text, first - 1) and text.tokens[first - 1].word in words.near("place-end"):
            first -= 1
        while first and beside(text, first - 1) and is_strange(text.tokens[first - 1].word):
            if words.in_phrase(text, first - 1, last):
                break
            first -= 1
            name = first
        led = (
            first > 0 and beside(text, first - 1) and text.tokens[first - 1].word in words.near("of-a-saint", "numeral")
        )
        start, stop = text.tokens[first - 1 if led else first].start, token.stop
        if name == first and first < last and is_strange(text.tokens[first].word) and not covered.meets(start, stop):
            yield Doubtful(start, stop, TRUST if token.word in words.near("trust") else SCHOOL)


def _before(typed: str, ends: re.Pattern[str], pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """What a slow pattern finds, looked for only where it may end; what ends there, from wherever it may begin."""
    stop = 0
    for end in ends.finditer(typed):
        start = max(stop, end.start() - _REACH)
        while match := pattern.search(typed, start, end.end()):
            start, stop = match.start() + 1, match.end()
            yield match


def _ordinary(text: Clean, covered: Covered) -> Iterator[Doubtful]:
    """Kiln bottom academy, the three becks education trust: names of ordinary words, by what stands about them."""
    for kind, pattern, ends in ((TRUST, _TRUST, _TRUST_ENDS), (SCHOOL, _SCHOOL_AT, _SCHOOL_ENDS)):
        for match in _before(text.text, ends, pattern):
            start = _begins(match, kind)
            if start is not None and not covered.meets(start, match.end()):
                stop = _end_of_school(text, start, match.end())
                covered = covered.and_([(start, stop)])
                yield Doubtful(start, stop, kind)


def _begins(match: re.Match[str], kind: str) -> int | None:
    """Where the name begins, without the words that only lead to it; None where there is none."""
    name = match["name"].split()
    holy = kind == SCHOOL and match["holy"] is not None
    leads = words.near("generic-school") if kind == SCHOOL else _ALWAYS_LEAD | {"wider", "whole", "local"}
    while name and name[0] in leads and not holy:
        name = name[1:]
    phrase = tuple(match[0].split())
    known = any(phrase[at:] in words.phrases() for at in range(len(match["name"].split()) + 1))
    plain = kind == SCHOOL and not holy and _is_of_any_school(name)
    if not name or known or plain:
        return None
    return match.start("name") + len(match["name"].rstrip()) - len(" ".join(name))


def _is_of_any_school(name: Sequence[str]) -> bool:
    """True of what no school by itself is called: the nearest SLD school."""
    return any(word in words.near("generic-school") for word in name) or all(map(words.is_school_word, name))


def _end_of_school(text: Clean, start: int, stop: int) -> int:
    """Where it ends with all that schools are called: primary school, which a search may end after primary."""
    last = text.within(start, stop)[-1]
    while last + 1 < len(text.tokens) and _goes_on(text, last):
        last += 1
    return text.tokens[last].stop


def _goes_on(text: Clean, number: int) -> bool:
    return beside(text, number) and text.tokens[number + 1].word in _ends()


def is_strange(word: str) -> bool:
    """True of a word, not too short for a name, that nobody can look up."""
    return len(word) > 2 and words.is_strange(word)
