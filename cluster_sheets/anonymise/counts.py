"""Counts: whether what looks like a known value is one where it stands, and how much of the text goes with it.

In: a known value, a cleaned text and the numbers of the words that are the value's. Never: searches (``known``).
"""

import re

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.identity import SCHOOL_TAIL, SCHOOL_WORDS, TITLES, Known, Strength
from cluster_sheets.anonymise.neighbours import beside, capitals, is_day, opens_sentence, word_after, word_before
from cluster_sheets.anonymise.normal import Clean

_BEFORE_SCHOOL = frozenset(
    ("at", "from", "to", "join", "joined", "joins", "attend", "attends", "attended", "leave", "left")
)
_AT_SCHOOL = _BEFORE_SCHOOL - {"to", "leave", "left"}
"""Before a school: at grove; where it may have any case."""
_BESIDE_ONE = ("nor", "neither", "and", "both", "with")
"""Before one of several schools that do something: nor grove can pay."""
_ARTICLES = ("the", "a", "an", "this", "that", "our", "their", "his", "her", "every", "each")
_SAID_OF_ONE = frozenset(("was", "is", "has", "had", "said", "went", "came"))
_GONE_TO = re.compile(
    r"\b(?:(?:walk|bus|cycle|travel|transfer|move)\w*(?: (?:over|across|up|down|round|back))?"
    r"|(?:go|goes|going|went|come|comes|coming|came)(?: (?:over|across|round|down|back))) to $",
    re.IGNORECASE,
)
"""Of a way to a place: they walk over to excel. Nobody walks over to do something excellently."""
_SAID_OF_MANY = frozenset(
    ("have", "are", "were", "offer", "lend", "lent", "run", "share", "hold", "hosts", "host", "sit", "use")
)
"""After a school: Grove have a room."""
_TWO = 2
_FEW_LETTERS = 3
"""So many letters are often short for something else: of a school with more they are asked about everywhere."""
_LONGEST_LABEL = 5
_LABELS = frozenset(("school", "setting", "base", "site", "from", "partner", "partners", "lead", "academy"))


def counts(known: Known, text: Clean, first: int, last: int) -> bool | None:
    """True: it counts for sure; False: it may; None: it is an ordinary word here."""
    match known.strength:
        case Strength.SURE:
            return True
        case Strength.CAPITAL:
            return _capital_counts(known, text, first, last)
        case Strength.SHORT:
            return _short_counts(text, first, last)
        case Strength.CONTEXT:
            return _context_counts(text, first, last)
        case Strength.LETTERS:
            return _letters_count(known, text, first)
        case Strength.DOTTED:
            return _dotted_counts(text, first, last)


def _short_counts(text: Clean, first: int, last: int) -> bool | None:
    """Semh of Semhar; not SEMH in capitals, nor the Beat of Beat Dyslexia."""
    typed = text.text[text.tokens[first].start : text.tokens[last].stop]
    means_else = typed.isupper() and not text.text.isupper() and words.is_school_word(text.tokens[first].word)
    if means_else or words.in_phrase(text, first, last):
        return None
    return False if capitals(text, first, last) else None


def _dotted_counts(text: Clean, first: int, last: int) -> bool | None:
    """Each letter has its own full stop: what stands for somebody, as in [person A].M., has none."""
    tokens = text.tokens[first : last + 1]
    if not all(text.text.startswith(".", token.stop) for token in tokens):
        return None
    if all(text.text[token.start].isupper() for token in tokens):
        return True
    return False if text.in_small_letters else None


def _stands_for_somebody(text: Clean, number: int) -> bool:
    """True of letters where a name would stand: for AP, AP was, Keyworker: AP."""
    before = word_before(text, number)
    after = word_after(text, number)
    led = before in words.near("before-a-name") or (number > 0 and text.tokens[number - 1].word in words.near("role"))
    return led or after in words.near("does")


def _letters_count(known: Known, text: Clean, number: int) -> bool | None:
    token = text.tokens[number]
    typed = text.text[token.start : token.stop].partition("'")[0].removesuffix("s")
    word = typed.casefold()
    if known.own and len(typed) > 1 and not typed.isascii():
        return True  # SÓ is no so
    if text.in_small_letters and len(typed) > 1:
        return _small_letters_count(known, text, number, word)
    if known.own and len(typed) == _TWO and typed.istitle() and not opens_sentence(text, number):
        return False if _stands_for_somebody(text, number) else None  # Ad of Alfie de Souza
    if not typed.isupper() or len(typed) < 2:
        return None
    if words.is_school_word(word):
        before = word_before(text, number)
        after = word_after(text, number)
        # EPS run; the EPs are many psychologists.
        does = after in words.near("does") or (after in _SAID_OF_MANY and text.text[token.stop - 1].isupper())
        led = does or before in _BEFORE_SCHOOL | {"of", "with"} or len(word) > _FEW_LETTERS
        meant = _stands_for_somebody(text, number) if known.own else led
        return False if meant else None
    if not words.is_english(word):
        return True
    # In a text all in capitals an ordinary word is one.
    return None if text.text.isupper() else False


