from dataclasses import replace
from datetime import date, timedelta

from cluster_sheets.intake.pool import Refused
from cluster_sheets.register.model import Membership
from cluster_sheets.store import answers, applications, questions, replies
from cluster_sheets.store.units import State
from tests.verdict.desk import ONE, REGISTER, TODAY, TWO, Desk, asked
from tests.verdict.made import ROUND, URN


def test_a_good_form_is_accepted_under_a_reference_and_answered(desk: Desk) -> None:
    unit = desk.come(asked(), ONE)
    desk.judge()
    (application,) = applications.everything(desk.store)
    stands = desk.of(unit)
    assert (stands.state, stands.application_ref, stands.meeting) == (State.ACCEPTED, "CEN-2627-0001", ROUND)
    assert (application.asked_pence, application.minimum_pence, application.pot) == (327560, 200000, "MAIN")
    assert (stands.frozen, desk.kinds(unit)) == (True, ["receipt"])
    assert answers.titles(desk.store, [unit.unit_id]) == {unit.unit_id: "Daily language groups"}


def test_a_form_with_something_to_mend_goes_back_and_makes_no_application(desk: Desk) -> None:
    unit = desk.come(asked(headteacher_name=None), ONE)
    desk.judge()
    assert desk.state(unit) == (State.RETURNED, "")
    assert (desk.codes(unit), desk.kinds(unit)) == (["blank"], ["mend"])
    assert applications.everything(desk.store) == ()


def test_a_newer_good_form_keeps_the_reference_of_its_application(desk: Desk) -> None:
    first = desk.come(asked(), ONE)
    desk.judge()
    second = desk.come(asked(minimum_viable=2500.0), ONE)
    desk.judge()
    (application,) = applications.everything(desk.store)
    assert (application.application_ref, application.current_unit) == ("CEN-2627-0001", second.unit_id)
    assert application.minimum_pence == 250000
    assert desk.state(first) == (State.SET_ASIDE, "superseded")


def test_a_refused_file_of_a_known_sender_goes_back_to_its_school(desk: Desk) -> None:
    unit = desk.come(Refused("file-macros"), None, REGISTER.reply_addresses(URN, TODAY)[0])
    desk.judge()
    assert (desk.of(unit).state, desk.codes(unit), desk.kinds(unit)) == (State.RETURNED, ["file-macros"], ["refused"])


def test_an_unsafe_file_is_quarantined_and_a_bare_one_has_nobody_to_tell(desk: Desk) -> None:
    unit = desk.come(Refused("file-unsafe-zip"))
    desk.judge()
    assert (desk.state(unit), desk.kinds(unit)) == ((State.QUARANTINED, "file-unsafe-zip"), [])


def test_what_waits_for_no_meeting_is_asked_by_the_next_of_its_own_cluster(desk: Desk) -> None:
    school = replace(REGISTER.schools[URN], memberships=(Membership("N", date(2025, 9, 1)),))
    first = REGISTER.cluster_meetings("CEN")[0]
    north = replace(first, meeting_id="N-2627-A1", cluster="N", day=first.day + timedelta(days=7))
    desk.register = replace(REGISTER, meetings=(*REGISTER.meetings, north), schools={**REGISTER.schools, URN: school})
    unit = desk.come(asked(), sender=REGISTER.reply_addresses(URN, TODAY)[0])
    desk.judge()
    assert (desk.of(unit).state, desk.of(unit).meeting) == (State.HELD, None)
    assert [each.meeting for each in questions.of_units(desk.store, [unit.unit_id])] == ["N-2627-A1"]


def test_replies_lie_in_the_outbox_by_day_kind_and_reference(desk: Desk) -> None:
    _, faulty = (
        desk.come(asked(), ONE),
        desk.come(asked(headteacher_name=None, request_title="Quite another thing"), TWO),
    )
    desk.judge()
    assert {each.path for each in replies.everything(desk.store)} == {
        "outbox/2026-09-28-receipt-CEN-2627-0001-v1.eml",
        f"outbox/2026-09-28-mend-{faulty.unit_id}-v1.eml",
    }
