"""Things: words with a capital that name no person: a test that is used, colours in a list, what a room is called.

In: a cleaned text and the number of one of its words. Never: looks at what is known or taken out already.
"""

import re

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.capital import (
    bare,
    has_capital,
    is_last_name,
    is_possessive,
    is_unknown,
    joined_to,
    may_be_somebody,
)
from cluster_sheets.anonymise.identity import TITLES
from cluster_sheets.anonymise.neighbours import beside, opens_sentence, word_after, word_before
from cluster_sheets.anonymise.normal import Clean

_CALLED_NEAR = 60
_THING_CALLED = re.compile(
    r"\b(?:rooms?|class(?:es)?|bases?|groups?|houses?|zones?|hubs?|spaces?|tables?|bubbles?|sets?)\b[^.\n]{0,20}"
    r"\b(?:called|named|known as)\b[^.\n]{0,24}$",
    re.IGNORECASE,
)
_ARE_CALLED = re.compile(
    r"(?:(?:, [A-Z][a-z]+){0,3},? and [A-Z][a-z]+)? (?:are|were|is) (?:just|all|only|our|the) (?:[a-z]+ ){0,3}?"
    r"(?:colours?|names?|groups?|classes|tables?|houses|rooms?|phases?|teams?|words|bands|zones"
    r"|[Nn]ursery|[Rr]eception)\b"
)
_TELLS_TO = ("us", "your", "it", "them", "the", "our", "a", "an")
_IS_A = ("is", "was", "hes", "shes", "im", "being", "are")
_SHORTEST_PLURAL = 3
_LONGEST_LIST = 4
_LONGEST_THING = 6


def is_used(text: Clean, first: int, last: int) -> bool:
    """True of a thing with a capital, of which nothing else is said to be: on the Holborn, we run Zorby.

    The Okonkwos are people, and so is whoever a thing is of: the Okonkwo file, the Okonkwo twins; whoever is an Okonkwo
    is one too. At The Saddlery is a name of several words.
    """
    before = word_before(text, first)
    if before not in words.near("before-a-thing"):
        return False
    if before in ("a", "an") and first > 1 and text.tokens[first - 2].word in _IS_A:
        return False
    if text.text[text.tokens[last].start : text.tokens[last].stop].endswith("s"):
        return False
    if has_capital(text, first - 1) and not opens_sentence(text, first - 1):
        return False
    behind = last + 1
    if behind == len(text.tokens) or not beside(text, last):
        turned = text.text.startswith(", ", text.tokens[last].stop) and behind < len(text.tokens)
        return not (turned and has_capital(text, behind))
    return text.tokens[behind].word in words.near("after-a-thing")


def is_of_things(text: Clean, number: int) -> bool:
    """True of what says of which sort things are: Merit stickers, Charity funding."""
    after = word_after(text, number)
    plural = len(after) > _SHORTEST_PLURAL and after.endswith("s") and not after.endswith("ss")
    return (plural and after not in words.near("does")) or after in words.near("heading", but="does")


_OF_A_CLASS = ("class", "group", "table", "room", "team", "house", "week", "topic", "classroom")


def is_of_a_class(text: Clean, number: int) -> bool:
    """True of what a class is called: Wren group, Daisy class; and of each of several that are our tables."""
    of_class = word_after(text, number) in _OF_A_CLASS and not has_capital(text, number + 1)
    if of_class and not is_possessive(text, number):
        return True
    return _ARE_CALLED.match(text.text, text.tokens[number].stop) is not None


def is_told_to(text: Clean, number: int) -> bool:
    """True of a verb that opens a sentence and tells somebody to do something: Don your wellies, Sue us."""
    told = word_after(text, number) in _TELLS_TO and opens_sentence(text, number)
    return told and text.tokens[number].word in words.near("verb-or-name")


def are_things(text: Clean, number: int, after: str) -> bool:
    """True before several things, which the verb after them tells from what somebody does: Frank answers came back."""
    return after.endswith("s") and word_after(text, number + 1) in words.near("after-many")


def is_of_a_thing(text: Clean, number: int) -> bool:
    """True of what a room or a group is called: two rooms known as Holly and Ivy."""
    before = text.text[max(0, text.tokens[number].start - _CALLED_NEAR) : text.tokens[number].start]
    return _THING_CALLED.search(before) is not None


_ON_A_CHART = re.compile(
    r" (?:on (?:the|our|his|her|their|a) (?:chart|scale|card|board|traffic|system|thermometer|plan|rag)"
    r"|means|zone|light|card)\b"
)
_IS_SAID = re.compile(r" (?:is|was|are) (?:said|sung|lit|rung|built|taken as read)\b")
"""Grace is said before lunch."""
_A_NUMBER = ("one", "two", "three", "four", "five", "1", "2", "3", "4", "5")
_BESIDE_THINGS = ("at", "from", "on", "in", "for", "with", "to", "around", "along")


