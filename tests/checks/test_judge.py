"""Every finding of a batch."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_sheets.checks.judge import in_order
from tests.checks.batch import FORM, codes, judged
from tests.checks.test_rules import BROKEN, all_judged
from tests.requests import KINDS

_FEW = 25
"""Of the broken requests, every 25th is judged alone: a batch of one takes as long as one of hundreds."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_good_request_of_each_kind_has_no_finding(kind: str) -> None:
    assert codes(KINDS[kind]) == []


@settings(max_examples=settings.default.max_examples // 10)  # type: ignore[union-attr]
@given(st.lists(st.integers(0, len(BROKEN) - 1), min_size=1, max_size=12))
def test_what_is_found_in_a_form_does_not_hang_on_the_others_in_its_batch(picked: list[int]) -> None:
    assert judged(*(BROKEN[at][2] for at in picked)) == [all_judged()[at] for at in picked]


def test_what_is_found_in_forms_one_at_a_time_is_what_is_found_in_all_at_once() -> None:
    assert [judged(request)[0] for _, _, request in BROKEN[::_FEW]] == all_judged()[::_FEW]


def test_an_empty_batch_has_no_findings() -> None:
    assert judged() == []


def test_findings_come_in_the_order_of_a_reader() -> None:
    spoilt = KINDS["project"].but(end_date="soon", headteacher_agrees="No", purpose=None, contact_email="x")
    found = judged(spoilt.but_line("costs", 0, rate="a lot").but_line("costs", 0, weeks="many"))[0]
    assert [each.place.sheet for each in found] == sorted(each.place.sheet for each in found)
    assert in_order(FORM, reversed(found)) == found
    assert [each.field for each in found if each.field.startswith("costs.")] == ["costs.weeks", "costs.rate"]


def test_an_answer_that_did_not_parse_is_told_once_and_nothing_that_hangs_on_it() -> None:
    assert codes(KINDS["project"].but(amount_requested="1.2k")) == [("not-money", "amount_requested")]
    assert codes(KINDS["project"].but(start_date="soon")) == [("not-a-date", "start_date")]
