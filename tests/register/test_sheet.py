"""Cells of the register, typed by their column, or a finding at their place."""

from datetime import date, datetime
from typing import Any

import pytest

from cluster_sheets.base.finding import Finding, Place
from cluster_sheets.look.measure import lines as lines_of_type
from cluster_sheets.register.sheet import Column, Faults, Sheet, declared, lines

MIDDAY = datetime(2026, 10, 15, 12, 30)  # noqa: DTZ001 - Excel dates have no zone


def read(kind: str, raw: Any, **about: Any) -> tuple[Any, tuple[tuple[str, str], ...]]:
    """What a cell of that kind comes to: its value, and (cell, code) of what is found."""
    sheet = Sheet("Made up", "", (Column("key", "Key", "text", 100), Column("it", "It", kind, 100, **about)))
    faults = Faults("register.xlsx")
    found = lines(sheet, [["Made up"], [], [], ["Key", "It"], ["a", raw]], faults)
    return found[0].values["it"], tuple((each.place.cell, each.code) for each in faults.found)


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("text", 12.0, "12"),
        ("text", "  two   words ", "two words"),
        ("list", "a| b |", ("a", "b")),
        ("date", "15/10/2026", date(2026, 10, 15)),
        ("date", MIDDAY, date(2026, 10, 15)),
        ("date", date(2026, 10, 15), date(2026, 10, 15)),
        ("moment", "15/10/2026 12:30", MIDDAY),
        ("moment", MIDDAY, MIDDAY),
        ("moment", "15/10/2026", date(2026, 10, 15)),
        ("moment", datetime(2026, 10, 15), date(2026, 10, 15)),  # noqa: DTZ001 - Excel dates have no zone
        ("moment", date(2026, 10, 15), date(2026, 10, 15)),
        ("moment", "15/10/2026 00:00", datetime(2026, 10, 15)),  # noqa: DTZ001 - Excel dates have no zone
        ("money", "£360,000.00", 36_000_000),
        ("money", 19.99, 1999),
        ("money", 9_999_999_999.99, 999_999_999_999),
        ("whole-number", 207.0, 207),
        ("council-year", "2026-27", "2026-27"),
        ("council-year", "2099-00", "2099-00"),
        ("yes-no", "y", True),
        ("yes-no", "No", False),
        ("urn", 146487.0, "146487"),
        ("email", "a@b.example", "a@b.example"),
        ("email", "\u200b a@b.exam\u00adple\ufeff", "a@b.example"),
        ("date", "", None),
    ],
)
def test_a_cell_is_typed_by_its_column(kind: str, raw: object, value: object) -> None:
    assert read(kind, raw) == (value, ())


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("date", "soon", "register-not-a-date"),
        ("moment", "15/10/2026 noon", "register-not-a-moment"),
        ("moment", "soon 12:30", "register-not-a-moment"),
        ("money", "a lot", "register-not-money"),
        ("money", 1.005, "register-not-money"),
        *(("money", raw, "register-not-money") for raw in ("inf", "-inf", "nan", "1e400", float("inf"), 1e300, "1e11")),
        ("whole-number", "-1", "register-not-a-number"),
        ("yes-no", "Perhaps", "register-not-yes-or-no"),
        ("urn", "14648", "register-not-a-urn"),
        ("email", "a@b", "register-not-an-email"),
        ("email", "a b@c.example", "register-not-an-email"),
        ("email", "mailto:a@b.example", "register-not-an-email"),
        ("email", "Sam <a@b.example>", "register-not-an-email"),
        ("email", "a@b.example; c@d.example", "register-not-an-email"),
        ("email", "ä@b.example", "register-not-an-email"),
    ],
)
def test_a_cell_that_does_not_fit_is_told_at_its_place(kind: str, raw: object, code: str) -> None:
    assert read(kind, raw) == (None, (("B5", code),))


def test_a_choice_is_taken_in_any_case_and_no_other() -> None:
    assert read("choice", "main", choices=("MAIN",)) == ("MAIN", ())
    assert read("choice", "other", choices=("MAIN",)) == (None, (("B5", "register-not-on-list"),))


def test_a_blank_is_told_only_where_an_entry_is_required() -> None:
    assert read("text", "", required=True) == (None, (("B5", "register-blank"),))


def test_a_missing_column_is_told_and_the_rest_is_read() -> None:
    faults = Faults("register.xlsx")
    sheet = Sheet("Made up", "", (Column("key", "Key", "text", 100), Column("it", "It", "text", 100)))
    assert [line.values for line in lines(sheet, [["Key"], ["a"], [""], ["b"]], faults)] == [{"key": "a"}, {"key": "b"}]
    assert faults.found == [
        Finding(
            Place("register.xlsx", "Made up", "A1"),
            "register-column-missing",
            field="It",
            detail=(("field", "It"), ("typed", "")),
        )
    ]


def test_a_sheet_without_its_headings_has_no_lines() -> None:
    faults = Faults("register.xlsx")
    assert lines(declared()[0][0], [["a"], ["b"]], faults) == ()
    assert [each.code for each in faults.found] == ["register-column-missing"]


def test_no_word_of_a_heading_or_a_list_is_cut() -> None:
    for sheet in declared()[0]:
        for each in sheet.columns:
            for word in each.label.split():
                assert lines_of_type(word, each.width, bold=True) == 1, (sheet.name, word)
            for word in " ".join(each.choices).split():
                assert lines_of_type(word, each.width) == 1, (sheet.name, word)
