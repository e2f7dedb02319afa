"""Capital: what a word with a capital is: nobody's word, a name that is a word too, or a part of a phrase of schools.

In: a cleaned text and the number of one of its words. Never: looks at what is known or taken out already.
"""

import re

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.neighbours import beside, opens_sentence, word_after
from cluster_sheets.anonymise.normal import Clean

SEASONS = frozenset(("april", "may", "june", "august", "summer", "autumn", "winter", "spring", "march"))
"""Names that are seasons or months first of all."""
CONTRACTED = re.compile(r"'(?:s|d|m|t|ll|re|ve)$|'+$", re.IGNORECASE)
_NUMBERED = re.compile(r"-(?:\d|[A-Z]\b|[IVX]+\b)")
_MADE_UP = re.compile(
    r"(?!Mc|Mac|(?:Fitz|Van|Der|Den|Del|Mrs?|Ms|Miss|Dr|Sha|Cha|Tre|Mar)[A-Z])(?:[A-Z][a-z]{2,}|My|Go|Re|Ed)[A-Z][a-z]"
)
"""Of a product or a body: MyMaths, SeeAbility; a person's name has a capital within only after a short syllable."""
_WHO_ACT = ("LA", "TA", "OT", "GP", "EP", "MP", "UK", "EU")
"""Two capitals that do something, and are not somebody by their initials."""
_NOBODY = (*_WHO_ACT, "PE", "RE", "DT")
"""Two capitals that may own something, and are not somebody by their initials."""
_WHOSE_ROLE = re.compile(
    r" \((?:SALT|SaLT|EP|OT|TA|HLTA|LSA|SENCO|SENDCO|DSL|class teacher|head|deputy|mum|dad|gran|nan)\b"
)
_LENITED = re.compile(r"[tnh][A-Z][^\W\d_A-Z]{2}")
_MOST_PARTICLES = 4
_LETTERS = 3
"""No more capitals are short for something as often as they are a name."""
_FIGURE = re.compile(r"\s?\d")
_JOINED = re.compile(r" ?(?:,|&|/) ?| (?:and|or) ", re.IGNORECASE)


def has_capital(text: Clean, number: int) -> bool:
    """True of a word that begins with one."""
    return text.text[text.tokens[number].start].isupper()


def is_written_large(typed: str) -> bool:
    """True of a word that begins with a capital, or with the small letter of Irish before one: Mac an tSaoir."""
    return typed[0].isupper() or _LENITED.match(typed) is not None


def bare(text: Clean, number: int) -> str:
    """A word without the s of its possessive, in small letters."""
    token = text.tokens[number]
    return CONTRACTED.sub("", text.text[token.start : token.stop]).casefold()


def bare_stop(text: Clean, number: int) -> int:
    """Where a word ends without the s of its possessive."""
    token = text.tokens[number]
    return token.start + len(CONTRACTED.sub("", text.text[token.start : token.stop]))


def is_possessive(text: Clean, number: int) -> bool:
    """True of a word that something belongs to: Zofia's, the Okonkwos' house."""
    token = text.tokens[number]
    typed = text.text[token.start : token.stop].casefold()
    return typed.endswith("'s") or (token.word.endswith("s") and text.text.startswith("' ", token.stop))


def bases(typed: str, word: str) -> set[str]:
    """A word without its possessive or its contraction; a plural of capitals (TAs) without its s."""
    plain = CONTRACTED.sub("", typed).casefold().replace("'", "")
    found = {word, plain}
    if typed.casefold().endswith("n't"):
        found |= {typed[:-3].casefold(), typed[:-2].casefold(), "not"}
    if len(plain) > 2 and typed[:-1].isupper() and typed.endswith("s"):
        found.add(plain[:-1])
    return found