def _small_letters_count(known: Known, text: Clean, number: int, word: str) -> bool | None:
    """In a text with no capital at all letters may be asked about; those that are a word only where a name stands."""
    if not known.own:
        return False if word_before(text, number) in _BEFORE_SCHOOL else None
    means_else = words.is_school_word(word) or word in words.near("two-letters")
    return None if means_else and not _stands_for_somebody(text, number) else False


def _capital_counts(known: Known, text: Clean, first: int, last: int) -> bool | None:
    if not capitals(text, first, last):
        return _small_counts(known, text, first, last)
    if first == last and text.tokens[first].word in words.near("calendar") and _is_dated(text, first):
        return None
    if last > first or not opens_sentence(text, first) or (first and text.tokens[first - 1].word in TITLES):
        return True
    return False if known.own else None


def _is_dated(text: Clean, number: int) -> bool:
    """True of a month beside a figure: 28 May 2027, which is nothing of Ellie-May."""
    after = text.tokens[number + 1].word if number + 1 < len(text.tokens) and beside(text, number) else ""
    return is_day(word_before(text, number)) or after[:1].isdigit()


def _has_marks(text: Clean, first: int, last: int) -> bool:
    """True of accents, which the ordinary word has not: rareș is nothing rare."""
    return not text.text[text.tokens[first].start : text.tokens[last].stop].isascii()


def _small_counts(known: Known, text: Clean, first: int, last: int) -> bool | None:
    """In a text that has no capital at all a form's own names need none: miss baker, chance king; nor do trusts'."""
    if not known.own:
        return False if known.kind == "trust" and last > first and text.in_small_letters else None
    if _has_marks(text, first, last):
        return True
    titled = first > 0 and text.tokens[first - 1].word in TITLES
    if not text.in_small_letters:
        in_full = last > first and all(len(token.word) > 1 for token in text.tokens[first : last + 1])
        meant = first == last and (titled or _is_meant_for_somebody(text, first))
        return False if in_full or meant else None
    if last > first or titled:
        return True
    return None if text.tokens[first].word in words.near("function") else False


def _is_meant_for_somebody(text: Clean, number: int) -> bool:
    """True of a form's own name in small letters where a name would stand: with jun, about jun, jun's."""
    token = text.tokens[number]
    before = word_before(text, number)
    owns = text.text[token.start : token.stop].endswith("'s")
    led = before in ("with", "about", "told", "asked", "named") or word_after(text, number) in _SAID_OF_ONE
    return token.word not in words.near("function") and (owns or led) and before not in ("the", "a", "an")


def _context_counts(text: Clean, first: int, last: int) -> bool | None:
    capital = capitals(text, first, last)
    before = word_before(text, first)
    after = word_after(text, last)
    labelled = opens_sentence(text, first) and _is_labelled(text, first)
    if capital and (labelled or before in SCHOOL_WORDS | _BEFORE_SCHOOL or after in SCHOOL_WORDS):
        return True
    if after in SCHOOL_WORDS and last > first:
        return True
    phrase = tuple(token.word for token in text.tokens[first : last + 1])
    if (before, *phrase) in words.phrases() or phrase in words.phrases():
        return None
    if not capital:
        gone_to = before == "to" and _GONE_TO.search(text.text, 0, text.tokens[first].start) is not None
        acts = after in words.near("does") | _SAID_OF_MANY
        return False if gone_to else _small_context_counts(before, several=last > first, acts=acts)
    if not opens_sentence(text, first):
        return last > first or False
    owns = text.text[text.tokens[last].start : text.tokens[last].stop].casefold().endswith("'s")
    owns = owns or after in words.near("does") or after in _SAID_OF_MANY
    joined = after == "and" and last + 2 < len(text.tokens) and capitals(text, last + 2, last + 2)
    return False if last > first or owns or joined else None


def _small_context_counts(before: str, *, several: bool, acts: bool) -> bool | None:
    """In small letters: several words are asked about but behind an article, one only where a school would stand."""
    if several:
        return None if before in _ARTICLES else False
    return False if before in _AT_SCHOOL or (before in _BESIDE_ONE and acts) else None


def _is_labelled(text: Clean, number: int) -> bool:
    """True of what follows a label that says school: Setting - Grove, Lead school for the bid: Grove."""
    if number and text.tokens[number - 1].word in _LABELS:
        return True
    before = text.text[: text.tokens[number].start].rstrip(" ")
    words_of_it = [token.word for token in text.tokens[max(0, number - _LONGEST_LABEL) : number]]
    return before.endswith(":") and not _LABELS.isdisjoint(words_of_it)


def extent(known: Known, text: Clean, first: int, last: int) -> tuple[int, int]:
    """What is taken out with it: a person's title, a school's Primary School; never the s of a possessive."""
    if known.kind == "person":
        while first and text.tokens[first - 1].word in TITLES and beside(text, first - 1):
            first -= 1
    stop = text.tokens[last].stop
    if known.possessive and text.text[stop - 2 : stop].casefold() == "'s":
        return text.tokens[first].start, stop - 2
    if known.kind == "school":
        end = last
        while end + 1 < len(text.tokens) and text.tokens[end + 1].word in SCHOOL_TAIL and beside(text, end):
            end += 1
            last = end if text.tokens[end].word in SCHOOL_WORDS | {"unit"} else last
        stop = text.tokens[last].stop
    return text.tokens[first].start, stop
