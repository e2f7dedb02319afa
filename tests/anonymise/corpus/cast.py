"""Cast: whom and what one text is about, and how each is written here and there.

In: a set's lists (``first.toml``, ``second.toml``), a source of chance. Out: labels whose place is still to come.
"""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random

from cluster_sheets.register.model import School
from tests.anonymise.corpus import label as kinds
from tests.anonymise.corpus.label import Label
from tests.anonymise.corpus.person import MEAN_SOMETHING, TITLES, Person, misspelt, of_adult, of_child, plain
from tests.anonymise.corpus.value import VALUES, Typed
from tests.register.made import REGISTER

FIRST, UNSEEN = "first", ("twentyeighth",)
"""Whoever mends the anonymiser may not look at the unseen ones: they are only measured."""
SETS = (
    *(FIRST, "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh"),
    *("twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth"),
    *("twentieth", "twentyfirst", "twentysecond", "twentythird", "twentyfourth"),
    *("twentyfifth", "twentysixth", "twentyseventh", "twentyeighth"),
)
YEAR = 2026
"""All are written in it."""
_GENERIC = frozenset(
    (
        *("the", "of", "and", "school", "primary", "academy", "junior", "infant", "nursery", "catholic", "ce", "cofe"),
        *("community", "(a)"),
    )
)
"""What a shortened name leaves out."""
LOOKS_LIKE_A = "\u0430"
_SHORT = 4
"""Initials and the like, in which nothing is left out."""


@dataclass(frozen=True)
class Lists:
    """What a set is made of."""

    names: Mapping[str, Sequence[str]]
    schools: Sequence[str]
    register: Sequence[School]
    """Of the register that ships, this set's half."""
    values: Mapping[str, Sequence[str]]
    telling: Sequence[str]
    """Sentences that hold what must go."""
    plain: Sequence[str]
    facts: Sequence[str]


@cache
def lists(name: str) -> Lists:
    """A set's words and sentences, as its file has them."""
    read = tomllib.loads(Path(__file__).with_name(f"{name}.toml").read_text(encoding="utf-8"))
    register = sorted(REGISTER.schools.values(), key=lambda school: school.urn)[SETS.index(name) % 2 :: 2]
    telling, calm, facts = (read["sentences"][each] for each in ("telling", "plain", "facts"))
    return Lists(read["names"], read["schools"], register, read["values"], telling, calm, facts)


