"""Books of a cluster and council year: the ledger, what was decided, what was signed, last night's closing.

In: all of the ledger and every award as it stands decided. Out: what each promise comes to, in the year and whole.
Never: a figure of another year where the year's own is meant: what is whole is called whole.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cluster_sheets.base.period import Period
from cluster_sheets.base.reference import digest
from cluster_sheets.money.position import position
from cluster_sheets.store.account import COMMIT, POTS, award, fund
from cluster_sheets.store.entries import Entry

Key = tuple[str, str]
"""(meeting, application)."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What a promise comes to in the ledger, on both of its sides, in pence."""

    here: int = 0
    """Promised of this council year, by the award's account."""
    whole: int = 0
    """Promised over all years."""
    gone_here: int = 0
    """What has left the cluster's funds for it, of this year."""
    gone_whole: int = 0


NOTHING = Promise()


@dataclass(frozen=True, slots=True)
class Granted:
    """An award as it was decided, and what it is held against."""

    meeting: str
    application_ref: str
    cluster: str
    pot: str
    pence: int
    asked: int
    least: int
    """Nought where none was given."""
    quorate: bool
    at_city: bool
    shares: tuple[int, ...] | None = None
    """Of a group: what each partner gets, the lead school last; empty where its shares make no sense."""
    by_year: Mapping[str, int] = field(default_factory=dict)
    """Its part of each council year, by days."""

    @property
    def key(self) -> Key:
        """Meeting and application."""
        return self.meeting, self.application_ref

    def part_of(self, la_fy: str, promise: Promise) -> int:
        """Its part of a council year, as the year's promise should have it.

        A promise keeps the time it was made for. Its part is what left the fund for it, where all of the award did, so
        that one altered line is told in the year it stands in; by days where no side of it comes to the award.
        """
        if promise.gone_whole == self.pence:
            return promise.gone_here
        return promise.here if promise.whole == self.pence else self.by_year.get(la_fy, 0)


@dataclass(frozen=True, slots=True)
class Closing:
    """How a cluster and year stood at the end of a night."""

    entry_no: int = 0
    """The last line of the ledger then."""
    pence: int = 0
    """Left to promise."""
    hash: str = ""
    """Keyed hash of every line up to there."""


@dataclass(frozen=True, slots=True)
class Books:
    """All that the control totals of one cluster and year are worked out from."""

    cluster: str
    la_fy: str
    ledger: Sequence[Entry]
    granted: Sequence[Granted]
    signed: int | None
    last: Closing | None
    """None: this is the first night."""
    key: bytes
    """The workspace's."""
    year: Period
    """Its first and last day."""
    without_source: Mapping[int, str] = field(default_factory=dict)
    """Why a line of the ledger has no source that stands, by its number."""

    def lines(self, *accounts: str) -> Iterator[Entry]:
        """Lines of this cluster and year in some accounts."""
        for entry in self.ledger:
            if (entry.cluster, entry.la_fy) == (self.cluster, self.la_fy) and entry.account in accounts:
                yield entry

    @property
    def funds(self) -> tuple[str, ...]:
        """Accounts of its funds."""
        return tuple(fund(pot, self.cluster) for pot in POTS)

    def promises(self) -> dict[Key, Promise]:
        """Each promise that touches this year."""
        touched = dict.fromkeys(_key(each) for each in self.ledger if each.type == COMMIT and self._is_mine(each))
        sides: Counter[tuple[Key, bool, bool]] = Counter()
        for entry in self.ledger:
            key, to_award = _key(entry), entry.account == award(entry.application_ref or "")
            if entry.type == COMMIT and key in touched and (to_award or entry.account in self.funds):
                sides[key, to_award, entry.la_fy == self.la_fy] += entry.amount_pence
        return {
            key: Promise(
                sides[key, True, True],
                sides[key, True, True] + sides[key, True, False],
                -sides[key, False, True],
                -sides[key, False, True] - sides[key, False, False],
            )
            for key in touched
        }

    def mine(self) -> tuple[Entry, ...]:
        """Every line of this cluster and year, whatever account it names."""
        return tuple(entry for entry in self.ledger if self._is_mine(entry))

    def _is_mine(self, entry: Entry) -> bool:
        return (entry.cluster, entry.la_fy) == (self.cluster, self.la_fy)

    def movements(self) -> Counter[tuple[str, str, str]]:
        """How many promises stand for each meeting, application and fund."""
        lines = [entry for entry in self.ledger if entry.type == COMMIT]
        lines = [entry for entry in lines if entry.account == fund(entry.pot, entry.cluster)]
        gone = {entry.reverses for entry in lines}
        standing = {
            (*_key(entry), entry.pot, entry.movement)
            for entry in lines
            if entry.reverses is None and entry.entry_no not in gone
        }
        return Counter(key[:3] for key in standing)

    def awarded_twice(self) -> dict[str, tuple[Granted, ...]]:
        """Applications that more than one meeting gave money to, in whatever year, and what each meeting gave."""
        given: dict[str, tuple[Granted, ...]] = {}
        for each in self.granted:
            given[each.application_ref] = (*given.get(each.application_ref, ()), each)
        return {ref: awards for ref, awards in given.items() if len(awards) > 1}

    def in_scope(self) -> tuple[Granted, ...]:
        """Awards that touch this year, by the ledger or, where it does not know them, by their days."""
        known = {_key(entry) for entry in self.ledger if entry.type == COMMIT}
        touched = self.promises()

        def is_of_year(each: Granted) -> bool:
            return each.key in touched or (each.key not in known and bool(each.by_year.get(self.la_fy)))

        return tuple(each for each in self.granted if each.cluster == self.cluster and is_of_year(each))


def closing(books: Books, upto: int | None = None) -> Closing:
    """How the cluster and year stand, or stood at line ``upto`` of the ledger."""
    last = max((entry.entry_no for entry in books.ledger), default=0) if upto is None else upto
    mine = [
        entry
        for entry in books.ledger
        if entry.entry_no <= last and (entry.cluster, entry.la_fy) == (books.cluster, books.la_fy)
    ]
    told = digest(books.key, "closing", *(_told(entry) for entry in mine)).hex()[:32]
    return Closing(last, position(mine, books.cluster, books.la_fy).left, told)


def _told(entry: Entry) -> str:
    values = (
        *(entry.entry_no, entry.movement, entry.account, entry.amount_pence, entry.academic_year, entry.pot),
        *(entry.type, entry.application_ref, entry.meeting, entry.note, entry.reverses, entry.at.isoformat()),
    )
    return "|".join(str(value) for value in values)


def _key(entry: Entry) -> Key:
    return entry.meeting or "", entry.application_ref or ""
