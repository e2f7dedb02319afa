from copy import deepcopy
from random import Random

from cluster_sheets.demo.careless import DOUBTS, SLIPS, tolerate
from cluster_sheets.demo.requests import Habits, samples
from cluster_sheets.form.shipped import form
from tests.demo.made import START, judged, register

PLAIN = samples(register(), 40, 3, "CEN", START, Habits(careless_every=0, specials=False, tolerated=0.0))


def test_every_slip_is_of_a_rule_and_does_what_its_rule_says() -> None:
    for slip in (*SLIPS, *DOUBTS):
        assert form("application").severity(slip.code).name == ("QUERY" if slip.held else "RETURN")


def test_what_is_typed_loosely_is_read_all_the_same() -> None:
    loose = deepcopy(PLAIN)
    for number, each in enumerate(loose):
        tolerate(each.typed, Random(number))
    assert [each.typed.answers for each in loose] != [each.typed.answers for each in PLAIN]
    assert judged(loose) == [[]] * len(loose)
