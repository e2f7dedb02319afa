"""Person: an invented person and the ways in which schools write one.

In: names of a set's lists. Out: (as typed, which way of typing) pairs.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

TITLES = ("Mrs", "Miss", "Mr", "Ms", "Dr")
_LETTERS = "aeioulnrst"
_LONG = 5
"""A shorter word with a letter wrong is another word."""
MEAN_SOMETHING = frozenset(
    (
        *("TA", "ME", "AT", "EP", "HT", "IT", "OT", "PE", "RE", "AM", "PM", "IS", "AS", "HI", "VI", "PD"),
        *("DO", "GO", "NO", "SO", "MA", "BA", "PA", "TV", "UK", "EU", "LA", "DR", "MR", "MS", "ID", "OK", "TEA"),
        *("AN", "BE", "BY", "HE", "IF", "IN", "MY", "OF", "ON", "OR", "TO", "UP", "US", "WE"),
    )
)
"""Initials that anybody would read as something else."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    first: str
    last: str
    title: str
    words: bool
    """Whether a part of the name is an ordinary word too."""

    @property
    def full(self) -> str:
        """First and last name."""
        return f"{self.first} {self.last}"

    @property
    def initials(self) -> tuple[str, str]:
        """The first letters of both."""
        return self.first[0], self.last[0]


def of_child(person: Person, chance: Random) -> tuple[str, str]:
    """A pupil, as a school would write them."""
    one, two = person.initials
    ways = {
        "first": (46, person.first),
        "full": (16, person.full),
        "first and initial": (6, f"{person.first} {two}"),
        "initials with full stops": (5, f"{one}.{two}."),
        "initials": (5, f"{one}{two}"),
        "lower case": (6, person.first.lower()),
        "capitals": (3, person.full.upper()),
        "last, first": (3, f"{person.last}, {person.first}"),
        "misspelt": (5, misspelt(person.full, chance)),
        "shortened": (3 if len(person.first) > _LONG else 0, person.first[:4]),
    }
    return _one_of(ways, person, chance, only_words=("first", "lower case"))


def of_adult(person: Person, chance: Random) -> tuple[str, str]:
    """A teacher, a parent or a professional, as a school would write them."""
    one, two = person.initials
    ways = {
        "title and last": (40, f"{person.title} {person.last}"),
        "full": (14, person.full),
        "first": (12, person.first),
        "title and initial": (6, f"{person.title} {two}"),
        "initials with full stops": (3, f"{one}.{two}."),
        "initials": (3, f"{one}{two}"),
        "lower case": (6, f"{person.title} {person.last}".lower()),
        "title and full": (6, f"{person.title} {person.full}"),
        "initial and last": (4, f"{one}. {person.last}"),
        "last": (4, person.last),
        "misspelt": (4, f"{person.title} {misspelt(person.last, chance)}"),
    }
    return _one_of(ways, person, chance, only_words=("first", "last", "lower case"))


def _one_of(
    ways: dict[str, tuple[int, str]], person: Person, chance: Random, only_words: Sequence[str]
) -> tuple[str, str]:
    form = chance.choices(list(ways), [weight for weight, _ in ways.values()])[0]
    if person.words and form == "lower case":
        form = next(iter(ways))  # nobody could tell it from the word
    if form == "initials" and ways[form][1] in MEAN_SOMETHING:
        form = "initials with full stops"
    typed = ways[form][1]
    if person.words and form in only_words:
        form += ", a word"
    return typed, form


def misspelt(name: str, chance: Random) -> str:
    """A name with one slip in its longest word, never in the first letter; a short one as it is."""
    longest = max(re.findall(r"\w+", name), key=len)
    if len(longest) < _LONG:
        return name
    place = chance.randrange(1, len(longest) - 1)
    before, letter, after = longest[:place], longest[place], longest[place + 1 :]
    slips = {
        before + after,
        before + letter * 2 + after,
        before + after[0] + letter + after[1:],
        before + chance.choice(_LETTERS) + after,
    }
    slip = chance.choice(sorted(slips - {longest}))
    return name.replace(longest, slip)


def plain(name: str) -> str:
    """A name without its accents, as on a keyboard that has none."""
    bare = "".join(each for each in unicodedata.normalize("NFD", name) if not unicodedata.combining(each))
    return bare.translate(str.maketrans("łŁøØđĐı", "lLoOdDi"))
