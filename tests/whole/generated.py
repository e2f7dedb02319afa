"""Applications made up: schools of the register, people in the form's own boxes, known values in all the others."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from cluster_sheets.base.record import Record, Row
from tests.panel.made import record
from tests.requests import KINDS, upn
from tests.whole.disguise import AROUND, WIDE, no_accents, typed
from tests.whole.known_value import (
    FIRSTS,
    IN_NUMBERS,
    LASTS,
    WORD_FIRSTS,
    WORD_LASTS,
    WORDS,
    Person,
    Way,
    number_ways,
    of_person,
    of_register,
)
from tests.whole.leftover import Banned

FILLER = "They met each day."
BOXES = (
    *("request_title", "summary", "need", "plan", "evidence_base", "sustain", "urgency_reason", "other_funding_source"),
    *(f"support.{name}" for name in ("assess", "plan", "do", "review", "baseline", "result")),
    *(f"outcomes.{name}" for name in ("outcome", "measure", "baseline", "target")),
    "costs.description",
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A known value as typed into a box, with what is about it."""

    box: str
    way: Way
    text: str


@dataclass(frozen=True, slots=True)
class Application:
    """One generated application."""

    kind: str
    record: Record = field(repr=False)
    planted: tuple[Planted, ...]
    banned: Banned = field(repr=False)
    """What may not be left of it while nothing is answered, or all is taken out."""
    strong: Banned = field(repr=False)
    """What may not be left of it even where the admin keeps all that is asked about."""

    def _repr_pretty_(self, printer: RepresentationPrinter, cycle: bool) -> None:
        """What hypothesis says of one that fails: all of it would be too long to read."""
        names = {name: self.record.form.get(name) for name in ("headteacher_name", "contact_name")}
        printer.text(f"{self.kind}, {names}, {[(each.box, each.text) for each in self.planted]}")


@cache
def _banned() -> tuple[Banned, Banned]:
    ways = of_register()
    return _words(ways), _words([way for way in ways if not way.capitals])


def _words(ways: Sequence[Way]) -> Banned:
    return frozenset(word for way in ways for word in way.words)


@cache
def base(kind: str) -> Record:
    """A request of a kind, with none of its own words in the boxes."""
    made = record(KINDS[kind])
    free = {box.rpartition(".")[2] for box in BOXES}
    tables = {
        name: tuple({box: FILLER if box in free else value for box, value in row.items()} for row in rows)
        for name, rows in made.tables.items()
    }
    return Record({name: FILLER if name in BOXES else value for name, value in made.form.items()}, tables)


PEOPLE = st.builds(Person, st.sampled_from(FIRSTS + WORD_FIRSTS), st.sampled_from(LASTS + WORD_LASTS))
WRITTEN: tuple[Callable[[Person], str], ...] = (
    lambda who: who.name,
    lambda who: f"EXAMPLE {who.name}",
    lambda who: f"Mrs {who.name}",
    lambda who: f"dr. {who.name}",
    lambda who: who.name.upper(),
    lambda who: who.name.lower(),
    lambda who: f"{who.last}, {who.first}",
    lambda who: f"{who.name} (SENCO)",
    lambda who: f"{who.name}, Headteacher",
    lambda who: unicodedata.normalize("NFD", who.name).replace(" ", "\u00a0"),
    lambda who: who.name.translate(WIDE),
    lambda who: who.name.replace("'", "’").replace("-", "‐"),
    lambda who: no_accents(who.name),
)
"""How somebody may be written in the form's own boxes for names."""


@st.composite
def applications(draw: st.DrawFn, most: int = 8) -> Application:
    """An application of schools of the register whose boxes hold known values in disguise."""
    kind = draw(st.sampled_from(sorted(KINDS)))
    people = draw(st.lists(PEOPLE, min_size=1, max_size=3))
    number = draw(st.integers(100, 999))
    phone = f"01632 960{number}"
    ways = [way for person in people for way in of_person(person)]
    ways += number_ways(upn(number), (*IN_NUMBERS,), _grouped(upn(number), 4), _grouped(upn(number), 3))
    ways += number_ways(phone, (" ", "", "-", "\u00a0"), f"+44 1632 960{number}", f"(01632) 960 {number}")
    ways.append(Way(people[-1].email, frozenset(people[-1].words()), name=False, blanks=("",)))
    planted: list[Planted] = []
    for _ in range(draw(st.integers(1, most))):
        way = draw(st.sampled_from(ways) | st.sampled_from(of_register()))
        text = draw(typed(way.plain, capitals=way.capitals, name=way.name, breaks=way.blanks))
        text = draw(st.sampled_from(AROUND)).replace("{}", way.around.replace("{}", text))
        planted.append(Planted(draw(st.sampled_from(BOXES)), way, text))
    banned, strong = _banned()
    own = {word for way in ways for word in way.words}
    return Application(
        kind,
        _filled(kind, draw(st.lists(st.sampled_from(WRITTEN), min_size=3, max_size=3)), people, phone, number, planted),
        tuple(planted),
        banned | own,
        (strong | {word for person in people for word in person.words(strong=True)}) - WORDS,
    )


def _grouped(value: str, size: int) -> str:
    return " ".join(value[at : at + size] for at in range(0, len(value), size))


def _filled(
    kind: str,
    written: Sequence[Callable[[Person], str]],
    people: Sequence[Person],
    phone: str,
    number: int,
    planted: Sequence[Planted],
) -> Record:
    """The base request of a kind, with these people in its own boxes and what is planted in those of free text."""
    plain = base(kind)
    texts: dict[str, str] = {}
    for each in planted:
        texts[each.box] = f"{texts[each.box]}\n{each.text}" if each.box in texts else each.text
    form = dict(plain.form)
    form |= {"headteacher_name": written[0](people[0]), "headteacher_agrees_name": written[1](people[0])}
    form |= {"contact_name": written[2](people[-1]), "contact_email": people[-1].email, "contact_phone": phone}
    form |= {name: text for name, text in texts.items() if "." not in name}
    tables: dict[str, tuple[Row, ...]] = dict(plain.tables)
    for table in {box.partition(".")[0] for box in texts if "." in box}:
        mine = {box.partition(".")[2]: text for box, text in texts.items() if box.startswith(f"{table}.")}
        rows = plain.rows(table) or ({},)
        tables[table] = ({**rows[0], **mine}, *rows[1:])
    tables["pupils"] = ({**(plain.rows("pupils") or ({},))[0], "upn": upn(number)}, *plain.rows("pupils")[1:])
    tables["partners"] = tuple(
        {**row, "agreed_by_name": written[2](people[place % len(people)])}
        for place, row in enumerate(plain.rows("partners"))
    )
    for person in people[1:-1]:
        tables["partners"] += ({"partner_school": "142257", "agreed_by_name": written[0](person)},)
    return Record(form, tables)
