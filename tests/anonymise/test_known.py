import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.anonymise.identity import Known, Strength
from cluster_sheets.anonymise.known import MAY_BE_A_WORD, Finder
from cluster_sheets.anonymise.normal import clean
from tests.anonymise.made import FINDER

OWN = frozenset(("Jo Example", "Will Okonkwo", "senco@own.example"))
PARTS_OF_NAMES = (
    *("we", "will", "Will", "WILL", "merit", "Merit", "MERIT", "School", "primary", "Mr", "miss", "jo", "Jo", "JE"),
    *("J.E.", "Example", "exmaple", "Abbey", "Abey", "Hulton", "Hultno", "St Mark's", "st", "grove", "Grove", "Grvoe"),
    *("Academy", "Acaedmy", "okonkwo", "Okonkwo's", ",", ".", "\n", "146487", "senco@own.example", "city learning"),
    *("Trust", "co-op"),
)
"""Of which names are made, and what looks like them."""


def found(text: str) -> set[tuple[str, str, bool]]:
    cleaned = clean(text)
    return {(cleaned.text[hit.start : hit.stop], hit.known.kind, hit.sure) for hit in FINDER.hits(cleaned, OWN)}


@pytest.mark.parametrize(
    ("text", "taken", "kind"),
    [
        ("at ABBEY  hulton Primary School today", "ABBEY  hulton Primary School", "school"),
        ("near St. Mark’s in town", "St. Mark's", "school"),
        ("from Saint Peter's Catholic", "Saint Peter's Catholic", "school"),
        ("the Excel Academy's gate", "Excel Academy", "school"),
        ("at Merit we", "Merit", "school"),
        ("Merit pupil referral unit", "Merit pupil referral unit", "school"),
        ("in Carmountside, they", "Carmountside", "school"),
        ("asked mrs. fenwick's aunt", "mrs. fenwick", "person"),
        ("asked QUILL, Cerys about", "QUILL, Cerys", "person"),
        ("with Will Okonkwo.", "Will Okonkwo", "person"),
        ("and J.E. wrote it", "J.E", "person"),
        ("by the City Learning Trust", "City Learning Trust", "trust"),
        ("with Co-op Academies we", "Co-op Academies", "trust"),
        ("with Co op academies we", "Co op academies", "trust"),
        ("URN 146 487", "146 487", "urn"),
        ("near St Mark School", "St Mark School", "school"),
        ("at NEWFORD", "NEWFORD", "school"),
        ("in #StokeOnTrent we", "StokeOnTrent", "place"),
        ("and mrsokonkwo", "mrsokonkwo", "person"),
        ("the Alpha Academies Trust's plan", "Alpha Academies Trust", "trust"),
        ("URN 146487", "146487", "urn"),
        ("number 861 / 1111", "861 / 1111", "school-number"),
        ("at st28bs", "st28bs", "postcode"),
        ("to Senco@Own.Example", "Senco@Own.Example", "e-mail"),
        ("families in Burslem", "Burslem", "place"),
    ],
)
def test_a_known_value_is_found_however_it_is_written(text: str, taken: str, kind: str) -> None:
    assert (taken, kind, True) in found(text)
    assert FINDER.names_known(["We met.", text], OWN) == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "They merit praise and excel at the waterside in the forest park.",
        "Excel, the program. We typed it in Microsoft Excel.",
        "For example, the quill and the vane; will you mark it?",
        "The new ford in the grove, and birches ahead.",
        "a f and j e are letters",
        "so [person J].E. wrote it, and [name J] E. did",
    ],
)
def test_an_ordinary_word_is_no_known_value(text: str) -> None:
    assert found(text) == set()
    assert FINDER.names_known([text], OWN) == [False]


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("Then AHPS agreed.", {("AHPS", "school", True)}),
        ("It is AHPS's turn.", {("AHPS", "school", True)}),
        ("Then ahps agreed. A CPD day with OTs.", set()),
        ("At Forest Park we sing. Cobble Lane agreed.", {("Forest Park", "school", True)}),
        ("Forest Park agreed.", {("Forest Park", "school", False)}),
        ("Excel's hall is large. Excel and Maplecroft share.", {("Excel", "school", False)}),
    ],
)
def test_first_letters_and_names_of_ordinary_words_are_told_by_their_capitals(
    text: str, taken: set[tuple[str, str, bool]]
) -> None:
    assert found(text) == taken


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("we met. forest park and two others bid.", {("forest park", "school", False)}),
        ("We met. He goes to forest park by bus.", {("forest park", "school", False)}),
        ("he came from excel last week.", {("excel", "school", False)}),
        ("they excel in the forest park.", set()),
        ("they walk over to excel on tuesdays.", {("excel", "school", False)}),
        ("they go on to excel, and learn to excel.", set()),
    ],
)
def test_a_school_called_by_ordinary_words_is_asked_about_in_small_letters(
    text: str, taken: set[tuple[str, str, bool]]
) -> None:
    assert found(text) == taken


