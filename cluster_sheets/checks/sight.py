"""What a rule sees: answers of a batch at the level of the form or of one table's lines.

A level is the name of a table, or FORM. Every series and mask a rule combines has a row for each line of its level.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cluster_sheets.base.date import next_year_start, year_start
from cluster_sheets.checks.world import Arrival, World
from cluster_sheets.form.condition import Condition, Test
from cluster_sheets.form.declared import Form
from cluster_sheets.reading.frames import DATE_TYPE, Frames, Mask, column_type, series
from cluster_sheets.reading.typed import FORM

_OPERATIONS = {"=": "eq", "!=": "ne", ">=": "ge", "<=": "le", ">": "gt", "<": "lt"}


class Sight:
    """The answers of a batch, the way rules ask for them. Masks change as answers turn out to be out of place."""

    def __init__(self, form: Form, frames: Frames, arrivals: Sequence[Arrival], world: World) -> None:
        self.form, self.frames, self.arrivals, self.world = form, frames, arrivals, world
        self.faulty = {
            table: {name: at.copy() for name, at in made.faulty.items()} for table, made in frames.tables.items()
        }
        self.cells = {table: made.cells for table, made in frames.tables.items()}
        self.size = len(frames.forms)
        self.hushed: set[tuple[int, str, str]] = set()
        """(form, sheet, cell) of answers of which a rule says all there is to say: how they read is not told."""
        self._environment: dict[str, pd.Series] = {}
        self._no_value: dict[tuple[str, str], Mask] = {}

    def index(self, level: str) -> pd.Index:
        """Index of a level."""
        return self.cells[level].index

    def unit(self, table: str) -> NDArray[np.int64]:
        """Which form each line of a table belongs to."""
        return self.frames.tables[table].unit

    def add(self, key: str, values: Sequence[object], kind: str, known: Mask) -> None:
        """An answer that is worked out, such as ``costs.line_total``; where it is not known it counts as faulty."""
        table, name = self.split(key)
        self.cells[table] = self.cells[table].assign(**{name: series(values, column_type(kind), self.index(table))})
        self.faulty[table][name] = ~known

    def hush(self, table: str, name: str, lines: Mask) -> None:
        """How the answers of some lines read is not told: a rule says what to do."""
        of, made = self.frames.tables[table], self.frames.forms
        for row in np.flatnonzero(lines):
            place = made[of.unit[row]].lines[table][of.line[row]].place(name)
            if place is not None:
                self.hushed.add((int(of.unit[row]), *place))

    def split(self, key: str) -> tuple[str, str]:
        """(table, name) of a key."""
        table, _, name = key.rpartition(".")
        return table, name

    def at(self, level: str, of_forms: pd.Series) -> pd.Series:
        """A series of forms, brought to the lines of a level."""
        if level == FORM:
            return of_forms
        lines = of_forms.take(self.unit(level))
        return lines.set_axis(self.index(level))

    def spread(self, level: str, of_forms: Mask) -> Mask:
        """What is true of forms, brought to the lines of a level."""
        return of_forms if level == FORM else of_forms[self.unit(level)]

    def by_form(self, table: str, lines: Mask) -> Mask:
        """For each form, whether any line of ``table`` is true of ``lines``."""
        found = np.zeros(self.size, bool)
        found[self.unit(table)[lines]] = True
        return found

    def value(self, key: str, level: str) -> pd.Series:
        """An answer at a level: of the level's own table, or of the form. Raises KeyError for another table's."""
        table, name = self.split(key)
        if table == level:
            return self.cells[table][name]
        if table != FORM:
            raise KeyError(key)
        return self.at(level, self.cells[FORM][name])

    def is_faulty(self, key: str, level: str) -> Mask:
        """Where an answer is there but does not count; of another table: where any used line of it does not."""
        table, name = self.split(key)
        if table == level:
            return self.faulty[table][name]
        if table == FORM:
            return self.spread(level, self.faulty[FORM][name])
        return self.spread(level, self.by_form(table, self.faulty[table][name]) | self.frames.tables[table].lost)

    def has_none(self, key: str, level: str) -> Mask:
        """Where there is no value; of another table: where any used line has none."""
        table, name = self.split(key)
        if (table, name) not in self._no_value:
            self._no_value[table, name] = self.cells[table][name].isna().to_numpy()
        none = self._no_value[table, name]
        if table in (level, FORM):
            return none if table == level else self.spread(level, none)
        return self.spread(level, self.by_form(table, none))

    def is_blank(self, key: str, level: str) -> Mask:
        """Where there is no answer; of another table: where any used line has none."""
        none = self.has_none(key, level)
        return none & ~self.is_faulty(key, level) if self.split(key)[0] in (level, FORM) else none

    def parsed(self, key: str, level: str) -> Mask:
        """Where an answer is there and counts."""
        return ~(self.is_faulty(key, level) | self.has_none(key, level))

    def all_parsed(self, keys: Sequence[str], level: str) -> Mask:
        """Where every one of the answers is there and counts."""
        seen = everywhere(self.index(level), holds=True)
        for key in keys:
            seen &= self.parsed(key, level)
        return seen

    def resolved(self, name: str, level: str) -> str:
        """Key of what a condition of a table calls ``name``: a column of its own, else of the form."""
        own = f"{level}.{name}"
        return own if level != FORM and "." not in name and self.form.has(own) else name

    def holds(self, condition: Condition, level: str) -> tuple[Mask, Mask]:
        """(where a condition holds, where it is unknown because an answer it names does not count)."""
        index = self.index(level)
        unknown, holds = everywhere(index, holds=False), everywhere(index, holds=False)
        for name in condition.names():
            unknown |= self.is_faulty(self.resolved(name, level), level)
        for tests in condition.alternatives:
            every = everywhere(index, holds=True)
            for test in tests:
                every &= self._test(test, level)
            holds |= every
        return holds & ~unknown, unknown

    def _test(self, test: Test, level: str) -> Mask:
        key = self.resolved(test.name, level)
        if test.operator in ("given", "blank"):
            blank = self.is_blank(key, level)
            return blank if test.operator == "blank" else ~blank
        values = self.value(key, level)
        given = ~self.has_none(key, level)
        if test.number is not None:
            return compared(values, test.operator, test.number * test.scale) & given
        among = values.isin(test.values).to_numpy()
        return (among if test.operator == "=" else ~among) & given

    def environment(self, name: str) -> pd.Series:
        """A date of each form's arrival; NA where it is not known."""
        if name not in self._environment:
            days = [_day(name, arrival, self.world) for arrival in self.arrivals]
            self._environment[name] = series(days, DATE_TYPE, pd.RangeIndex(self.size))
        return self._environment[name]

    def year_end(self, starts: pd.Series) -> pd.Series:
        """Last day of the school year each date lies in."""
        days = starts.to_numpy().astype("datetime64[D]").tolist()  # dates, and None for a blank
        ends = {day: None if day is None else self._last_day(day) for day in set(days)}
        return series([ends[day] for day in days], DATE_TYPE, starts.index)

    def _last_day(self, day: date) -> date:
        return next_year_start(day, self.world.year_start) - timedelta(days=1)

    def rows(self, table: str) -> pd.Series:
        """Used lines of a table, by form; NA where the table could not be found."""
        return self.counted(table, np.bincount(self.unit(table), minlength=self.size))

    def counted(self, table: str, of_forms: NDArray[np.int64]) -> pd.Series:
        """Figures of forms that come from a table's lines; NA where the table could not be found."""
        return pd.Series(pd.arrays.IntegerArray(of_forms, self.frames.tables[table].lost.copy()))


def _day(name: str, arrival: Arrival, world: World) -> object:
    later = arrival.meeting_date and arrival.round_date and arrival.meeting_date > arrival.round_date
    days = {
        "received_on": arrival.received_on,
        "first_received_on": arrival.first_received_on,
        "round.date": arrival.round_date,
        "later_meeting.date": arrival.meeting_date if later else None,
    }
    if name == "school_year_before":
        start = year_start(arrival.received_on, world.year_start)
        return start.replace(year=start.year - 1)
    return days[name]


def compared(left: pd.Series, operator: str, right: object) -> Mask:
    """``left operator right`` line by line; false where either is not known."""
    told: pd.Series = getattr(left, _OPERATIONS[operator])(right)
    return told.to_numpy(dtype=bool, na_value=False)


def everywhere(index: pd.Index, *, holds: bool) -> Mask:
    """What is true, or false, on every line."""
    return np.full(len(index), holds)
