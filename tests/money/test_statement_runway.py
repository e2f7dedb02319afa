import io
from datetime import date

import openpyxl

from cluster_sheets.money.statement import made
from cluster_sheets.money.statement_view import NOTHING, Step, View
from tests.money.statements import RUNWAY, WIDE, view


def _rows(shown: View) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(made(shown)), data_only=True)
    return [tuple(row) for row in book["Contingency runway"].values]


def test_each_city_meeting_draws_down_and_the_mean_goes_on_from_there() -> None:
    rows = _rows(view(at=WIDE))
    assert rows[2][0] == "£12,600.00 left. At £3,700.00 a meeting it lasts three more; this year has one."
    assert [row[:4] for row in rows[4:10]] == [
        ("Start of year", 0, 20000, "Actual"),
        ("25 June 2026", 2000, 18000, "Actual"),
        ("26 November 2026", 5400, 12600, "Actual"),
        ("11 March 2027", 3700, 8900, "Forecast"),
        ("24 June 2027", 3700, 5200, "If carried over"),
        ("25 November 2027", 3700, 1500, "If carried over"),
    ]
    assert [row[0] for row in rows if row[0] and str(row[0])[:2] in ("1.", "2.")] == [
        "1.  What the two City Cluster Meetings of this year gave on average: so few make a weak guide.",
        "2.  On 31 January the cluster may vote to move what is left to the main fund.",
    ]


def test_a_forecast_gives_no_more_than_there_is() -> None:
    steep = (RUNWAY[0], Step(date(2027, 3, 11), 1_900_000, "Forecast"), Step(date(2027, 6, 24), 1_900_000, "Forecast"))
    assert [row[1:3] for row in _rows(view(at=WIDE, runway=steep))[5:8]] == [(2000, 18000), (18000, 0), (0, 0)]


def test_before_any_decision_there_is_no_forecast() -> None:
    waiting = (Step(date(2026, 11, 26), 0, NOTHING), Step(date(2027, 3, 11), None, "Forecast"))
    rows = _rows(view(at=WIDE, runway=waiting))
    assert rows[2][0] == "£12,600.00 left. No City Cluster Meeting has given anything from it yet this year."
    assert [row[:4] for row in rows[5:7]] == [
        ("26 November 2026", 0, 20000, "Nothing recorded"),
        ("11 March 2027", None, None, "Forecast"),
    ]


def test_what_earlier_meetings_gave_of_the_year_is_gone_at_its_start() -> None:
    rows = _rows(view(at=WIDE, given_before=250_000))
    assert [row[:3] for row in rows[4:6]] == [("Start of year", 2500, 17500), ("25 June 2026", 2000, 15500)]
