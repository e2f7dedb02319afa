"""What the hidden keys of a sheet say of its rows."""

from cluster_sheets.form.kind import Raw
from cluster_sheets.reading.plan import Block, Keys, Plan, Rows
from tests.checks.batch import FORM

KEYS = Keys(FORM)


def rows(*keys: Raw) -> Rows:
    """Rows with these keys in their first cells."""
    return [[key, "", ""] for key in keys]


def planned(*keys: Raw) -> Plan:
    return KEYS.plan(rows(*keys), 0)


def test_each_key_is_told_with_its_row() -> None:
    assert planned("sheet:2 Request", "", " purpose ", "nonsense", 3.0, "stamp:urn", "purpose") == Plan(
        sheets=("2 Request",), stamp=(("urn", 5),), answers=(("purpose", 2), ("purpose", 6)), blocks=(), loose=((4, 2),)
    )


def test_rows_without_a_key_among_and_behind_the_questions_are_told_apart() -> None:
    assert planned("", "purpose", "", "note", "applicant", "", "").loose == ((2, 2), (5, 1), (6, 1))
    assert planned("table:costs", "", "end:costs", "").loose == ()


def test_a_table_has_the_rows_up_to_its_end_but_not_its_headings() -> None:
    block = planned("table:costs", "headings:costs", "", "typed here", "", "end:costs", "", None, "purpose", "").blocks
    assert block == (Block("costs", names=0, lines=(2, 3, 4), below=(5, 6, 7)),)


def test_a_table_without_its_end_stops_at_the_next_key_and_nothing_is_below_it() -> None:
    assert planned("table:costs", "", "purpose", "", "").blocks == (Block("costs", 0, (1,), ()),)
    assert planned("table:costs", "", "").blocks == (Block("costs", 0, (1, 2), ()),)


def test_below_a_table_is_its_end_and_all_without_a_key_but_not_what_another_table_holds() -> None:
    told = planned("table:pupils", "", "end:pupils", "", "title:pupil_counts", "", "table:pupil_counts", "", "end:", "")
    assert [each.below for each in told.blocks] == [(2, 3, 5), (8, 9)]
    costs = planned("table:costs", "", "end:costs", "total:costs", "total:costs", "", "partners.lead_share", "").blocks
    assert costs == (Block("costs", 0, (1,), (2, 5, 7)),)


def test_a_table_that_lost_its_end_stops_at_its_sums() -> None:
    assert planned("table:costs", "", "total:costs", "").blocks == (Block("costs", 0, (1,), ()),)


def test_names_of_columns_are_no_keys_where_the_column_of_keys_is_gone() -> None:
    support = [["Support so far", ""], ["cycle", "assess", "plan", "review"], ["Round", "What", "Plan", "Result"]]
    assert KEYS.column(support) == 4
    assert KEYS.column([["x", ""], ["purpose", "Is this for a project?"]]) == 0


def test_sheets_with_the_same_keys_share_one_plan_and_others_do_not() -> None:
    assert planned("sheet:5 Costs", "purpose") is planned("sheet:5 Costs", "purpose")
    assert planned("sheet:5 Costs", "", "purpose").answers == (("purpose", 2),)


def test_a_long_sheet_is_planned_like_any_other() -> None:
    assert planned(*[""] * 600, "purpose").answers == (("purpose", 600),)


def test_keys_stand_in_the_first_column_unless_columns_were_put_in_front() -> None:
    assert KEYS.column([["", ""], ["stamp:urn", "purpose"], ["", "request_title"]]) == 0
    assert KEYS.column([["", "sheet:2 Request"], ["", "purpose"]]) == 1
    assert KEYS.column([["Dinner", "money"], []]) == 2


def test_a_sheet_without_the_column_of_keys_has_an_empty_plan() -> None:
    assert KEYS.plan([], 0) == KEYS.plan([["x"]], 4) == Plan((), (), (), (), ())