def is_said_of_it(text: Clean, number: int) -> bool:
    """True of the grace that is said before lunch."""
    return bare(text, number) in words.near("thing") and bool(_IS_SAID.match(text.text, text.tokens[number].stop))


def is_no_persons(text: Clean, number: int) -> bool:
    """True of a word with a capital that names nobody, with no stop before it: Sharp tools are; Jade green walls."""
    plain, after = bare(text, number), word_after(text, number)
    if is_said_of_it(text, number):
        return True
    if is_possessive(text, number) or not has_small_behind(text, number):
        return False
    if plain in words.near("thing", "last-name") and (after == "of" or (plain == "day" and after in _A_NUMBER)):
        return True
    if plain in words.near("colour-or-name"):
        chart = _ON_A_CHART.match(text.text, text.tokens[number].stop)
        if chart or after in words.near("colour"):
            return True
    behind = word_after(text, number + 1) if number + 1 < len(text.tokens) else ""
    plural = len(after) > _SHORTEST_PLURAL and after.endswith("s") and not after.endswith("ss")
    if not plural or (after in words.near("does", "acts") and behind not in words.near("after-many")):
        return False
    return behind in words.near("after-many") or (behind in _BESIDE_THINGS and after in words.near("heading"))


def has_small_behind(text: Clean, number: int) -> bool:
    """True of a word with one in small letters behind it."""
    ahead = number + 1
    return ahead < len(text.tokens) and beside(text, number) and not has_capital(text, ahead)


_SIGNED = re.compile(r"\b(?:sincerely|faithfully|regards|wishes|thanks|truly)[,\s]+(?:[\w.'\-]+ ){1,3}$", re.IGNORECASE)
_SIGNATURE = 60


def opens_behind_a_signature(text: Clean, number: int) -> bool:
    """True of the Short of Yours sincerely, Zofia Short bursts work: a stop was left out before it."""
    token = text.tokens[number]
    if not has_small_behind(text, number) or is_unknown(text, number):
        return False
    return _SIGNED.search(text.text[max(0, token.start - _SIGNATURE) : token.start]) is not None


def end_of_thing(text: Clean, number: int) -> int:
    """The last word of a test, a programme or a body that begins here (Zorby Reading Test); nought where none does."""
    ends = words.near("thing-end")
    for last in range(number + 1, min(number + _LONGEST_THING, len(text.tokens))):
        typed = text.text[text.tokens[last].start : text.tokens[last].stop]
        gap = text.text[text.tokens[last - 1].stop : text.tokens[last].start]
        if gap not in (" ", "-") or not (typed[0].isupper() or typed == "of"):
            return 0
        if last - 1 > number and _owns(text, last - 1):
            return 0  # Zofia Zorby's Reading Test
        if text.tokens[last].word in ends:
            return last
    return 0


def _owns(text: Clean, number: int) -> bool:
    """True of a name that something belongs to."""
    return is_possessive(text, number) and (may_be_somebody(text, number) or is_last_name(text, number))


def is_joined_to_a_thing(text: Clean, number: int) -> bool:
    """True of one of two things: Food and Art keep them here, which is not Mum and Art, nor Mr H and Art."""
    return any(
        other is not None and abs(other - number) > 1 and _is_thing(text, other) for other in joined_to(text, number)
    )


_SUBJECTS = ("DT", "PE", "RE", "ICT", "IT", "PSHE", "RSHE", "MFL", "D&T")
"""Lessons in capitals, beside which Art is one too."""


def _is_thing(text: Clean, number: int) -> bool:
    """True of a word with a capital that names no person and nobody's part."""
    token = text.tokens[number]
    typed = text.text[token.start : token.stop]
    if typed in _SUBJECTS:
        return True
    somebody = len(token.word) == 1 or token.word in TITLES or token.word in words.near("role")
    return is_heading(text, number) and typed.istitle() and not somebody


def is_among_colours(text: Clean, number: int) -> bool:
    """True of a colour in a list with one that nobody is called by."""
    if bare(text, number) not in words.near("colour", "colour-or-name"):
        return False
    listed = {number}
    for _ in range(_LONGEST_LIST):
        listed |= {other for each in listed for other in joined_to(text, each) if other is not None}
    of_colours = any(text.tokens[each].word in words.near("colour") for each in listed - {number})
    return of_colours and not any(is_unknown(text, each) for each in listed)


def is_heading(text: Clean, number: int) -> bool:
    """True of a neighbour with a capital that is neither a name nor of the calendar: Green Zone, Long Term Plan."""
    if not 0 <= number < len(text.tokens) or opens_sentence(text, number):
        return False
    word = text.tokens[number].word
    if word in words.near("calendar") or word == "i":
        return False
    return has_capital(text, number) and word not in words.names() and not is_unknown(text, number)
