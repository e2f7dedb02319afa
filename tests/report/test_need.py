import pytest

from cluster_sheets.intake.sweep import Stays
from cluster_sheets.report.need import Need, When, folder_gone, left_in_inbox, minutes, plural
from tests.report.made import HELD, LATER, READY


def test_the_time_of_all_needs_is_added_up() -> None:
    assert minutes((HELD, READY, LATER)) == 22
    assert minutes(()) == 0


@pytest.mark.parametrize(
    ("count", "many", "told"),
    [(0, "", "0 forms"), (1, "", "1 form"), (2, "formulas", "2 formulas")],
)
def test_things_are_counted_in_words(count: int, many: str, told: str) -> None:
    assert plural(count, "form", many) == told


def test_what_stays_in_the_inbox_is_counted_by_why_and_not_named() -> None:
    do = "Look at what is there. A file that is whole and open to this program is taken by the next run."
    what = "Not taken: 1 closed to this program; 2 still being copied or downloaded."
    assert left_in_inbox("inbox", [Stays.UNFINISHED, Stays.UNREADABLE, Stays.UNFINISHED]) == Need(
        When.TODAY, "inbox", what, do, 5, about="3 things left lying"
    )


@pytest.mark.parametrize(
    ("count", "what"),
    [
        (1, "Held is not there any more: 1 message that lay there counts as moved or deleted by you."),
        (2, "Held is not there any more: 2 messages that lay there count as moved or deleted by you."),
    ],
)
def test_a_folder_that_is_gone_is_told_with_how_many_messages_went_with_it(count: int, what: str) -> None:
    told = folder_gone("cluster-sheets.toml:2", "Held", count)
    assert (told.kind, told.where, told.what) == (When.LATER, "cluster-sheets.toml:2", what)
