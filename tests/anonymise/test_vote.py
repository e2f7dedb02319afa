"""What a tagger may dispute. Every name is invented."""

import pytest

from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.normal import clean
from cluster_sheets.anonymise.redact import Redacted, redacted
from cluster_sheets.anonymise.vote import Tagger, disputed, votes
from tests.anonymise.made import FINDER, FORM, record
from tests.anonymise.tagged import Stub


def left(text: str, *voted: str, covered: tuple[str, ...] = ()) -> list[str]:
    """What is disputed, of votes and covered stretches given by their words."""
    places = [(text.index(each), text.index(each) + len(each)) for each in voted]
    gone = Covered((text.index(each), text.index(each) + len(each)) for each in covered)
    return [text[start:stop] for start, stop in disputed(clean(text), places, gone)]


def voted(summary: str, *names: str, answers: dict[tuple[str, str, str], str] | None = None) -> Redacted:
    given = record(summary=summary)
    return redacted(FORM, given, FINDER, answers, votes=votes(Stub(*names), {"summary": summary}))


@pytest.mark.parametrize(
    ("text", "vote", "disputed"),
    [
        ("Angel will help.", "Angel", ["Angel"]),
        ("We saw angel.", "angel", ["angel"]),
        ("It is Angel's turn.", "Angel's", ["Angel"]),
        ("A zzyrk came.", "zzyrk", ["zzyrk"]),
        ("The Angel Trust", "The Angel Trust", ["Angel"]),
        ("Reading is hard.", "Reading", []),
        ("Ofsted came.", "Ofsted", []),
        ("At Forest School today.", "Forest School", []),
        ("In Y4 with 12 of them.", "Y4 with 12", []),
        ("K and B agreed.", "K and B", []),
        ("", "", []),
    ],
)
def test_only_what_may_be_a_name_is_disputed(text: str, vote: str, disputed: list[str]) -> None:
    assert left(text, vote) == disputed


def test_what_is_covered_is_never_touched_and_parts_a_vote_in_two() -> None:
    text = "Angel Zofia Dawn came."
    assert left(text, "Angel Zofia Dawn", covered=("Zofia",)) == ["Angel", "Dawn"]
    assert left(text, "Zofia", covered=("Angel Zofia",)) == []


def test_without_a_tagger_there_is_no_vote() -> None:
    assert votes(None, {"summary": "Angel came."}) == {}
    stub: Tagger = Stub("Angel")
    assert votes(stub, {"title": "None", "summary": "Angel came."}) == {"title": [], "summary": [(0, 5)]}


def test_a_disputed_word_goes_until_it_is_answered() -> None:
    text = "Dawn chorus walks help them."
    found = voted(text, "Dawn")
    (doubt,) = found.doubts
    assert (doubt.kind, doubt.words, doubt.sentence) == ("tagged", "Dawn", text)
    assert found.texts["summary"] == "[name A] chorus walks help them."
    assert voted(text, "Dawn", answers={doubt.key: "keep"}).texts["summary"] == text
    twice, first = record(summary=f"{text} Dawn chorus walks calm them."), {"summary": [(0, 4)]}
    assert redacted(FORM, twice, FINDER, votes=first).texts["summary"].count("[name A]") == 1
    named = redacted(FORM, twice, FINDER, {doubt.key: "is-a-name"}, votes=first).texts["summary"]
    assert named == "[name A] chorus walks help them. [name A] chorus walks calm them."


def test_what_the_tagger_does_not_see_is_not_put_back_and_what_goes_anyway_is_not_asked_about_twice() -> None:
    text = "Zofia met Mrs Ahmed; later zofia left."
    assert voted(text) == voted(text, "Zofia", "Mrs Ahmed", "zofia")
    assert voted(text).texts["summary"] == "[name A] met [person A]; later [name A] left."


def test_a_fact_that_may_stay_covers_no_name_within_it() -> None:
    text = "Dawn chorus walks help our only Year 3 wheelchair user."
    found = voted(text, "Dawn")
    assert [(each.kind, each.words) for each in found.doubts] == [("identifying", text[:-1]), ("tagged", "Dawn")]
    assert found.texts["summary"] == "[detail]."
    keep = {found.doubts[0].key: "keep"}
    assert voted(text, "Dawn", answers=keep).texts["summary"] == f"[name A]{text[4:]}"


def test_places_are_those_of_the_text_as_typed() -> None:
    text = "We sang re\u0301al songs. \u200bDawn\u2019s chorus \ufb01lls days."
    found = voted(text, "Dawn\u2019s")
    assert found.texts["summary"] == text.replace("Dawn", "[name A]")


def test_the_same_word_of_one_sentence_is_asked_about_once() -> None:
    text = "We saw Dawn and held our Dawn chorus walks."
    assert [(each.kind, each.words, len(each.spans)) for each in voted(text).doubts] == [("name-word", "Dawn", 1)]
    found = voted(text, "Dawn")
    (doubt,) = found.doubts
    assert (doubt.kind, doubt.words, len(doubt.spans)) == ("name-word", "Dawn", 2)
    assert found.texts["summary"] == "We saw [name A] and held our [name A] chorus walks."
    assert voted(text, "Dawn", answers={doubt.key: "keep"}).texts["summary"] == text


def test_the_same_word_of_another_sentence_is_asked_about_by_itself() -> None:
    text = "Dawn chorus walks help them. We saw Dawn."
    assert [(each.kind, each.sentence) for each in voted(text, "Dawn").doubts] == [
        ("tagged", "Dawn chorus walks help them."),
        ("name-word", "We saw Dawn."),
    ]
