"""Awards: what each meeting gives each application, over the time that the version it read asked for.

In: decisions as they stand, and what was asked. Out: awards, and the parts of each by year: the ledger posts them, the
control totals hold them against it, and what is left for another meeting counts those that are not posted yet.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from cluster_sheets.base.period import Part, Period, Years, asked_for
from cluster_sheets.store import applications, decisions
from cluster_sheets.store.applications import Application
from cluster_sheets.store.asked import Asked, as_read
from cluster_sheets.store.database import Store
from cluster_sheets.store.decisions import Decision

DayOf = Callable[[datetime], date]
"""The day on which a moment falls, by the register's clock."""


@dataclass(frozen=True, slots=True)
class Award:
    """What one meeting gives one application, as it now stands; nothing where it gives none."""

    meeting: str
    application_ref: str
    cluster: str
    pot: str
    pence: int
    decided_on: date
    asked_for: Period
    version: int = 1
    """Of the decision."""

    @property
    def note(self) -> str:
        """What the ledger says of it."""
        return f"Awarded at {self.meeting}, decision {self.version}"

    def time(self, years: Years) -> Period:
        """The time it is spread over."""
        return years.of_award(self.asked_for, self.decided_on)

    def parts(self, years: Years) -> tuple[Part, ...]:
        """Its money by year."""
        return years.parts(self.pence, self.time(years))


def of_decision(each: Decision, asked: Application, read: Asked | None, day_of: DayOf) -> Award:
    """The award of a decision; ``read`` is what the meeting read of it, None where that does not matter."""
    day = each.decided_on or day_of(each.recorded_at)
    pence = each.amount_pence if each.outcome in decisions.GIVES else 0
    period = asked_for(read.record if read else None, day)
    return Award(each.meeting, each.application_ref, asked.cluster, each.pot, pence, day, period, each.version)


def of_decisions(store: Store, told: Collection[Decision], day_of: DayOf) -> list[Award]:
    """The award of each of these decisions."""
    asked = applications.get_many(store, [each.application_ref for each in told])
    read = as_read(store, [(each.meeting, each.application_ref) for each in told if each.amount_pence])
    return [
        of_decision(each, asked[each.application_ref], read.get((each.meeting, each.application_ref)), day_of)
        for each in told
    ]
