"""Requests: which schools ask for what in a year, some of them late, careless or in the wrong place.

In: the register, how many, a seed and the day the demo begins. Out: samples, always the same for the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from random import Random

from cluster_sheets.demo import careless
from cluster_sheets.demo.pupils import is_primary
from cluster_sheets.demo.texts import ADVICE, MARK, MULTI_SCHOOL, PROJECT, UNFORESEEN, Theme, themes, titles
from cluster_sheets.demo.written import Asking, Style, Written, written
from cluster_sheets.register.model import CANCELLED, Meeting, Register, School

MOST_NEXT = 200
"""Requests for the meeting next due: as many as a meeting can ever read (submission.md)."""
_ANY = next(each for each in careless.SLIPS if each.code == "too-long")
"""A slip that every request can have."""
_SPECIAL_FROM = 12
"""From this size on one of each odd fate is among the requests."""


class Fate(StrEnum):
    """What becomes of a form on its way."""

    PLAIN = "plain"
    LATE = "late"
    UNKNOWN_SENDER = "unknown-sender"
    BROKEN = "broken"
    MACRO = "macro"
    TOGETHER = "together"
    """In one mail with the form before it."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One invented request, and how it is sent."""

    number: int
    urn: str
    meeting: str
    form_number: int
    """Which of the school's numbered forms of that round it is filled into."""
    sent_at: datetime
    sender: str
    by_mail: bool
    purpose: str
    title: str
    typed: Written = field(compare=False)
    """As sent."""
    meant: Written = field(compare=False)
    """As it should have been; the same where nothing went wrong."""
    fate: Fate = Fate.PLAIN
    slip: str = ""
    """Code of the rule it breaks; empty where it breaks none."""
    goes_back: bool = False


@dataclass(frozen=True, slots=True)
class Habits:
    """How people fill in and send."""

    careless_every: int = 8
    """Of so many requests one has a slip; 0: none has."""
    doubts: bool = True
    """Some slips are for the council to look at; else every slip sends a form back."""
    specials: bool = True
    tolerated: float = 0.2
    """Share that is typed loosely but readably."""
    by_mail: float = 0.75
    telling: tuple[float, float] = (0.5, 0.15)
    """Shares that have one sentence, and two, that say who somebody is."""
    narrative: tuple[float, float] = (0.35, 0.8)
    """Least and most of its room that a narrative takes."""
    purposes: tuple[tuple[str, float], ...] = ((PROJECT, 0.6), (UNFORESEEN, 0.85), (ADVICE, 1.0))
    """Up to which share of all a request is for each purpose."""
    contingency: float = 0.5
    """Share of the unforeseen needs that ask for contingency, which the city's meeting gives out."""


BENCH = Habits(
    careless_every=50,
    doubts=False,
    specials=False,
    by_mail=0.0,
    telling=(0.3, 0.1),
    narrative=(0.4, 0.8),
    purposes=((PROJECT, 0.75), (UNFORESEEN, 1.0)),
    contingency=0.0,
)
"""The bench set (speed.md): one in fifty goes back, nobody is asked about a sender, 400 to 700 words each."""


def rounds(register: Register, cluster: str, start: datetime) -> tuple[Meeting, ...]:
    """A cluster's meetings that still take requests at ``start``, in order."""
    return tuple(
        each for each in register.cluster_meetings(cluster) if each.closes_at > start and each.status != CANCELLED
    )


