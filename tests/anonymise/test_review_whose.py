from datetime import date
from pathlib import Path

import pytest

from cluster_sheets.anonymise.review_whose import Whose, whose
from cluster_sheets.store import cases, decisions
from cluster_sheets.store.cases import CaseKey
from cluster_sheets.store.decisions import Decision
from tests.register.made import REGISTER
from tests.store.made import NIGHT, apply, made

MEETING, REF = "CEN-2627-A1", "CEN-2627-0001"
LEAD, PARTNER = list(REGISTER.schools)[:2]
NAMES = [REGISTER.schools[urn].name for urn in (LEAD, PARTNER)]


@pytest.mark.parametrize(
    ("outcome", "pence", "told"),
    [
        ("AGREED", 327560, "Agreed\n£3,275.60"),
        ("AGREED_LESS", 200000, "Agreed for less\n£2,000.00"),
        ("NOT_AGREED", 0, "Not agreed"),
        ("ADVICE_ONLY", 0, "Advice only"),
    ],
)
def test_a_case_is_told_with_its_school_and_once_decided_its_outcome(
    tmp_path: Path, outcome: str, pence: int, told: str
) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            apply(store, ref=REF)
            cases.put_keys(store, [CaseKey(MEETING, "K7", REF, LEAD), CaseKey("CEN-2627-A2", "B3", REF, LEAD)])
        assert whose(store, REGISTER, MEETING, {}) == {"K7": Whose(REF, NAMES[0], "")}
        with store.transaction():
            decided = Decision(MEETING, REF, outcome, pence, "MAIN", 25, 13, 12, 1, 0, date(2026, 10, 15), NIGHT)
            decisions.record_many(store, [decided])
        assert whose(store, REGISTER, MEETING, {"K7": PARTNER}) == {
            "K7": Whose(REF, f"{NAMES[0]}\nwith {NAMES[1]}", told)
        }


def test_a_school_that_left_the_register_goes_by_its_number(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            cases.put_keys(store, [CaseKey(MEETING, "K7", REF, "999998")])
        assert whose(store, REGISTER, MEETING, {})["K7"].school == "999998"
