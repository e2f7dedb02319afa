"""An application's answers, typed: what travels from reading to the panel."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

Value = str | int | date | None
"""Text, code or URN; pence, a count, hundredths (decimal) or tenths (percent); a date; None where blank."""
Row = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Record:
    """The typed answers of one form: its own fields, and the used rows of each table in their order."""

    form: Row
    tables: Mapping[str, tuple[Row, ...]]

    def rows(self, table: str) -> tuple[Row, ...]:
        """Used rows of ``table``; none where it is empty."""
        return self.tables.get(table, ())

    def to_json(self) -> str:
        """One line of JSON; a date is told from text by standing in a list of its own."""
        return _ENCODER.encode({"form": self.form, "tables": self.tables})

    @classmethod
    def from_json(cls, text: str) -> "Record":
        """The record that ``to_json`` wrote."""
        read = json.loads(text)
        return cls(
            _row(read["form"]), {name: tuple(_row(row) for row in rows) for name, rows in read["tables"].items()}
        )


def _told(value: object) -> object:
    if isinstance(value, date):
        return [value.isoformat()]
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"no such value in a record: {type(value).__name__}")


_ENCODER = json.JSONEncoder(default=_told, separators=(",", ":"))


def _row(read: dict[str, object]) -> Row:
    return {name: date.fromisoformat(value[0]) if isinstance(value, list) else value for name, value in read.items()}  # type: ignore[misc]


def box(table: str, column: str, row: int) -> str:
    """Key of a free-text box in a table: ``costs.description#2`` (rows from 1)."""
    return f"{table}.{column}#{row}"
