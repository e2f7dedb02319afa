from cluster_sheets.store import questions
from cluster_sheets.store.units import State, Unit
from tests import requests
from tests.verdict.desk import ONE, OTHERS, REGISTER, SCHOOL, TODAY, TWO, Desk, asked
from tests.verdict.made import OTHER, URN

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
        f": The UPN {upn} is in another request too: form {OTHERS.form_id} of {name}, held as well;"
        f" CEN-2627-0001 of {SCHOOL}, accepted."
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
