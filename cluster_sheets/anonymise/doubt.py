"""Doubt: what may tell who it is and only a person can judge: facts (``fact``), and names that nobody knows.

In: a cleaned text and where known values and patterns stand in it. Out: stretches to ask the admin about, or take out.
Never: touches a known value, but for the half of a name that stands beside one (``whole_name``); ordinary English and
the vocabulary of schools and SEND are never asked about.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.fact import About, Doubtful, facts
from cluster_sheets.anonymise.identity import TITLES
from cluster_sheets.anonymise.initials import initials
from cluster_sheets.anonymise.kinds import HOSPITAL, LOWER_CASE, NAME_WORD, UNKNOWN
from cluster_sheets.anonymise.known import beside, opens_sentence
from cluster_sheets.anonymise.normal import Clean
from cluster_sheets.anonymise.organisation import organisations
from cluster_sheets.anonymise.small_letters import small_names

_SEASONS = frozenset(("april", "may", "june", "august", "summer", "autumn", "winter", "spring", "march"))
_IS = frozenset(("is", "was", "has", "had", "can", "could", "will", "would", "made", "makes"))
_INITIAL = re.compile(r" (?![AI]\b)[^\W\d_a-z](?!\w)")
_OF_A_PUPIL = re.compile(r"\s?[,(]\s?(?:UPN|NHS|d\.?\s?o\.?\s?b|born|aged|age \d|year \d|Y\d)", re.IGNORECASE)
_LONG_LOWER = 12
_LONGEST_THING = 6
_CAPITAL = re.compile(r"[A-Z][^\W_]*(?:'+[^\W_]+)*")
_CONTRACTED = re.compile(r"'(?:s|d|m|t|ll|re|ve)$|'+$", re.IGNORECASE)


def doubts(text: Clean, covered: Covered, about: About) -> Iterator[Doubtful]:
    """All stretches to ask about; ``covered`` is taken out already, ``about`` says whom the form is about."""
    told = list(facts(text, covered, about))
    yield from told
    named = [*organisations(text, covered), *initials(text, covered)]
    yield from named
    covered = covered.and_((each.start, each.stop) for each in named)
    whole = not any(letter.isupper() for letter in text.text) and len(text.tokens) >= _LONG_LOWER
    small = list(small_names(text, covered, whole=whole))
    yield from small
    if whole:
        yield Doubtful(text.tokens[0].start, text.tokens[-1].stop, LOWER_CASE)
        return
    covered = covered.and_((each.start, each.stop) for each in small)
    # Of most texts each word with a capital is known for no name, so that nobody need look where it stands.
    if text.text.isascii() and not any(map(_may_name, _CAPITAL.findall(text.text))):
        return
    titled = list(_titled(text, covered))
    yield from titled
    hospitals = [(each.start, each.stop) for each in told if each.kind == HOSPITAL]
    yield from _names(text, covered.and_([*hospitals, *((each.start, each.stop) for each in titled)]))


@lru_cache(maxsize=8192)
def _may_name(typed: str) -> bool:
    """Whether a word with a capital could be a name, or a title before one, wherever it stands."""
    word = typed.casefold().replace("'", "")
    if word in TITLES or _CONTRACTED.sub("", typed).casefold() in words.names():
        return True
    return len(word) > 1 and not any(words.is_ordinary(each) for each in _bases(typed, word))


def _titled(text: Clean, covered: Covered) -> Iterator[Doubtful]:
    """Mrs Ahmed, Miss K, Mr O'Brien: a title and what is written with a capital after it."""
    taken = 0
    for number, token in enumerate(text.tokens[:-1]):
        # What stands within a name that was found is a part of it.
        if number < taken or token.word not in TITLES or not text.text[token.start].isupper():
            continue
        last = _past_particles(text, number + 1)
        if not beside(text, last - 1) or not _is_name_like(text, last):
            continue
        last = _last_joined(text, last)
        start, stop = token.start, _bare_stop(text, last)
        if not covered.meets(start, stop):
            yield Doubtful(start, stop, "person", sure=True)
            taken = last


