"""Words: ordinary English, the vocabulary of schools, words that are names too, and places; read when first asked."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache

from cluster_sheets.anonymise.normal import Clean, words_of, words_of_each
from cluster_sheets.form.shipped import schema_text

Phrase = tuple[str, ...]
_ENDINGS = (("s", ""), ("es", ""), ("ies", "y"), ("ed", ""), ("d", ""), ("ing", ""), ("ing", "e"), ("ly", ""))
_SHORTEST_STEM = 4
_LONGEST_WORD = 30
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = "aeiouy"


def _lines(name: str) -> list[str]:
    read = schema_text(f"words/{name}.txt").splitlines()
    return [line for line in read if line and not line.startswith("#")]


@cache
def common() -> frozenset[str]:
    """Ordinary English words."""
    return frozenset(_lines("common"))


@cache
def _uncommon() -> frozenset[str]:
    """English words that are rarer."""
    return frozenset(_lines("uncommon"))


def is_uncommon(word: str) -> bool:
    """True of a rarer English word: no name where it has no capital of its own, yet one may be made of it."""
    return word in _uncommon() or (word.endswith("s") and word[:-1] in _uncommon())


@cache
def phrases() -> frozenset[Phrase]:
    """Phrases and words of schools and SEND, as ``normal`` spells them."""
    several = (phrase for phrase in words_of_each(_lines("peoples")) if len(phrase) > 1)
    return frozenset((*words_of_each(_lines("send")), *several))


@cache
def peoples() -> frozenset[str]:
    """Languages, nationalities, peoples and religions of one word: they tell nobody's name."""
    return frozenset(phrase[0] for phrase in words_of_each(_lines("peoples")) if len(phrase) == 1)


@cache
def longest_phrase() -> int:
    """Words of the longest of them."""
    return max(len(phrase) for phrase in phrases())


@cache
def _lengths_from() -> Mapping[str, tuple[int, ...]]:
    """How many words phrases of several words have, by the word that they begin with."""
    found: dict[str, set[int]] = defaultdict(set)
    for phrase in phrases():
        if len(phrase) > 1:
            found[phrase[0]].add(len(phrase))
    return {word: tuple(sorted(lengths)) for word, lengths in found.items()}


def in_phrase(text: Clean, first: int, last: int | None = None) -> bool:
    """True of a word, or of all up to ``last``, that stands within a phrase of schools, such as Forest School."""
    stop = (last or first) + 1
    lengths_from, known = _lengths_from(), phrases()
    for begin in range(max(0, first - longest_phrase() + 1), first + 1):
        for length in lengths_from.get(text.tokens[begin].word, ()):
            if not stop <= begin + length <= len(text.tokens):
                continue
            if tuple(token.word for token in text.tokens[begin : begin + length]) in known:
                return True
    return False


@cache
def names() -> frozenset[str]:
    """Ordinary words that are people's names too."""
    return frozenset(_lines("names"))


@cache
def places() -> tuple[str, ...]:
    """Towns and districts."""
    return tuple(_lines("places"))


@cache
def rare() -> Mapping[str, str]:
    """Need by each phrase that names it, as ``normal`` spells them."""
    told = (line.partition(":") for line in _lines("rare"))
    return {" ".join(words_of(phrase)): need.strip() for need, _, phrase in told}


@cache
def _beside() -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in _lines("beside"):
        kind, _, some = line.partition(": ")
        found[kind].update(some.split())
    return found


@cache
def near(*kinds: str, but: str = "") -> frozenset[str]:
    """Words of some kinds that stand beside names or within them: ``does``, ``particle``, ``place-end`` and the like.

    None of the kind ``but`` is among them.
    """
    return frozenset().union(*(_beside()[kind] for kind in kinds)).difference(_beside()[but] if but else ())


@cache
def word_names(*, but: str = "") -> frozenset[str]:
    """Ordinary words that are first or last names too; ``but`` those of a kind of ``near``."""
    return (names() | near("last-name")) - (near(but) if but else frozenset())


