"""What is known of schools and people, as somebody may write it. Every person is put together here and is nobody."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from cluster_sheets.register.model import School
from tests.register.made import REGISTER
from tests.whole.disguise import BLANKS, no_accents
from tests.whole.leftover import LONG, bare

FIRSTS = (
    "Zsofia", "Siobhán", "Łucja", "Oluwaseun", "Aoife", "Đorđe", "Søren", "Jürgen", "Noémie", "Þórdís", "Xóchitl",
    "D'Angelo", "Anne-Marie", "Jean-Luc", "Mohammed", "Nguyệt", "Ağla", "Parveen", "Kwabena", "Ieuan", "Caoimhe",
)  # fmt: skip
LASTS = (
    "Okonkwo-Brand", "O'Quillan", "D'Souza", "M'Baye", "van der Zwaan", "de la Fuente", "Al-Hashimi", "Szczęsny",
    "Müller-Weiß", "Åkerström", "Bjørnsen", "Przybylski", "Æthelby", "St Clair", "MacAllister", "Nwachukwu",
    "Papadopoulou", "ap Rhydderch", "Zwarteveen", "Ó Dálaigh", "Kowalczyk",
)  # fmt: skip
WORD_FIRSTS = ("Grace", "Hope", "Will", "Summer", "Rose", "Faith", "Chase", "Bo", "Jo", "Xi")
WORD_LASTS = ("Green", "Wood", "Young", "Small", "Marsh", "Frost", "Ng", "Wu", "Li")
"""Names that are ordinary words, or as short as one: by themselves they are known by their capitals only."""
WORDS = frozenset(name.lower() for name in (*WORD_FIRSTS, *WORD_LASTS, "brand"))
TITLES = ("Mrs", "Mr", "Ms", "Dr", "Miss", "Mx", "Prof.", "Rev")
PLACES = ("Burslem", "Tunstall", "Hanley", "Stoke-on-Trent", "Penkhull", "Bentilee")
OF_ANY = frozenset(
    (
        *("school", "schools", "primary", "academy", "academies", "junior", "juniors", "infant", "infants", "catholic"),
        *("ce", "cofe", "rc", "c", "e", "a", "st", "saint", "trust", "community", "pupil", "referral", "unit", "mat"),
        *("service", "pru", "medical", "hospital", "learning", "head", "the", "and", "of", "our", "new", "at", "on"),
        *("co", "senco", "example", "van", "der", "de", "la", "al", "ap", "o", "d", "m"),
    )
)
"""What is distinctive of nobody."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the form names."""

    first: str
    last: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def email(self) -> str:
        return f"{self._bare(self.first)}.{self._bare(self.last)}@oakhollow.example"

    @property
    def initial(self) -> str:
        return no_accents(self.first)[0]

    @staticmethod
    def _bare(name: str) -> str:
        return no_accents(name).replace("'", "").replace(" ", "").lower()

    def ways(self) -> Iterator[tuple[str, bool]]:
        """(how somebody writes of them, whether only capitals tell it)."""
        first, last = self.first in WORD_FIRSTS, self.last in WORD_LASTS
        both = first and last
        yield from ((self.name, both), (f"{self.last}, {self.first}", both), (f"{self.last} {self.first}", both))
        yield from ((self.first, first), (self.last, last), (f"{self.initial}. {self.last}", last))
        yield from ((f"{self.initial} {self.last}", last), (f"{self.first} {self.last[0]}.", first))
        yield from ((f"{title} {self.last}", last) for title in TITLES)
        yield from ((f"{title}{self.last}", last) for title in ("Mrs", "Mr", "Miss"))
        joined = f"{self.first}{self.last}".replace(" ", "")
        yield from ((joined, both), (f"#{joined}", both), (f"@{self._bare(joined)}", False))
        yield f"{self.initial}{self.last}".replace(" ", ""), last
        yield f"{self._bare(self.first)}.{self._bare(self.last)}@home.example", False
        yield f"https://www.oakhollow.example/{self._bare(self.first)}-{self._bare(self.last)}", False

    def words(self, *, strong: bool = False) -> Iterator[str]:
        """What may not be left of them; ``strong``: whatever is answered."""
        for name, weak in ((self.first, self.first in WORD_FIRSTS), (self.last, self.last in WORD_LASTS)):
            if not (strong and weak):
                yield from distinctive(name)


