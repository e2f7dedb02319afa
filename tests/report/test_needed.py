from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.form.shipped import form
from cluster_sheets.register.model import Register
from cluster_sheets.report.need import Need, When
from cluster_sheets.report.needed import Needed, told
from cluster_sheets.store import cases, decisions, packs, units
from cluster_sheets.store.cases import Case
from cluster_sheets.store.decisions import Decision
from cluster_sheets.store.packs import Pack, PackState
from cluster_sheets.store.units import ReplyState, Unit
from tests.register.made import REGISTER
from tests.replies.made import NIGHT, ROUND, Workspace, came, workspace
from tests.report.made import accepted, asked
from tests.store.made import ended

TODAY, OUT = date(2026, 9, 29), date(2026, 10, 8)
REVIEW = f"private/review/{ROUND}.xlsx"
PACK = f"panel/{ROUND}/panel-{ROUND}-v1.xlsx"


def needs(
    at: Workspace, found: Sequence[Finding] = (), register: Register = REGISTER, days: int = 0
) -> tuple[Need, ...]:
    found_ = Needed(at.store, register, at.places, NIGHT + timedelta(days=days)).everything(found)
    # Of packs that the tests have only in the store there is no file.
    return tuple(each for each in found_ if "is gone" not in each.what)


def in_pack(at: Workspace, count: int, state: PackState) -> None:
    """A pack of the round with that many cases."""
    at_ = {"checked_at": NIGHT} if state is not PackState.DRAFT else {}
    at_ |= {"released_at": NIGHT} if state is PackState.RELEASED else {}
    for number in range(1, count + 1):
        accepted(at, number)
    with at.store.transaction():
        packs.save(at.store, Pack(ROUND, 1, state, "hash", "sha", PACK, NIGHT, **at_))
        cases.save_many(
            at.store, [Case(ROUND, f"CEN-2627-{number:04d}", f"K{number}", number, 1) for number in range(1, count + 1)]
        )


