"""Rules as data."""

import pytest

from cluster_sheets.form.rule import Comparison, Term, Unique, names_in, parse_term, parse_test


def test_the_three_forms_of_a_test() -> None:
    assert parse_test("end_date > start_date") == Comparison(
        (Term("answer", "end_date"), Term("answer", "start_date")), (">",)
    )
    assert parse_test("1 <= rows(costs) <= 25") == Comparison(
        (Term("number", number=1), Term("rows", "costs"), Term("number", number=25)), ("<=", "<=")
    )
    assert parse_test("unique(pupils.upn)") == Unique("pupils.upn")


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("received_on", "environment", "received_on"),
        ("later_meeting.date", "environment", "later_meeting.date"),
        ("setting:project_cap", "setting", "project_cap"),
        ("CONTINGENCY", "code", "CONTINGENCY"),
        ("school_year_end(start_date)", "year_end", "start_date"),
        ("costs.weeks", "answer", "costs.weeks"),
        ("sum(costs.line_total where paid_by=CLUSTER)", "sum", "costs.line_total"),
    ],
)
def test_a_term_is_known_by_its_shape(text: str, kind: str, name: str) -> None:
    term = parse_term(text)
    assert (term.kind, term.name) == (kind, name)


def test_a_test_names_every_answer_it_reads() -> None:
    names = names_in(parse_test("sum(costs.line_total where paid_by=CLUSTER) = amount_requested"))
    assert names == ("costs.line_total", "costs.paid_by", "amount_requested")


@pytest.mark.parametrize("text", ["start_date", "a >= b >= c >= d", "a == b", "sum(a >= 1"])
def test_what_is_no_test_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot read the"):
        parse_test(text)
