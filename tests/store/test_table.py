import sqlite3
from dataclasses import dataclass

import pytest

from cluster_sheets.store.table import Table


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    ticked: bool
    pence: int | None = None


TABLE = Table("row", Row, ("name",), {"ticked": (int, bool)})
ROWS = (Row("a", True, 5), Row("b", False))


def test_rows_are_written_changed_and_read_back() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE row (name TEXT PRIMARY KEY, ticked INTEGER NOT NULL, pence INTEGER UNIQUE) STRICT")
    connection.executemany(TABLE.insert, TABLE.written(ROWS))
    connection.executemany(TABLE.insert_new, TABLE.written([Row("a", False, 9), Row("c", True)]))
    connection.executemany(TABLE.put, TABLE.written([Row("b", True, 7)]))
    found = TABLE.read(connection.execute(f"{TABLE.select} ORDER BY name"))
    assert found == (Row("a", True, 5), Row("b", True, 7), Row("c", True))
    with pytest.raises(sqlite3.IntegrityError, match="pence"):
        connection.executemany(TABLE.insert_new, TABLE.written([Row("d", True, 5)]))
    connection.close()


def test_a_table_with_nothing_to_turn_takes_its_rows_as_they_are() -> None:
    plain = Table("row", Row, ("name",))
    assert list(plain.written(ROWS)) == [("a", True, 5), ("b", False, None)]