def _is_name_like(text: Clean, number: int) -> bool:
    token = text.tokens[number]
    capital = text.text[token.start].isupper()
    return capital and (not words.is_school_word(token.word) or token.word in words.names())


def _bare_stop(text: Clean, number: int) -> int:
    """Where a word ends without the s of its possessive."""
    token = text.tokens[number]
    typed = text.text[token.start : token.stop]
    return token.start + len(_CONTRACTED.sub("", typed))


def _names(text: Clean, covered: Covered) -> Iterator[Doubtful]:
    last_taken = -1
    for number, token in enumerate(text.tokens):
        if number <= last_taken or not text.text[token.start].isupper() or covered.meets(token.start, token.stop):
            continue
        if not _is_unknown(text, number) and not _is_name_here(text, number):
            continue
        if thing := _end_of_thing(text, number):
            last_taken = thing
            continue
        first, last_taken = _grown(text, number)
        if covered.meets(text.tokens[first].start, text.tokens[last_taken].stop):
            first = last_taken = number
        unknown = any(_is_unknown(text, each) for each in range(first, last_taken + 1))
        stop = _bare_stop(text, last_taken)
        yield Doubtful(text.tokens[first].start, stop, UNKNOWN if unknown else NAME_WORD)


def _end_of_thing(text: Clean, number: int) -> int:
    """The last word of a test, a programme or a body that begins here (Zorby Reading Test); nought where none does."""
    ends = words.near("thing-end")
    for last in range(number + 1, min(number + _LONGEST_THING, len(text.tokens))):
        typed = text.text[text.tokens[last].start : text.tokens[last].stop]
        if not beside(text, last - 1) or not (typed[0].isupper() or typed == "of"):
            return 0
        if text.tokens[last].word in ends:
            return last
    return 0


def whole_name(text: Clean, start: int, stop: int, key: str, covered: Covered) -> tuple[int, int]:
    """A stretch that is one name of a known person, with the other name that stands beside it: Greta Fallowfield.

    ``key`` is all of the known name: its first half is followed by a last name, its last half follows a first one.
    """
    named = [number for number in text.within(start, stop) if text.tokens[number].word not in TITLES]
    if len(named) != 1 or len(key.split()) < 2:
        return start, stop
    word, number = _bare(text, named[0]), named[0]
    after, before = number + 1, number - 1
    if word == key.split()[0] and after < len(text.tokens) and _is_other_half(text, number, after, covered):
        return start, _bare_stop(text, after)
    alone = text.tokens[number].start == start
    if word == key.split()[-1] and alone and before >= 0 and _is_other_half(text, before, before, covered):
        return text.tokens[before].start, stop
    return start, stop


def _is_other_half(text: Clean, first: int, number: int, covered: Covered) -> bool:
    """True of a name by word ``number``, with one blank between word ``first`` and the one after it."""
    token = text.tokens[number]
    gap = text.text[text.tokens[first].stop : text.tokens[first + 1].start]
    is_name = _is_unknown(text, number) or (_is_capital_name(text, number) and not words.in_phrase(text, number))
    return gap == " " and is_name and not covered.meets(token.start, token.stop)


def _grown(text: Clean, number: int) -> tuple[int, int]:
    """A name with the names and initials on both sides of it: Grace Okafor, Ellie B."""
    first, last = number, _last_joined(text, number)
    while last + 1 < len(text.tokens) and beside(text, last) and _ends_a_place(text, last + 1):
        last += 1
    while first and beside(text, first - 1) and _leads(text, first - 1):
        first -= 1
    return first, last


def _last_joined(text: Clean, number: int) -> int:
    """The last word of a name, from one within it on."""
    last = number
    while last + 1 < len(text.tokens) and beside(text, last):
        ahead = _past_particles(text, last + 1)
        if not beside(text, ahead - 1) or not _joins(text, ahead):
            break
        last = ahead
    return last


def _past_particles(text: Clean, number: int) -> int:
    """The word at ``number`` or, where that is one such as van or de, the first after it that is none."""
    while number + 1 < len(text.tokens) and text.tokens[number].word in words.near("particle") and beside(text, number):
        number += 1
    return number


