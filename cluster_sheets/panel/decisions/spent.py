"""R3 over the awards of a meeting: which of them is the first that a fund cannot hold, and the most that would fit.

In: awards by fund and time, those recorded before, what each fund has left. Out: where a fund is overdrawn. Pure.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cluster_sheets.base.period import Period, Years
from cluster_sheets.panel.decisions.fund import Fund, Purse


@dataclass(frozen=True, slots=True)
class Spent:
    """One award."""

    fund: Fund
    time: Period
    pence: int

    def parts(self, years: Years, pence: int | None = None) -> Counter[Purse]:
        """What it, or ``pence`` in its place, takes of its fund in each council year."""
        found: Counter[Purse] = Counter()
        for part in years.parts(self.pence if pence is None else pence, self.time):
            found[*self.fund, part.la_fy] += part.pence
        return found


@dataclass(frozen=True, slots=True)
class Overdrawn:
    """A fund that does not hold what is given from it in a year."""

    at: int
    """The award, by its place, with which it begins."""
    purse: Purse
    left: int
    """Pence there were before."""
    most: int
    """Pence that award may be while the others are as they are."""


def overdrawn(
    awards: Sequence[Spent], left: Mapping[Purse, int], years: Years, recorded: Sequence[Spent] = ()
) -> Iterator[Overdrawn]:
    """Each fund and council year that is overdrawn, once; what is below nought already has nothing left.

    ``recorded``: what the meeting has given so far. Where a fund does not hold even that, as after a cut of the budget,
    a change may give as much again: it leaves the fund no worse.
    """
    had = {purse: max(0, pence) for purse, pence in left.items()}
    for purse, pence in _whole(each.parts(years) for each in recorded).items():
        had[purse] = max(pence, had.get(purse, 0))
    parts = [each.parts(years) for each in awards]
    whole = _whole(parts)
    given: Counter[Purse] = Counter()
    told: set[Purse] = set()
    for at, mine in enumerate(parts):
        given += mine
        for purse in mine:
            if given[purse] > had.get(purse, 0) and purse not in told:
                told.add(purse)
                there = max(0, left.get(purse, 0))
                yield Overdrawn(at, purse, there, _most(awards[at], whole - mine, had, years))


def _whole(parts: Iterable[Counter[Purse]]) -> Counter[Purse]:
    return sum(parts, Counter[Purse]())


def _most(award: Spent, others: Mapping[Purse, int], had: Mapping[Purse, int], years: Years) -> int:
    """Found by halving: an award's part of a year never grows smaller as the award grows."""
    fits, too_much = 0, award.pence
    while too_much - fits > 1:
        half = (fits + too_much) // 2
        parts = award.parts(years, half)
        if all(others.get(purse, 0) + pence <= had.get(purse, 0) for purse, pence in parts.items() if pence):
            fits = half
        else:
            too_much = half
    return fits
