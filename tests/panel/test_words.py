"""Single answers, counts and spans as the panel reads them."""

from datetime import date

import pytest

from cluster_sheets.panel.words import WITHHELD, counted, rounds, sentence, spans, told
from tests.checks.batch import FORM


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"A": 12, "B": 8}, "A: 12, B: 8"),
        ({"A": 12, "B": 0}, "A"),
        ({"A": 13, "B": 3}, "A: the rest, B: c"),
        ({"A": 4, "B": 4}, "A: the rest, B: c"),
        ({"A": 6, "B": 20, "C": 1}, "A: 6, B: the rest, C: c"),
        ({"A": 2, "B": 2}, "A, B"),
        ({}, ""),
    ],
)
def test_shares_of_a_known_whole_give_no_c_away(counts: dict[str, int], shown: str) -> None:
    assert counted(counts, 5) == shown


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("contact_name", "Sam Example", ""),
        ("purpose", "PROJECT", "Project"),
        ("start_date", date(2027, 2, 22), "22 February 2027"),
        ("became_known_on", date(2026, 9, 14), "September 2026"),
        ("pupils.year_group", "4", "Key stage 2"),
        ("pupils.primary_need", "VI", "Sensory and/or physical"),
        ("partners.pupils_benefiting", 4, "c"),
        ("partners.pupils_benefiting", 5, "5"),
        ("support.agency", "SOCIAL_CARE", "another agency"),
        ("support.agency", "EP", "Educational psychologist"),
        ("summary", "In their own words", WITHHELD),
        ("amount_requested", None, ""),
    ],
)
def test_an_answer_is_told_by_its_panel_word(key: str, value: str | int | date | None, shown: str) -> None:
    assert told(FORM.field(key), value, None, 5) == shown


def test_a_redacted_text_is_told() -> None:
    assert told(FORM.field("summary"), "Of Sam", "Of [pupil A]", 5) == "Of [pupil A]"


def test_spans_and_rounds() -> None:
    assert spans(date(2027, 2, 22), date(2027, 7, 23)) == "22 February to 23 July 2027"
    assert spans(date(2026, 11, 2), date(2027, 7, 16)) == "2 November 2026 to 16 July 2027"
    assert rounds(date(2025, 9, 8), date(2025, 12, 12)) == "Autumn term 2025"
    assert rounds(date(2025, 9, 8), date(2026, 2, 12)) == "Autumn term 2025 to Spring term 2026"
    assert rounds(date(2025, 9, 8), None) == "Autumn term 2025"


def test_a_sentence_has_one_stop() -> None:
    assert [sentence("Now", "5"), sentence("Now", "[a few]"), sentence("", "Yes."), sentence("Now", "")] == [
        "Now: 5.",
        "Now: [a few].",
        "Yes.",
        "",
    ]