def test_initials_and_a_last_name_of_several_words_are_a_persons() -> None:
    own = frozenset(("Aoife van der Quill",))
    told = {
        (cleaned.text[hit.start : hit.stop], hit.sure)
        for cleaned in (clean("AQ said so; ms van der quill too. The aq of it."),)
        for hit in FINDER.hits(cleaned, own)
        if hit.known.own
    }
    assert {("AQ", True), ("ms van der quill", True)} <= told
    assert all(words != "aq" for words, _ in told)


def test_an_ambiguous_name_with_a_capital_and_nothing_beside_it_is_asked_about() -> None:
    assert found("We saw the Merit team") == {("Merit", "school", False)}
    assert FINDER.names_known(["We saw the Merit team"], OWN) == [False]


def test_a_forms_own_name_that_is_a_word_is_asked_about_at_the_head_of_a_sentence() -> None:
    assert found("Will said so.") == {("Will", "person", False)}
    assert found("Then Will said so.") == {("Will", "person", True)}
    assert found("Mr Will said so.") == {("Mr Will", "person", True)}
    assert found("Quill pens were bought.") == set()


def test_the_s_of_a_possessive_stays_and_a_plain_one_goes() -> None:
    assert ("Cerys Quill", "person", True) in found("Cerys Quill’s plan")
    assert ("Quills", "person", True) in found("the Quills came")


def test_a_forms_own_name_in_full_is_asked_about_in_small_letters_too() -> None:
    own = frozenset(("Grace Field", "Will Brown"))
    for text, name in (("We heard that grace field saw it.", "grace field"), ("Then will brown came.", "will brown")):
        hits = FINDER.hits(clean(text), own)
        assert (name, False) in {(text[hit.start : hit.stop], hit.sure) for hit in hits}
    assert not FINDER.hits(clean("In a field, and a brown one; by the field."), own)


@pytest.mark.parametrize("text", ["Ask Dr Quilla Head", "ask quilla head", "QUILLA HEAD"])
def test_a_last_name_that_is_what_somebody_is_too_goes_with_the_first(text: str) -> None:
    hits = FINDER.hits(clean(text), frozenset(("Quilla Head",)))
    assert any(hit.sure and text[hit.start : hit.stop].casefold().endswith("quilla head") for hit in hits)


def test_clusters_own_mailboxes_are_known_as_no_identity() -> None:
    assert "cluster.central@council.example" in FINDER.mailboxes


def test_a_name_that_two_texts_of_a_form_only_make_together_is_in_neither() -> None:
    assert FINDER.names_known(["The room at Holden", "Lane is wide.", "Holden Lane is a school."], OWN) == [
        False,
        False,
        True,
    ]
    assert FINDER.names_known(["Speak to Mrs", "Will."], OWN) == [False, False]


def test_where_nothing_is_known_nothing_is_found() -> None:
    nobody = Finder([], "861", 5)
    assert (nobody.hits(clean("Cerys Quill")), nobody.names_known(["Cerys Quill"], frozenset())) == ((), [False])


def test_a_line_is_looked_at_where_more_ends_than_one_word_that_may_be_an_ordinary_one() -> None:
    line = clean("We will go to Holden Lane with Jo Example, and dr will came.").line
    ends = [line[:end].split()[-2:] for end in FINDER.places_to_look(line, OWN)]
    assert sorted(ends) == [["dr", "will"], ["holden", "lane"], ["jo", "example"]]
    assert list(FINDER.places_to_look(clean("The room is wide.").line, OWN)) == []


def test_a_line_is_looked_at_where_a_word_of_a_schools_name_has_a_slip_in_it() -> None:
    line = clean("We met at Abbey Hultno. The hall is wide.").line
    assert [line[:end].split()[-1] for end in FINDER.places_to_look(line, OWN)] == ["hultno"]


@given(st.lists(st.sampled_from(PARTS_OF_NAMES), max_size=9).map(" ".join))
def test_where_nothing_is_looked_at_nothing_is_named_for_sure(text: str) -> None:
    cleaned = clean(text)
    named = [
        hit
        for hit in FINDER.hits(cleaned, OWN)
        if hit.sure and not (hit.known.strength in MAY_BE_A_WORD and " " not in text[hit.start : hit.stop].strip())
    ]
    ends = list(FINDER.places_to_look(cleaned.line, OWN))
    assert ends or not named


LETTERED = Finder(
    [
        (letters + end, Known("school", letters, Strength.LETTERS, possessive=bool(end)))
        for letters in ("can", "at", "cq")
        for end in ("", "s")
    ],
    la_code="999",
    threshold=5,
)
"""Schools whose letters are words, and one whose are none."""
PIECES = (
    *("CAN", "can", "Can", "CANs", "CAN's", "AT", "At", "ats", "CQ", "CQs", "ĆQ", "cq"),
    *("the", "We", "’s", ".", "[x]"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_letters_are_known_in_a_form_where_they_are_found_in_a_text(words: list[str]) -> None:
    for text in (" ".join(words), "".join(words)):
        sure = any(hit.sure for hit in LETTERED.hits(clean(text)) if hit.known.strength is Strength.LETTERS)
        assert LETTERED.names_known([text], frozenset()) == [sure]
