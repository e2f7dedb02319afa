"""The labelled corpus: its labels are right, its sets are apart, and what it measures is what it says."""

import re
from collections.abc import Iterator, Mapping
from itertools import combinations, pairwise
from typing import Any

import pytest

from tests.anonymise.corpus import label as kinds
from tests.anonymise.corpus.cast import FIRST, SETS, UNSEEN, lists
from tests.anonymise.corpus.label import Label, Labelled
from tests.anonymise.corpus.make import LONGEST, SHORTEST, TEXTS, corpus
from tests.anonymise.corpus.score import Outcome, by_form, by_text, failures, main, measures, outcome, table
from tests.anonymise.corpus.value import VALUES

TEXT = "Mrs O'Brien of St Wilfreda's School rang. Ofsted will come. He is the only triplet."
KNOWN: Mapping[str, object] = {"school": "", "partner_schools": [], "people": [], "emails": []}


def stretch(words: str) -> dict[str, int]:
    return {"start": TEXT.index(words), "end": TEXT.index(words) + len(words)}


def label(words: str, kind: str, form: str = "name", *, known: bool = False) -> Label:
    start, stop = stretch(words).values()
    return Label(start, stop, words, kind, form, known)


SMALL = Labelled(
    "small",
    TEXT,
    KNOWN,
    (
        label("Mrs O'Brien", kinds.PERSON),
        label("St Wilfreda's School", kinds.SCHOOL, known=True),
        label("Ofsted", kinds.LEGITIMATE, "body"),
        label("the only triplet", kinds.FACT),
    ),
)


def scored(*taken: str, review: tuple[str, ...] = ()) -> Outcome:
    shown = TEXT
    for words in taken:
        shown = shown.replace(words, "[out]")
    told: dict[str, Any] = {"text": shown, "spans": [stretch(each) for each in taken]}
    return outcome(SMALL, lambda _: told | {"review": [stretch(each) for each in review]})


@pytest.mark.parametrize("name", SETS)
def test_a_set_has_hundreds_of_texts_of_the_length_of_a_form_s_boxes(name: str) -> None:
    assert len(corpus(name)) == TEXTS >= 400
    assert all(SHORTEST <= len(text.text.split()) <= LONGEST for text in corpus(name))


@pytest.mark.parametrize("name", SETS)
def test_the_words_of_each_label_stand_at_its_place(name: str) -> None:
    assert all(text.text[each.start : each.stop] == each.words for text in corpus(name) for each in text.labels)
    assert all(each.words.strip() == each.words != "" for text in corpus(name) for each in text.labels)


@pytest.mark.parametrize("name", SETS)
def test_labels_lie_apart_but_for_what_stands_in_a_fact(name: str) -> None:
    for text in corpus(name):
        apart = [each for each in text.labels if each.kind != kinds.FACT]
        assert all(one.stop <= other.start for one, other in pairwise(apart))
        facts = [each for each in text.labels if each.kind == kinds.FACT]
        for fact in facts:
            assert all(other.stop <= fact.start or fact.stop <= other.start or other == fact for other in text.labels)


@pytest.mark.parametrize("name", SETS)
def test_every_kind_is_there_and_every_value_in_more_than_one_form(name: str) -> None:
    forms: dict[str, set[str]] = {}
    for text in corpus(name):
        for each in text.labels:
            forms.setdefault(each.kind, set()).add(each.form)
    assert forms.keys() == {
        *kinds.PATTERNS,
        *(kinds.PERSON, kinds.SCHOOL, kinds.TRUST, kinds.PLACE, kinds.FACT, kinds.LEGITIMATE),
    }
    assert all(len(forms[kind]) > 1 for kind in (*VALUES, kinds.PERSON, kinds.SCHOOL, kinds.EMAIL))


def test_a_set_is_the_same_every_time() -> None:
    again = corpus.__wrapped__(FIRST)
    assert again == corpus(FIRST)


def test_the_sets_share_no_name_and_no_sentence() -> None:
    for name, other in combinations(SETS, 2):
        assert not {*said(name)} & {*said(other)}, f"{name} and {other}"


