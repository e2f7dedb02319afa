import pytest

from cluster_sheets.anonymise.sentence import bounds, sentence_at


@pytest.mark.parametrize(
    ("text", "about", "told", "shown"),
    [
        ("It began. Zofia came! It ended.", "Zofia", "Zofia came", "Zofia came!"),
        ("Zofia came", "Zofia", "Zofia came", "Zofia came"),
        ("A line\nZofia\nAnother", "Zofia", "Zofia", "Zofia"),
        ("4.5 h, e.g. at St. Giles. No.", "Giles", "4.5 h, e.g. at St. Giles", "4.5 h, e.g. at St. Giles."),
        ('So she said "Zofia came." Then she went.', "Zofia", 'So she said "Zofia came', 'So she said "Zofia came."'),
    ],
)  # fmt: skip
def test_a_sentence_is_found_and_shown_with_its_stop(text: str, about: str, told: str, shown: str) -> None:
    start = text.index(about)
    first, last = bounds(text, start, start + len(about))
    assert text[first:last] == told
    assert sentence_at(text, start, start + len(about)) == shown


def test_a_very_long_sentence_is_cut_where_it_is_shown_and_nowhere_else() -> None:
    text = f"{'a' * 300} Zofia {'b' * 300}."
    assert bounds(text, 301, 306) == (0, 607)
    assert sentence_at(text, 301, 306) == f"{'a' * 219} Zofia {'b' * 219}"
