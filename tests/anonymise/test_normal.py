import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.anonymise.normal import Clean, clean, spelt, words_of


@pytest.mark.parametrize(
    ("typed", "spelling"),
    [
        ("St. Mark’s", "st marks"),
        ("Zoë O´Neill", "zoe oneill"),
        ("Zoe\u0308", "zoe"),
        ("Our Lady & St Benedict", "our lady and st benedict"),
        ("Co-op  Academy\u00a0Grove", "co op academy grove"),
        ("Ab\u200bbey Hul\u00adton", "abbey hulton"),
        ("Ａｂｂｅｙ", "abbey"),
        ("'Merit' \u201cExcel\u201d", "merit excel"),
        ("amina_fenwick", "amina fenwick"),
        ("АbbеУ Нultοn", "abbey hulton"),
        ("Łucja Bjørnsen-Weiß, Æthelby", "lucja bjornsen weiss aethelby"),
        ("Ab\u0336bey\u034f Hul\ufe0fton", "abbey hulton"),
        ("Okonkwo¹ and Quill™", "okonkwo and quill"),
        ("İpek of the İzmir Café", "ipek of the izmir cafe"),
        ("O`Neill O\u02c8Neill O\u05f3Neill", "oneill oneill oneill"),
        ("", ""),
    ],
)
def test_one_spelling_whatever_was_typed(typed: str, spelling: str) -> None:
    assert spelt(typed) == spelling


def test_a_plain_text_is_its_own_cleaned_text() -> None:
    assert clean("Plain words,\nand more.") == Clean("Plain words,\nand more.", None)


def test_a_stretch_of_the_cleaned_text_is_found_in_what_was_typed() -> None:
    typed = "see \ufb01rst Ab\u200bbey\u00a0Hulton\u2026"
    cleaned = clean(typed)
    start = cleaned.text.index("Abbey Hulton")
    begin, end = cleaned.original(start, start + len("Abbey Hulton"))
    assert (cleaned.text, typed[begin:end]) == ("see first Abbey Hulton...", "Ab\u200bbey\u00a0Hulton")


def test_a_letter_goes_with_the_accent_set_over_it() -> None:
    typed = "Zoe\u0308 ran"
    assert typed[slice(*clean(typed).original(0, 3))] == "Zoe\u0308"


def test_words_know_where_they_stand() -> None:
    cleaned = clean("It’s Mark's & mine")
    assert [(token.word, cleaned.text[token.start : token.stop]) for token in cleaned.tokens] == [
        ("its", "It's"),
        ("marks", "Mark's"),
        ("and", "&"),
        ("mine", "mine"),
    ]
    assert cleaned.line == " its marks and mine "
    assert [cleaned.token_at(place) for place in (1, 3, 5, 9, 11, 15)] == [0, 0, 1, 1, 2, 3]


@given(st.text(alphabet="aB1 _-&'.\n", max_size=40))
def test_plain_english_is_spelt_as_it_is_beside_a_letter_that_is_not(typed: str) -> None:
    words = clean(typed).line.split()
    assert clean(f"{typed} é").line.split() == [*words, "e"]
    assert clean(typed).line == f" {' '.join(words)} "


@given(st.text(alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("İßﬁ£’' aB")), max_size=60))
def test_the_line_is_the_words_and_every_place_lies_in_the_text(typed: str) -> None:
    cleaned = clean(typed)
    assert cleaned.line.split() == [token.word for token in cleaned.tokens] == list(words_of(typed))
    for token in cleaned.tokens:
        start, stop = cleaned.original(token.start, token.stop)
        assert 0 <= start < stop <= len(typed)


@given(st.text(min_size=2, max_size=60), st.integers(0, 30), st.integers(1, 30))
def test_a_stretch_of_what_was_typed_is_found_in_the_cleaned_text(typed: str, start: int, size: int) -> None:
    start, stop = min(start, len(typed) - 1), min(start + size, len(typed))
    text = clean(typed)
    for first, after in text.cleaned([(start, stop)]):
        assert first < after
        assert start <= text.original(first, after)[0] < stop