def said(name: str) -> Iterator[str]:
    """Whatever a set has of its own."""
    words = lists(name)
    for each in (*words.names.values(), *words.values.values()):
        yield from each
    yield from (*words.schools, *words.telling, *words.plain, *words.facts)


def test_nobody_s_number_or_address_is_in_it() -> None:
    for name in SETS:
        for text in corpus(name):
            for each in text.labels:
                figures = re.sub(r"\D", "", each.words)
                if each.kind in ("upn", "nhs", "dfe"):
                    assert figures.startswith("999")
                if each.kind == kinds.EMAIL and not each.known:
                    assert each.words.casefold().endswith(("example", "test"))


def test_what_is_wholly_taken_out_leaks_nothing() -> None:
    score = scored("Mrs O'Brien", "St Wilfreda's School", review=("the only triplet",))
    assert not score.leaks
    assert all(each.met for each in measures_of(score) if "people" in each.name or "known" in each.name)
    assert (score.flags, score.idle_flags, score.others_gone) == (1, 0, 0)


def measures_of(score: Outcome) -> tuple[Any, ...]:
    pattern = Labelled("p", "01632 960123", KNOWN, (Label(0, 12, "01632 960123", "phone", "spaced"),))
    place = Labelled("q", "Crewe", KNOWN, (Label(0, 5, "Crewe", kinds.PLACE, "town"),))
    told = {"text": "[out]", "review": []}
    rest = [
        outcome(each, lambda line: told | {"spans": [{"start": 0, "end": len(str(line["text"]))}]})
        for each in (pattern, place)
    ]
    return measures([score, *rest])


@pytest.mark.parametrize("taken", ["Mrs O'", "Mrs O'Bri", "Brie"])
def test_a_name_of_which_a_part_is_left_has_leaked(taken: str) -> None:
    score = scored(taken, "St Wilfreda's")
    assert [each.left for each in score.judged if each.left] == ["Brien"]
    assert score.leaks


def test_what_tells_nothing_may_be_left() -> None:
    assert not scored("Brien", "Wilfreda").leaks


def test_legitimate_text_is_lost_and_other_text_counted_where_it_is_taken_out() -> None:
    score = scored("rang. Ofsted will")
    assert [each.label.words for each in score.judged if each.gone] == ["Ofsted"]
    assert (score.others_gone, score.others) == (len("rangwill"), len("ofrangwillcomeHeis"))


def test_spans_that_are_not_what_was_taken_out_are_no_score() -> None:
    with pytest.raises(ValueError, match="small"):
        outcome(SMALL, lambda _: {"text": TEXT, "spans": [stretch("Ofsted")], "review": []})


def test_a_form_counts_what_failed_and_what_nobody_would_see() -> None:
    rows = {row[:2]: row[3:] for row in by_form([scored("Ofsted", review=("Brien",))])}
    assert rows[kinds.PERSON, "name"] == (1, 1, 0)
    assert rows[kinds.SCHOOL, "name"] == (1, 1, 1)
    assert rows[kinds.LEGITIMATE, "body"] == (1, 1, 0)
    assert rows[kinds.FACT, "name"] == (1, 1, 1)


@pytest.mark.parametrize("name", UNSEEN)
def test_an_unseen_set_is_only_measured(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([name, "--failures", "5"])
    assert "may not look" in capsys.readouterr().err


@pytest.fixture(scope="module")
def ours() -> list[Outcome]:
    anonymiser = by_text()
    return [outcome(text, anonymiser) for text in corpus(FIRST)]


def test_numbers_that_give_themselves_away_never_leak(ours: list[Outcome]) -> None:
    sure = ("upn", "nhs", "urn", "dfe", "phone", "postcode", "url")
    assert [each.left for text in ours for each in text.judged if each.label.kind in sure and each.left] == []


def test_the_table_and_the_failures_can_be_shown(ours: list[Outcome]) -> None:
    assert any(line.startswith("known values leaked") for line in table(ours))
    assert all(">>>" in line for line in failures(ours))
