from cluster_sheets.reading.raw import RawForm
from cluster_sheets.store import (
    questions,
)
from cluster_sheets.store.units import State
from cluster_sheets.verdict.judging import waves
from tests.requests import day, pupil, unforeseen
from tests.verdict.desk import ONE, REGISTER, TWO, Desk, asked
from tests.verdict.made import register, submission


def test_the_admins_word_accepts_or_returns_what_was_held(desk: Desk) -> None:
    query = asked(unforeseen(), became_known_on=day("01/05/2026"))
    one, two = desk.come(query, ONE), desk.come(query.but(request_title="Quite another thing"), TWO)
    desk.judge()
    assert desk.state(one) == (State.HELD, "known-long-ago")
    desk.answer(one, "accept")
    desk.answer(two, "return")
    desk.judge()
    assert (desk.of(one).state, desk.of(two).state) == (State.ACCEPTED, State.RETURNED)
    assert (desk.kinds(one), desk.kinds(two)) == (["held", "receipt"], ["held", "mend"])


def test_a_changed_register_judges_again_only_what_is_held(desk: Desk) -> None:
    query = asked(unforeseen(), became_known_on=day("01/05/2026"))
    held = desk.come(query, ONE)
    other_pupils = [pupil(number) for number in range(11, 15)]
    done = desk.come(asked(request_title="Another").but_lines("pupils", other_pupils), TWO)
    desk.judge()
    desk.register = register(mail_authserv_name="mx.council.example", known_within_days="300")
    desk.judge()
    assert (desk.of(held).state, desk.kinds(held)) == (State.ACCEPTED, ["held", "receipt"])
    assert questions.of_units(desk.store, [held.unit_id]) == ()
    assert desk.of(done).judged_under == REGISTER.sha256


def test_waves_part_what_bears_on_one_another() -> None:
    one, again, other, same = (submission(file=each) for each in "abca")
    one.form = again.form = ONE
    other.form = TWO
    one.raw = again.raw = other.raw = RawForm()
    assert [len(wave) for wave in waves([one, other, again])] == [2, 1]
    assert [len(wave) for wave in waves([one, other])] == [2]
    assert [len(wave) for wave in waves([one, other, same])] == [2, 1]
    assert list(waves([])) == []
