from pathlib import Path

import pytest

from cluster_sheets.base.record import Record
from cluster_sheets.money.decided import awards, granted, shares
from tests.decided import GROUP, PROJECT, SP1, desk


@pytest.mark.parametrize(
    ("by_partner", "given", "told"),
    [
        ((100_000, 50_000), 300_000, (100_000, 50_000, 150_000)),
        ((100_000, 50_000), 299_999, (99_999, 49_999, 150_001)),
        ((100_000, 50_000), 0, (0, 0, 0)),
        ((), 300_000, (300_000,)),
        ((200_000, 100_000), 300_000, (200_000, 100_000, 0)),
        ((200_000, 100_001), 300_000, ()),
    ],
)
def test_an_award_is_shared_as_it_was_asked(by_partner: tuple[int, ...], given: int, told: tuple[int, ...]) -> None:
    record = Record({}, {"partners": tuple({"share": pence} for pence in by_partner)})
    assert shares(record, 300_000, given) == told


def test_the_lead_school_has_it_all_once_the_answers_are_gone() -> None:
    assert shares(None, 300_000, 250_000) == (250_000,)


def test_what_was_decided_is_told_with_what_it_is_held_against(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, GROUP) as at:
        assert (awards(at.store, at.register), granted(at.store, at.register)) == ([], ())
        at.fill(K7={"outcome": "Withdrawn"}, T6={"outcome": "Agreed", "award": 3000})
        assert at.read() == ()
        assert [(each.application_ref, each.pence) for each in awards(at.store, at.register)] == [
            ("CEN-2627-0001", 0),
            ("CEN-2627-0002", 300_000),
        ]
        (told,) = granted(at.store, at.register)
        assert (told.key, told.pot, told.pence, told.asked, told.least) == (
            (SP1, "CEN-2627-0002"), "MAIN", 300_000, 300_000, 0,
        )  # fmt: skip
        assert (told.quorate, told.at_city, told.shares) == (True, False, (100_000, 50_000, 150_000))


def test_an_award_is_held_against_what_was_asked_when_it_was_decided(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT) as at:
        at.fill(K7={"outcome": "Agreed", "award": 4960})
        assert at.read() == ()
        before = granted(at.store, at.register), awards(at.store, at.register)
        at.newer(400_000)
        (told,) = granted(at.store, at.register)
        assert (told.pence, told.asked) == (496_000, 496_000)
        assert (told.by_year, awards(at.store, at.register)) == (before[0][0].by_year, before[1])
