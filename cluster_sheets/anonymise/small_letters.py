"""Small letters: names that are typed without a capital, by what stands about them: mrs adeyemi, between zara and kai.

In: a cleaned text and what is covered of it. Out: stretches to ask about, or to take out after a title.
Never: a slip of the pen in an ordinary word, but where only a name would stand.
"""

import re
from collections.abc import Iterator

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.capital import (
    bare,
    bare_stop,
    bases,
    is_written_large,
    joined_to,
    may_be_somebody,
    past_particles,
)
from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.fact import Doubtful
from cluster_sheets.anonymise.identity import TITLES
from cluster_sheets.anonymise.kinds import UNKNOWN
from cluster_sheets.anonymise.labelled import is_labelled
from cluster_sheets.anonymise.neighbours import beside, has_acted, opens_sentence, word_after, word_before
from cluster_sheets.anonymise.normal import Clean
from cluster_sheets.anonymise.organisation import is_strange
from cluster_sheets.anonymise.programme import is_programme
from cluster_sheets.anonymise.things import is_said_of_it

_TITLES = frozenset(("mr", "mrs", "ms", "dr", "mx", "prof"))
_MISS = "miss"
"""A title, or what a pupil does with lessons."""
_ALL_TITLES = _TITLES | {_MISS}
_SECONDS = frozenset(("lee", "mae", "mai", "may", "jo", "ann", "jon", "rae", "rose", "grace", "jay", "leigh", "jane"))
"""Second halves of first names."""
_WITH_FACTS = re.compile(r" - \d| \| ?Y\d| \((?:Y\d|year \d|born|aged|d\.?o\.?b)", re.IGNORECASE)
_MARKED = re.compile(r"[a-z]+'(?!(?:s|d|m|t|ll|re|ve|til|n|em|clock|er)\b)[a-z]{2,}")
"""An apostrophe within, of a name such as la'tisha."""
_INITIALS = re.compile(r"(?<![\w.])(?:[a-z]\. ?){1,2}[a-z]{2,}|(?<![\w.])(?:[a-z]\.){2,3}(?!\w)")
_ARTICLES = ("the", "this", "that", "our", "my", "each", "every", "no", "another", "any")
_LABELLED = re.compile(r"\b(?:[Cc]hild|[Pp]upil|[Nn]ame|[Ss]tudent|[Ll]earner): ([a-z]{3,})\b")
"""Child: zorb. Of most texts no other word that may be one in small letters is looked at."""
_LEADS_TO_MISS = re.compile(
    r"(?:\b(?:with|by|for|from|told|asked|(?:spoke|spoken|talked|said|speak|talk|thanks|sent|given) to)"
    r"|(?:^|[\n:(]) ?| - ) ?$"
)
"""What no verb follows: spoke to miss best; not: he is going to miss break."""
_SHORT = 2
_OF_ADDRESSES = ("@", ".", "/")
_NO_INITIALS = re.compile(r"(?:[a-z]\.)?(?:e\.g|i\.e|a\.m|p\.m|p\.e|r\.e|u\.k|o\.t)\.")


def small_names(text: Clean, covered: Covered, *, whole: bool) -> Iterator[Doubtful]:
    """Names in small letters; of a text that is ``whole`` in them any strange word may be one."""
    # Most words are ordinary ones, and each is looked up once.
    odd = {word for word in words.unusual(text.words) if word.isalpha() and len(word) > 2} - words.near("role")
    odd |= text.words & _ALL_TITLES
    if whole:
        odd |= {word for word in text.words if _may_be_initials(word)} | (
            text.words & words.names() - words.near("function")
        )
    odd |= _labelled(text)
    last = -1
    for number, token in enumerate(text.tokens) if odd else ():
        if token.word not in odd or number <= last or not _is_written_small(text.text[token.start : token.stop]):
            continue
        if covered.meets(token.start, token.stop):
            continue
        if _is_contracted(text, number):
            continue
        sure = token.word in _TITLES or token.word == _MISS
        if not sure and words.in_phrase(text, number):
            continue
        listed = last >= 0 and joined_to(text, number)[0] == last and not words.is_ordinary(token.word)
        found = _titled(text, number, whole=whole) if sure else _untitled(text, number, whole=whole, listed=listed)
        if found is not None and (sure or not is_programme(text, number, found)):
            last = found
            first = number - 1 if _begins_a_place(text, number) else number
            yield Doubtful(text.tokens[first].start, bare_stop(text, last), "person" if sure else UNKNOWN, sure=sure)
    yield from _initials(text, covered, whole=whole)


def _labelled(text: Clean) -> set[str]:
    """The name that is a word too behind a label such as Child."""
    labelled = _LABELLED.search(text.text)
    return {labelled[1]} & words.names() - words.near("function") if labelled else set()


