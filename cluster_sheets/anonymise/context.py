"""Context: whether an ordinary word with a capital stands where a name would: with Grace, Will said, Pupil: Joy.

In: a cleaned text and the number of one of its words. Never: looks at what is known or taken out already.
"""

import re
from functools import cache

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.capital import (
    SEASONS,
    bare,
    goes_on_from_a_capital,
    has_capital,
    is_acronym,
    is_another_word,
    is_last_name,
    is_possessive,
    is_unknown,
    joined_to,
    may_be_somebody,
)
from cluster_sheets.anonymise.human import acts_as_somebody, is_led_to_somebody, may_tell_somebody
from cluster_sheets.anonymise.identity import TITLES
from cluster_sheets.anonymise.labelled import is_called_so, is_for_somebody, is_labelled
from cluster_sheets.anonymise.last_name import does as does_here
from cluster_sheets.anonymise.last_name import goes_on, is_last_name_here
from cluster_sheets.anonymise.neighbours import beside, is_day, opens_sentence, word_after, word_before
from cluster_sheets.anonymise.normal import Clean
from cluster_sheets.anonymise.things import (
    is_among_colours,
    is_heading,
    is_joined_to_a_thing,
    is_no_persons,
    is_of_a_class,
    is_of_a_thing,
    is_of_things,
    opens_behind_a_signature,
)

