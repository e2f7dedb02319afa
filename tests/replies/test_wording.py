from datetime import UTC, datetime

import pytest

from cluster_sheets.look.measure import width
from cluster_sheets.replies import wording
from tests.register.made import REGISTER
from tests.replies.made import ROUND

WIDE = 1009
"""Pixels of the first sheet of a form: a longer line would be cut where it is printed."""


def test_moments_are_told_with_their_weekday_by_the_clock_of_the_scheme() -> None:
    summer, winter = datetime(2026, 10, 1, 16, 0, tzinfo=UTC), datetime(2026, 11, 19, 17, 0, tzinfo=UTC)
    assert wording.moment_in_words(summer, "Europe/London") == "17:00 on Thursday 1 October 2026"
    assert wording.moment_in_words(winter, "Europe/London") == "17:00 on Thursday 19 November 2026"


@pytest.mark.parametrize(
    ("meeting", "told"),
    [
        (ROUND, "Central cluster meeting of Thursday 15 October 2026"),
        ("CITY-2627-A", "City Cluster Meeting of Thursday 26 November 2026"),
    ],
)
def test_meetings_are_told_by_cluster_and_day(meeting: str, told: str) -> None:
    known = REGISTER.meeting(meeting)
    assert known is not None
    assert wording.meeting_in_words(REGISTER, known) == told


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ([], ""),
        (["C7"], "C7"),
        (["C7", "C9", "C12"], "C7, C9 and C12"),
        ([f"C{row}" for row in range(1, 11)], "C1, C2, C3, C4, C5, C6 and 4 more"),
    ],
)
def test_cells_are_listed_as_people_say_them(cells: list[str], told: str) -> None:
    assert wording.listed(cells) == told


def test_the_head_of_a_form_fits_its_page_for_every_school_of_the_register() -> None:
    deadline = "17:00 on Wednesday 23 September 2026"
    mailbox = "cluster.central@council.example"
    for school in REGISTER.schools.values():
        meeting = "Central cluster meeting of Wednesday 23 September 2026"
        assert width(wording.issued_lead(school.name, "form 10 of 10", meeting)) < WIDE
        assert width(wording.returned_lead(school.name, "form 10 of 10", deadline)) < WIDE
    assert width(wording.issued_status(mailbox, deadline), bold=True) < WIDE
    assert width(wording.returned_status(mailbox, deadline, 2345), bold=True) < WIDE


def test_a_copy_says_by_when_where_to_and_what_is_kept() -> None:
    assert wording.returned_status("a@b.example", "17:00 on Friday 1 May 2026", 31) == (
        "Send it back to a@b.example by 17:00 on Friday 1 May 2026. Your other 31 answers are kept."
    )
    assert wording.returned_status("", "", 1) == (
        "Send it back to the address this message came from as soon as you can. Your other answer is kept."
    )


def test_no_sentence_begs_shouts_or_blames() -> None:
    said = [*wording.SUBJECTS.values(), *wording.OPENINGS.values(), wording.COPY, wording.CLOSING, wording.NO_DATE]
    for sentence in said:
        assert not any(word in sentence.casefold() for word in ("please", "invalid", "error", "!", "unfortunately"))
