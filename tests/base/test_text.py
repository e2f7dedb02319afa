import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.base.text import (
    any_alike,
    folded,
    has_odd_characters,
    length,
    likeness,
    spelt_out,
    squeezed,
    trimmed,
    without_odd_characters,
)


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        *(("plain\ntext", False), ("a\u200bb", True), ("a\u202eb", True), ("a\x00b", True), ("tab\t", False)),
        # No letter at all, which Excel does not open, and a tag of a language, which nobody sees.
        *(("a\uffffb", True), ("a\U000e0041b", True)),
    ],
)
def test_characters_nobody_can_see_are_noticed(text: str, odd: bool) -> None:
    assert has_odd_characters(text) is odd


def test_unseen_characters_are_taken_out_for_comparing() -> None:
    assert without_odd_characters("St\u200b Mark\u00ad's") == "St Mark's"


@pytest.mark.parametrize(("text", "counted"), [("  two\r\nlines ", 9), ("e\u0301", 1), ("\u200b", 0), ("", 0)])
def test_length_is_what_the_counter_shows(text: str, counted: int) -> None:
    assert length(text) == counted


def test_trimming_keeps_what_is_inside() -> None:
    assert trimmed("\u00a0 a\u00a0b \u200b") == "a\u00a0b"


def test_names_compare_without_case_spaces_and_apostrophes() -> None:
    assert folded("St Mark\u2019s C.E. (A)") == folded("st marks ce a")
    assert folded("St\u200b Mark's") == folded("ST MARK'S")


def test_squeezed_text_is_one_line() -> None:
    assert squeezed(" a\n  b ") == "a b"


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ("Daily language groups", "daily  Language-groups", 100, 100),
        ("Daily language groups", "Daily language groups in Key Stage 1", 60, 89),
        ("Daily language groups", "A sensory corner for the lower school", 0, 15),
        ("", "", 100, 100),
        ("Daily language groups", "", 0, 0),
    ],
)
def test_likeness_tells_a_retouched_title_from_another_request(one: str, other: str, low: int, high: int) -> None:
    assert low <= likeness(one, other) <= high
    assert likeness(one, other) == likeness(other, one)


TITLES = st.text("ab c", max_size=9) | st.sampled_from(["Daily language groups", "Daily language group", "Language"])


@given(TITLES, st.lists(TITLES, max_size=4), st.integers(0, 101) | st.sampled_from([66.5, 99.9]))
def test_any_is_alike_where_one_of_them_is(text: str, others: list[str], least: float) -> None:
    assert any_alike(text, others, least) is any(likeness(text, other) >= least for other in others)


@given(st.text())
def test_what_is_spelt_out_holds_nothing_unseen_and_changes_nothing_else(text: str) -> None:
    told = spelt_out(text)
    assert not has_odd_characters(told)
    assert "\r" not in told
    if not has_odd_characters(text) and "\r" not in text:
        assert told == text
