from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cluster_sheets.anonymise.review_view import ADDRESS, BY_KIND, SORTS, Line, key, offered, view
from cluster_sheets.anonymise.review_whose import Whose
from cluster_sheets.store.questions import Question


def question(question_id: str, kind: str, answer: str | None = None) -> Question:
    return Question(question_id, "M", f"unit-{question_id}", "CEN-1", kind, "code", "summary", 0, 5, answer)


def test_open_questions_come_first_and_those_erased_not_at_all() -> None:
    asked = [question("a", "redaction", "keep"), question("b", "redaction"), question("c", "redaction")]
    words = {"a": {"sentence": "EXAMPLE one"}, "b": {"sentence": "EXAMPLE two", "words": "two", "question": "Title"}}
    shown = view("M", asked, words, ())
    assert shown.lines["redaction"] == (
        Line("b", ("CEN-1\nTitle", "EXAMPLE two", "", ""), "", settled=False, bold=("two",)),
        Line("a", ("CEN-1", "EXAMPLE one", "", ""), "Keep", settled=False),
    )
    assert (shown.left("redaction"), shown.all_left) == (1, 1)


def test_a_held_submission_is_settled_once_it_was_acted_upon() -> None:
    shown = view("M", [question("a", "held", "accept"), question("b", "held")], {"a": {}, "b": {}}, {"a", "b"})
    nothing = "It could not be settled without you."
    assert shown.lines["held"] == (
        Line("b", ("", "", nothing), "", settled=False),
        Line("a", ("", "", nothing), "Accept", settled=True),
    )


def test_a_ready_case_goes_by_its_reference_and_tells_whose_it_is() -> None:
    words = {"a": {"case": "K7", "title": "Groups for [school A]", "fits": "16 schools"}}
    shown = view("M", [question("a", "ready")], words, (), {"K7": Whose("CEN-2627-0012", "EXAMPLE Mere", "Not agreed")})
    texts = ("K7", "CEN-2627-0012", "EXAMPLE Mere", "Groups for [school A]", "16 schools", "Not agreed")
    assert shown.lines["ready"] == (Line("a", texts, "", settled=False),)
    assert view("M", [question("a", "ready")], words, ()).lines["ready"][0].texts == (
        "K7",
        "CEN-1",
        "",
        "Groups for [school A]",
        "16 schools",
        "",
    )


def test_a_case_that_was_asked_about_again_is_one_line() -> None:
    then, later = (datetime(2026, 10, day, tzinfo=UTC) for day in (7, 8))
    first = replace(question("a", "ready", "yes"), answered_at=later)
    again, other = replace(question("b", "ready", "yes"), answered_at=then), question("c", "ready")
    words = {each: {"case": "K7"} for each in "abc"}
    for asked, shown in (([first, again, other], ["c"]), ([first, again], ["a"]), ([again, first], ["a"])):
        assert [line.question_id for line in view("M", asked, words, ()).lines["ready"]] == shown


def test_each_fact_of_a_case_is_a_line_of_its_own() -> None:
    asked = [replace(question(each, "fact"), code=code) for each, code in (("a", "phase-group"), ("b", "key-stage"))]
    words = {"case": "K7", "question": "Phase group", "sentence": "Primary", "why": "It fits 1 school."}
    lines = view("M", asked, {"a": words, "b": words}, ()).lines["fact"]
    assert lines[0] == Line("a", ("K7\nCEN-1", "Phase group", "Primary", "It fits 1 school."), "", settled=False)
    assert [line.question_id for line in lines] == ["a", "b"]


def test_a_held_submission_says_who_sent_it_and_when() -> None:
    words = {"who": "EXAMPLE Mere", "sender": "senco@mere.example", "came": "30 September 2026, 21:03"}
    told = view("M", [question("a", "held")], {"a": words}, ()).lines["held"][0].texts[0]
    assert told == "EXAMPLE Mere\nsenco@mere.example\ncame 30 September 2026, 21:03"
    alike = view("M", [question("a", "held")], {"a": words | {"who": "senco@mere.example"}}, ()).lines["held"][0]
    assert alike.texts[0] == "senco@mere.example\ncame 30 September 2026, 21:03"


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        ("redaction", " take  OUT", "take-out"),
        ("redaction", "Take-out", "take-out"),
        ("redaction", "keep", "keep"),
        ("held", "Return", "return"),
        ("fact", "blur", "blur"),
        ("fact", "Show ", "show"),
        ("ready", "YES", "yes"),
        ("ready", "no", None),
        ("held", "", None),
    ],
)
def test_an_answer_is_read_whatever_its_case(kind: str, typed: str, code: str | None) -> None:
    assert BY_KIND[kind].code(typed) == code


def test_each_sheet_fills_a_page_and_has_a_width_for_each_column() -> None:
    assert [(sum(sort.widths), len(sort.widths) - len(sort.headings)) for sort in SORTS] == [(1009, 2)] * 4


@pytest.mark.parametrize(("words", "more"), [("Reg", ("is-a-name", "keep-always")), ("The Dawn", ("is-a-name",))])
def test_what_a_tagger_disputes_is_kept_everywhere_only_where_it_is_in_no_list_of_names(
    words: str, more: tuple[str, ...]
) -> None:
    assert offered(replace(question("a", "redaction"), code="tagged"), {"words": words}) == more


def test_the_key_of_a_row_says_what_it_showed() -> None:
    assert key(Line("a", (), "Keep", settled=False)) == "a|Keep"


@pytest.mark.parametrize(
    ("kind", "code", "more"),
    [
        ("redaction", "unknown-word", ("is-a-name", "keep-always")),
        ("redaction", "name-word", ("is-a-name",)),
        ("redaction", "small-count", ()),
        ("held", "late", ("accept-and-remember",)),
        ("ready", "unknown-word", ()),
    ],
)
def test_some_answers_are_offered_to_some_questions_in_one_order(kind: str, code: str, more: tuple[str, ...]) -> None:
    assert offered(replace(question("a", kind), code=code), {ADDRESS: "head@own.example"}) == more
