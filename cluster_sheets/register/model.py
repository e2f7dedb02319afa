"""The register as values: who may apply, when, for how much."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from cluster_sheets.base.date import local_day
from cluster_sheets.base.text import folded
from cluster_sheets.register.settings import Settings

CLUSTER, CITY = "CLUSTER", "CITY"
CANCELLED = "CANCELLED"
"""Status of a meeting that is not held."""
SENDERS_FIRST = ("SENCO", "Headteacher")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A cluster of schools."""

    code: str
    name: str
    lead: str = ""
    mailbox: str = ""
    live_from: date | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """A school's time in a cluster; open where ``until`` is None."""

    cluster: str
    since: date
    until: date | None = None
    trust: str | None = None
    """The school's trust in that time, where the school has more than one line; None: as the school's."""

    def covers(self, day: date) -> bool:
        """True on every day of it, first and last included."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class School:
    """A school, keyed by its URN: names drift, URNs do not."""

    urn: str
    name: str
    phase: str
    memberships: tuple[Membership, ...]
    aliases: tuple[str, ...] = ()
    ambiguous: tuple[str, ...] = ()
    """Aliases that could mean something else in a text: there never enough by themselves."""
    dfe_number: str = ""
    gias_type_code: str = ""
    trust: str = ""
    payment_route: str = ""
    payee: str = ""
    postcode: str = ""
    email_domains: tuple[str, ...] = ()
    roll: int | None = None
    predecessors: tuple[str, ...] = ()

    @property
    def trusts(self) -> tuple[str, ...]:
        """Every trust it is, was or will be of."""
        return tuple(each for each in dict.fromkeys((self.trust, *(one.trust for one in self.memberships))) if each)

    def trust_on(self, day: date) -> str:
        """Its trust on a day; that of its newest line where it is no member then."""
        told = next((each.trust for each in self.memberships if each.covers(day)), None)
        return self.trust if told is None else told


class Schools(Mapping[str, School]):
    """Schools by their URN; one that a school had before, and nobody has now, leads to it as well.

    Forms, requests and awards keep the URN they came under. What is gone through is each school once.
    """

    def __init__(self, schools: Mapping[str, School]) -> None:
        self._now = dict(schools)
        bearers: dict[str, list[School]] = {}
        for school in self._now.values():
            for urn in set(school.predecessors) - self._now.keys():
                bearers.setdefault(urn, []).append(school)
        # Of a school that became two nobody can tell which is meant.
        before = {urn: bearing[0] for urn, bearing in bearers.items() if len(bearing) == 1}
        self._any = {**before, **self._now}

    def __getitem__(self, urn: str) -> School:
        return self._any[urn]

    def __iter__(self) -> Iterator[str]:
        return iter(self._now)

    def __len__(self) -> int:
        return len(self._now)

    def __repr__(self) -> str:
        # What a pack depends on is told apart by how it is written out.
        return repr(self._now)


@dataclass(frozen=True, slots=True)
class Member:
    """A person who may send for a school, vote or chair."""

    member_id: str
    name: str
    role: str
    email: str = ""
    school_urn: str = ""
    trust: str = ""
    voting: bool = False
    since: date | None = None
    until: date | None = None

    def serves(self, day: date) -> bool:
        """True on every day in the role, first and last included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A cluster or city meeting, its deadlines in UTC."""

    meeting_id: str
    kind: str
    cluster: str
    day: date
    closes_at: datetime
    fix_by: datetime
    pack_out: date
    letters_by: date
    pay_by: date
    quorum_needed: int
    present: int | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Came:
    """When a form came: its first submission, and the one that is asked about."""

    first: datetime
    last: datetime

    def in_time(self, meeting: Meeting) -> bool:
        """Whether that one counts for a meeting (submission.md, "Two deadlines")."""
        return self.first <= meeting.closes_at and self.last <= max(meeting.fix_by, meeting.closes_at)


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """Money of one cluster, council year and fund, in pence."""

    cluster: str
    la_fy: str
    pot: str
    opening_pence: int
    uplift_pence: int = 0
    carried_in_pence: int = 0
    approved_by: str = ""
    approved_on: date | None = None


@dataclass(frozen=True)
class Register:
    """All of it, as the admin keeps it."""

    settings: Settings
    clusters: tuple[Cluster, ...]
    schools: Mapping[str, School]
    members: tuple[Member, ...]
    meetings: tuple[Meeting, ...]
    budget: tuple[BudgetLine, ...]
    signed: Mapping[tuple[str, str], int]
    """Pence signed for (cluster, council year)."""
    sha256: str = field(compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "schools", Schools(self.schools))

    def now(self, urn: str) -> str:
        """The URN of today of a school that had another before; the same of all else."""
        school = self.schools.get(urn)
        return school.urn if school else urn

    @property
    def zone(self) -> str:
        """Zone of every deadline."""
        return self.settings.text("timezone")

    @cached_property
    def _names(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for school in self.schools.values():
            # Typed into the box for a school, a name that could mean something else in a text can only mean a school.
            for name in {folded(each) for each in (school.name, *school.aliases, *school.ambiguous)}:
                found.setdefault(name, []).append(school.urn)
        return {name: tuple(urns) for name, urns in found.items()}

    def urns_named(self, typed: str) -> tuple[str, ...]:
        """URNs that a typed name could mean; exactly one where it is sure. Never a near match."""
        return self._names.get(folded(typed), ())

    def is_member(self, urn: str, cluster: str, day: date) -> bool:
        """Whether a school is in a cluster on a day."""
        school = self.schools.get(urn)
        return school is not None and any(each.cluster == cluster and each.covers(day) for each in school.memberships)

    def members_on(self, cluster: str, day: date) -> tuple[School, ...]:
        """Schools of a cluster on a day, by name."""
        schools = (school for school in self.schools.values() if self.is_member(school.urn, cluster, day))
        return tuple(sorted(schools, key=lambda school: (folded(school.name), school.urn)))

    @cached_property
    def _senders(self) -> Mapping[str, tuple[Member, ...]]:
        found: dict[str, list[Member]] = {}
        for member in self.members:
            if member.email:
                found.setdefault(member.email.casefold(), []).append(member)
        return {address: tuple(people) for address, people in found.items()}

    def senders(self, address: str, day: date) -> tuple[Member, ...]:
        """Who has an address on a day; nobody where it is not registered."""
        return tuple(member for member in self._senders.get(address.casefold(), ()) if member.serves(day))

    def sender_schools(self, address: str, day: date) -> tuple[str, ...]:
        """URNs of the schools whose people have an address on a day."""
        people = self.senders(address, day)
        return tuple(dict.fromkeys(member.school_urn for member in people if member.school_urn))

    @cached_property
    def _people(self) -> Mapping[str, tuple[Member, ...]]:
        order = {role: place for place, role in enumerate(SENDERS_FIRST)}
        found: dict[str, list[Member]] = {}
        for member in sorted(self.members, key=lambda each: (order.get(each.role, len(order)), each.member_id)):
            if member.email and member.school_urn:
                found.setdefault(member.school_urn, []).append(member)
        return {urn: tuple(people) for urn, people in found.items()}

    def reply_addresses(self, urn: str, day: date) -> tuple[str, ...]:
        """Registered addresses of a school on a day, its SENCO's first."""
        return tuple(
            dict.fromkeys(member.email for member in self._people.get(self.now(urn), ()) if member.serves(day))
        )

    def mailbox(self, cluster: str) -> str:
        """The cluster's own address."""
        return next((each.mailbox for each in self.clusters if each.code == cluster), "")

    @cached_property
    def _meetings(self) -> Mapping[str, Meeting]:
        return {each.meeting_id: each for each in reversed(self.meetings)}

    def meeting(self, meeting_id: str) -> Meeting | None:
        """The meeting of that id."""
        return self._meetings.get(meeting_id)

    def cluster_meetings(self, cluster: str) -> tuple[Meeting, ...]:
        """A cluster's own meetings, in order."""
        mine = [each for each in self.meetings if each.kind == CLUSTER and each.cluster == cluster]
        return tuple(sorted(mine, key=lambda each: (each.day, each.meeting_id)))

    def next_of(
        self, kind: str, cluster: str, since: date, came: Came | None = None, besides: Collection[str] = ()
    ) -> Meeting | None:
        """The first meeting of a kind held on a day or after, not one of ``besides``; None where there is no more.

        Of the cluster meetings those of one cluster; a city meeting is every cluster's. Where it is said when a form
        ``came``, one that it came in time for: a first submission by ``closes_at``, a correction of one that came by
        then until ``fix_by``.
        """
        mine = (each for each in self.held_since(since) if each.kind == kind and each.meeting_id not in besides)
        own = (each for each in mine if kind == CITY or each.cluster == cluster)
        return next((each for each in own if came is None or came.in_time(each)), None)

    def next_due(self, moment: datetime, kind: str = "", cluster: str = "") -> Meeting | None:
        """The first meeting held on the day of ``moment`` or after; of one kind and one cluster, or of any."""
        held = self.held_since(self.day_of(moment))
        fits = (each for each in held if kind in ("", each.kind) and cluster in ("", each.cluster))
        return next(fits, None)

    def due(self, moment: datetime) -> tuple[Meeting, ...]:
        """Each cluster's first meeting held on the day of ``moment`` or after, and the city's; in order."""
        first: dict[tuple[str, str], Meeting] = {}
        for each in self.held_since(self.day_of(moment)):
            first.setdefault((each.kind, each.cluster if each.kind == CLUSTER else ""), each)
        return tuple(first.values())

    def cluster_of(self, urn: str, day: date) -> str:
        """The cluster that a school is in on a day; empty where it is in none."""
        there = self.schools[urn].memberships if urn in self.schools else ()
        return next((each.cluster for each in there if each.covers(day)), "")

    def open_rounds(self, moment: datetime, cluster: str = "") -> tuple[Meeting, ...]:
        """The cluster meetings that a form can still come in time for, in order; of one cluster, or of all."""
        held = self.held_since(self.day_of(moment))
        mine = [each for each in held if each.kind == CLUSTER and cluster in ("", each.cluster)]
        return tuple(each for each in mine if moment <= each.closes_at)

    def held_since(self, day: date) -> tuple[Meeting, ...]:
        """The meetings that are held on a day or after, in order."""
        held = [each for each in self.meetings if each.status != CANCELLED and each.day >= day]
        return tuple(sorted(held, key=lambda each: (each.day, each.meeting_id)))

    def day_of(self, moment: datetime) -> date:
        """The calendar day of a moment where the scheme lives."""
        return local_day(moment, self.zone)


def holidays(settings: Settings) -> frozenset[date]:
    """Days that are not working days, weekends apart."""
    return settings.days("bank_holidays") | settings.days("school_holidays")
