"""Control totals: two figures that must be equal to the penny, worked out in two ways, for a cluster and council year.

In: the books of a cluster and year. Out: each total with both figures.
Never: a tolerance. Source: domain.md (d), R1 to R5, R11 to R13, R17; L1 and L2 are about the ledger's lines themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cluster_sheets.base.date import without_year
from cluster_sheets.base.money import pounds
from cluster_sheets.money.books import NOTHING, Books, Closing, closing
from cluster_sheets.money.position import FundPosition, position
from cluster_sheets.store.account import BUDGET, CARRY_OUT, CONTINGENCY, GIVEN, MAIN, allocation
from cluster_sheets.store.entries import Entry

TIES, DOES_NOT = "Ties", "DOES NOT TIE"


NOT_JUDGED = "Not judged yet: R6 to R10 and R14 to R16, which come with payments and reviews."
"""What a signer is told of the rules that have no total here."""


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


def controls(books: Books) -> tuple[Control, ...]:
    """Every control total of a cluster and year."""
    return tuple(
        each(books)
        for each in (
            _signed, _whole, _not_below, _posted, _with_quorum, _shares, _split, _within, _closing,
            _to_nought, _sourced,
        )
    )  # fmt: skip


def _sum(entries: Iterable[Entry]) -> int:
    return sum(entry.amount_pence for entry in entries)


def _signed(books: Books) -> Control:
    opened = _sum(entry for entry in books.lines(*books.funds) if entry.type == BUDGET)
    why: tuple[str, ...] = ()
    if books.signed is None:
        why = (f"The register has no signed total for {books.la_fy}.",)
    elif opened != books.signed:
        why = (f"The ledger opened the year with {pounds(opened)}; {pounds(books.signed)} was signed.",)
    return Control("R1", "Budget lines opened, and the allocation signed", opened, books.signed or 0, why=why)


def _whole(books: Books) -> Control:
    in_funds = _sum(entry for entry in books.lines(*books.funds) if entry.type in (*GIVEN, CARRY_OUT))
    whole = -_sum(books.lines(allocation(books.cluster)))
    why: tuple[str, ...] = ()
    if in_funds != whole:
        why = (f"{pounds(in_funds)} came into the two funds; {pounds(whole)} was given.",)
    return Control("R2", "Main and contingency together, and the whole", in_funds, whole, why=why)


def _not_below(books: Books) -> Control:
    funds = position(books.ledger, books.cluster, books.la_fy).funds
    below = {pot: each for pot, each in funds.items() if each.left < 0}
    words = {MAIN: "The main fund", CONTINGENCY: "Contingency"}
    why = tuple(f"{words[pot]} is {pounds(-each.left)} below nought{_carried(each)}." for pot, each in below.items())
    return Control("R3", "No balance below nought", len(below), 0, money=False, why=why)


def _carried(fund: FundPosition) -> str:
    """R16: the next year carries in no more than was left."""
    if not fund.carried_out:
        return ""
    return (
        f": the next year carries in {pounds(-fund.carried_out)} of it, {pounds(fund.left - fund.carried_out)} was left"
    )


def _posted(books: Books) -> Control:
    """R4, of this year's part. What a decision gives this year is known from the other side of its promise.

    An application has one award: a second one, of whatever meeting and year, matches nothing.
    """
    promises, movements, decided, matched, why = books.promises(), books.movements(), 0, 0, []
    twice = books.awarded_twice()
    for each in books.in_scope():
        promise = promises.get(each.key, NOTHING)
        said, times = promise.here, movements[(*each.key, each.pot)]
        part = each.part_of(books.la_fy, promise)
        decided += part
        if each.application_ref in twice:
            where = " and ".join(other.meeting for other in twice[each.application_ref])
            why.append(f"{each.application_ref}: awarded at {where}. The chair must take one of them back.")
        elif said == part and times == 1:
            matched += part
        elif said == part:
            why.append(f"{each.application_ref}: {_times(times)} promised from the fund it was awarded from.")
        else:
            of_year = f"{pounds(part)} of {books.la_fy} decided"
            why.append(f"{each.application_ref}: {of_year}, {pounds(said)} promised in the ledger.")
    what = f"Of {books.la_fy}: awards decided, and promises that match"
    return Control("R4", what, decided, matched, why=tuple(dict.fromkeys(why)))


def _times(times: int) -> str:
    return "not" if times == 0 else f"{times} times"


def _with_quorum(books: Books) -> Control:
    """R5, of this year's part."""
    by_key = {each.key: each for each in books.granted}
    promised, held, why = 0, 0, []
    for key, promise in books.promises().items():
        promised += promise.here
        each = by_key.get(key)
        if promise.here == 0 or (each is not None and each.quorate and each.at_city == (each.pot == CONTINGENCY)):
            held += promise.here
        else:
            of_year = f"{pounds(promise.here)} of {books.la_fy} is promised"
            why.append(f"{key[1]}: {of_year} without a decision of {key[0]} that had a quorum.")
    what = f"Of {books.la_fy}: promises, and decisions with a quorum"
    return Control("R5", what, promised, held, why=tuple(why))


