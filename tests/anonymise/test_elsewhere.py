"""A name that was found once goes wherever else it may stand, and a word that is no name there stays."""

from cluster_sheets.anonymise.elsewhere import titled_again, unknown_again, word_again
from cluster_sheets.anonymise.kinds import NAME_WORD, UNKNOWN
from cluster_sheets.anonymise.normal import clean
from cluster_sheets.anonymise.span import Span

BOXES = {
    name: clean(text)
    for name, text in {
        "summary": "We met with Pledge Ahmedzai. So Pledge has a place.",
        "need": "Pledge holds on. Pledge cards help. A pledge. ahmedzai’s mum, and the ahmedzais.",
        "aims": "An e\u0301tude for Ahmedzai",
    }.items()
}


def told(spans: list[Span]) -> list[tuple[str, str]]:
    typed = {"aims": "An e\u0301tude for Ahmedzai"}
    return [(each.box, typed.get(each.box, BOXES[each.box].text)[each.start : each.stop]) for each in spans]


def test_an_unknown_word_goes_in_any_case_and_with_an_s() -> None:
    first = Span("summary", 19, 27, UNKNOWN, "ahmedzai")
    assert BOXES["summary"].text[19:27] == "Ahmedzai"
    assert told(list(unknown_again("ahmedzai", BOXES, [first]))) == [
        ("need", "ahmedzai"),
        ("need", "ahmedzais"),
        ("aims", "Ahmedzai"),
    ]


def test_an_ordinary_word_that_was_asked_about_goes_nowhere_else_but_where_nothing_has_a_capital() -> None:
    boxes = {"summary": clean("IS is here; it is. We is."), "need": clean("so it is with nova, and nova is")}
    assert list(unknown_again("is", boxes, [])) == []
    assert list(unknown_again("i", {"summary": clean("Codes B and I, as it is")}, [])) == []
    assert [(each.box, each.start) for each in unknown_again("nova", boxes, [])] == [("need", 14), ("need", 24)]


def test_of_two_unknown_words_each_goes_but_an_ordinary_one() -> None:
    places = told(list(unknown_again("pledge ahmedzai", BOXES, [])))
    assert ("summary", "Pledge Ahmedzai") in places
    assert ("aims", "Ahmedzai") in places
    assert ("need", "Pledge") not in places


def test_an_ordinary_word_goes_where_it_may_be_somebody_and_nowhere_twice() -> None:
    first = Span("summary", 12, 18, NAME_WORD, "pledge ahmedzai")
    assert told(list(word_again(NAME_WORD, "pledge ahmedzai", BOXES, [first]))) == [
        ("summary", "Pledge"),
        ("need", "Pledge"),
    ]
    everywhere = [first, *word_again(NAME_WORD, "pledge ahmedzai", BOXES, [first])]
    assert list(word_again(NAME_WORD, "pledge ahmedzai", BOXES, everywhere)) == []


def test_a_word_that_is_no_name_goes_nowhere_else() -> None:
    assert list(word_again(NAME_WORD, "place", BOXES, [])) == []


def test_any_word_of_a_name_goes_where_its_capital_has_no_other_reason() -> None:
    text = clean("Gravel Okafor came. So Gravel left. It is for Gravel, not Folk Gravel. Gravel goes on. A gravel.")
    have = [Span("aims", 0, 13, UNKNOWN, "gravel okafor")]
    assert [each.start for each in word_again(UNKNOWN, "gravel okafor", {"aims": text}, have)] == [23, 46]
    assert list(word_again(UNKNOWN, "great okafor", {"aims": clean("It is Great here.")}, [])) == []


def test_who_has_a_title_goes_without_it_too_where_a_capital_has_no_other_reason() -> None:
    text = clean("Mr Strange rang. It was Strange who came, not Strange News. Strange as it is, a strange thing.")
    titled = [Span("aims", 0, 10, "person", "mr strange"), Span("aims", 0, 10, "person", "grace")]
    assert [(each.start, each.kind) for each in titled_again({"aims": text}, titled)] == [(24, NAME_WORD)]


def test_what_a_strange_name_begins_with_is_somebody_too() -> None:
    boxes = {"summary": clean("Then Finley came. Fin loves trains, and Fin, too. The fin of a shark. The Fin House.")}
    first = Span("summary", 5, 11, UNKNOWN, "finley")
    assert [each.start for each in word_again(UNKNOWN, "finley", boxes, [first])] == [18, 40]
    assert list(word_again(UNKNOWN, "theodore", {"summary": clean("Then The Hub and Theodore.")}, [])) == []