def is_unknown(text: Clean, number: int) -> bool:
    """True of a word with a capital that is neither ordinary English nor of schools."""
    token = text.tokens[number]
    typed = text.text[token.start : token.stop]
    if len(token.word) == 1 or not is_written_large(typed) or any(letter.isdigit() for letter in typed):
        return False
    plain = bare(text, number)
    if _is_nobody(text, number, plain):
        return False
    if _are_initials(text, typed) or _own(text, number) or _act(text, number):
        return not words.in_phrase(text, number)
    if CONTRACTED.sub("", typed).istitle() and plain in words.near("acronym"):
        return not words.in_phrase(text, number)
    if any(words.is_ordinary(word) for word in bases(typed, token.word)) and not _has_marks(typed):
        return False
    if typed.isupper() and _NUMBERED.match(text.text, token.stop):
        return False  # a test such as BOT-2
    if _MADE_UP.match(typed) or (typed.istitle() and _is_rare_opener(text, number)):
        return False
    return not words.in_phrase(text, number)


def _is_nobody(text: Clean, number: int, plain: str) -> bool:
    """True of the I of I've, of what somebody is (Nan, Carer), and of what is only short for something (ERIC)."""
    if plain == "i" or (plain in words.near("in-capitals") and is_acronym(text, number)):
        return True
    role = plain in words.near("role") and plain not in words.near("acronym")
    return role and not _typed(text, number).isupper() and not text.text.startswith("-", text.tokens[number].stop)


def _has_marks(typed: str) -> bool:
    """True of an accent as no English word has it: Íris is nobody's flower."""
    return not typed.isascii() and CONTRACTED.sub("", typed).casefold() not in words.near("accented")


def _is_rare_opener(text: Clean, number: int) -> bool:
    """True of a rarer word that opens a sentence and does nothing there that somebody would: Referral forms."""
    token, ahead = text.tokens[number], number + 1
    if not words.is_uncommon(token.word) or not opens_sentence(text, number):
        return False
    if text.text[: token.start].rstrip(" ").endswith((":", ";")):
        return False
    named = ahead < len(text.tokens) and beside(text, number) and has_capital(text, ahead)
    return not named and word_after(text, number) not in words.near("does", but="is")


def _are_initials(text: Clean, typed: str) -> bool:
    """True of two capitals that are short for nothing; where all is in capitals nobody can tell."""
    word = typed.casefold()
    if len(typed) != 2 or not typed.isupper() or text.text.isupper():
        return False
    return word not in words.near("two-letters") and not words.is_school_word(word)


def _act(text: Clean, number: int) -> bool:
    """True of two capitals, whatever they may be short for, that do what only somebody does: DT scored; GP (SALT)."""
    token = text.tokens[number]
    typed = text.text[token.start : token.stop]
    rung = number > 0 and text.tokens[number - 1].word in words.near("rung") and word_after(text, number) == "back"
    if len(typed) == 2 and typed.isupper() and typed not in _WHO_ACT and rung:
        return not text.text.isupper()
    if len(typed) == 2 and typed.isupper() and _WHOSE_ROLE.match(text.text, token.stop):
        return not text.text.isupper()
    if len(typed) != 2 or not typed.isupper() or typed in _WHO_ACT or text.text.isupper():
        return False
    ahead = number + 1
    return ahead < len(text.tokens) and beside(text, number) and text.tokens[ahead].word in words.near("acts")


def _own(text: Clean, number: int) -> bool:
    """True of two capitals, whatever they may be short for, that own what only somebody has: KC's mum."""
    token = text.tokens[number]
    typed = text.text[token.start : token.stop]
    if len(typed) != 4 or not (typed[:2].isupper() and typed.endswith("'s")) or typed[:2] in _WHO_ACT:
        return False
    if typed[:2] not in _NOBODY and not words.is_school_word(typed[:2].casefold()):
        return True
    ahead = number + 1
    return ahead < len(text.tokens) and text.tokens[ahead].word in words.near("owned")


def goes_on_from_a_capital(text: Clean, number: int) -> bool:
    """True of a word beside one with a capital that does not only open a sentence: the Puddle of Mud Puddle."""
    before = number - 1
    return number > 0 and beside(text, before) and has_capital(text, before) and not opens_sentence(text, before)


def is_acronym(text: Clean, number: int) -> bool:
    """True of what is short for something in capitals, in a text that has small letters too: OPAL."""
    typed = _typed(text, number)
    return typed.isupper() and typed.casefold() in words.near("acronym", "in-capitals") and not text.text.isupper()


