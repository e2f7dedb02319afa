"""The costs of a case."""

from cluster_sheets.panel.view import Line
from tests import requests
from tests.panel.made import collated, fullest
from tests.requests import Answers

THING: Answers = {
    "category": "Resources",
    "description": "Cards",
    "quantity": 2.0,
    "unit_cost": 10.0,
    "paid_by": "Cluster",
}


def costs(lines: list[Answers]) -> tuple[Line, ...]:
    view = collated(requests.project().but_lines("costs", lines))
    return next(section.lines for section in view.sections if section.title == "Costs")


def test_what_the_cluster_would_pay_is_added_up_and_what_others_pay_stands_below() -> None:
    time = {**fullest().tables["costs"][0], "description": "Groups"}
    assert costs([time, {**THING, "paid_by": "School"}, {**THING, "paid_by": "Other"}, THING]) == (
        Line("", "Groups, 10.5 hours x 19 weeks x £17.24, shared by 4", head="Assistive technology: ", pence=85985),
        Line("", "Cards, 2 x £10.00", head="Resources: ", pence=2000),
        Line("", "The cluster would pay", pence=87985, total=True),
        Line("", "Cards, 2 x £10.00 (the school pays)", head="Resources: ", pence=2000),
        Line("", "Cards, 2 x £10.00 (others pay)", head="Resources: ", pence=2000),
    )


def test_ten_lines_are_shown_and_of_more_nine_and_how_many_more() -> None:
    assert [line.text for line in costs([THING] * 10)] == ["Cards, 2 x £10.00"] * 10 + ["The cluster would pay"]
    told = costs([THING] * 25)
    assert told[9:] == (
        Line("", "16 more lines", pence=32000),
        Line("", "The cluster would pay", pence=50000, total=True),
    )


def test_what_others_pay_is_put_together_where_there_is_no_room_for_each() -> None:
    told = costs([THING] * 9 + [{**THING, "paid_by": "School"}] * 3 + [{**THING, "paid_by": "Other"}])
    assert told[9:] == (
        Line("", "The cluster would pay", pence=18000, total=True),
        Line("", "3 lines (the school pays)", pence=6000),
        Line("", "1 line (others pay)", pence=2000),
    )
