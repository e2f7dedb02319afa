"""One text by itself. Every name is invented."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_sheets.anonymise.by_text import DOUBTFUL, SURE, ByText, Given, GivenError, why
from cluster_sheets.anonymise.kinds import KINDS
from cluster_sheets.anonymise.span import Span
from tests.anonymise.tagged import Stub
from tests.register.made import REGISTER

BY_TEXT = ByText(REGISTER, date(2026, 11, 2).year)
KNOWN = {
    "school": "Abbey Hulton Primary School",
    "partner_schools": ["Foxglove Hollow Primary School"],
    "people": ["Zsofia Okonkwo"],
    "emails": ["z.okonkwo@oakhill.example"],
}


def told(text: str, **known: object) -> dict[str, object]:
    return BY_TEXT.told(Given.of({"id": 7, "known": KNOWN | known, "text": text}))


def taken(text: str, **known: object) -> list[tuple[str, str, float]]:
    """(type, words, certainty) of each span."""
    return [
        (each["type"], text[each["start"] : each["end"]], each["certainty"])
        for each in told(text, **known)["spans"]  # type: ignore[attr-defined]
    ]


def test_what_is_known_is_taken_out_for_sure_and_says_why() -> None:
    text = "Miss Okonkwo of Abbey Hulton wrote to z.okonkwo@oakhill.example."
    assert told(text) == {
        "id": 7,
        "text": "[person A] of [school A] wrote to [e-mail].",
        "spans": [
            {"start": 0, "end": 12, "type": "PERSON", "reason": KINDS["person"].known, "certainty": SURE},
            {"start": 16, "end": 28, "type": "SCHOOL", "reason": KINDS["school"].known, "certainty": SURE},
            {"start": 38, "end": 63, "type": "EMAIL", "reason": KINDS["e-mail"].known, "certainty": SURE},
        ],
        "review": [],
    }


def test_a_name_in_no_list_is_taken_out_and_asked_about() -> None:
    text = "Kayleigh-Mae loves the garden."
    assert taken(text) == [("PERSON", "Kayleigh-Mae", DOUBTFUL)]
    assert told(text)["review"] == [{"start": 0, "end": 12, "reason": KINDS["unknown-word"].asks}]


def test_a_fact_that_may_tell_who_it_is_stays_and_is_asked_about() -> None:
    text = "She is our only Year 3 wheelchair user."
    assert (taken(text), told(text)["text"]) == ([], text)
    assert told(text)["review"] == [{"start": 0, "end": 38, "reason": KINDS["identifying"].asks}]


def test_a_school_that_the_register_does_not_have_is_known_too() -> None:
    text = "foxglove hollow primary lends its trainer."
    assert taken(text) == [("SCHOOL", "foxglove hollow primary", SURE)]
    assert taken(text, partner_schools=[]) == [("SCHOOL", "foxglove hollow primary", DOUBTFUL)]


def test_places_count_the_characters_of_the_text_as_given() -> None:
    text = "\U0001f600 Jose\u0301 \u2013 Miss\u00a0Okonkwo\u2019s class"
    found = taken(text)
    assert ("PERSON", "Miss\u00a0Okonkwo", SURE) in found
    assert all(not words.startswith(" ") for _, words, _ in found)


@pytest.mark.parametrize(
    "line",
    [
        None,
        [],
        {"id": 1},
        {"text": 5},
        {"text": "a", "known": []},
        {"text": "a", "known": {"school": 5}},
        {"text": "a", "known": {"people": "Jo"}},
        {"text": "a", "known": {"emails": [5]}},
    ],
)
def test_what_is_no_text_as_it_is_asked_for_is_told(line: object) -> None:
    with pytest.raises(GivenError):
        Given.of(line)


def test_nothing_need_be_known() -> None:
    assert Given.of({"text": "a", "known": None}) == Given.of({"text": "a", "known": {"school": "", "people": None}})


def test_every_kind_says_why_it_is_taken_out() -> None:
    assert all(why(Span("text", 0, 1, kind, sure=False)) or why(Span("text", 0, 1, kind)) for kind in KINDS)


PIECES = st.sampled_from(
    [
        *(
            "Miss Okonkwo",
            "ABBEY HULTON",
            "abbey hulton",
            "[school A]",
            "[pupil A]",
            "Ofsted",
            "\u200b",
            "\u0416\u0435",
        ),
        *(
            "Zsofia\u2019s",
            "zsofia",
            "0\ufe0f\u20e3",
            "\ufb01ve of 7",
            "2/5/2017",
            "R999000015001",
            "\n",
            ". ",
            "e\u0301",
        ),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=12).map("".join))
def test_spans_lie_apart_within_the_text_and_what_stands_between_them_is_kept(text: str) -> None:
    found = told(text)
    place, kept = 0, []
    for span in found["spans"]:  # type: ignore[attr-defined]
        assert place <= span["start"] < span["end"] <= len(text)
        kept.append(text[place : span["start"]])
        place = span["end"]
    shown = str(found["text"])
    for piece in [*kept, text[place:]]:
        assert piece in shown
        shown = shown[shown.index(piece) + len(piece) :]
    assert all(0 <= each["start"] < each["end"] <= len(text) for each in found["review"])  # type: ignore[attr-defined]


LONGEST = 32_767
"""Characters that a cell may hold."""


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "Mac an ",
            "van der ",
            "Zsofia ",
            "ZSOFIA ",
            "Zsofia\u00a0",
            "Mr ",
            "Mr Zofia ",
            "Zofia. ",
            "Z.",
            "Z ",
            "a.",
            "a-",
            "x",
            "x@",
            "1 ",
            "1/",
        ),
        *("07 ", "born ", "a [at] ", "((", "St ", "EHCP ref ", "Ab Road ", "Ab Hospital ", "the twin ", "one pupil "),
        *(
            "Grace ",
            "e\u0301",
            "\U0001f469\u200d",
            "\u05d0",
            "Abbey Hulton ",
            "school ",
            "www.",
            "@abc ",
            "a@b.",
            "[pupil A] ",
        ),
        "Zsofia said Abbey Hulton's only child, born 3 May 2015, rang 01782 555 0123. ",
    ],
)
def test_a_cell_full_of_anything_is_read_and_nothing_known_survives(piece: str) -> None:
    text = (piece * LONGEST)[: LONGEST // len(piece) * len(piece)]
    shown = str(told(text)["text"]).casefold()
    assert "zsofia" not in shown
    assert "abbey hulton" not in shown


def test_a_tagger_has_a_vote() -> None:
    voting = ByText(REGISTER, 2026, Stub("Dawn"))
    told = voting.told(Given.of({"text": "Dawn chorus walks help them."}))
    assert (told["text"], told["review"]) == (
        "[name A] chorus walks help them.",
        [{"start": 0, "end": 4, "reason": "The tagger takes it for a name; nothing else here does."}],
    )
    assert voting.told(Given.of({"text": ""}))["text"] == ""
