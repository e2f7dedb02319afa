"""Control totals: two figures that must be equal to the penny, worked out in two ways, for a cluster and council year.

In: the ledger, what was decided and asked, what was signed, last night's closing. Out: each total with both figures.
Never: a tolerance. Source: domain.md (d), R1 to R5, R11 to R13, R17.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cluster_sheets.base.money import pounds
from cluster_sheets.base.period import Period
from cluster_sheets.base.reference import digest
from cluster_sheets.money.account import BUDGET, COMMIT, CONTINGENCY, GIVEN, MAIN, POTS, allocation, award, fund
from cluster_sheets.money.position import position
from cluster_sheets.store.entries import Entry

Key = tuple[str, str]
"""(meeting, application)."""
TIES, DOES_NOT = "Ties", "DOES NOT TIE"


@dataclass(frozen=True, slots=True)
class Control:
    """One control total."""

    rule: str
    what: str
    first: int
    second: int
    money: bool = True
    """Pence; else a count."""
    why: tuple[str, ...] = ()
    """Plain sentences on what does not tie."""

    @property
    def apart(self) -> int:
        """The difference."""
        return self.first - self.second

    @property
    def ties(self) -> bool:
        """Both figures equal, and nothing behind them amiss."""
        return self.first == self.second and not self.why


@dataclass(frozen=True, slots=True)
class Granted:
    """An award as it was decided, and what it is held against."""

    meeting: str
    application_ref: str
    cluster: str
    pot: str
    pence: int
    decided_on: date
    asked: int
    least: int
    """Nought where none was given."""
    quorate: bool
    at_city: bool
    shares: tuple[int, ...] | None = None
    """Of a group: what each partner gets, the lead school last; empty where its shares make no sense."""

    @property
    def key(self) -> Key:
        """Meeting and application."""
        return self.meeting, self.application_ref


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

    def lines(self, *accounts: str) -> Iterator[Entry]:
        """Lines of this cluster and year in some accounts."""
        for entry in self.ledger:
            if (entry.cluster, entry.la_fy) == (self.cluster, self.la_fy) and entry.account in accounts:
                yield entry

    @property
    def funds(self) -> tuple[str, ...]:
        """Accounts of its funds."""
        return tuple(fund(pot, self.cluster) for pot in POTS)

    def promised(self) -> dict[Key, int]:
        """Net pence of each promise that touches this year, over all years, by its award's account."""
        touched = {_key(entry) for entry in self.lines(*self.funds) if entry.type == COMMIT}
        found: Counter[Key] = Counter()
        for entry in self.ledger:
            if entry.type == COMMIT and _key(entry) in touched and entry.account == award(entry.application_ref or ""):
                found[_key(entry)] += entry.amount_pence
        return dict(found)

    def in_scope(self) -> tuple[Granted, ...]:
        """Awards that touch this year, by the ledger or, where it does not know them, by the day of the decision."""
        known = {_key(entry) for entry in self.ledger if entry.type == COMMIT}
        touched = self.promised()

        def is_of_year(each: Granted) -> bool:
            unknown = each.key not in known and self.year.first <= each.decided_on <= self.year.last
            return each.key in touched or unknown

        return tuple(each for each in self.granted if each.cluster == self.cluster and is_of_year(each))


def controls(books: Books) -> tuple[Control, ...]:
    """Every control total of a cluster and year."""
    return tuple(
        each(books) for each in (_signed, _whole, _not_below, _posted, _with_quorum, _shares, _split, _within, _closing)
    )


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


def _sum(entries: Iterable[Entry]) -> int:
    return sum(entry.amount_pence for entry in entries)


def _signed(books: Books) -> Control:
    opened = _sum(entry for entry in books.lines(*books.funds) if entry.type == BUDGET)
    why: tuple[str, ...] = ()
    if books.signed is None:
        why = (f"The register has no signed total for {books.la_fy}.",)
    elif opened != books.signed:
        why = (f"The ledger opened the year with {pounds(opened)}; {pounds(books.signed)} was signed.",)
    return Control("R1", "Budget lines, and the signed allocation", opened, books.signed or 0, why=why)


def _whole(books: Books) -> Control:
    in_funds = _sum(entry for entry in books.lines(*books.funds) if entry.type in GIVEN)
    whole = -_sum(books.lines(allocation(books.cluster)))
    why: tuple[str, ...] = ()
    if in_funds != whole:
        why = (f"{pounds(in_funds)} came into the two funds; {pounds(whole)} was given.",)
    return Control("R2", "Main and contingency together, and the whole", in_funds, whole, why=why)


