from dataclasses import replace
from datetime import date, timedelta

import pytest

from cluster_sheets.base import columns
from cluster_sheets.store import answers, forms, questions
from cluster_sheets.store.units import State, Unit
from tests import requests
from tests.requests import Request, day
from tests.verdict.desk import ONE, OTHERS, REGISTER, SCHOOL, TODAY, TWO, Desk, asked
from tests.verdict.made import OTHER, URN, issued

ADDRESS = REGISTER.reply_addresses(URN, TODAY)[0]


def told(desk: Desk, unit: Unit) -> dict[str, str]:
    """The words of the question about a held submission."""
    (question,) = (each for each in questions.of_units(desk.store, [unit.unit_id]) if each.kind == "held")
    return questions.texts(desk.store, [question.question_id])[question.question_id]


def test_the_admin_is_told_who_sent_it_when_and_what_stands_where_something_was_found(desk: Desk) -> None:
    request = requests.project().but_line("costs", 0, description="Time with VAT at 20 per cent")
    unit = desk.come(asked(request), ONE, ADDRESS)
    desk.judge()
    assert told(desk, unit) == {
        "who": SCHOOL,
        "sender": ADDRESS,
        "came": "28 September 2026, 03:00",
        "title": "Daily language groups",
        "findings": (
            "5 Costs C101: This line speaks of VAT. Costs are given without it."
            " It reads “Time with VAT at 20 per cent”."
        ),
    }


def test_of_many_findings_the_first_are_told_and_the_rest_are_counted(desk: Desk) -> None:
    line = {**requests.project().tables["costs"][0], "description": "Time with VAT at 20 per cent"}
    unit = desk.come(asked(requests.project().but_lines("costs", [line] * 25)), ONE, "stranger@elsewhere.example")
    desk.judge()
    lines = told(desk, unit)["findings"].split("\n")
    assert lines[0].startswith("The form came from an address we do not hold.")
    assert [each.partition(":")[0] for each in lines[1:20]] == [f"5 Costs C{number}" for number in range(101, 120)]
    assert lines[20:] == ["and 8 more"]


def test_the_admin_is_told_which_other_requests_hold_the_same_upn(desk: Desk) -> None:
    first = desk.come(asked(), ONE)
    desk.judge()
    name = REGISTER.schools[OTHER].name
    again = desk.come(asked(school_name=name, school_urn=OTHER), OTHERS)
    desk.judge()
    assert (desk.of(first).state, desk.of(again).state) == (State.ACCEPTED, State.HELD)
    upn = requests.pupil(1)["upn"]
    first_line, *_ = told(desk, again)["findings"].split("\n")
    assert first_line.endswith(f": The UPN {upn} is in another request too: CEN-2627-0001 of {SCHOOL}, accepted.")
    third = desk.come(asked(request_title="Quite another thing"), TWO)
    desk.judge()
    first_line, *_ = told(desk, third)["findings"].split("\n")
    assert first_line.endswith(
        f": The UPN {upn} is in another request too: CEN-2627-0001 of {SCHOOL}, accepted;"
        f" form {OTHERS.form_id} of {name}, held as well."
    )
    assert told(desk, third)["sender"] == "the file request.xlsx"


def test_the_admin_is_told_of_an_award_that_is_in_force(desk: Desk) -> None:
    desk.come(asked(), ONE)
    desk.judge()
    with desk.store.transaction():
        desk.store.write("UPDATE cluster.application SET state = 'AGREED'", [()])
        desk.store.write("UPDATE cluster.unit SET round = 'CEN-2526-A3'", [()])
    unit = desk.come(asked(request_title="Quite another thing"), TWO)
    desk.judge()
    upn = requests.pupil(1)["upn"]
    first_line, *_ = told(desk, unit)["findings"].split("\n")
    assert first_line.endswith(f": The UPN {upn} has an award that is in force: CEN-2627-0001 of {SCHOOL}, accepted.")


def test_a_long_text_is_told_by_its_beginning(desk: Desk) -> None:
    need = "Word for word " * 20 + "R999000015001."
    unit = desk.come(asked(need=need + " More of it." * 5), ONE)
    desk.judge()
    (line,) = (each for each in told(desk, unit)["findings"].split("\n") if "UPN" in each)
    assert line.endswith("It reads “" + ("Word for word " * 9)[:120].rstrip() + "…”.")


