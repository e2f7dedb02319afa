"""Row heights."""

from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.look.measure import TALLEST, _lines_word_by_word, height, lines, width


def test_a_short_text_needs_one_line() -> None:
    assert lines("Yes", 112) == 1


def test_words_that_do_not_fit_go_to_the_next_line() -> None:
    assert lines("Is this for a project or an unforeseen need?", 205, bold=True) == 2


def test_line_breaks_count() -> None:
    assert lines("one\n\ntwo", 400) == 3


def test_a_word_wider_than_the_cell_is_broken() -> None:
    assert lines("x" * 200, 112) >= 15


def test_bold_is_wider() -> None:
    assert width("Costs", bold=True) > width("Costs")


@given(st.text(alphabet="abcdefgh ", max_size=600), st.integers(60, 600))
def test_the_lines_hold_the_text(text: str, pixels: int) -> None:
    assert lines(text, pixels) * (pixels - 19) >= width(" ".join(text.split()))


@given(st.text(max_size=300), st.integers(60, 500))
def test_a_narrower_cell_never_needs_fewer_lines(text: str, pixels: int) -> None:
    assert lines(text, pixels) >= lines(text, pixels + 200)


@given(st.text(alphabet="abiWm .", max_size=400), st.integers(60, 600))
def test_counting_by_whole_lines_gives_what_counting_word_by_word_gives(text: str, pixels: int) -> None:
    room = (pixels - 19) * 0.96 * (1000 * 72 / (11 * 96))
    assert lines(text, pixels) == _lines_word_by_word(text, room)


def test_a_row_has_a_floor_and_a_cap() -> None:
    assert (height(1), height(3), height(100)) == (21, 48.75, TALLEST)
