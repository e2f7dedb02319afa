"""Doubt: what may tell who it is and only a person can judge: facts (``fact``), and names that nobody knows.

In: a cleaned text and where known values and patterns stand in it. Out: stretches to ask the admin about, or take out.
Never: touches a known value, but for the half of a name that stands beside one (``whole_name``); ordinary English and
the vocabulary of schools and SEND are never asked about.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.capital import (
    CONTRACTED,
    SEASONS,
    bare,
    bare_stop,
    bases,
    has_capital,
    is_another_word,
    is_last_name,
    is_particle,
    is_possessive,
    is_unknown,
    is_word_name,
    is_written_large,
    may_be_somebody,
    past_particles,
)
from cluster_sheets.anonymise.context import is_name_here, tells_somebody
from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.fact import About, Doubtful, facts
from cluster_sheets.anonymise.identity import TITLES
from cluster_sheets.anonymise.initials import initials
from cluster_sheets.anonymise.kinds import HOSPITAL, LOWER_CASE, NAME_WORD, UNKNOWN
from cluster_sheets.anonymise.neighbours import beside, opens_sentence, word_after
from cluster_sheets.anonymise.normal import Clean, spelt
from cluster_sheets.anonymise.numbered import numbered
from cluster_sheets.anonymise.organisation import organisations
from cluster_sheets.anonymise.programme import is_programme
from cluster_sheets.anonymise.slip import SHORTEST, is_one_away
from cluster_sheets.anonymise.small_letters import small_names
from cluster_sheets.anonymise.things import end_of_thing, is_told_to, is_used, opens_behind_a_signature

_CONNECTED = re.compile(
    r"(?:-(?:under|upon|on|in|by|le|la|next|super|cum|and|the)){1,2}-[A-Z][^\W\d_]+| upon [A-Z][^\W\d_]+"
)
_OF_PEOPLE = ("mr", "mrs", "ms", "miss")
_LONG_LOWER = 12
_CAPITAL = re.compile(r"[A-Z][^\W_]*(?:'+[^\W_]+)*")


def doubts(text: Clean, covered: Covered, about: About) -> Iterator[Doubtful]:
    """All stretches to ask about; ``covered`` is taken out already, ``about`` says whom the form is about."""
    told = list(facts(text, covered, about))
    yield from told
    named = [*organisations(text, covered), *numbered(text, covered), *initials(text, covered)]
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
    if text.text.isascii() and not any(map(_may_name, _CAPITAL.findall(text.text))) and not tells_somebody(text):
        return
    titled = list(_titled(text, covered))
    yield from titled
    hospitals = [(each.start, each.stop) for each in told if each.kind == HOSPITAL]
    yield from _names(text, covered.and_([*hospitals, *((each.start, each.stop) for each in titled)]))


@lru_cache(maxsize=8192)
def _may_name(typed: str) -> bool:
    """Whether a word with a capital could be a name, or a title before one, wherever it stands."""
    word = typed.casefold().replace("'", "")
    owns = len(typed) == 4 and typed[:2].isupper()
    if owns or word in TITLES or CONTRACTED.sub("", typed).casefold() in words.names():
        return True
    return len(word) > 1 and not any(words.is_ordinary(each) for each in bases(typed, word))


def _titled(text: Clean, covered: Covered) -> Iterator[Doubtful]:
    """Mrs Ahmed, Miss K, Mr O'Brien: a title and what is written with a capital after it."""
    taken = 0
    for number, token in enumerate(text.tokens[:-1]):
        # What stands within a name that was found is a part of it.
        if number < taken or token.word not in TITLES or not text.text[token.start].isupper():
            continue
        last = past_particles(text, number + 1)
        named = _is_name_like(text, last, token.word) or _is_lettered(text, number, last)
        if not beside(text, last - 1) or not named or words.in_phrase(text, number, last):
            continue
        joined = range(last + 1, _last_joined(text, last) + 1)
        # Up to whoever is named next: Miss Q Laleh Mrs Jarrar.
        last += len(list(takewhile(lambda at: not covered.meets(text.tokens[at].start, text.tokens[at].stop), joined)))
        start, stop = token.start, bare_stop(text, last)
        if not covered.meets(start, stop):
            yield Doubtful(start, stop, "person", sure=True)
            taken = last