def spread(size: int, meetings: Sequence[Meeting]) -> dict[str, int]:
    """How many requests each meeting gets: most the next one, but never more than it can read."""
    later = [each.meeting_id for each in meetings[1:]]
    first = min(size - size // 10, MOST_NEXT) if later else size
    made = {meetings[0].meeting_id: first}
    for place, name in enumerate(later):
        made[name] = (size - first) // len(later) + (place < (size - first) % len(later))
    return made


def samples(
    register: Register, size: int, seed: int, cluster: str, start: datetime, habits: Habits | None = None
) -> tuple[Sample, ...]:
    """Requests of a year, sent between ``start`` and the closing of the next meeting."""
    return tuple(_Maker(register, size, seed, cluster, start, habits or Habits()).all())


def forms_needed(made: Sequence[Sample]) -> dict[str, dict[str, int]]:
    """How many forms each school needs, by round."""
    needed: dict[str, dict[str, int]] = {}
    for each in made:
        of_round = needed.setdefault(each.meeting, {})
        of_round[each.urn] = max(of_round.get(each.urn, 0), each.form_number)
    return needed


class _Maker:
    """Makes the samples of one year."""

    def __init__(self, register: Register, size: int, seed: int, cluster: str, start: datetime, habits: Habits) -> None:
        self._register, self._size, self._seed, self._habits = register, size, seed, habits
        self._meetings = rounds(register, cluster, start)
        self._schools = register.members_on(cluster, self._meetings[0].day)
        self._start = start
        self._forms: dict[tuple[str, str], int] = {}
        self._titles: set[tuple[str, str, str]] = set()

    def all(self) -> list[Sample]:
        by_id = {each.meeting_id: each for each in self._meetings}
        order = [name for name, count in spread(self._size, self._meetings).items() for _ in range(count)]
        return [self._sample(number, by_id[name]) for number, name in enumerate(order)]

    def _sample(self, number: int, meeting: Meeting) -> Sample:
        rng = Random(f"{self._seed}:{number}")
        fate = self._fate(number)
        school = self._schools[(number - (fate == Fate.TOGETHER)) * 7 % len(self._schools)]
        theme = self._theme(school, meeting == self._meetings[0], rng)
        partners = self._partners(school, rng) if theme.benefit == MULTI_SCHOOL else ()
        sent_at = self._sent_at(fate, rng)
        title = self._title(theme, school, meeting, rng)
        asking = Asking(number, theme, title, school, partners, meeting, self._register.day_of(sent_at))
        meant = self._written(asking, rng)
        slip = self._slip(number, theme, fate)
        typed = _copied(meant)
        if slip:
            slip.make(typed)
            careless.tidied(slip, typed)
        elif rng.random() < self._habits.tolerated:
            careless.tolerate(typed, rng)
        by_mail = fate != Fate.PLAIN or rng.random() < self._habits.by_mail
        form_number = self._forms.get((school.urn, meeting.meeting_id), 0) + 1
        self._forms[school.urn, meeting.meeting_id] = form_number
        return Sample(
            number=number,
            urn=school.urn,
            meeting=meeting.meeting_id,
            form_number=form_number,
            sent_at=sent_at,
            sender=self._sender(school, fate, self._register.day_of(sent_at)),
            by_mail=by_mail,
            purpose=theme.purpose,
            title=title,
            typed=typed,
            meant=meant,
            fate=fate,
            slip=slip.code if slip else "",
            goes_back=bool(slip and not slip.held),
        )

    def _theme(self, school: School, soon: bool, rng: Random) -> Theme:
        """What a school asks for; what cannot wait is asked of the next meeting only."""
        drawn = rng.random()
        purpose = next(name for name, until in self._habits.purposes if drawn < until)
        if purpose == UNFORESEEN and not soon:
            purpose = PROJECT
        phase = "primary" if is_primary(school) else "secondary"
        return rng.choice([each for each in themes() if each.purpose == purpose and each.phase in (phase, "any")])

    def _fate(self, number: int) -> Fate:
        if not self._habits.specials or self._size < _SPECIAL_FROM:
            return Fate.PLAIN
        fates = {3: Fate.TOGETHER, 4: Fate.BROKEN, 6: Fate.MACRO, 7: Fate.UNKNOWN_SENDER, 9: Fate.LATE}
        return fates.get(number, Fate.PLAIN)

    def _slip(self, number: int, theme: Theme, fate: Fate) -> careless.Slip | None:
        every = self._habits.careless_every
        if not every or number % every != every // 2 + 1 or fate != Fate.PLAIN:
            return None
        doubtful = self._habits.doubts and number // every % 4 == 3
        fitting = [each for each in (careless.DOUBTS if doubtful else careless.SLIPS) if each.fits(theme)]
        return fitting[number // every % len(fitting)] if fitting else _ANY

    def _sent_at(self, fate: Fate, rng: Random) -> datetime:
        closes = self._meetings[0].closes_at
        if fate == Fate.LATE:
            return closes + timedelta(hours=19, minutes=12)
        first = self._start + timedelta(days=5)
        room = int((closes - timedelta(days=1) - first).total_seconds() // 60)
        return first + timedelta(minutes=rng.randrange(room))

    def _written(self, asking: Asking, rng: Random) -> Written:
        one, two = self._habits.telling
        drawn = rng.random()
        telling = 2 if drawn < two else 1 if drawn < two + one else 0
        style = Style(rng.uniform(*self._habits.narrative), telling, self._habits.contingency)
        return written(asking, self._register, rng, style)

    def _partners(self, school: School, rng: Random) -> tuple[School, ...]:
        others = [each for each in self._schools if each.urn != school.urn and is_primary(each) == is_primary(school)]
        return tuple(rng.sample(others, min(len(others), rng.choice((2, 2, 3)))))

    def _title(self, theme: Theme, school: School, meeting: Meeting, rng: Random) -> str:
        """A title that no other form of the school and round has."""
        for title in titles(theme, rng):
            if (school.urn, meeting.meeting_id, title) not in self._titles:
                self._titles.add((school.urn, meeting.meeting_id, title))
                return title
        return f"{MARK}{theme.titles[0]} {len(self._titles)}"

    def _sender(self, school: School, fate: Fate, day: date) -> str:
        if fate == Fate.UNKNOWN_SENDER:
            return "temp.senco@agency.example"
        return self._register.reply_addresses(school.urn, day)[0]


def _copied(meant: Written) -> Written:
    lines = {table: [dict(line) for line in given] for table, given in meant.lines.items()}
    return Written(dict(meant.answers), lines, meant.hides)
