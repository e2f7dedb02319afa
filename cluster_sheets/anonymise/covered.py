"""Covered: stretches of one text that are taken out or asked about already; asked of as quickly where they are many."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

Stretch = tuple[int, int]


class Covered:
    """Stretches of a text, in whatever order."""

    def __init__(self, stretches: Iterable[Stretch] = ()) -> None:
        self._stretches = sorted(stretches)
        self._starts = [start for start, _ in self._stretches]
        self._reach: list[int] = []
        """How far any of the stretches up to this one goes."""
        for _, stop in self._stretches:
            self._reach.append(max(stop, self._reach[-1] if self._reach else stop))

    def and_(self, more: Iterable[Stretch]) -> "Covered":
        """These and others."""
        others = list(more)
        return Covered([*self._stretches, *others]) if others else self

    def meets(self, start: int, stop: int) -> bool:
        """True of a stretch that shares a place with one of these."""
        before = bisect_left(self._starts, stop)
        return before > 0 and self._reach[before - 1] > start

    def holds(self, start: int, stop: int) -> bool:
        """True of a stretch that lies within one of these."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._reach[before - 1] >= stop