def _is_lettered(text: Clean, title: int, number: int) -> bool:
    """True of the d of Miss d, who is short for da Silva; Mrs I and Miss a turn would be slips."""
    letter = bare(text, number)
    if title + 1 != number or len(letter) != 1 or letter == "i":
        return False
    after = word_after(text, number)
    return letter != "a" or not after or after in words.near("does")


def _is_name_like(text: Clean, number: int, title: str) -> bool:
    token = text.tokens[number]
    typed = text.text[token.start : token.stop]
    # Miss Salt is somebody, whatever SaLT may be; Miss Reception would be a slip. Nobody but Mrs Christmas is a Mrs.
    named = token.word in words.names() or (title in _OF_PEOPLE and typed.istitle() and is_last_name(text, number))
    named = named or (typed.istitle() and (title != "miss" or _is_first_name_after_miss(text, number)))
    return is_written_large(typed) and (not words.is_school_word(token.word) or named)


def _is_first_name_after_miss(text: Clean, number: int) -> bool:
    """True of the Monday of Miss Monday Oke."""
    return number + 1 < len(text.tokens) and beside(text, number) and may_be_somebody(text, number + 1)


def _names(text: Clean, covered: Covered) -> Iterator[Doubtful]:
    last_taken = -1
    for number, token in enumerate(text.tokens):
        if number <= last_taken or not text.text[token.start].isupper() or covered.meets(token.start, token.stop):
            continue
        if not (is_unknown(text, number) or is_name_here(text, number)) or is_told_to(text, number):
            continue
        if thing := end_of_thing(text, number):
            last_taken = thing
            continue
        first, last_taken = _grown(text, number, last_taken)
        if is_used(text, first, last_taken) or is_programme(text, first, last_taken):
            continue
        while last_taken > number and covered.meets(text.tokens[number].start, text.tokens[last_taken].stop):
            last_taken -= 1
        if covered.meets(text.tokens[first].start, text.tokens[number].stop):
            first = number
        unknown = any(is_unknown(text, each) for each in range(first, last_taken + 1))
        stop = bare_stop(text, last_taken)
        yield Doubtful(text.tokens[first].start, stop, UNKNOWN if unknown else NAME_WORD)


def whole_name(text: Clean, start: int, stop: int, key: str, covered: Covered) -> tuple[int, int]:
    """A stretch that is one name of a known person, with the other name that stands beside it: Greta Fallowfield.

    ``key`` is all of the known name: its first half is followed by a last name, its last half follows a first one.
    """
    named = [number for number in text.within(start, stop) if text.tokens[number].word not in TITLES]
    parts = key.split()
    if named and named[-1] + 1 < len(text.tokens) and _hyphened(text, named[-1], named[-1] + 1):
        # St Clair-Baptise, who is St Clair-Baptiste with a slip
        return start, bare_stop(text, named[-1] + 1)
    if not named or len(parts) <= len(named):
        return start, stop
    said = [text.tokens[number].word for number in named]
    said[-1] = said[-1] if said[-1] in parts else spelt(bare(text, named[-1]))
    after, before = named[-1] + 1, named[0] - 1
    if said == parts[: len(said)] and after < len(text.tokens):
        other = _is_other_half(text, named[-1], after, covered) or _is_meant(text, after, parts[len(said)])
        if other:
            return start, bare_stop(text, after)
    alone = text.tokens[named[0]].start == start
    if said == parts[-len(said) :] and alone and before >= 0 and _is_other_half(text, before, before, covered):
        if before and _hyphened(text, before - 1, before) and has_capital(text, before - 1):
            before -= 1
        return text.tokens[before].start, stop
    return start, stop


def _is_meant(text: Clean, number: int, part: str) -> bool:
    """True of a word with a capital that is the next part of the name, but for a slip of the pen."""
    plain = spelt(bare(text, number))
    long = len(part) >= SHORTEST and len(plain) >= SHORTEST
    return long and beside(text, number - 1) and has_capital(text, number) and is_one_away(part, plain)


def _is_other_half(text: Clean, first: int, number: int, covered: Covered) -> bool:
    """True of a name by word ``number``, with one blank between word ``first`` and the one after it."""
    token = text.tokens[number]
    if token.word in TITLES:
        return False  # of whoever is named next: present Laleh Mrs Jarrar
    gap = text.text[text.tokens[first].stop : text.tokens[first + 1].start]
    is_name = is_unknown(text, number) or (is_word_name(text, number) and not words.in_phrase(text, number))
    return gap == " " and is_name and not covered.meets(token.start, token.stop)


