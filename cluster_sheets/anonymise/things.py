"""Things: words with a capital that name no person: a test that is used, colours in a list, what a room is called.

In: a cleaned text and the number of one of its words. Never: looks at what is known or taken out already.
"""

import re

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.capital import bare, has_capital, is_possessive, is_unknown, joined_to
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
    r"(?:colours?|names?|groups?|classes|tables?|houses|rooms?|phases?|teams?|words|bands|zones|[Nn]ursery|[Rr]eception)\b"
)
_TELLS_TO = ("us", "your", "it", "them", "the", "our", "a", "an")
_IS_A = ("is", "was", "hes", "shes", "im", "being", "are")
_SHORTEST_PLURAL = 3
_LONGEST_LIST = 4


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


def is_joined_to_a_thing(text: Clean, number: int) -> bool:
    """True of one of two things: Food and Art keep them here, which is not Mum and Art, nor Mr H and Art."""
    return any(
        other is not None and abs(other - number) > 1 and _is_thing(text, other) for other in joined_to(text, number)
    )


def _is_thing(text: Clean, number: int) -> bool:
    """True of a word with a capital that names no person and nobody's part."""
    token = text.tokens[number]
    typed = text.text[token.start : token.stop]
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
