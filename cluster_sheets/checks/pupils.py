"""Pupils and the support they have had."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from cluster_sheets.base import columns
from cluster_sheets.base.pupils import PUPIL, PUPIL_GROUP
from cluster_sheets.checks.declared import Judged, summed
from cluster_sheets.checks.sight import Sight, compared
from cluster_sheets.reading.typed import FORM

CYCLES = {"support-too-little": "PROJECT", "support-too-little-yet": "UNFORESEEN"}
"""Rules that want finished rounds of support, and for which purpose."""


def judged(sight: Sight) -> Iterator[Judged]:
    """Every rule about pupils that is no comparison."""
    yield from _only_for_one(sight)
    yield _plan_apart(sight)
    yield _counts(sight)
    yield from _other_requests(sight)
    for code, purpose in CYCLES.items():
        yield _cycles(sight, code, purpose)


def _only_for_one(sight: Sight) -> Iterator[Judged]:
    """Answers that are only read when one pupil benefits."""
    several = compared(sight.value(columns.BENEFICIARY, FORM), "!=", PUPIL) & sight.parsed(columns.BENEFICIARY, FORM)
    for key in sight.form.rule("only-for-one-pupil").fields:
        yield Judged("only-for-one-pupil", FORM, key, several & sight.parsed(key, FORM))


def _plan_apart(sight: Sight) -> Judged:
    table, provision = sight.split(columns.PROVISION)
    asked = sight.all_parsed((columns.EHCNA, columns.PROVISION, columns.BENEFICIARY), FORM)
    asked &= compared(sight.value(columns.BENEFICIARY, FORM), "=", PUPIL) & compared(sight.rows(table), ">=", 1)
    with_plan = sight.by_form(table, compared(sight.cells[table][provision], "=", "E"))
    says_plan = compared(sight.value(columns.EHCNA, FORM), "=", "HAS_PLAN")
    return Judged("plan-answers-apart", FORM, columns.EHCNA, asked & (says_plan != with_plan))


def _counts(sight: Sight) -> Judged:
    """Counts by year band that come to nought."""
    table, _ = sight.split(columns.COUNTS[0])
    asked = sight.all_parsed(columns.COUNTS, FORM) & compared(sight.rows(table), ">=", 1)
    total = sum((summed(sight, key) for key in columns.COUNTS), start=pd.Series(0, pd.RangeIndex(sight.size)))
    return Judged("counts-all-nought", FORM, table, asked & compared(total, "<", 1))


def _other_requests(sight: Sight) -> Iterator[Judged]:
    """Pupils who are in an award in force, or in another request of the round or the meeting."""
    table, _ = sight.split(columns.UPN)
    upns = sight.value(columns.UPN, table)
    asked = sight.parsed(columns.UPN, table)
    starts, ends = sight.value(columns.START, table), sight.value(columns.END, table)

    def in_award(upn: object, start: object, end: object) -> bool:
        if not isinstance(start, pd.Timestamp) or not isinstance(end, pd.Timestamp):
            return False
        return any(first <= end.date() and last >= start.date() for first, last in sight.world.awards_of(str(upn)))

    def elsewhere(upn: object, unit: int) -> bool:
        return sight.world.other_forms_of(str(upn), sight.arrivals[unit])

    awards = [in_award(*each) for each in zip(upns, starts, ends, strict=True)]
    dates = sight.all_parsed((columns.START, columns.END), table)
    yield Judged("upn-in-a-live-award", table, columns.UPN, np.array(awards, dtype=bool) & asked & dates)
    others = [elsewhere(upn, unit) for upn, unit in zip(upns, sight.unit(table), strict=True)]
    yield Judged("upn-in-another-request", table, columns.UPN, np.array(others, dtype=bool) & asked)


def _cycles(sight: Sight, code: str, purpose: str) -> Judged:
    """Requests for pupils with fewer finished rounds of support than the panel wants.

    A round counts as finished when it is used and was looked at by the day of receipt; one with a fault of its own
    counts too, so that one fault is told once.
    """
    table, until = sight.split(columns.SUPPORT_TO)
    asked = sight.all_parsed((columns.BENEFICIARY, columns.PURPOSE), FORM) & ~sight.frames.tables[table].lost
    asked &= compared(sight.value(columns.PURPOSE, FORM), "=", purpose)
    asked &= sight.value(columns.BENEFICIARY, FORM).isin((PUPIL, PUPIL_GROUP)).to_numpy()
    received = sight.at(table, sight.environment("received_on"))
    running = compared(sight.cells[table][until], ">", received)
    finished = np.bincount(sight.unit(table)[~running], minlength=sight.size)
    return Judged(code, FORM, table, asked & (finished < sight.world.number("cycles_wanted")))