def _is_contracted(text: Clean, number: int) -> bool:
    """True of an ordinary word with an apostrophe: the child's, isn't; of a name that is one too only in child's."""
    typed = text.text[text.tokens[number].start : text.tokens[number].stop]
    plain = bare(text, number)
    ordinary = "'" in typed and any(map(words.is_ordinary, bases(typed, plain)))
    return ordinary and (typed.endswith("n't") or plain not in words.names())


def _is_written_small(typed: str) -> bool:
    """True of a word that begins with a small letter; not of the tSaoir of Mac an tSaoir."""
    return typed[0].islower() and not is_written_large(typed)


def _begins_a_place(text: Clean, number: int) -> bool:
    """True of great pipworth: a word before it that places begin with, after a word that leads to a place."""
    if number < 2 or not beside(text, number - 1) or text.tokens[number - 1].word not in words.near("place-start"):
        return False
    return text.tokens[number - 2].word in ("at", "from", "in", "to", "near", "of", "beyond")


def _may_be_initials(word: str) -> bool:
    return len(word) == 2 and word.isalpha() and word not in words.near("two-letters")


def _untitled(text: Clean, number: int, *, whole: bool, listed: bool) -> int | None:
    """The last word of a name that begins here; None where it is none. ``listed`` where it follows one in a list."""
    token = text.tokens[number]
    strange = _is_strange(token.word)
    named = (
        listed
        or (strange and (whole or _is_foreign(text, number)))
        or _MARKED.fullmatch(text.text, token.start, token.stop) is not None
        or ((strange or whole) and _stands_as_a_name(text, number))
        or ((len(token.word) > 3 or token.word in words.names()) and is_labelled(text, number))
        or (strange and _heads_a_line(text, number))
        or (strange and _is_called_so(text, number))
        or not text.text[token.start : token.stop].isascii()
        or (strange and _WITH_FACTS.match(text.text, token.stop) is not None)
        or _is_double(text, number)
        or _begins_a_place(text, number)
        or (not whole and _stands_by_a_name(text, number))
        or _is_of_a_pair(text, number, whole=whole)
    )
    before = word_before(text, number)
    if before in ("a", "an") and _gap(text, number - 1) == " ":
        named = words.is_foreign(token.word)  # a jack is a thing
    elif before in _ARTICLES and words.is_ordinary(bare(text, number)):
        named = False  # and so is the bell
    return _joined(text, number, whole=whole) if named else None


_OF_SOMEBODY = re.compile(
    r"\b(?:friend|cousin|brother|sister|mum|mother|dad|father|twin|buddy|teacher|ta|psychologist"
    r"|therapist|physio|nurse|gran"
    r"|grandmother|nan|carer|aunt|uncle|interpreter|escort|key ?worker|tutor|senco|sendco), $"
)


def _is_called_so(text: Clean, number: int) -> bool:
    """True of one good friend, zorb, and the two: whose part was told before a comma."""
    token = text.tokens[number]
    follows = text.text.startswith(",", token.stop)
    return follows and _OF_SOMEBODY.search(text.text[max(0, token.start - 40) : token.start]) is not None


def _heads_a_line(text: Clean, number: int) -> bool:
    """True of - nazmin: shared TA."""
    return text.text.startswith(":", text.tokens[number].stop) and opens_sentence(text, number)


def _is_strange(word: str) -> bool:
    """True of a word, not too short for a name, that nobody can look up, not even among the rarer ones."""
    return is_strange(word) and not words.is_uncommon(word)


def _is_foreign(text: Clean, number: int) -> bool:
    token = text.tokens[number]
    return text.text[token.start : token.stop].isalpha() and words.is_foreign(token.word)


def _is_double(text: Clean, number: int) -> bool:
    """True of tommy-lee: two words with a hyphen, neither of them an ordinary one or the second a name."""
    token, ahead = text.tokens[number], number + 1
    if ahead >= len(text.tokens) or _gap(text, number) != "-" or words.is_ordinary(token.word):
        return False
    after = text.tokens[ahead].word
    return len(token.word) > 3 and (not words.is_ordinary(after) or after in words.names() | _SECONDS)


def _is_of_a_pair(text: Clean, number: int, *, whole: bool) -> bool:
    """True of hazel swift in a text without capitals, and of in cobbley heath."""
    if number + 1 >= len(text.tokens) or not beside(text, number):
        return False
    word, after = text.tokens[number].word, text.tokens[number + 1].word
    before = word_before(text, number)
    if after in words.near("place-end") and not words.is_ordinary(word):
        return before in ("at", "from", "in", "to", "near", "of", "beyond", "great", "little", "upper", "lower")
    return whole and word in words.names() and after in words.word_names(but="function") and _is_led(text, number)


