"""Costs: what a line comes to, and what is odd about it."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from cluster_sheets.base import columns
from cluster_sheets.base.cost import THINGS, TIME, line_total
from cluster_sheets.checks.declared import Judged, summed
from cluster_sheets.checks.sight import Sight, compared
from cluster_sheets.reading.typed import FORM

TABLE = "costs"
_VAT = re.compile(r"(?:\b(?:inc|incl|including|with|plus)\b\.?|\+)\s*(?:the\s+)?(?:\d+\s*%\s*)?VAT\b", re.IGNORECASE)


def add_line_totals(sight: Sight) -> None:
    """Gives the costs their ``line_total``; it is not known where a part did not parse."""
    wrong = np.logical_or.reduce([sight.faulty[TABLE][part] for part in TIME + THINGS])
    lines = (line for form in sight.frames.forms for line in form.lines[TABLE])
    totals = [None if faulty else line_total(line.answers) for line, faulty in zip(lines, wrong, strict=True)]
    sight.add(columns.LINE_TOTAL, totals, "money", np.array([total is not None for total in totals], dtype=bool))


def judged(sight: Sight) -> Iterator[Judged]:
    """Every rule of costs that is no comparison."""
    given = {name: ~sight.has_none(f"{TABLE}.{name}", TABLE) | sight.faulty[TABLE][name] for name in TIME + THINGS}
    time, things = ([given[name] for name in parts] for parts in (TIME, THINGS))
    two_ways = np.logical_or.reduce(time) & np.logical_or.reduce(things)
    for kept, other in ((TIME, THINGS), (THINGS, TIME)):
        # What is to be cleared is not to be typed afresh as well.
        whole = np.logical_and.reduce([sight.parsed(f"{TABLE}.{name}", TABLE) for name in kept])
        for name in other:
            sight.hush(TABLE, name, two_ways & whole & sight.faulty[TABLE][name])
    yield Judged("cost-worked-out-two-ways", TABLE, columns.QUANTITY, two_ways)
    complete = np.logical_and.reduce(time) | np.logical_and.reduce(things)
    short = ~complete & ~two_ways
    for name in TIME + THINGS:
        # A nought where a figure is wanted after all is no box to be left as it is.
        sight.hush(TABLE, name, short & ~given[name])
    yield Judged("cost-not-worked-out", TABLE, columns.QUANTITY, short)
    yield _stored(sight)
    texts = sight.cells[TABLE][columns.DESCRIPTION.partition(".")[2]]
    speaks = np.array([isinstance(text, str) and _VAT.search(text) is not None for text in texts], dtype=bool)
    yield Judged("vat-in-a-line", TABLE, columns.DESCRIPTION, speaks & sight.parsed(columns.DESCRIPTION, TABLE))
    yield _weeks(sight)
    yield _lead_share(sight)


def _stored(sight: Sight) -> Judged:
    """The locked total of a line, where the file holds one that is not ours."""
    name = f"stored:{columns.LINE_TOTAL.partition('.')[2]}"
    stored = [line.answers.get(name) for form in sight.frames.forms for line in form.lines[TABLE]]
    total = sight.cells[TABLE][columns.LINE_TOTAL.partition(".")[2]]
    kept = pd.Series(stored, sight.index(TABLE), dtype="Int64")
    apart = compared(kept, "!=", total) & sight.parsed(columns.LINE_TOTAL, TABLE)
    return Judged("line-total-apart", TABLE, columns.LINE_TOTAL, apart, other=total)


def _weeks(sight: Sight) -> Judged:
    asked = sight.all_parsed((columns.WEEKS, columns.START, columns.END), TABLE)
    days = (sight.value(columns.END, TABLE) - sight.value(columns.START, TABLE)).dt.days.astype("Int64") + 1
    weeks = sight.cells[TABLE][columns.WEEKS.partition(".")[2]]
    return Judged("weeks-longer-than-funding", TABLE, columns.WEEKS, compared(weeks, ">", -(-days // 7)) & asked)


def _lead_share(sight: Sight) -> Judged:
    """The locked share of the lead school, where the file holds one that is not what is left."""
    asked = sight.all_parsed((columns.AMOUNT, columns.SHARE, columns.APPLICANT), FORM)
    asked &= compared(sight.value(columns.APPLICANT, FORM), "=", "GROUP")
    left = sight.value(columns.AMOUNT, FORM) - summed(sight, columns.SHARE)
    kept = pd.Series([form.value(columns.LEAD_SHARE) for form in sight.frames.forms], left.index, dtype="Int64")
    return Judged("lead-share-apart", FORM, columns.LEAD_SHARE, compared(kept, "!=", left) & asked, other=left)