def _shares(books: Books) -> Control:
    promises, shared, whole, why = books.promises(), 0, 0, []
    for each in books.in_scope():
        if each.shares is None:
            continue
        said = promises.get(each.key, NOTHING).whole
        shared, whole = shared + sum(each.shares), whole + said
        if sum(each.shares) != said:
            shares = pounds(sum(each.shares))
            why.append(f"{each.application_ref}: the shares come to {shares}, {pounds(said)} is promised.")
    what = "Shares of group awards, and whole awards"
    return Control("R11", what, shared, whole, why=tuple(why))


def _split(books: Books) -> Control:
    """R12: what leaves the funds on both sides of the end of the council year, held against whole awards."""
    promises = books.promises()
    why = tuple(
        f"{key[1]}: {pounds(each.gone_whole)} leaves the fund over the years, {pounds(each.whole)} is promised."
        for key, each in promises.items()
        if each.gone_whole != each.whole
    )
    sides, whole = (sum(each.gone_whole for each in promises.values()), sum(each.whole for each in promises.values()))
    return Control("R12", f"Both sides of {without_year(books.year.last)}, and whole awards", sides, whole, why=why)


def _within(books: Books) -> Control:
    """R13, against what was asked when it was decided: of each award, and of all awards of an application together."""
    why, twice = [], books.awarded_twice()
    for each in books.in_scope():
        if each.pence > each.asked:
            why.append(f"{each.application_ref}: {pounds(each.pence)} given, {pounds(each.asked)} asked.")
        elif each.pence < each.least:
            why.append(f"{each.application_ref}: {pounds(each.pence)} given, {pounds(each.least)} was the least.")
        given = twice.get(each.application_ref, (each,))
        whole, most = sum(other.pence for other in given), max(other.asked for other in given)
        if len(given) > 1 and whole > most:
            why.append(f"{each.application_ref}: {pounds(whole)} given in all, {pounds(most)} asked.")
    why = list(dict.fromkeys(why))
    what = "No award above asked or below least"
    return Control("R13", what, len(why), 0, money=False, why=tuple(why))


def _closing(books: Books) -> Control:
    last = books.last or Closing()
    opening = closing(books, last.entry_no)
    why: tuple[str, ...] = ()
    if books.last is not None and opening.hash != last.hash:
        why = (f"Lines of the ledger up to number {last.entry_no} are not those of last night.",)
    return Control("R17", "Last night's closing, and tonight's opening", last.pence, opening.pence, why=why)


def _to_nought(books: Books) -> Control:
    """L1, of whole movements: one that touches this year and another must come to nought over both."""
    mine = {entry.movement for entry in books.mine()}
    sides: dict[int, list[Entry]] = {}
    for entry in books.ledger:
        if entry.movement in mine:
            sides.setdefault(entry.movement, []).append(entry)
    odd = {number: lines for number, lines in sides.items() if _sum(lines)}
    why = tuple(
        f"Movement {number}, {_lines(lines)}, comes to {pounds(_sum(lines))}, not to nought."
        for number, lines in odd.items()
    )
    what = "Movements, and those at nought"
    return Control("L1", what, len(sides), len(sides) - len(odd), money=False, why=why)


def _lines(lines: Sequence[Entry]) -> str:
    numbers = [str(entry.entry_no) for entry in lines]
    return f"line{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"


def _sourced(books: Books) -> Control:
    mine = books.mine()
    why = tuple(books.without_source[entry.entry_no] for entry in mine if entry.entry_no in books.without_source)
    what = "Ledger lines, and those with a source"
    return Control("L2", what, len(mine), len(mine) - len(why), money=False, why=why)