def distinctive(name: str) -> set[str]:
    """The words of a name that tell of nobody else, without the s of a possessive too, and all of them as one."""
    words = bare(name).split()
    together = "".join(words)
    apart = bare(name.replace("'s", "")).split() + bare(name.replace("'", " ")).split()
    told = {word for word in (*words, *apart) if word not in OF_ANY and len(word) > 1}
    return told | {together} if told and len(together) >= LONG else told


@dataclass(frozen=True, slots=True)
class Way:
    """One way of writing a known value."""

    plain: str
    words: frozenset[str] = field(repr=False)
    """What may not be left of it."""
    capitals: bool = False
    """Only its capitals tell that it is one."""
    name: bool = True
    """It has possessives, apostrophes and hyphens."""
    around: str = "{}"
    """What it is known by, where an ordinary word may read the same."""
    blanks: tuple[str, ...] = field(default=tuple(BLANKS), repr=False)


def of_person(person: Person) -> Iterator[Way]:
    words = frozenset(person.words())
    for plain, capitals in person.ways():
        together = bare(plain).replace(" ", "")
        more = {together} if len(together) >= LONG else frozenset()
        yield Way(plain, words | more, capitals, name="@" not in plain and "/" not in plain)


def number_ways(value: str, blanks: tuple[str, ...], *ways: str) -> Iterator[Way]:
    joined = bare(value).replace(" ", "")
    words = frozenset((joined[-9:], joined))
    yield from (Way(way, words, name=False, blanks=blanks) for way in (value, *ways))


@cache
def of_register() -> tuple[Way, ...]:
    """All ways of what the register knows."""
    return tuple(each for school in REGISTER.schools.values() for each in _of_school(school)) + tuple(_of_others())


IN_NUMBERS = ("", " ", "-", "\u00a0", "\u2009", "\u2011")


def _of_school(school: School) -> Iterator[Way]:
    for name in (school.name, *school.aliases):
        words = frozenset(distinctive(name))
        yield Way(name, words)
        yield Way(name.replace("Saint ", "St. ").replace("St ", "Saint "), words)
        yield Way(name.replace(" and ", " & "), words)
        yield Way(f"{bare(name).replace(' ', '-')}@home.example", words, name=False)
        yield Way(f"https://www.{bare(name).replace(' ', '')}.example/visit", words, name=False)
        letters = "".join(word[0] for word in bare(name).upper().split())
        if len(letters) > 3:
            yield Way(letters, frozenset((bare(letters),)), capitals=True)
        short = _short(name)
        if name.startswith(("St ", "Saint ", "Our ")):
            yield from (Way(short, words), Way(short.replace("'s", ""), words), Way(short.replace("St ", "St."), words))
        else:
            yield from _of_words(short)
    for name in school.ambiguous:
        yield from _of_words(name)
    yield from _of_its_numbers(school)
    if school.trust:
        words = frozenset(distinctive(school.trust))
        yield from (Way(school.trust, words), Way(school.trust.removesuffix(" Trust"), words, capitals=True))


def _of_its_numbers(school: School) -> Iterator[Way]:
    for urn in (school.urn, *school.predecessors):
        yield from number_ways(urn, IN_NUMBERS, f"{urn[:3]} {urn[3:]}")
    if school.postcode:
        yield from number_ways(school.postcode, IN_NUMBERS)
    if school.dfe_number:
        yield from number_ways(school.dfe_number, IN_NUMBERS, school.dfe_number.replace("/", ""))


def _short(name: str) -> str:
    words = name.replace("(A)", "").replace("CofE(C)", "CofE").split()
    while bare(words[-1]).replace(" ", "") in OF_ANY - {"head"} or bare(words[-1]) == "c e":
        words = words[:-1]
    return " ".join(words).removeprefix("The ")


def _of_words(short: str) -> Iterator[Way]:
    """A school's name that reads like ordinary words: by its capitals, and by what stands beside it."""
    words = frozenset(distinctive(short))
    for around in ("at {}", "from {}", "who left {}", "{} School", "{} Primary", "{} Academy", "the {} School"):
        yield Way(short, words, capitals=True, around=around)


def _of_others() -> Iterator[Way]:
    for told in (*(each.name for each in REGISTER.members), *(each.lead for each in REGISTER.clusters if each.lead)):
        first, last = told.removeprefix("EXAMPLE ").split()
        words = frozenset((bare(first), bare(last)))
        yield from (
            Way(f"{first} {last}", words),
            Way(f"{last}, {first}", words),
            Way(f"Mrs {last}", words, capitals=True),
        )
    for member in REGISTER.members:
        yield Way(member.email, frozenset(distinctive(member.email)), name=False, blanks=("",))
    yield from (Way(place, frozenset(distinctive(place))) for place in PLACES)
