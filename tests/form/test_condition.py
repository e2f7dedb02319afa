"""Conditions of the declaration."""

import pytest

from cluster_sheets.base.record import Value
from cluster_sheets.form.condition import Faulty, parse

ANSWERS: dict[str, Value | Faulty] = {
    "purpose": "PROJECT",
    "other": 0,
    "amount": 500,
    "blank": None,
    "broken": Faulty(),
    "kind": "GROUP",
}


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("always", True),
        ("never", False),
        ("purpose=PROJECT", True),
        ("purpose=ADVICE|PROJECT", True),
        ("purpose!=ADVICE", True),
        ("blank!=ADVICE", False),
        ("blank=0", False),
        ("blank(blank)", True),
        ("given(amount)", True),
        ("other=0", True),
        ("other>0 or purpose=PROJECT", True),
        ("other>0 or purpose=PROJECT and kind=SINGLE", False),
        ("kind=GROUP or other>0 and purpose=ADVICE", True),
        ("amount>=500 and amount<501", True),
        ("broken=YES", None),
        ("purpose=PROJECT or broken=YES", None),
    ],
)
def test_a_condition_holds_or_not_or_is_unknown(text: str, holds: bool | None) -> None:
    assert parse(text).holds(lambda name: ANSWERS[name]) is holds


def test_figures_are_compared_in_the_units_that_answers_are_kept_in() -> None:
    assert parse("amount>5").scaled(lambda _: 100).holds(lambda name: ANSWERS[name]) is False
    assert parse("amount>4").scaled(lambda _: 100).holds(lambda name: ANSWERS[name]) is True


@pytest.mark.parametrize("text", ["purpose", "purpose=", "given purpose", "purpose>PROJECT", "purpose=A and"])
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot read the condition"):
        parse(text)


def test_a_condition_becomes_a_formula() -> None:
    formula = parse("purpose=UNFORESEEN or other>0 and blank(kind)").to_excel(str.upper, lambda _, code: code.title())
    assert formula == 'OR(PURPOSE="Unforeseen",AND(AND(ISNUMBER(OTHER),OTHER>0),KIND=""))'