def _not_below(books: Books) -> Control:
    funds = position(books.ledger, books.cluster, books.la_fy).funds
    below = {pot: each.left for pot, each in funds.items() if each.left < 0}
    words = {MAIN: "The main fund", CONTINGENCY: "Contingency"}
    why = tuple(f"{words[pot]} is {pounds(-left)} below nought." for pot, left in below.items())
    return Control("R3", "Balances under nought, and none", len(below), 0, money=False, why=why)


def _posted(books: Books) -> Control:
    promised, decided, matched, why = books.promised(), 0, 0, []
    movements = _movements(books.ledger)
    for each in books.in_scope():
        decided += each.pence
        said = promised.get(each.key, 0)
        once = movements.get((*each.key, each.pot), 0) == 1
        if said == each.pence and once:
            matched += each.pence
        else:
            why.append(f"{each.application_ref}: {pounds(each.pence)} decided, {pounds(said)} promised in the ledger.")
    return Control("R4", "Awards decided, and promises that match them", decided, matched, why=tuple(why))


def _movements(ledger: Iterable[Entry]) -> Mapping[tuple[str, str, str], int]:
    """How many promises stand for each meeting, application and fund."""
    lines = [entry for entry in ledger if entry.type == COMMIT and entry.account == fund(entry.pot, entry.cluster)]
    gone = {entry.reverses for entry in lines}
    standing = {
        (*_key(entry), entry.pot, entry.movement)
        for entry in lines
        if entry.reverses is None and entry.entry_no not in gone
    }
    return Counter(key[:3] for key in standing)


def _with_quorum(books: Books) -> Control:
    by_key = {each.key: each for each in books.granted}
    promised, held, why = 0, 0, []
    for key, pence in books.promised().items():
        promised += pence
        each = by_key.get(key)
        if pence == 0 or (each is not None and each.quorate and each.at_city == (each.pot == CONTINGENCY)):
            held += pence
        else:
            why.append(f"{key[1]}: {pounds(pence)} is promised without a decision of {key[0]} that had a quorum.")
    return Control("R5", "Promises, and decisions with a quorum", promised, held, why=tuple(why))


def _shares(books: Books) -> Control:
    promised, shared, whole, why = books.promised(), 0, 0, []
    for each in books.in_scope():
        if each.shares is None:
            continue
        said = promised.get(each.key, 0)
        shared, whole = shared + sum(each.shares), whole + said
        if sum(each.shares) != said:
            shares = pounds(sum(each.shares))
            why.append(f"{each.application_ref}: the shares come to {shares}, {pounds(said)} is promised.")
    return Control("R11", "Partners' shares, and group awards", shared, whole, why=tuple(why))


def _split(books: Books) -> Control:
    promised = books.promised()
    sides = dict.fromkeys(promised, 0)
    for entry in books.ledger:
        if entry.type == COMMIT and _key(entry) in sides and entry.account in books.funds:
            sides[_key(entry)] -= entry.amount_pence
    why = tuple(
        f"{key[1]}: {pounds(sides[key])} leaves the fund over the years, {pounds(pence)} is promised."
        for key, pence in promised.items()
        if sides[key] != pence
    )
    return Control("R12", "Both sides of 31 March, and the whole", sum(sides.values()), sum(promised.values()), why=why)


def _within(books: Books) -> Control:
    why = []
    for each in books.in_scope():
        if each.pence > each.asked:
            why.append(f"{each.application_ref}: {pounds(each.pence)} given, {pounds(each.asked)} asked.")
        elif each.pence < each.least:
            why.append(f"{each.application_ref}: {pounds(each.pence)} given, {pounds(each.least)} was the least.")
    what = "Awards above what was asked or below the least, and none"
    return Control("R13", what, len(why), 0, money=False, why=tuple(why))


def _closing(books: Books) -> Control:
    last = books.last or Closing()
    opening = closing(books, last.entry_no)
    why: tuple[str, ...] = ()
    if books.last is not None and opening.hash != last.hash:
        why = (f"Lines of the ledger up to number {last.entry_no} are not those of last night.",)
    return Control("R17", "Last night's closing, and tonight's opening", last.pence, opening.pence, why=why)
