from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

from cluster_sheets.form.shipped import form
from cluster_sheets.panel.all_cases import in_order
from cluster_sheets.panel.decisions.view import NO_TITLE, eligible, view
from cluster_sheets.store import applications, cases, packs, redactions
from cluster_sheets.store.packs import PackState
from tests.decided import ADVICE, AT, CITY, CONTINGENT, NEED, PROJECT, SP1, desk, lay, pack
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


def test_after_a_release_a_view_shows_what_the_panel_was_given(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        before = view(at.store, at.register, FORM, at.meeting)
        at.newer(400_000)
        lay(at.store, at.meeting, (NEED,), first=7)
        ((newer, _), late) = (applications.everything(at.store), cases.of_meeting(at.store, SP1)[1])
        with at.store.transaction():
            cases.save_many(at.store, [replace(late, version_in=2)])
            packs.save(at.store, pack(SP1, PackState.CHECKED, 2))
            redactions.put_many(at.store, [(newer.current_unit, {"request_title": "EXAMPLE request 1"})])
        assert view(at.store, at.register, FORM, at.meeting) == before
        with at.store.transaction():
            released = replace(pack(SP1, version=2), released_at=AT + timedelta(hours=2))
            packs.save(at.store, released)
        first, second = view(at.store, at.register, FORM, at.meeting).cases
        assert (first.asked_pence, first.least_pence, second.case_ref) == (400_000, None, "H3")


def test_a_case_that_left_after_the_release_is_still_the_meetings(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        (case,) = cases.of_meeting(at.store, SP1)
        with at.store.transaction():
            cases.save_many(at.store, [replace(case, version_out=2)])
            packs.save(at.store, pack(SP1, PackState.DRAFT, 2))
        assert [each.case_ref for each in view(at.store, at.register, FORM, at.meeting).cases] == ["K7"]


def test_a_title_of_a_version_that_was_not_released_is_withheld(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        at.newer(400_000)
        (newer,) = applications.everything(at.store)
        with at.store.transaction():
            redactions.put_many(at.store, [(newer.current_unit, {"request_title": "EXAMPLE of another title"})])
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
