"""A table and the dataclass of its rows: SQL written once from the names of the attributes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

R = TypeVar("R", bound="DataclassInstance")
Turned = tuple[Callable[[Any], Any], Callable[[Any], Any]]
"""How a value is turned into what SQLite keeps, and back."""


class Table(Generic[R]):
    """Rows of one dataclass in one table; each attribute is a column of that name."""

    def __init__(
        self,
        name: str,
        row: type[R],
        key: tuple[str, ...],
        turned: Mapping[str, Turned] | None = None,
        apart: tuple[str, ...] = (),
    ) -> None:
        """``turned`` says of a column that SQLite can't keep as it is how it goes in and comes out.

        ``apart`` are attributes, last in the class, that are kept elsewhere.
        """
        names = tuple(each.name for each in fields(row) if each.name not in apart)
        listed = ", ".join(names)
        self._row = row
        self._values = attrgetter(*names)
        self._turned = tuple((names.index(column), *ways) for column, ways in (turned or {}).items())
        insert = f"INTO {name} ({listed}) VALUES ({', '.join('?' * len(names))})"
        change = ", ".join(f"{each} = excluded.{each}" for each in names if each not in key)
        self.insert = f"INSERT {insert}"
        self.insert_new = f"INSERT {insert} ON CONFLICT ({', '.join(key)}) DO NOTHING"
        self.put = f"INSERT {insert} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {change}"
        self.select = f"SELECT {listed} FROM {name}"

    def written(self, rows: Iterable[R]) -> Iterator[tuple[Any, ...]]:
        """What executemany takes."""
        for row in rows:
            if not self._turned:
                yield self._values(row)
                continue
            values = list(self._values(row))
            for position, write, _ in self._turned:
                values[position] = write(values[position])
            yield tuple(values)

    def read(self, found: Iterable[tuple[Any, ...]]) -> tuple[R, ...]:
        """The rows of a cursor over ``select``."""
        rows = []
        for each in found:
            values = list(each)
            for position, _, read in self._turned:
                values[position] = read(values[position])
            rows.append(self._row(*values))
        return tuple(rows)