_MONTHS = frozenset(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"))
_LONG_MONTHS = ("april", "may", "june", "august")
_BY_THEN = re.compile(r"(?: \d{4})?,? (?:each|every|all|most|the|we|they|she|he|at least|half|two|three|our)\b")
_INITIAL = re.compile(r" (?![AI] )[^\W\d_a-z](?!\w)")
_A_INITIAL = re.compile(r" A (?=[a-z])")
"""Rose A did six weeks."""
_OF_A_PUPIL = re.compile(
    r" UPN|\s?[,(\-]\s?(?:UPN|NHS|d\.?\s?o\.?\s?b|born|aged|age \d|year \d|Y\d|KS\d|level \d|TA\b|HLTA|LSA|SEN"
    r"|teacher|head|deputy|mum\b|mother|dad\b|father|his\b|her\b|not (?:his|her) real)",
    re.IGNORECASE,
)
_IN_A_YEAR = re.compile(
    r" (?:(?:is|was|started|starts) )?(?:now |still )?in (?:year \w+|Y\d\d?\b|reception|nursery)", re.IGNORECASE
)
"""Where a pupil is: June in Year 3."""
_BORN = re.compile(r"\s?\(\s?\d{1,2}(?:\s?[)/.\-]|\s[A-Z])")
_HEADS_A_LINE = re.compile(
    r":| \|| - | \((?!the\b|a\b)|, prev"
    r"| from (?:the )?(?:physio\w*|SALT|SaLT|speech|OT|EP|CAMHS|outreach|nursing|nursery|kitchen|office"
    r"|council|LA|college)\b"
    r"|, (?:who|asked|aged|whose|now|when|having|a|his|her|our|my|one|the|on|like|and)\b"
)
"""After a name that opens a sentence: Jade, asked what; Melody: 81."""
_SUBJECTS = ("art",)
_OPENERS = ("so", "then", "but", "yesterday", "today", "now", "if", "as", "once", "until", "after", "before", "also")
_ACT_TOO = ("role", "heading", "calendar", "thing-end", "no-name")
"""Kinds of words that do what only somebody does, and are nobody's name: Year 4 came, the Trust told us."""
_ARTICLES = ("the", "a", "an", "our", "my", "this", "that", "each", "every", "no", "another", "any")
_WITH_FIGURE = re.compile(r"\s?\d")


def is_name_here(text: Clean, number: int) -> bool:
    """True of an ordinary word with a capital that stands where a name would."""
    led = _is_led(text, number)
    plain = bare(text, number)
    if is_acronym(text, number):
        return False
    if is_called_so(text, number):
        return True
    if is_last_name(text, number) and is_last_name_here(text, number, led=led):
        return True
    return _is_first_name_here(text, number, led=led) if plain in words.names() else _is_somebody(text, number, led=led)


def _is_led(text: Clean, number: int) -> bool:
    """True of a word after what somebody is: teacher Grace; not after a line that ends with a short thanks, ta."""
    before = word_before(text, number)
    thanks = before == "ta" and "\n" in text.text[text.tokens[number - 1].stop : text.tokens[number].start]
    return before in words.near("role") and not thanks


def _is_first_name_here(text: Clean, number: int, *, led: bool) -> bool:
    if words.in_phrase(text, number) or _is_a_month(text, number):
        return False
    if _is_said_to_be(text, number):
        return True
    if is_among_colours(text, number) or is_of_a_class(text, number):
        return False
    if _stands_by_a_name(text, number):
        return True
    if is_joined_to_a_thing(text, number):
        return False
    return _heads(text, number) if opens_sentence(text, number) else _is_within(text, number, led=led)


@cache
def _roles() -> tuple[frozenset[str], re.Pattern[str]]:
    """Words for what somebody is, and where one stands before a name."""
    roles = words.near("role")
    return roles, re.compile(rf"\b(?:{'|'.join(sorted(roles))}) [A-Z][a-z]")


@cache
def _acts() -> tuple[frozenset[str], re.Pattern[str]]:
    """Words for what only somebody does, and where one stands behind a name."""
    acts = words.near("acts")
    return acts, re.compile(rf"(?<=[\w,;:)]) [A-Z][a-z]+ (?:{'|'.join(sorted(acts))})\b")


def tells_somebody(text: Clean) -> bool:
    """True of a text in which any word with a capital may be somebody for what stands beside it; a quick look."""
    if may_tell_somebody(text):
        return True
    return any(not some.isdisjoint(text.words) and told.search(text.text) for some, told in (_roles(), _acts()))


def _is_somebody(text: Clean, number: int, *, led: bool) -> bool:
    """True of any word with a capital for no other reason that does what only somebody does, or is told who it is.

    Then Puddle told me; her brother Puddle.
    """
    led = led and not has_capital(text, number - 1)
    acts = word_after(text, number) in words.near("acts") or acts_as_somebody(text, number)
    if opens_sentence(text, number) or not (led or acts or is_led_to_somebody(text, number)):
        return False
    token, plain = text.tokens[number], bare(text, number)
    before = word_before(text, number)
    opener = before in words.near("because", "before-a-name") or before in _OPENERS
    heading = number > 0 and has_capital(text, number - 1) and before != "" and not opener
    goes_on = number + 1 < len(text.tokens) and beside(text, number) and has_capital(text, number + 1)
    alone = len(plain) > 1 and text.text[token.start : token.stop].istitle() and not heading and not goes_on
    means_else = plain.endswith("s") or plain in words.near(*_ACT_TOO) or words.is_school_word(plain)
    return alone and not means_else and before not in _ARTICLES and not words.in_phrase(text, number)


def may_be_again(text: Clean, number: int) -> bool:
    """True of a word that is somebody's name elsewhere, where it may be the same name here."""
    if not has_capital(text, number) or words.in_phrase(text, number) or bare(text, number) in SEASONS:
        return False
    if word_before(text, number) in ("the", "a", "an", "our") or goes_on(text, number) or is_no_persons(text, number):
        return False
    if goes_on_from_a_capital(text, number) and words.in_phrase(text, number - 1):
        return False  # the Pack of Winston's Wish Pack
    return not (opens_sentence(text, number) and is_of_things(text, number))


def _is_a_month(text: Clean, number: int) -> bool:
    """True of Jan and Jun beside a figure, or where a month would stand; of June in: By June each child may."""
    if text.tokens[number].word in _LONG_MONTHS and _BY_THEN.match(text.text, text.tokens[number].stop):
        return word_before(text, number) == "by" and opens_sentence(text, number - 1)
    if text.text[text.tokens[number].start : text.tokens[number].stop].casefold() not in ("jan", "jun"):
        return False
    before = text.tokens[number - 1].word if number else ""
    dated = before[:1].isdigit() or before in words.near("before-a-season") or before[:3] in _MONTHS
    return dated or _WITH_FIGURE.match(text.text, text.tokens[number].stop) is not None


def _heads(text: Clean, number: int) -> bool:
    """True of the first word of a sentence where it does something, or where the line is about it."""
    plain, (does, after) = bare(text, number), does_here(text, number)
    if after == plain:
        return True  # Will will; Rose rose
    if acts_as_somebody(text, number) and text.text[text.tokens[number].start : text.tokens[number].stop].istitle():
        return True
    if plain in words.near("thing"):
        return does and after not in words.near("is")
    titled = text.text[text.tokens[number].start : text.tokens[number].stop].istitle()
    return does or (
        titled and plain not in SEASONS and _HEADS_A_LINE.match(text.text, text.tokens[number].stop) is not None
    )


def _is_within(text: Clean, number: int, *, led: bool) -> bool:
    """True of a word within a sentence whose capital has no other reason."""
    plain, (does, _) = bare(text, number), does_here(text, number)
    before = word_before(text, number)
    if plain in SEASONS:
        dated = _WITH_FIGURE.match(text.text, text.tokens[number].stop) is not None
        return (
            not (dated or is_day(before))
            and before not in words.near("before-a-season")
            and (does or before in words.near("before-somebody") or is_for_somebody(text, number))
        )
    if opens_behind_a_signature(text, number):
        return False
    if text.text.isupper() and plain in words.near("function") and not is_possessive(text, number):
        return led and is_labelled(text, number)
    if before in ("the", "a", "an", "our") or is_of_a_thing(text, number) or is_no_persons(text, number):
        return False
    if (before == "in" and plain in words.near("thing")) or (before in words.near("is") and plain in _SUBJECTS):
        return False  # a GCSE in Art; her best subject is Art
    if not led and beside(text, number - 1) and is_heading(text, number - 1):
        return does and plain not in words.near("thing")
    return led or does or not goes_on(text, number)


def _is_said_to_be(text: Clean, number: int) -> bool:
    """True of a word with an initial or what is told of a pupil behind it, or a label before it."""
    token = text.tokens[number]
    season = bare(text, number) in SEASONS
    dated = season and number > 0 and text.tokens[number - 1].word[:1].isdigit()
    said = (_INITIAL, _OF_A_PUPIL, *((_IN_A_YEAR,) if _may_be_in_a_year(text, number) else ()))
    if not dated and any(each.match(text.text, token.stop) for each in said):
        return True
    if not dated and _A_INITIAL.match(text.text, token.stop):
        after = text.tokens[number + 2].word if number + 2 < len(text.tokens) else ""
        return after in words.near("does", "acts")
    if is_labelled(text, number):
        return not (season and _WITH_FIGURE.match(text.text, token.stop)) and not goes_on(text, number)
    return not season and _BORN.match(text.text, token.stop) is not None


def _may_be_in_a_year(text: Clean, number: int) -> bool:
    """True of a word that is no subject and no time: not of Art in Year 3, or by May in Year 6."""
    before = word_before(text, number)
    return bare(text, number) not in _SUBJECTS and before not in words.near("before-a-season") and before != "by"


def _is_of_a_body(text: Clean, number: int) -> bool:
    """True of whoever is of something with a capital: Rose of the Education Endowment Foundation wrote."""
    ahead = number + 2
    if ahead >= len(text.tokens) or text.tokens[number + 1].word not in ("of", "from", "at"):
        return False
    if text.tokens[ahead].word == "the" and ahead + 1 < len(text.tokens):
        ahead += 1
    return has_capital(text, ahead) and beside(text, number) and bare(text, number) not in SEASONS


def _stands_by_a_name(text: Clean, number: int) -> bool:
    """True of a word with a last name behind it, or with a name on the other side of an *and* or a comma."""
    behind = number + 1
    season = bare(text, number) in SEASONS
    if not season and behind < len(text.tokens) and beside(text, number) and _is_surname(text, number, behind):
        return not words.in_phrase(text, behind)
    if season and _is_of_a_person(text, number):
        return True
    if _is_of_a_body(text, number):
        return True
    if season and _WITH_FIGURE.match(text.text, text.tokens[number].stop):
        return False
    return _is_joined_to_a_name(text, number, season=season)


def _is_of_a_person(text: Clean, number: int) -> bool:
    """True of a month that has a last name and does what somebody does: May Bell is worn out."""
    behind = number + 1
    if behind >= len(text.tokens) or not beside(text, number) or not is_last_name(text, behind):
        return False
    return acts_as_somebody(text, behind) and not words.in_phrase(text, behind)


def _is_surname(text: Clean, number: int, behind: int) -> bool:
    """True of a word with a capital that can only be the last name of the one before: Prudence Onions."""
    if is_last_name(text, behind):
        return True
    led = not opens_sentence(text, number) or bare(text, number) not in words.near("thing")
    return led and has_capital(text, behind) and is_another_word(text, behind)


def _is_joined_to_a_name(text: Clean, number: int, *, season: bool) -> bool:
    before, after = joined_to(text, number)
    if before is not None and text.tokens[before].word in words.near("role"):
        return text.text.startswith(",", text.tokens[number].stop) and bare(text, number) not in words.near("role")
    named = after is not None and (may_be_somebody(text, after) or text.tokens[after].word in TITLES)
    if named and not season and opens_sentence(text, number):
        return True
    return before is not None and is_unknown(text, before) and (after is None or named)
