"""Last name: whether an ordinary word with a capital stands alone where a last name would: shared with Small.

In: a cleaned text and the number of one of its words. Never: looks at what is known or taken out already.
"""

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.capital import (
    SEASONS,
    bare,
    goes_on_from_a_capital,
    is_possessive,
    may_be_somebody,
)
from cluster_sheets.anonymise.human import acts_as_somebody, is_led_to_somebody
from cluster_sheets.anonymise.labelled import is_labelled
from cluster_sheets.anonymise.neighbours import beside, has_acted, opens_sentence, word_after, word_before
from cluster_sheets.anonymise.normal import Clean
from cluster_sheets.anonymise.things import are_things, is_heading, is_no_persons, opens_behind_a_signature

_ARTICLES = ("the", "a", "an", "our", "my", "this", "that", "each", "every", "no", "another", "any")


def is_last_name_here(text: Clean, number: int, *, led: bool) -> bool:
    """True of a last name alone, within a sentence: shared with Small; every Friday Bacon rings."""
    plain = bare(text, number)
    if plain in words.near("role") or plain in SEASONS or words.in_phrase(text, number):
        return False
    if _is_turned_round(text, number):
        return True
    if opens_behind_a_signature(text, number) or is_no_persons(text, number) or goes_on(text, number):
        return False
    if led or is_labelled(text, number) or is_led_to_somebody(text, number):
        return True
    return not opens_sentence(text, number) and not words.is_school_word(plain) and _acts(text, number)


def _acts(text: Clean, number: int) -> bool:
    """True of what stands beside what somebody does or is: asked Small; Pink is off sick; on Friday Bacon rings."""
    before = word_before(text, number)
    if acts_as_somebody(text, number) and before not in _ARTICLES and not goes_on_from_a_capital(text, number):
        return True
    if before in ("with", "by", "asked", "told", "said", "when", "as", "like"):
        return not text.text[text.tokens[number].stop :].startswith(" of ")
    acts, after = does(text, number)
    return acts and after not in words.near("is") and before in words.near("calendar", "because")


def _is_turned_round(text: Clean, number: int) -> bool:
    """True of a last name before a comma and a first one: Salt, Buddy; not of a list, which goes on with an *and*."""
    behind = number + 1
    if behind >= len(text.tokens) or text.text[text.tokens[number].stop : text.tokens[behind].start] != ", ":
        return False
    somebody = may_be_somebody(text, behind) or (bare(text, behind) in SEASONS and acts_as_somebody(text, behind))
    if text.tokens[number].word in words.near("no-opener") or not somebody:
        return False
    if word_before(text, number) in words.near("only-somebody"):
        return True
    ahead = behind + 1
    before = number > 0 and beside(text, number - 1) and may_be_somebody(text, number - 1)
    return not before and (ahead >= len(text.tokens) or text.tokens[ahead].word != "and")


def does(text: Clean, number: int) -> tuple[bool, str]:
    """Whether it owns or does something, and the word after it."""
    after = word_after(text, number)
    acts = after in words.near("does", "acts") and not are_things(text, number, after)
    return is_possessive(text, number) or has_acted(after) or acts, after


def goes_on(text: Clean, number: int) -> bool:
    """True where another word with a capital follows that is no name: Spring Term."""
    ahead = number + 1
    if ahead >= len(text.tokens) or "(" in text.text[text.tokens[number].stop : text.tokens[ahead].start]:
        return False
    return beside(text, number) and is_heading(text, ahead)
