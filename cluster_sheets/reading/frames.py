"""Typed forms stacked: one frame for each declared table, for the whole batch at once.

Row ``i`` of the form's own frame is form ``i`` of the batch. A row of a table's frame has ``unit`` (which form) and
``line`` (which of its used rows). Money, counts, hundredths and tenths are Int64; dates datetime64[s]; all else text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from cluster_sheets.form.declared import Form
from cluster_sheets.reading.typed import FORM, TypedForm

FIGURES = ("money", "whole-number", "decimal", "percent")
DATE_TYPE, FIGURE_TYPE, TEXT_TYPE = "datetime64[s]", "Int64", "object"


@dataclass(frozen=True, slots=True)
class Table:
    """One declared table of a batch."""

    cells: pd.DataFrame
    faulty: pd.DataFrame
    """Same shape: answers that are there but did not parse, or were not found."""
    unit: pd.Series
    line: pd.Series
    lost: pd.Series
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
        places = [(unit, line) for unit, each in enumerate(batch) for line in range(len(each.lines[table]))]
        lines = [line for each in batch for line in each.lines[table]]
        index = pd.RangeIndex(len(lines))
        typed = {each.name: [line.answers.get(each.name) for line in lines] for each in fields}
        faulty = {each.name: [each.name in line.faulty for line in lines] for each in fields}
        made[table] = Table(
            cells=pd.DataFrame({each.name: series(typed[each.name], column_type(each.kind), index) for each in fields}),
            faulty=pd.DataFrame(faulty, index, dtype=bool),
            unit=pd.Series([unit for unit, _ in places], index, dtype="int64"),
            line=pd.Series([line for _, line in places], index, dtype="int64"),
            lost=pd.Series([table in each.lost for each in batch], dtype=bool),
        )
    return Frames(batch, made)


def series(values: Sequence[object], kind: str, index: pd.Index) -> pd.Series:
    """Values of one column; a blank is NA."""
    if kind == DATE_TYPE:
        days = [each.isoformat() if isinstance(each, date) else "NaT" for each in values]
        return pd.Series(np.array(days, dtype="datetime64[s]"), index)
    if kind == FIGURE_TYPE:
        return pd.Series(list(values), index, dtype="Int64")
    return pd.Series(list(values), index, dtype="object")