@cache
def life(kind: str) -> tuple[str, ...]:
    """What a family is known by, of one kind: ``job``, ``home``, ``famous`` and the like."""
    told = (line.partition(": ") for line in _lines("life"))
    return tuple(each for found, _, some in told if found == kind for each in some.split(", "))


def is_school_word(word: str) -> bool:
    """True of a word of schools and SEND that stands by itself."""
    return (word,) in phrases()


def is_english(word: str) -> bool:
    """True of an ordinary English word, inflected or not."""
    if word in common():
        return True
    # Endings of school words only where the stem is long: else names such as Hayes would be inflected words.
    return any(
        word.endswith(ending)
        and len(word) - len(ending) >= _SHORTEST_STEM + 2
        and word[: -len(ending)] + put in common()
        for ending, put in _ENDINGS
    )


@lru_cache(maxsize=16384)
def is_ordinary(word: str) -> bool:
    """True of a word that by itself tells nobody's name: English, or of schools; ``word`` as ``normal`` spells it."""
    return is_english(word) or is_school_word(word) or word in peoples() or word.isdigit() or _is_of_a_body(word)


def _is_of_a_body(word: str) -> bool:
    """True of an ordinary word behind one that bodies and programmes begin with, written as one: Healthwatch."""
    begun = next((start for start in near("body-start") if word.startswith(start)), "")
    rest = word[len(begun) :]
    return bool(begun) and len(rest) >= _SHORTEST_STEM and rest in common() and rest not in near("place-end")


_ORDINARY: set[str] = set()
_MOST_KEPT = 100_000


def unusual(some: frozenset[str]) -> list[str]:
    """Those of some words that are not ordinary. Most of any text are, and were asked about before."""
    new = some - _ORDINARY
    found = [word for word in new if not is_ordinary(word)]
    if len(found) < len(new):
        if len(_ORDINARY) > _MOST_KEPT:
            _ORDINARY.clear()
        _ORDINARY.update(new.difference(found))
    return found


def is_compound(word: str) -> bool:
    """True of two ordinary words written as one, such as waterside: too rare for the lists, yet nobody's name."""
    cuts = range(_SHORTEST_STEM, len(word) - _SHORTEST_STEM + 1)
    return any(word[:cut] in common() and word[cut:] in common() for cut in cuts)


@lru_cache(maxsize=4096)
def is_slip(word: str) -> bool:
    """True of an ordinary word with a slip that hands make: a letter left out, doubled or swapped, a vowel for another.

    One more letter, or another consonant, makes a name of a word far more often: Connor, Salma.
    """
    if not _SHORTEST_STEM < len(word) < _LONGEST_WORD:
        return False
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    ways = (
        *(head + tail[1:] for head, tail in cuts if head and tail and head[-1] == tail[0]),
        *(head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1),
        *(head + letter + tail for head, tail in cuts for letter in _LETTERS),
        *(head + vowel + tail[1:] for head, tail in cuts if tail and tail[0] in _VOWELS for vowel in _VOWELS),
    )
    return any(way in common() for way in ways)


@lru_cache(maxsize=16384)
def is_strange(word: str) -> bool:
    """True of letters that are neither ordinary English nor of schools, nor a slip of the pen for such a word."""
    if word in near("slip-or-name"):
        return True
    if not word.isalpha() or is_ordinary(word) or word in near("no-foreigner"):
        return False
    return not is_slip(word)


@lru_cache(maxsize=4096)
def is_foreign(word: str) -> bool:
    """True of strange letters that are no ordinary word with two slips of the pen either."""
    if not _SHORTEST_STEM < len(word) < _LONGEST_WORD or not is_strange(word):
        return False
    if is_uncommon(word) or is_compound(word):
        return False
    fewer = (word[:at] + word[at + 1 :] for at in range(len(word)))
    return not any(way in common() or is_slip(way) for way in fewer)
