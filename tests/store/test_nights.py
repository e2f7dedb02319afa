from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cluster_sheets.store import nights
from cluster_sheets.store.nights import Night, Span
from tests.store.made import NIGHT, ended, made


def test_the_same_moment_again_is_the_same_night(tmp_path: Path) -> None:
    first = Night(NIGHT, "a" * 64)
    second = Night(NIGHT + timedelta(days=1), "b" * 64)
    with made(tmp_path) as store, store.transaction():
        assert nights.last(store) is None
        nights.save(store, second)
        nights.save(store, first)
        nights.save(store, replace(first, exit_code=3, note="EXAMPLE"))
        assert nights.last(store) == second
        ended_too = replace(second, exit_code=0)
        nights.save(store, ended_too)
        assert nights.last(store) == ended_too
        assert store.ask("SELECT COUNT(*) FROM cluster.night") == [(2,)]


def test_a_night_tells_of_all_since_the_last_one_that_was_done(tmp_path: Path) -> None:
    day = timedelta(days=1)
    with made(tmp_path) as store, store.transaction():
        assert nights.span(store, NIGHT) == Span(None, NIGHT)
        for number, code in enumerate((3, None, 1, 6)):
            ended(store, NIGHT + number * day, code)
        # Cut short, broken, and stopped to be safe: none of them is sure to have told what came.
        assert nights.span(store, NIGHT + 4 * day) == Span(NIGHT, NIGHT + 4 * day)
        ended(store, NIGHT + 4 * day, 5)
        assert nights.span(store, NIGHT + 5 * day).after == NIGHT + 4 * day


def test_a_night_told_again_tells_of_the_same_whatever_came_after_it(tmp_path: Path) -> None:
    day = timedelta(days=1)
    with made(tmp_path) as store, store.transaction():
        ended(store, NIGHT)
        first = nights.span(store, NIGHT + day)
        for number in (1, 2):
            ended(store, NIGHT + number * day)
        assert nights.span(store, NIGHT + day) == first == Span(NIGHT, NIGHT + day)


def test_the_bounds_of_a_night_are_in_order_as_text_to_the_part_of_a_second() -> None:
    after, until = Span(NIGHT, NIGHT + timedelta(microseconds=1)).bounds
    assert "" == Span(None, NIGHT).bounds[0] < after < until
