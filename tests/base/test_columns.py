"""The answers that code speaks of by name."""

from cluster_sheets.base import columns
from cluster_sheets.form.shipped import form


def test_every_name_that_code_speaks_of_is_listed_so_that_loading_asks_for_it() -> None:
    named = {value for name, value in vars(columns).items() if name.isupper() and isinstance(value, str)}
    assert named | set(columns.COUNTS) == set(columns.NAMED_IN_CODE)


def test_every_one_of_them_is_declared() -> None:
    application = form("application")
    computed = {cell.key for table in application.tables for cell in table.computed}
    assert [name for name in columns.NAMED_IN_CODE if not application.has(name) and name not in computed] == []
