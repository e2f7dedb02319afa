"""What the ledger goes back to: a sentence for each line that this program did not post."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from cluster_sheets.money.source import by_movement, told, unknown, without
from cluster_sheets.store.entries import Entry
from tests.money.made import BUDGET, CONTINGENCY, MAIN, kept, posted

LEDGER = posted(MAIN, CONTINGENCY)
AUDIT = tuple(told(lines) for lines in by_movement(LEDGER).values())
GAVE = {(each.meeting, each.application_ref) for each in (MAIN, CONTINGENCY)}
YEARS = {(line.cluster, line.la_fy) for line in BUDGET}
LAST, MOVEMENT = len(LEDGER), LEDGER[-1].movement
NOTHING, STRANGE = "no budget, decision or payment file is behind it", "the audit does not know it as it stands"


def _forged(type_: str, pence: int = 100_000, **given: object) -> tuple[Entry, ...]:
    """Two sides that come to nought, as somebody with the file might add them."""
    one = replace(LEDGER[0], type=type_, amount_pence=pence, **given)  # type: ignore[arg-type]
    return kept([(one, replace(one, account="main:CEN", amount_pence=-pence))], LEDGER)


def _why(ledger: Sequence[Entry], gave: set[tuple[str, str]] = GAVE) -> list[str]:
    return list(without(ledger, AUDIT, gave, YEARS).values())


def test_what_was_posted_has_a_source() -> None:
    assert (_why(LEDGER), unknown(LEDGER, AUDIT)) == ([], frozenset())
    taken_back = posted(replace(MAIN, pence=0, version=2), ledger=posted(MAIN))
    assert without(taken_back, [told(lines) for lines in by_movement(taken_back).values()], GAVE, YEARS) == {}


@pytest.mark.parametrize("type_", ["RELEASE", "VARY", "SET_ASIDE", "PAY", "PAY_REVERSED", "TRANSFER_IN"])
def test_a_kind_that_nothing_posts_has_no_source_even_where_it_comes_to_nought(type_: str) -> None:
    assert _why(_forged(type_)) == [
        f"Line {LAST + 1}, {type_} £1,000.00: {NOTHING}.",
        f"Line {LAST + 2}, {type_} -£1,000.00: {NOTHING}.",
    ]


def test_budget_that_the_audit_does_not_know_has_no_source() -> None:
    ledger = _forged("UPLIFT")
    assert _why(ledger)[0] == f"Line {LAST + 1}, UPLIFT £1,000.00: {STRANGE}."
    assert unknown(ledger, AUDIT) == {MOVEMENT + 1}
    assert _why(_forged("UPLIFT", la_fy="2031-32"))[0].endswith("the register has no budget of that year.")
    assert _why(_forged("CARRY_OUT"))[0] == f"Line {LAST + 1}, CARRY_OUT £1,000.00: {STRANGE}."


def test_a_promise_has_a_decision_behind_it() -> None:
    lines = [each.entry_no for each in LEDGER if each.application_ref == MAIN.application_ref]
    found = without(LEDGER, AUDIT, GAVE - {(MAIN.meeting, MAIN.application_ref)}, YEARS)
    assert (list(found), found[lines[0]].partition(": ")[2]) == (lines, "no meeting decided it.")


def test_lines_added_to_a_movement_that_was_posted_are_told_with_it() -> None:
    one = replace(LEDGER[-1], entry_no=LAST + 1)
    ledger = [*LEDGER, one, replace(one, entry_no=LAST + 2, amount_pence=-one.amount_pence)]
    assert unknown(ledger, AUDIT) == {MOVEMENT}
    assert all(each.endswith(f"{STRANGE}.") for each in _why(ledger))