def is_name(word: str) -> bool:
    """True of an ordinary word that is a first or a last name too, but no season."""
    return word in words.word_names() and word not in SEASONS


def is_word_name(text: Clean, number: int) -> bool:
    """True of an ordinary word with a capital that is a name too, but of no season."""
    plain = bare(text, number)
    named = has_capital(text, number) and plain in words.names() and plain not in SEASONS
    return named and not is_acronym(text, number)


def is_last_name(text: Clean, number: int) -> bool:
    """True of an ordinary word with a capital that is a last name too: Pound, Small; SaLT is none."""
    token = text.tokens[number]
    typed = CONTRACTED.sub("", text.text[token.start : token.stop])
    return (typed.istitle() or typed.isupper()) and typed.casefold() in words.near("last-name")


def may_be_somebody(text: Clean, number: int) -> bool:
    """True of a word with a capital that is, or may be, a name."""
    if not 0 <= number < len(text.tokens):
        return False
    token = text.tokens[number]
    lettered = len(token.word) == 1 and has_capital(text, number) and token.word != "i"
    initial = lettered and text.text.startswith(".", token.stop)
    return initial or is_unknown(text, number) or (is_word_name(text, number) and not words.in_phrase(text, number))


def is_particle(text: Clean, number: int) -> bool:
    """True of a word within a last name: van, de, the an of Mac an Bhaird."""
    word = text.tokens[number].word
    if word in ("an", "na"):
        return number > 0 and text.tokens[number - 1].word in ("mac", "nic", "mag")
    return word in words.near("particle")


def past_particles(text: Clean, number: int) -> int:
    """The word at ``number`` or, where that is one such as van or de, the first after it that is none.

    No name has more than a few: else a box of nothing but particles would be gone through once for each.
    """
    for _ in range(_MOST_PARTICLES):
        if number + 1 >= len(text.tokens) or not is_particle(text, number) or not beside(text, number):
            break
        number += 1
    return number


def joined_to(text: Clean, number: int) -> tuple[int | None, int | None]:
    """The words that a comma, an *and* or an *or* parts from this one, before it and after it; None: there is none."""
    before = after = None
    if number and (ahead := _joint(text, number - 1, number)) is not None:
        before = ahead
    if number + 1 < len(text.tokens) and (behind := _joint(text, number, number + 1, back=False)) is not None:
        after = behind
    return before, after


def _joint(text: Clean, first: int, second: int, *, back: bool = True) -> int | None:
    other = first if back else second
    if text.tokens[other].word in ("and", "or") and beside(text, first):
        step = other - 1 if back else other + 1
        return step if 0 <= step < len(text.tokens) and beside(text, min(step, other)) else None
    gap = text.text[text.tokens[first].stop : text.tokens[second].start]
    return other if _JOINED.fullmatch(gap) else None


def _is_large(typed: str) -> bool:
    """True of a word, or of more than one letter, that is all in capitals."""
    return len(typed) > 1 and typed.isupper()


def _typed(text: Clean, number: int) -> str:
    return text.text[text.tokens[number].start : text.tokens[number].stop]


def is_another_word(text: Clean, number: int) -> bool:
    """True of a word with a capital that belongs to the name before it, for want of another reason for its capital."""
    token = text.tokens[number]
    typed = CONTRACTED.sub("", text.text[token.start : token.stop])
    as_large = len(typed) > _LETTERS and _is_large(typed) and number > 0 and _is_large(_typed(text, number - 1))
    as_large = as_large and not text.text.isupper()
    if not (typed.istitle() or as_large) or words.in_phrase(text, number):
        return False
    if words.is_school_word(token.word) and not (as_large and is_particle(text, number - 1)):
        return False
    if token.word in words.near("role") or token.word in words.near("thing-end") or token.word in words.near("heading"):
        return False
    ahead = number + 1
    goes_on = ahead < len(text.tokens) and beside(text, number) and has_capital(text, ahead)
    return not goes_on and not _FIGURE.match(text.text, token.stop)