def _is_led(text: Clean, number: int) -> bool:
    """True of two words where somebody would stand: with hazel swift, hazel swift came; not a low stone wall."""
    before = word_before(text, number)
    led = before in words.near("before-a-name", "role", "does", "acts", "because", "before-somebody", "rung")
    does = word_after(text, number + 1) in words.near("does", "acts") or has_acted(word_after(text, number + 1))
    return not before or led or does or before in TITLES or before not in words.common()


def _titled(text: Clean, number: int, *, whole: bool) -> int | None:
    """The last word of a name after a title; None where it is none."""
    if number + 1 >= len(text.tokens) or not beside(text, number):
        return None
    first = past_particles(text, number + 1)
    particles, word = first > number + 1, text.tokens[first].word
    if text.tokens[number].word == _MISS:
        # Miss a missed a call; others miss a turn.
        after = word_after(text, first)
        lettered = word == "a" and (after in words.near("does") or has_acted(after))
        halves = [each.word for each in text.tokens[first : first + 2]]
        doubled = len(halves) > 1 and _gap(text, first) == "-" and words.word_names().issuperset(halves)
        meant = word in words.word_names() and _LEADS_TO_MISS.search(text.text[: text.tokens[number].start]) is not None
        named = particles or lettered or doubled or meant or not (words.is_ordinary(word) or word in ("a", "i"))
    else:
        named = word.isalpha()
    # Mrs nan slack: the first of two names, in a text without a capital.
    both = whole and (word in words.names() or not words.is_ordinary(word))
    return _joined(text, first, particles=particles, whole=both) if named else None


def _joined(text: Clean, number: int, *, particles: bool = False, whole: bool = False) -> int:
    """The last word of a name that begins with this one; of one with particles the word after it is one too."""
    last = number
    while last + 1 < len(text.tokens) and beside(text, last):
        ahead = last + 1
        if _gap(text, last) != "-":
            ahead = past_particles(text, ahead)
            particles = particles or ahead > last + 1
            word = text.tokens[ahead].word
            last_name = whole and word in words.word_names(but="function")
            place = word in words.near("place-end")
            strange = not words.is_ordinary(word) and word.isalpha() if whole else _is_strange(word)
            if not (strange or last_name or place or (particles and _is_content(text, ahead))):
                break
            particles = False
        last = ahead
    return last


def _gap(text: Clean, number: int) -> str:
    return text.text[text.tokens[number].stop : text.tokens[number + 1].start]


def _is_content(text: Clean, number: int) -> bool:
    word = text.tokens[number].word
    ends = words.near("does", "before-a-name", "generic-school")
    return len(word) > 3 and word.isalpha() and word not in ends


def _is_of_the_year(text: Clean, number: int) -> bool:
    """True of a month beside another: june and july."""
    others = (text.tokens[each].word for each in joined_to(text, number) if each is not None)
    return any(word in words.near("calendar") for word in others)


def _stands_as_a_name(text: Clean, number: int) -> bool:
    token = text.tokens[number]
    before = word_before(text, number)
    after = word_after(text, number)
    if token.word in words.near("calendar") and _is_of_the_year(text, number):
        return False
    if is_said_of_it(text, number):
        return False
    return (
        (before in words.near("before-a-name") and not _is_what_to_do(text, number))
        or before in words.near("role")
        or after in words.near("does", "acts")
        or has_acted(after)
        or text.text[token.start : token.stop].endswith("'s")
    )


def _is_what_to_do(text: Clean, number: int) -> bool:
    """True of a word after what leads to a verb: nobody should have to sue."""
    return word_before(text, number) == "to" and word_before(text, number - 1) in words.near("before-to")


def _stands_by_a_name(text: Clean, number: int) -> bool:
    """True of a word with a name that has its capital on the other side of an *and* or a comma."""
    plain = bare(text, number)
    return len(plain) > 3 and any(each is not None and may_be_somebody(text, each) for each in joined_to(text, number))


def _initials(text: Clean, covered: Covered, *, whole: bool) -> Iterator[Doubtful]:
    """K.n., and r. patel; in a text that has capitals too, only where the last name is no other word."""
    for match in _INITIALS.finditer(text.text):
        if covered.meets(*match.span()) or _NO_INITIALS.match(match[0]):
            continue
        inside = text.within(*match.span())
        last = text.tokens[inside[-1]].word if inside else ""
        if whole or (
            len(last) > _SHORT and not words.is_ordinary(last) and not text.text.startswith(_OF_ADDRESSES, match.end())
        ):
            yield Doubtful(*match.span(), UNKNOWN)