def held_by(desk: Desk, unit: Unit, words: str) -> str:
    """What is said of the first UPN after ``words``."""
    line = next(each for each in told(desk, unit)["findings"].split("\n") if words in each)
    return line.partition(words)[2]


def of_other(need: str = "A need of theirs. " * 20, **changes: object) -> Request:
    return asked(None, school_name=REGISTER.schools[OTHER].name, school_urn=OTHER, need=need, **changes)


def test_neither_its_own_form_nor_what_was_replaced_since_is_named(desk: Desk) -> None:
    back, more = asked(headteacher_name=None), asked(need="Another need. " * 20)
    for request, form in ((of_other(), OTHERS), (back, ONE), (asked(), ONE), (more, ONE)):
        desk.come(request, form)
        desk.judge()
    again = desk.come(of_other(need="Another need. " * 20), OTHERS)
    desk.judge()
    assert held_by(desk, again, "in another request too") == f": form {ONE.form_id} of {SCHOOL}, held as well."


EARLIER = ("unit SET round = 'CEN-2526-A3', meeting = 'CEN-2526-A3'", "application SET meeting = 'CEN-2526-A3'")


@pytest.mark.parametrize("became", [EARLIER, ("unit SET state = 'set-aside'",)])
def test_a_request_of_an_earlier_round_or_one_that_was_set_aside_is_not_named(
    desk: Desk, became: tuple[str, ...]
) -> None:
    desk.come(asked(), ONE)
    desk.judge()
    with desk.store.transaction():
        for each in became:
            desk.store.write(f"UPDATE cluster.{each}", [()])
    desk.come(of_other(), OTHERS)
    desk.judge()
    unit = desk.come(asked(request_title="Quite another thing"), TWO)
    desk.judge()
    name = REGISTER.schools[OTHER].name
    assert held_by(desk, unit, "in another request too") == f": CEN-2627-0002 of {name}, accepted."


def two_accepted(desk: Desk) -> Unit:
    """A pupil is in two requests that are accepted; gives the second."""
    desk.come(asked(), ONE)
    desk.judge()
    other = desk.come(of_other(), OTHERS)
    desk.judge()
    desk.answer(other, "accept")
    desk.judge()
    return other


def test_of_awards_only_those_that_are_are_named(desk: Desk) -> None:
    other = two_accepted(desk)
    with desk.store.transaction():
        refs = [("CEN-2627-0001",)]
        desk.store.write("UPDATE cluster.application SET state = 'AGREED' WHERE application_ref = ?", refs)
    unit = desk.come(asked(request_title="Quite another thing"), TWO)
    desk.judge()
    assert desk.of(other).application_ref == "CEN-2627-0002"
    assert held_by(desk, unit, "award that is in force") == f": CEN-2627-0001 of {SCHOOL}, accepted."


def test_an_award_that_is_over_by_then_is_not_named(desk: Desk) -> None:
    other = two_accepted(desk)
    read = answers.get(desk.store, other.unit_id)
    assert read is not None
    over = {columns.START: date(2026, 1, 5), columns.END: date(2026, 3, 27)}
    with desk.store.transaction():
        desk.store.write("UPDATE cluster.application SET state = 'AGREED'", [()])
        answers.put_many(desk.store, [(other.unit_id, replace(read, form={**read.form, **over}))])
    unit = desk.come(asked(request_title="Quite another thing"), TWO)
    desk.judge()
    assert held_by(desk, unit, "award that is in force") == f": CEN-2627-0001 of {SCHOOL}, accepted."


def test_a_request_of_another_round_that_comes_before_the_same_meeting_is_named(desk: Desk) -> None:
    later = issued(urn=OTHER, round_id="CEN-2627-A2")
    with desk.store.transaction():
        forms.issue_many(desk.store, [later])
    desk.now += timedelta(days=10)
    desk.come(asked(), ONE)
    desk.judge()
    unit = desk.come(of_other(start_date=day("01/03/2027")), later)
    desk.judge()
    assert held_by(desk, unit, "in another request too") == f": CEN-2627-0001 of {SCHOOL}, accepted."