def _grown(text: Clean, number: int, taken: int) -> tuple[int, int]:
    """A name with the names and initials on both sides of it, but for those up to ``taken``: Grace Okafor, Ellie B."""
    first, last = number, _last_joined(text, number)
    while last + 1 < len(text.tokens) and beside(text, last) and _ends_a_place(text, last + 1):
        last += 1
    while (
        first > taken + 1
        and beside(text, first - 1)
        and (_hyphened(text, first - 1, first - 1) or _leads(text, first - 1))
    ):
        first -= 1
    return first, last


def _hyphened(text: Clean, before: int, number: int) -> bool:
    """True of a word with a capital that only a hyphen parts from the one after ``before``: Hao-Ran."""
    gap = text.text[text.tokens[before].stop : text.tokens[before + 1].start]
    # Seo-yeon, whose second half has no capital of its own.
    small = number > before and words.is_strange(text.tokens[number].word)
    return gap == "-" and (small or has_capital(text, number))


def _last_joined(text: Clean, number: int) -> int:
    """The last word of a name, from one within it on."""
    last = number
    while last + 1 < len(text.tokens) and beside(text, last):
        ahead = past_particles(text, last + 1)
        if is_possessive(text, last) and words.in_phrase(text, ahead):
            break
        if "(" in text.text[text.tokens[last].stop : text.tokens[ahead].start]:
            break  # what somebody is: Anna Patel (SALT)
        wrapped = "\n" in text.text[text.tokens[last].stop : text.tokens[ahead].start]
        if (end := _past_connector(text, last)) > last:
            last = end
            continue
        joins = _hyphened(text, last, last + 1) or (is_unknown(text, ahead) if wrapped else _joins(text, ahead))
        if not beside(text, ahead - 1) or not joins:
            break
        last = ahead
    return last


def _past_connector(text: Clean, number: int) -> int:
    """The end of a name of a place such as Thornley-under-Edge; else the same word."""
    found = _CONNECTED.match(text.text, text.tokens[number].stop)
    return text.within(text.tokens[number].start, found.end())[-1] if found else number


def _leads(text: Clean, number: int) -> bool:
    """True of a word that goes with the name after it: Grace Okafor, Nether Wickley, van Houten, H. Green."""
    token = text.tokens[number]
    if not text.text[token.start].isupper():
        return is_particle(text, number)
    if len(token.word) == 1:
        return text.text.startswith(".", token.stop) or _is_an_initial(text, number)
    if token.word in words.near("place-start") or is_particle(text, number):
        return True
    if token.word in SEASONS:
        before = text.tokens[number - 1].word if number else ""
        return not before[:1].isdigit() and before not in words.near("before-a-season")
    if is_word_name(text, number):
        return not words.in_phrase(text, number)
    # Within a sentence a capital has a reason: Dash Anozie.
    return not opens_sentence(text, number) and _is_first_name_by_its_place(text, number)


def _is_an_initial(text: Clean, number: int) -> bool:
    """True of the L of Head: L Marsh; not of the B of Group B."""
    before = text.tokens[number - 1].word if number else ""
    alone = text.text[: text.tokens[number].start].endswith((" ", "(", "\n"))
    lettered = before.isdigit() or before in words.near("lettered")
    return alone and text.tokens[number].word not in ("a", "i") and not lettered


def _is_first_name_by_its_place(text: Clean, number: int) -> bool:
    """True of an ordinary word with a capital, alone before a name: no heading, no role, no body."""
    word = text.tokens[number].word
    typed = text.text[text.tokens[number].start : text.tokens[number].stop]
    if not typed.istitle() or words.is_school_word(word) or words.in_phrase(text, number) or word in TITLES:
        return False
    if any(word in words.near(kind) for kind in ("role", "heading", "thing-end", "calendar", "place-end", "no-name")):
        return False
    led = number and beside(text, number - 1) and has_capital(text, number - 1)
    return not (led and not opens_sentence(text, number - 1))


def _ends_a_place(text: Clean, number: int) -> bool:
    token = text.tokens[number]
    return token.word in words.near("place-end") and text.text[token.start].isupper()


def _joins(text: Clean, number: int) -> bool:
    token = text.tokens[number]
    if text.text.isupper() and token.word in words.near("function"):
        return False  # both of them will need it, in capitals
    if opens_behind_a_signature(text, number):
        return False
    if len(token.word) == 1:
        return text.text[token.start].isupper() and token.word != "i"
    return may_be_somebody(text, number) or is_last_name(text, number) or is_another_word(text, number)
