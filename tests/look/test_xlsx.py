"""Whatever a sheet holds, ours is written as XlsxWriter's own ways in would have it."""

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st
from xlsxwriter.worksheet import CellBlankTuple, CellNumberTuple, Worksheet

from cluster_sheets.look.style import style
from cluster_sheets.look.xlsx import Sheet, Workbook

HARD = ["", " lead", "trail ", "a\nb", "a\r", "<b> & c", 'say "hi"', "_x0041_", "<r>no</r>", "\ufffe", "\x07", "é 😀"]
TEXTS = st.one_of(st.sampled_from(HARD), st.text(max_size=12))
ROLES = st.sampled_from(
    [("row",), ("answer", "as-text"), ("answer-figure", "pounds"), ("hidden-key",), ("row", "muted")]
)
ROWS, COLUMNS = st.integers(0, 40), st.integers(0, 9)
FIGURES = st.one_of(st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False))
ODD = [True, False, 0, 1.5, "#N/A", "# none", *HARD]
VALUES = st.one_of(FIGURES, st.sampled_from(ODD), TEXTS)
FORMULAS = st.sampled_from(["=A1+1", '=IF(A1<>"","a & b",A2)', "=SUM(A1:A9)"])
HEIGHTS = [None, 0, 15, 21.5, 409]
RULES = [
    {"validate": "list", "source": "=Lists!$B$5:$B$9", "input_title": "Choose", "input_message": "One & one only."},
    {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 5, "error_title": "A number"},
    {"validate": "decimal", "criteria": "between", "minimum": 0.0, "maximum": 5.0, "error_title": "A number"},
    {"validate": "custom", "value": '=AND(ISNUMBER(A1),A1<>"")', "error_type": "stop", "ignore_blank": True},
    {"validate": "any"},
]
ACTIONS = st.one_of(
    st.tuples(st.just("text"), ROWS, COLUMNS, TEXTS, ROLES),
    st.tuples(st.just("number"), ROWS, COLUMNS, FIGURES, ROLES),
    st.tuples(st.just("blank"), ROWS, COLUMNS, st.none(), ROLES),
    st.tuples(st.just("formula"), ROWS, COLUMNS, st.tuples(FORMULAS, VALUES), ROLES),
    st.tuples(st.just("rule"), ROWS, COLUMNS, st.sampled_from(RULES), ROLES),
    st.tuples(st.just("row"), ROWS, COLUMNS, st.sampled_from(HEIGHTS), ROLES),
    st.tuples(st.just("hidden"), ROWS, COLUMNS, st.none(), ROLES),
)


def options() -> dict[str, Any]:
    return {"in_memory": True, "default_format_properties": {"font_name": "Arial", "font_size": 11}}


def ours(sheet: Sheet, form: Any) -> Mapping[str, Callable[..., object]]:
    return {
        "text": lambda row, column, text: sheet.put_text(row, column, text, form),
        "number": lambda row, column, figure: sheet.put(row, column, CellNumberTuple(figure, form)),
        "blank": lambda row, column, _: sheet.put(row, column, CellBlankTuple(form)),
        "formula": lambda row, column, said: sheet.put_formula(row, column, said[0], said[1], form),
        "rule": lambda row, column, rule: sheet.restrict(f"{'ABCDEFGHIJ'[column]}{row + 1}", rule),
        "row": lambda row, _, height: sheet.set_row(row, height),
        "hidden": lambda row, *_: sheet.set_row(row, None, None, {"hidden": True}),
    }


def theirs(sheet: Worksheet, form: Any) -> Mapping[str, Callable[..., object]]:
    return {
        "text": lambda row, column, text: sheet.write_string(row, column, text, form),
        "number": lambda row, column, figure: sheet.write_number(row, column, figure, form),
        "blank": lambda row, column, _: sheet.write_blank(row, column, None, form),
        "formula": lambda row, column, said: sheet.write_formula(row, column, said[0], form, said[1]),
        "rule": lambda row, column, rule: sheet.data_validation(row, column, row, column, rule),
        "row": lambda row, _, height: sheet.set_row(row, height),
        "hidden": lambda row, *_: sheet.set_row(row, None, None, {"hidden": True}),
    }


def parts(book: Any, sheet: Any, form_of: Callable[[tuple[str, ...]], Any], ways: Any, said: Any) -> dict[str, bytes]:
    forms: dict[tuple[str, ...], Any] = {}
    for what, row, column, told, roles in said:
        if roles not in forms:
            forms[roles] = form_of(roles)
        ways(sheet, forms[roles])[what](row, column, told)
    book.close()
    archive = zipfile.ZipFile(book.filename)
    return {name: archive.read(name) for name in archive.namelist() if name.startswith("xl/")}


EACH = [
    *(("text", row, 1, text, ("row",)) for row, text in enumerate(HARD)),
    *(("formula", row, 2, ("=A1&B1", value), ("row",)) for row, value in enumerate(ODD)),
    *(("rule", 0, 0, rule, ("row",)) for rule in RULES),
    *(("row", row, 0, height, ("row",)) for row, height in enumerate(HEIGHTS, start=30)),
]
"""Each of the odd ones."""


@example(EACH)
@given(st.lists(ACTIONS, max_size=30))
def test_every_part_is_what_xlsxwriter_writes(said: Any) -> None:
    mine, own = Workbook(io.BytesIO(), options()), xlsxwriter.Workbook(io.BytesIO(), options())
    made = parts(mine, mine.add_worksheet("One", Sheet), mine.styled, ours, said)
    plain = parts(own, own.add_worksheet("One"), lambda roles: own.add_format(style(*roles)), theirs, said)
    assert made == plain


def test_there_is_no_cell_outside_a_sheet() -> None:
    sheet: Any = Workbook(io.BytesIO(), options()).add_worksheet("One", Sheet)
    with pytest.raises(ValueError, match="there is no cell A1048577"):
        sheet.put(1_048_576, 0, None)