def test_a_quiet_night_needs_nobody(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        assert needs(at) == ()


def test_held_submissions_wait_for_a_word_by_reason(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        for number, code in enumerate(
            ("sender-not-registered", "capital-asked", "sender-not-registered", "no-meeting")
        ):
            asked(at, came(at, "held", content=bytes([number]), reason=code), "held", code=code)
        do = f"Open {REVIEW}, sheet Held, and choose accept or return."
        assert {(need.about, need.what, need.do, need.minutes, need.by) for need in needs(at)} == {
            ("1 submission held", form("application").wording("capital-asked").what, do, 3, TODAY),
            ("2 submissions held", form("application").wording("sender-not-registered").what, do, 6, TODAY),
            (
                "1 submission held",
                "The calendar has no meeting that it could wait for: put the next one into the sheet Meetings.",
                do,
                3,
                TODAY,
            ),
        }
        assert {need.kind for need in needs(at)} == {When.TODAY}


def test_words_to_decide_and_cases_to_read_come_before_the_pack_goes_out(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        unit, other = came(at, "receipt"), came(at, "receipt", content=b"two")
        for number in range(5):
            asked(at, unit, "redaction", number, code="name")
        asked(at, other, "redaction", code="name")
        asked(at, unit, "fact", code="phase-group")
        asked(at, unit, "fact", 2, code="key-stage")
        asked(at, unit, "ready")
        assert needs(at) == (
            Need(
                When.BEFORE_PACK, ROUND, "Words or numbers in 2 cases may tell who it is.",
                f"Open {REVIEW}, sheet Redactions, and choose take out or keep for each.", 3, OUT,
                "6 words or numbers to decide",
            ),
            Need(
                When.BEFORE_PACK, ROUND, "1 case would fit fewer than 3 schools; what points to them is left out.",
                f"Open {REVIEW}, sheet Facts, and choose blur or show for each.", 2, OUT, "2 facts to decide",
            ),
            Need(
                When.BEFORE_PACK, ROUND, "1 case of the pack waits for your tick.",
                f"Read it in the panel workbook, then open {REVIEW}, sheet Ready, and say yes.", 2, OUT,
                "1 case to read",
            ),
        )  # fmt: skip


def test_a_checked_pack_is_to_be_released(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        in_pack(at, 1, PackState.CHECKED)
        assert needs(at) == (
            Need(
                When.BEFORE_PACK, PACK, "The pack is checked.",
                f"Release it: cluster-sheets panel release --meeting {ROUND}", 1, OUT, "version 1",
            ),
        )  # fmt: skip


def test_more_cases_than_a_meeting_can_hear_are_told(tmp_path: Path) -> None:
    lines = {**REGISTER.settings.lines}
    lines["cases_warn_over"] = replace(lines["cases_warn_over"], value="1")
    register = replace(REGISTER, settings=replace(REGISTER.settings, lines=lines))
    with workspace(tmp_path) as at:
        in_pack(at, 2, PackState.DRAFT)
        (need,) = needs(at, register=register)
        assert need.what == "The pack has 2 cases; a meeting can hear about 1."
        assert needs(at) == ()
        # Decided cases are heard, whatever day the register gives the meeting afterwards.
        heard = Decision(ROUND, "CEN-2627-0001", "AGREED", 100, "MAIN", 25, 13, None, None, None, TODAY, NIGHT)
        with at.store.transaction():
            decisions.record_many(at.store, [heard])
        assert needs(at, register=register) == ()


def test_cases_of_a_meeting_that_is_over_want_a_decision(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        in_pack(at, 2, PackState.RELEASED)
        assert needs(at, days=16) == ()
        where = f"panel/{ROUND}/decisions-{ROUND}.xlsx"
        what = "2 cases of the meeting have no decision yet."
        do = (
            "Fill it in with the chair. If the meeting could not decide, put CANCELLED as its status into"
            " register.xlsx, Meetings: its cases then go to the next one."
        )
        assert needs(at, days=17) == (Need(When.TODAY, where, what, do, 4, date(2026, 10, 22)),)


def test_what_could_not_be_taken_tonight_and_was_told_is_one_thing_for_each_reason(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        for number in (1, 2):
            came(at, "refused", content=bytes([number]), reason="file-broken")
        (need,) = needs(at)
        what = "The file is damaged or only part of it arrived. The school was told."
        assert (need.kind, need.what, need.about) == (When.LATER, what, "and 1 more")


def untold(at: Workspace, *came_: Unit) -> None:
    """Nobody is told of these."""
    with at.store.transaction():
        units.save_many(at.store, [replace(each, reply=ReplyState.NONE) for each in came_])


def test_what_goes_back_or_is_refused_and_nobody_can_be_told_of_is_one_thing_for_today(tmp_path: Path) -> None:
    blank = Finding(Place("f.xlsx", "1 School", "C8"), "blank", field="headteacher_name")
    with workspace(tmp_path) as at:
        first = came(at, "refused", content=b"1", reason="file-broken")
        pdf = [came(at, "refused", content=bytes([number]), reason="file-pdf") for number in (7, 8)]
        back = came(at, "mend", (blank, replace(blank, field="contact_name")), content=b"2")
        told_ = came(at, "mend", (blank,), content=b"3")
        untold(at, first, *pdf, back)
        replies_out = [each for each in needs(at) if "told" in each.what]
        assert [(each.kind, each.about, each.what, each.do, each.minutes) for each in replies_out] == [
            (
                When.TODAY,
                "and 3 more",
                "4 things could not be taken, and not answered (nobody is known who could be told, or a program or a"
                " list sent it). The file is a PDF. We can only read the form as a workbook. (2) The file is damaged or"
                " only part of it arrived. (1) Answers in it are to be mended. (1)",
                "Ask whoever sent them or put them into the inbox; they are kept. To see who that may be:"
                " cluster-sheets quarantine show.",
                8,
            )
        ]
        assert told_.unit_id not in replies_out[0].where
        # Told by the next night too where this one was cut short: only what a night that was done has told is told.
        assert replies_out[0].what in [each.what for each in needs(at, days=1)]
        with at.store.transaction():
            ended(at.store, NIGHT)
        assert [each for each in needs(at) if "told" in each.what] == replies_out
        assert [each for each in needs(at, days=1) if "told" in each.what] == []


def test_one_that_nobody_can_be_told_of_is_told_of_alone(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        one = came(at, "mend", (Finding(Place("f.xlsx"), "not-our-form"),))
        untold(at, one)
        (need,) = needs(at)
        assert need == Need(
            When.TODAY, f"Unit {one.unit_id}",
            "1 thing could not be taken, and not answered (nobody is known who could be told, or a program or a list"
            " sent it). The workbook is not our form.",
            "Ask whoever sent it or put it into the inbox; it is kept.", 2, TODAY,
        )  # fmt: skip


def test_after_a_night_that_broke_off_nobody_is_sent_to_a_workbook_that_is_not_there(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        unit = came(at, "held", reason="capital-asked")
        asked(at, unit, "held", code="capital-asked")
        broken = Needed(at.store, REGISTER, at.places, NIGHT, finished=False)
        assert broken.everything(()) == (
            Need(
                When.TODAY, ROUND, "1 question waits, and the workbook for answers is not made.",
                "Run the night again first: it makes the workbook.", 1,
            ),
        )  # fmt: skip
        at.places.review.mkdir(parents=True, exist_ok=True)
        (at.places.root / REVIEW).touch()
        assert REVIEW in broken.everything(())[0].do


def test_nobody_is_sent_to_questions_that_an_odd_answer_keeps_out_of_the_workbook(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        for number in range(2):
            unit = came(at, "held", content=bytes([number]), reason="capital-asked")
            asked(at, unit, "held", code="capital-asked")
        place = Place(f"{ROUND}.xlsx", "Held", "F6")
        odd = Finding(place, "review-answer-odd", Severity.QUERY, detail=(("limit", "accept or return"),))
        first, second = needs(at, [odd])
        assert first.about == "Held, F6"
        assert second == Need(
            When.TODAY, ROUND, "2 questions wait; those that came since are not in it yet.",
            f"Mend first what is said of {REVIEW}; the next run puts in what came since.", 1,
        )  # fmt: skip
        noted = Finding(place, "review-settled", Severity.NOTE)
        assert "2 submissions held" in {need.about for need in needs(at, [noted])}


def test_a_delivery_report_about_nothing_we_know_is_told(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        came(at, "note", reason="bounce")
        (need,) = needs(at)
        assert (need.kind, need.what) == (
            When.TODAY, "A mail server says that a message could not be delivered. Which one is not clear.",
        )  # fmt: skip
        with at.store.transaction():
            ended(at.store, NIGHT)
        assert needs(at, days=1) == ()


def test_what_is_to_be_mended_in_a_filled_in_workbook_is_told_without_what_was_typed(tmp_path: Path) -> None:
    place = Place("/desk/central/panel/decisions-X.xlsx", "Decisions", "H7")
    found = Finding(place, "not-money", field="decided.award", detail=(("typed", "‘lots for Ivy’"),))
    with workspace(tmp_path) as at:
        (need,) = needs(at, (found,))
        assert (need.where, need.about) == ("decisions-X.xlsx", "Decisions, H7")
        assert need.what == "What stands in H7 is not an amount we can read."
        assert need.do == form("decisions").wording("not-money").mend.replace("{cell}", "H7")
        assert len(needs(at, (found,) * 15)) == 13
        assert needs(at, (found,) * 15)[-1].what == "3 more things like these."


@pytest.mark.parametrize(
    ("code", "detail", "what", "mend"),
    [
        (
            "quorum-not-met",
            {"typed": "4", "limit": "10"},
            "You had 4 of the 10 schools the quorum needs, so the meeting could not decide.",
            "Correct H7 if it is wrong. Else put CANCELLED as the meeting's status into register.xlsx, Meetings: its"
            " cases then go to the next one.",
        ),
        (
            "award-above-asked",
            {"typed": "£2,000.00", "limit": "£1,560.00", "other": "K7"},
            "Case K7: £2,000.00 is more than the £1,560.00 asked for.",
            "Type £1,560.00 in H7, the most that fits; with Agreed for less, type less than that.",
        ),
        (
            "more-than-is-left",
            {"other": "the main fund for 2026-27: £1,299.85", "limit": "£4,959.99"},
            "The awards come to more than is left of the main fund for 2026-27: £1,299.85.",
            "At most £4,959.99 fits in H7 as the other awards are; or give less in another box until the sheet What is"
            " left says Fits.",
        ),
        ("decisions-blank", {"other": "Case K7."}, "Award has no answer. Case K7.", "Fill in H7."),
        ("decisions-blank", {}, "Award has no answer.", "Fill in H7."),
        (
            "decisions-of-another-meeting",
            {"other": "CEN-2627-A2"},
            "This is the decisions workbook of CEN-2627-A2.",
            "Put each decisions workbook back into the folder of its own meeting. For example: panel/CEN-2627-A1",
        ),
    ],
)
def test_amounts_numbers_and_references_are_told_and_the_mend_fits(
    code: str, detail: dict[str, str], what: str, mend: str
) -> None:
    found = Finding(Place("x.xlsx", "Decisions", "H7"), code, field="decided.award", detail=tuple(detail.items()))
    assert told(found) == (what, mend)


@pytest.mark.parametrize(
    "typed",
    [
        "‘Ivy’",
        "Ivy",
        "IVY-GREEN",
        "IVY-2627-Sneyd-Green",
        "Ivy Green",
        "£2,000.00 for Ivy",
        "A999000015001",
        "07700900123",
        "12052015",
    ],
)
def test_nothing_else_that_was_typed_stands_in_the_report(typed: str) -> None:
    for code in (each.code for each in form("decisions").rules):
        for name in ("typed", "other"):
            found = Finding(Place("x.xlsx", "Decisions", "H7"), code, field="decided.award", detail=((name, typed),))
            assert typed not in " ".join(told(found)), code


@pytest.mark.parametrize("other", ["CENTRAL-2627-A1", "CEN-2627-SPRING1", "CEN-2627-A1"])
def test_a_meeting_is_named_whatever_its_cluster_is_called(other: str) -> None:
    found = Finding(Place("x.xlsx"), "decisions-of-another-meeting", Severity.RETURN, "", (("other", other),))
    assert told(found)[0] == f"This is the decisions workbook of {other}."


def test_a_meeting_of_the_register_is_named_whatever_it_is_called(tmp_path: Path) -> None:
    other = "autumn_of_the_second_year-2026-27-north1"
    register = replace(REGISTER, meetings=(*REGISTER.meetings, replace(REGISTER.meetings[0], meeting_id=other)))
    found = Finding(Place("x.xlsx"), "decisions-of-another-meeting", Severity.RETURN, "", (("other", other),))
    with workspace(tmp_path) as at:
        assert [each.what for each in needs(at, (found,))] == ["What stands in it does not fit."]
        assert [each.what for each in needs(at, (found,), register)] == [f"This is the decisions workbook of {other}."]


@pytest.mark.parametrize("case", ["K7", "B12", "K123"])
def test_every_case_can_be_named(case: str) -> None:
    found = Finding(
        Place("x.xlsx", "Decisions", "C7"), "case-twice", Severity.RETURN, "decided.case_ref", (("other", case),)
    )
    assert told(found)[0] == f"Case {case} stands on two lines."


def test_what_is_odd_in_a_review_workbook_is_told_in_its_own_words() -> None:
    odd = Finding(Place("a.xlsx", "Held", "F6"), "review-answer-odd", detail=(("limit", "accept or return"),))
    assert told(odd) == (
        "The answer in F6 is none of those in its list.",
        "Choose accept or return in F6, or empty the box.",
    )


def test_what_is_only_noted_can_wait(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        (need,) = needs(at, (Finding(Place("a.xlsx", "Held", "F6"), "review-no-name", Severity.NOTE),))
        assert need.kind is When.LATER


def test_a_code_nobody_declares_is_still_told() -> None:
    assert told(Finding(Place("x.xlsx", "Held", "F6"), "odd-code")) == (
        "Something is to be mended (odd-code).",
        "Look at F6.",
    )


@pytest.mark.parametrize(
    ("count", "about", "what", "minutes"),
    [
        (1, "1 file", "It is too large to be taken, so it stays there.", 2),
        (3, "3 files", "They are too large to be taken, so they stay there.", 6),
    ],
)
def test_files_too_large_to_be_taken_are_counted_and_not_named(
    tmp_path: Path, count: int, about: str, what: str, minutes: int
) -> None:
    with workspace(tmp_path) as at:
        do = "Sort the folder by size, ask whoever sent it for the form alone, and take the file out."
        assert Needed(at.store, REGISTER, at.places, NIGHT).everything((), count) == (
            Need(When.TODAY, "inbox", what, do, minutes, TODAY, about),
        )
