"""Awards against what each fund has left, pure."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.base.period import Period, Years
from cluster_sheets.panel.decisions.spent import Overdrawn, Spent, overdrawn

YEARS = Years((1, 4), (1, 9))
SPRING = Period(date(2027, 2, 22), date(2027, 7, 16))
"""38 days before 1 April, 107 after."""
MAIN = ("CEN", "MAIN")
THIS, NEXT = (*MAIN, "2026-27"), (*MAIN, "2027-28")


def test_a_fund_that_holds_what_is_given_is_not_told() -> None:
    assert list(overdrawn([Spent(MAIN, SPRING, 145)] * 2, {THIS: 76, NEXT: 214}, YEARS)) == []


def test_the_award_that_goes_too_far_is_told_with_the_most_that_fits_beside_all_the_others() -> None:
    awards = [Spent(MAIN, SPRING, 145)] * 3
    assert list(overdrawn(awards, {THIS: 100, NEXT: 10**6}, YEARS)) == [Overdrawn(2, THIS, 100, 95)]
    assert list(overdrawn(awards, {THIS: 75, NEXT: 10**6}, YEARS)) == [Overdrawn(1, THIS, 75, 3)]


def test_a_fund_below_nought_has_nothing_left() -> None:
    assert list(overdrawn([Spent(MAIN, SPRING, 1000)], {THIS: -5, NEXT: 10**6}, YEARS)) == [Overdrawn(0, THIS, 0, 3)]


def test_after_a_cut_of_the_budget_what_leaves_a_fund_no_worse_fits() -> None:
    left, recorded = {THIS: -50, NEXT: 10**6}, [Spent(MAIN, SPRING, each) for each in (145, 290)]

    def told(*pence: int) -> list[Overdrawn]:
        return list(overdrawn([Spent(MAIN, SPRING, each) for each in pence], left, YEARS, recorded))

    assert told(145, 290) == told(145, 200) == told(200, 200) == told() == []
    # 38 and 76 of their pence are of this year: as many may be given again, and not one more.
    assert told(145, 291 + 3) == [Overdrawn(1, THIS, 0, 293)]
    assert told(500) == [Overdrawn(0, THIS, 0, 438)]
    assert list(overdrawn([Spent(MAIN, SPRING, 500)], {THIS: 200, NEXT: 10**6}, YEARS, recorded)) == []


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=5), st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_most_that_fits_fits_and_a_penny_more_does_not(pence: list[int], this: int, later: int) -> None:
    awards, left = [Spent(MAIN, SPRING, each) for each in pence], {THIS: this, NEXT: later}
    for each in overdrawn(awards, left, YEARS):
        others = sum(
            (award.parts(YEARS) for at, award in enumerate(awards) if at != each.at),
            Spent(MAIN, SPRING, 0).parts(YEARS),
        )

        def fits(more: int, others: object = others, at: int = each.at) -> bool:
            own = awards[at].parts(YEARS, more)
            return all(others[purse] + own[purse] <= left[purse] for purse in (THIS, NEXT) if own[purse])  # type: ignore[index]

        assert fits(each.most)
        assert not fits(each.most + 1)
