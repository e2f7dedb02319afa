from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

from cluster_sheets.form.shipped import form
from cluster_sheets.panel.all_cases import in_order
from cluster_sheets.panel.decisions_view import NO_TITLE, eligible, view
from cluster_sheets.store import redactions
from tests.decided import ADVICE, CITY, CONTINGENT, NEED, PROJECT, SP1, desk
from tests.register.made import REGISTER

FORM = form("application")


def test_a_view_shows_what_is_asked_and_left(tmp_path: Path) -> None:
    with desk(tmp_path, CONTINGENT, PROJECT, ADVICE) as at:
        shown = view(at.store, at.register, FORM, at.meeting)
        assert [(each.case_ref, each.fund, each.asked_pence, each.least_pence, each.days) for each in shown.cases] == [
            ("M4", ("CEN", "CONTINGENCY"), 300000, None, (("2026-27", 38), ("2027-28", 107))),
            ("K7", ("CEN", "MAIN"), 496000, 300000, (("2026-27", 38), ("2027-28", 107))),
            ("N8", None, 0, None, ()),
        ]
        assert (shown.eligible, shown.year, shown.years) == (25, "2026-27", ("2026-27", "2027-28"))
        assert shown.year_end == "31 March"
        assert list(shown.funds.items()) == [(("CEN", "MAIN"), "Main fund"), (("CEN", "CONTINGENCY"), "Contingency")]


def test_cases_come_in_the_order_in_which_the_panel_workbook_lists_them(tmp_path: Path) -> None:
    bids = [
        replace(each, case_ref=ref) for ref, each in zip("ZYXWV", (ADVICE, NEED, ADVICE, PROJECT, NEED), strict=True)
    ]
    with desk(tmp_path, *bids) as at:
        shown = view(at.store, at.register, FORM, at.meeting)
        assert [each.case_ref for each in shown.cases] == ["Y", "W", "V", "Z", "X"]
        order = [SimpleNamespace(case_ref=each.case_ref, purpose=each.purpose) for each in bids]
        assert [each.case_ref for each in in_order(tuple(order))] == [each.case_ref for each in shown.cases]  # type: ignore[arg-type]


def test_a_request_that_began_in_a_year_now_over_counts_from_the_meetings_year(tmp_path: Path) -> None:
    early = replace(PROJECT, start=date(2027, 3, 1), end=date(2027, 6, 30))
    with desk(tmp_path, early, meeting="CEN-2627-Su1") as at:
        (case,) = view(at.store, at.register, FORM, at.meeting).cases
        assert case.days == (("2027-28", 91),)


def test_a_passed_on_case_asks_the_main_fund_where_it_was_and_contingency_where_it_goes(tmp_path: Path) -> None:
    with desk(tmp_path, NEED) as at:
        at.fill(H3={"outcome": "To contingency"})
        assert at.read() == ()
        (case,) = view(at.store, at.register, FORM, at.meeting).cases
        assert case.fund == ("CEN", "MAIN")


def test_a_title_that_is_not_redacted_yet_is_withheld(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        ((unit,),) = [at.store.ask("SELECT current_unit FROM cluster.application")[0]]
        with at.store.transaction():
            redactions.put_many(at.store, [(unit, {})])
        assert view(at.store, at.register, FORM, at.meeting).cases[0].want == NO_TITLE


def test_the_mark_changes_with_what_is_shown_and_with_nothing_else(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        shown = view(at.store, at.register, FORM, at.meeting)
        assert shown.mark(b"key") == view(at.store, at.register, FORM, at.meeting).mark(b"key")
        other = replace(shown, left={**shown.left, ("CEN", "MAIN", "2026-27"): 1})
        elsewhere = replace(shown, left={**shown.left, ("N", "MAIN", "2026-27"): 1})
        marks = [each.mark(b"key") for each in (shown, other, elsewhere, replace(shown, eligible=24))]
        assert (marks[1] != marks[0], marks[2] == marks[0], marks[3] != marks[0]) == (True, True, True)


def test_members_are_counted_on_the_day() -> None:
    meetings = [REGISTER.meeting(name) for name in (SP1, CITY)]
    assert [eligible(REGISTER, each, day) for each in meetings if each for day in (each.day, date(2020, 1, 1))] == [
        25, 0, 25, 0,
    ]  # fmt: skip
