from dataclasses import replace
from datetime import date
from pathlib import Path

from cluster_sheets.checks.world import Arrival
from cluster_sheets.store import applications
from cluster_sheets.store.forms import IssuedForm
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict.world import nowhere, world
from tests.requests import Answers, Request, day, project, whole_school
from tests.verdict.desk import FINDER, ONE, REGISTER, TODAY, TWO, Desk, asked, made
from tests.verdict.made import OTHER, ROUND, URN


def test_one_pupil_in_two_forms_is_a_query_on_the_second_whatever_the_chunks(tmp_path: Path) -> None:
    for at_once in (1, 100):
        with made(tmp_path / str(at_once)) as desk:
            first = desk.come(asked(), ONE)
            second = desk.come(asked(request_title="A sensory corner for calm"), TWO)
            desk.judge(at_once=at_once)
            assert desk.of(first).state is State.ACCEPTED
            assert set(desk.codes(second)) == {"upn-in-another-request"}


def award(desk: Desk, request: Request, form: IssuedForm) -> Unit:
    """A request that was accepted and then agreed."""
    unit = desk.come(request, form)
    desk.judge()
    (application,) = applications.get_many(desk.store, [desk.of(unit).application_ref or ""]).values()
    with desk.store.transaction():
        applications.save_many(desk.store, [replace(application, state="AGREED")])
    return unit


def test_a_pupil_of_a_live_award_is_a_query_while_its_dates_overlap(desk: Desk) -> None:
    award(desk, asked(), ONE)
    pupils = project().tables["pupils"]
    about = world(desk.store, REGISTER, FINDER, {str(line["upn"]) for line in pupils})
    assert about.awards_of(str(pupils[0]["upn"])) == ((date(2027, 2, 22), date(2027, 7, 16)),)
    assert about.awards_of("R999000015999") == ()


def test_an_earlier_reference_is_known_by_the_schools_that_stood_in_it(desk: Desk) -> None:
    name = REGISTER.schools[OTHER].name
    partner: Answers = {
        "partner_school": name,
        "pupils_benefiting": 14.0,
        "share": 1000.0,
        "agreed_by_name": "Kim Example",
        "agreed_by_role": "Headteacher",
        "agreed_on": day("21/09/2026"),
    }
    shared = asked(whole_school()).but(applicant="With other schools").but_lines("partners", [partner])
    unit = desk.come(shared, ONE)
    desk.judge()
    about = world(desk.store, REGISTER, FINDER, ())
    assert about.earlier_schools(desk.of(unit).application_ref or "") == {URN, OTHER}
    assert about.earlier_schools("CEN-2526-0099") == frozenset()


def test_without_a_workspace_nothing_is_known_of_other_requests() -> None:
    about = nowhere(REGISTER, FINDER)
    assert (
        about.awards_of("R999000015001"),
        about.other_forms_of("R999000015001", Arrival(TODAY, TODAY, round=ROUND)),
    ) == ((), False)
    assert about.earlier_schools("CEN-2526-0017") == frozenset(REGISTER.schools)