def _leads(text: Clean, number: int) -> bool:
    """True of a word that goes with the name after it: Grace Okafor, Nether Wickley, van Houten, H. Green."""
    token = text.tokens[number]
    if not text.text[token.start].isupper():
        return token.word in words.near("particle")
    if len(token.word) == 1:
        return text.text[token.stop : token.stop + 1] == "."
    if token.word in words.near("place-start") or token.word in words.near("particle"):
        return True
    if token.word in _SEASONS:
        return not number or text.tokens[number - 1].word not in words.near("before-a-season")
    return _is_capital_name(text, number) and not words.in_phrase(text, number)


def _ends_a_place(text: Clean, number: int) -> bool:
    token = text.tokens[number]
    return token.word in words.near("place-end") and text.text[token.start].isupper()


def _joins(text: Clean, number: int) -> bool:
    token = text.tokens[number]
    initial = len(token.word) == 1 and text.text[token.start].isupper() and token.word != "i"
    return initial or _is_unknown(text, number) or _is_capital_name(text, number)


def _is_capital_name(text: Clean, number: int) -> bool:
    token = text.tokens[number]
    return text.text[token.start].isupper() and (bare := _bare(text, number)) in words.names() and bare not in _SEASONS


def _bare(text: Clean, number: int) -> str:
    """A word without the s of its possessive, in small letters."""
    token = text.tokens[number]
    return _CONTRACTED.sub("", text.text[token.start : token.stop]).casefold()


def _is_unknown(text: Clean, number: int) -> bool:
    """True of a word with a capital that is neither ordinary English nor of schools."""
    token = text.tokens[number]
    typed = text.text[token.start : token.stop]
    if len(token.word) == 1 or not typed[0].isupper() or any(letter.isdigit() for letter in typed):
        return False
    if any(words.is_ordinary(word) for word in _bases(typed, token.word)):
        return False
    return not words.in_phrase(text, number)


def _bases(typed: str, word: str) -> set[str]:
    """A word without its possessive or its contraction; a plural of capitals (TAs) without its s."""
    bare = _CONTRACTED.sub("", typed).casefold().replace("'", "")
    found = {word, bare}
    if typed.casefold().endswith("n't"):
        found |= {typed[:-3].casefold(), typed[:-2].casefold(), "not"}
    if len(bare) > 2 and typed[:-1].isupper() and bare.endswith("s"):
        found.add(bare[:-1])
    return found


def _is_name_here(text: Clean, number: int) -> bool:
    """True of an ordinary word with a capital that stands where a name would: with Grace, Will said."""
    token = text.tokens[number]
    bare = _bare(text, number)
    if bare not in words.names() or words.in_phrase(text, number):
        return False
    if _is_said_to_be(text, number):
        return True
    after = text.tokens[number + 1].word if number + 1 < len(text.tokens) and beside(text, number) else ""
    owns = text.text[token.start : token.stop].casefold().endswith("'s")
    does = owns or after in words.near("does") or after.endswith("ed")
    if bare in ("may", "march"):
        return False
    if opens_sentence(text, number):
        return does and not (bare in words.near("thing") and after in _IS)
    before = text.tokens[number - 1].word if beside(text, number - 1) else ""
    if bare in _SEASONS:
        return before not in words.near("before-a-season") and (does or before in words.near("before-somebody"))
    if before in ("the", "a", "an", "our", "this"):
        return False
    return does or not any(_is_heading(text, each) for each in (number - 1, number + 1))


def _is_said_to_be(text: Clean, number: int) -> bool:
    """True of a word that an initial follows, or what is told of a pupil: Angel W, Grace (UPN, Chase, d.o.b."""
    stop = text.tokens[number].stop
    return _INITIAL.match(text.text, stop) is not None or _OF_A_PUPIL.match(text.text, stop) is not None


def _is_heading(text: Clean, number: int) -> bool:
    """True of a neighbour with a capital that is no name: Green Zone, Long Term Plan."""
    if not 0 <= number < len(text.tokens) or opens_sentence(text, number):
        return False
    token = text.tokens[number]
    return text.text[token.start].isupper() and token.word not in words.names() and not _is_unknown(text, number)