class Cast:
    """Who and what one text is about, and how each is written here and there."""

    def __init__(self, words: Lists, chance: Random) -> None:
        self._words, self._chance = words, chance
        self.school = self._school()
        self.partner = self._school()
        others = [name for name in words.schools if name not in (self.school.name, self.partner.name)]
        self.other = School("", chance.choice(others), "", ())
        self._called: set[str] = set()
        self.pupil, self.pupil2, self.pro = self._person(), self._person(), self._person()
        self.parent = self._person()
        if chance.random() < 0.5:
            self.parent = replace(self.parent, last=self.pupil.last)
        self.staff = [self._person() for _ in range(3)]
        self.told = {self.staff[0], self.staff[1]} | ({self.pupil} if chance.random() < 0.3 else set())
        domains = self.school.email_domains or (f"{_joined(self.school.name)}.example",)
        self.address = f"{_box(self.staff[1], chance)}@{domains[0]}"
        people = sorted(self.told, key=lambda each: each.full)
        self.known: Mapping[str, object] = {
            "school": self.school.name,
            "partner_schools": [self.partner.name],
            "people": [f"{each.title} {each.full}" if chance.random() < 0.3 else each.full for each in people],
            "emails": [self.address],
        }
        self.fillers: Mapping[str, Callable[[], Label]] = {
            "pupil": lambda: self._named(self.pupil, of_child),
            "pupil2": lambda: self._named(self.pupil2, of_child),
            "staff": lambda: self._named(chance.choice(self.staff), of_adult),
            "head": lambda: self._named(self.staff[0], of_adult),
            "parent": lambda: self._named(self.parent, of_adult),
            "pro": lambda: self._named(self.pro, of_adult),
            "school": lambda: self._of_school(self.school, known=True),
            "partner": lambda: self._of_school(self.partner, known=True),
            "other": lambda: self._of_school(self.other, known=False),
            "trust": self._trust,
            "place": self._place,
            "street": self._street,
            "email": self._email,
            "url": self._url,
            "handle": self._handle,
            "money": self._money,
            "date": self._date,
            **{each: self._value(each) for each in VALUES},
            **{each: self._legitimate(each) for each in ("programme", "body", "test")},
        }

    def _person(self) -> Person:
        names, chance = self._words.names, self._chance
        of_words = chance.random() < 0.16
        first = chance.choice(
            [each for each in names["word_firsts" if of_words else "firsts"] if each not in self._called]
        )
        self._called.add(first)
        last = chance.choice(names["word_lasts" if of_words and chance.random() < 0.5 else "lasts"])
        return Person(first, last, chance.choice(TITLES), of_words)

    def _school(self) -> School:
        name = self._chance.choice(self._words.schools)
        return self._chance.choice((self._chance.choice(self._words.register), School("", name, "", ())))

    def _named(self, person: Person, way: Callable[[Person, Random], Typed]) -> Label:
        return self._odd(labelled(kinds.PERSON, *way(person, self._chance), known=person in self.told))

    def _odd(self, label: Label) -> Label:
        """Some with a sign left out, or with blanks, accents, letters or marks that look alike but are others."""
        words = label.words
        attacked = 0.015 if label.known and len(words) > _SHORT else 0
        ways = {
            "no-break space": (0.05, words.replace(" ", "\u00a0")),
            "accents left out": (0.3 if len(words) > _SHORT else 0, plain(words)),
            "accents apart": (0.06, unicodedata.normalize("NFD", words)),
            "apostrophe left out": (0.15, words.replace("'", "")),
            "hyphen left out": (0.1, words.replace("-", " ")),
            "zero-width mark": (attacked, f"{words[:3]}\u200b{words[3:]}"),
            "letter that looks alike": (attacked, words.replace("a", LOOKS_LIKE_A, 1)),
        }
        for form, (share, changed) in ways.items():
            if changed != words and self._chance.random() < share:
                return replace(label, words=changed, form=form)
        return label

    def _of_school(self, school: School, *, known: bool) -> Label:
        chance, name = self._chance, school.name
        core = _core(name)
        letters = "".join(each[0] for each in re.findall(r"\w+", name))
        ways = {
            "name": (30, name),
            "alias": (20 if school.aliases else 0, chance.choice(school.aliases or ("",))),
            "shortened": (16, core),
            "shortened, with its sort": (12, f"{core} {chance.choice(('Primary', 'school', 'Academy', 'Juniors'))}"),
            "misspelt": (8, misspelt(name, chance)),
            "lower case": (8, name.lower()),
            "capitals": (3, name.upper()),
            "first letters": (4 if len(letters) > 2 and letters not in MEAN_SOMETHING else 0, letters),
        }
        form = chance.choices(list(ways), [weight for weight, _ in ways.values()])[0]
        return self._odd(labelled(kinds.SCHOOL, ways[form][1], form, known=known))

    def _trust(self) -> Label:
        trust = self.school.trust
        name = trust or self._chance.choice(self._words.values["trusts"])
        form = self._chance.choice(("name", "name", "lower case", "shortened"))
        typed = {"name": name, "lower case": name.lower(), "shortened": name.removesuffix(" Trust")}[form]
        return labelled(kinds.TRUST, typed, form, known=bool(trust))

    def _place(self) -> Label:
        sort = self._chance.choice(("towns", "villages"))
        form = {"towns": "town of the county", "villages": "invented village"}[sort]
        return labelled(kinds.PLACE, self._chance.choice(self._words.values[sort]), form)

    def _street(self) -> Label:
        street = self._chance.choice(self._words.values["streets"])
        number = self._chance.choice(
            ("", f"{self._chance.randint(1, 190)} ", f"Flat 3, {self._chance.randint(2, 90)} ")
        )
        return labelled("address", f"{number}{street}", "with its number" if number else "street alone")

    def _email(self) -> Label:
        if self._chance.random() < 0.5:
            return labelled(kinds.EMAIL, self.address, "known", known=True)
        who = self._chance.choice((self.parent, self.pro))
        address = f"{_box(who, self._chance)}@{self._chance.choice(self._words.values['domains'])}"
        if self._chance.random() < 0.2:
            return labelled(kinds.EMAIL, address.replace("@", " at ").replace(".", " dot "), "in words")
        return labelled(kinds.EMAIL, address, "unknown")

    def _url(self) -> Label:
        site = f"{_joined(self.other.name)}.{self._chance.choice(('example', 'test'))}"
        ways = (("with www", f"www.{site}"), ("whole", f"https://{site}/send-offer"), ("bare", site))
        form, typed = self._chance.choice(ways)
        return labelled("url", typed, form)

    def _handle(self) -> Label:
        stem = plain(self.pupil2.first.lower()).replace("'", "")
        form = self._chance.choice(("with @", "with @", "without @"))
        typed = f"{stem}{self._chance.choice(('_', '.', 'x'))}{self._chance.randint(7, 2014)}"
        return labelled("handle", f"@{typed}" if form == "with @" else typed, form)

    def _money(self) -> Label:
        pounds = self._chance.randint(12, 9800)
        ways = (f"£{pounds:,}", f"£{pounds}", f"£{pounds:,}.{self._chance.randint(10, 99)}", f"{pounds} pounds")
        return labelled(kinds.LEGITIMATE, self._chance.choice(ways), "money")

    def _date(self) -> Label:
        day = date(YEAR - 1, 9, 1) + timedelta(days=self._chance.randint(0, 660))
        ways = (
            f"{day.day} {day:%B} {day.year}",
            day.strftime("%d/%m/%Y"),
            f"{day:%B} {day.year}",
            f"{day.day}th {day:%B}" if 3 < day.day < 21 else f"{day.day} {day:%B}",
            f"{day.day} {day:%b}",
            day.strftime("%d.%m.%y"),
            f"the {self._chance.choice(('autumn', 'spring', 'summer'))} term {day.year}",
        )
        return labelled(kinds.LEGITIMATE, self._chance.choice(ways), "date")

    def _value(self, kind: str) -> Callable[[], Label]:
        def filled() -> Label:
            if kind == "urn" and self.school.urn and self._chance.random() < 0.5:
                return labelled(kind, self.school.urn, "of the register", known=True)
            return labelled(kind, *VALUES[kind](self._chance))

        return filled

    def _legitimate(self, sort: str) -> Callable[[], Label]:
        return lambda: labelled(kinds.LEGITIMATE, self._chance.choice(self._words.values[sort]), sort)


def labelled(kind: str, words: str, form: str, *, known: bool = False) -> Label:
    return Label(0, 0, words, kind, form, known)


def _core(name: str) -> str:
    """A school's name without what any school is called."""
    left = name.split()
    while left[0].casefold() in _GENERIC and len(left) > 1:
        left = left[1:]
    while left[-1].casefold() in _GENERIC and len(left) > 1:
        left = left[:-1]
    return " ".join(left)


def _box(person: Person, chance: Random) -> str:
    first, last = (re.sub(r"[^a-z]", "", plain(each).lower()) for each in (person.first, person.last))
    return chance.choice((f"{first[0]}.{last}", f"{first}.{last}", f"{first[0]}{last}"))


def _joined(name: str) -> str:
    return re.sub(r"[^a-z]", "", plain(name).lower())
