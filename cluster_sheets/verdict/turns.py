"""Turns: which telling of a verdict the next one would be, so that the same is told once and a changed one again.

A verdict changes only where the admin has set when a submission came (``verdict.received``): all else of what was
answered is frozen.
"""

from collections.abc import Collection

from cluster_sheets.store import replies, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.replies import About
from cluster_sheets.store.units import State, Unit


class Turns:
    """What was told of some units. Made once for a wave."""

    def __init__(self, store: Store, unit_ids: Collection[str]) -> None:
        self._store = store
        self._told: dict[str, list[About]] = {}
        for each in replies.verdicts_of(store, unit_ids):
            self._told.setdefault(each.unit_id, []).append(each)

    def of(self, before: Unit, unit: Unit, kind: str, *, counts: bool) -> int:
        """Number of the telling of a verdict; 0 where it was told already.

        Args:
            before: the unit as it waited to be judged.
            unit: the unit as judged.
            kind: what kind of reply tells it.
            counts: the reply says for which meeting it counts.
        """
        told = self._told.get(unit.unit_id, [])
        last = max((each.ordinal for each in told), default=0)
        anew = before.state is State.PENDING and before.version is not None
        if not told or not (anew or last > 1):
            return 0 if any((each.kind, each.version) == (kind, unit.version or 1) for each in told) else 1
        if self._newest(told).kind == kind and not (counts and self._is_other(before, unit)):
            return 0
        return last + 1

    def _newest(self, told: list[About]) -> About:
        known = replies.get_many(self._store, {each.message_id for each in told})
        return max(told, key=lambda each: (each.ordinal, known[each.message_id].judged_at))

    def _is_other(self, before: Unit, unit: Unit) -> bool:
        """Whether an accepted one counts for another meeting now, or counts again and is the newest left to judge."""
        if before.meeting != unit.meeting:
            return True
        if before.superseded_by is None or unit.form_ref is None:
            return False
        of_form = units.of_forms(self._store, [unit.form_ref]).get(unit.form_ref, ())
        return not any(each.state is State.PENDING and each.place > unit.place for each in of_form)
