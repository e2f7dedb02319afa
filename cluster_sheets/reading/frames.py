"""Typed forms stacked: one frame for each declared table, for the whole batch at once.

Row ``i`` of the form's own frame is form ``i`` of the batch. A row of a table's frame has ``unit`` (which form) and
``line`` (which of its used rows). Money, counts, hundredths and tenths are Int64; dates datetime64[s]; all else text.
What is true or false of each row is a plain numpy array: a rule combines many, and a column of pandas would cost
thirty times as much each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cluster_sheets.form.declared import Field, Form
from cluster_sheets.reading.typed import FORM, Line, TypedForm

FIGURES = ("money", "whole-number", "decimal", "percent")
Mask = NDArray[np.bool_]
"""True or false, row by row."""
DATE_TYPE, FIGURE_TYPE, TEXT_TYPE = "datetime64[s]", "Int64", "object"
_FIRST_DAY, _NO_DAY = date(1970, 1, 1).toordinal(), int(np.datetime64("NaT").astype("int64"))
"""How numpy counts days, and a blank among them."""


@dataclass(frozen=True, slots=True)
class Table:
    """One declared table of a batch."""

    cells: pd.DataFrame
    faulty: dict[str, Mask]
    """By column: answers that are there but did not parse, or were not found."""
    unit: NDArray[np.int64]
    line: NDArray[np.int64]
    lost: Mask
    """By form: the table could not be found, so that its lines are unknown."""


@dataclass(frozen=True, slots=True)
class Frames:
    """A batch of forms."""

    forms: Sequence[TypedForm]
    tables: dict[str, Table]


def column_type(kind: str) -> str:
    """Dtype of a column of a kind."""
    return FIGURE_TYPE if kind in FIGURES else DATE_TYPE if kind == "date" else TEXT_TYPE


def frames(form: Form, batch: Sequence[TypedForm]) -> Frames:
    """The frames of a batch."""
    columns = {FORM: [each for sheet in form.sheets for each in sheet.fields]}
    columns |= {table.name: list(table.columns) for table in form.tables}
    made = {}
    for table, fields in columns.items():
        lines = [line for each in batch for line in each.lines[table]]
        used = [len(each.lines[table]) for each in batch]
        faulty = {each.name: np.zeros(len(lines), bool) for each in fields}
        for row, line in enumerate(lines):
            for name in line.faulty:
                if name in faulty:
                    faulty[name][row] = True
        made[table] = Table(
            cells=_cells(fields, lines),
            faulty=faulty,
            unit=np.repeat(np.arange(len(batch)), used),
            line=np.array([number for count in used for number in range(count)], dtype="int64"),
            lost=np.array([table in each.lost for each in batch], dtype=bool),
        )
    return Frames(batch, made)


def _cells(fields: Sequence[Field], lines: Sequence[Line]) -> pd.DataFrame:
    index = pd.RangeIndex(len(lines))
    answers = [line.answers for line in lines]
    return pd.DataFrame(
        {each.name: series([row[each.name] for row in answers], column_type(each.kind), index) for each in fields}
    )


def series(values: Sequence[object], kind: str, index: pd.Index) -> pd.Series:
    """Values of one column; a blank is NA."""
    if kind == DATE_TYPE:
        # As numbers: numpy takes ten times as long to understand dates.
        dates = cast("Sequence[date | None]", values)
        days = np.array([_NO_DAY if day is None else day.toordinal() - _FIRST_DAY for day in dates], dtype="int64")
        return pd.Series(days.view("datetime64[D]").astype(DATE_TYPE), index)
    if kind == FIGURE_TYPE:
        return pd.Series(list(values), index, dtype="Int64")
    return pd.Series(list(values), index, dtype="object")
