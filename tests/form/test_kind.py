"""Kinds: what a cell holds, and what it means."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.base.money import pounds
from cluster_sheets.form.kind import Percent, Readers, as_text, is_blank, shown, typed_as, upn_letter
from cluster_sheets.form.shipped import form

FORM = form("application")
READERS = Readers({"weeks_max": 39}.__getitem__, {"Moor Park": ("1",), "Park": ("1", "2")}.get)  # type: ignore[arg-type]


def read(key: str, raw: object) -> tuple[object, tuple[str, ...]]:
    return READERS.of(FORM.field(key))(raw)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "raw", "value"),
    [
        ("amount_requested", "£1,200", 120000),
        ("amount_requested", " 1 250.50 ", 125050),
        ("amount_requested", 17.240000000000002, 1724),
        ("amount_requested", "1250.500", 125050),
        ("amount_requested", "£ 1 250 000", 125000000),
        ("amount_requested", "1, 250.5", 125050),
        ("amount_requested", "0.500", 50),
        ("school_contribution", 0.0, 0),
        ("school_contribution", ".50", 50),
        ("start_date", datetime(2027, 2, 22, 9, tzinfo=UTC), date(2027, 2, 22)),
        ("start_date", "03/04/2026", date(2026, 4, 3)),
        ("start_date", "22 February 2027", date(2027, 2, 22)),
        ("purpose", "unforeseen need", "UNFORESEEN"),
        ("purpose", "Advice - no money", "ADVICE"),
        ("pupils.year_group", 2.0, "2"),
        ("pupils.year_group", "Year 2", "2"),
        ("capital", " y ", "YES"),
        ("costs.weeks", "39", 39),
        ("costs.weeks", 12.0, 12),
        ("costs.quantity", "2.5", 250),
        ("costs.quantity", 2.75, 275),
        ("pupils.attendance_pct", "94%", 940),
        ("pupils.attendance_pct", Percent(0.945), 945),
        ("pupils.attendance_pct", 0.0, 0),
        ("contact_email", "senco@school.example", "senco@school.example"),
        ("school_urn", 999001.0, "999001"),
        ("pupils.upn", "r999 000015001", "R999000015001"),
        ("request_title", 1234567890.0, "1234567890"),
        ("school_name", "Moor Park", "1"),
    ],
)
def test_an_answer_is_read_as_a_person_meant_it(key: str, raw: object, value: object) -> None:
    assert read(key, raw) == (value, ())


@pytest.mark.parametrize(
    ("key", "raw", "codes"),
    [
        ("amount_requested", "1.2k", ("not-money",)),
        ("amount_requested", "2,400 + VAT", ("not-money",)),
        ("amount_requested", "12,50", ("not-money",)),
        ("amount_requested", "£12 50", ("not-money",)),
        ("amount_requested", "10 00", ("not-money",)),
        ("amount_requested", "1 2", ("not-money",)),
        ("amount_requested", "12 .50", ("not-money",)),
        ("amount_requested", "1,50", ("not-money",)),
        ("amount_requested", "0,500", ("not-money",)),
        ("amount_requested", "1,000 000", ("not-money",)),
        ("amount_requested", "1.250", ("not-money",)),
        ("amount_requested", "1.250,00", ("not-money",)),
        ("amount_requested", True, ("not-money",)),
        ("amount_requested", 17.241, ("money-part-of-a-penny",)),
        ("amount_requested", "17.241", ("money-part-of-a-penny",)),
        ("amount_requested", "0", ("money-out-of-range",)),
        ("school_contribution", "-5.00", ("money-out-of-range",)),
        ("school_contribution", 1e15, ("money-out-of-range",)),
        ("amount_requested", "١٢", ("not-money",)),
        ("start_date", 46075.0, ("not-a-date",)),
        ("start_date", "22/02/27", ("not-a-date",)),
        ("start_date", "31/02/2027", ("no-such-day",)),
        ("start_date", time(0, 0), ("not-a-date",)),
        ("purpose", "Projekt", ("not-on-list",)),
        ("pupils.year_group", "Y4", ("not-on-list",)),
        ("capital", True, ("not-yes-or-no",)),
        ("capital", "yes please", ("not-yes-or-no",)),
        ("costs.weeks", 12.5, ("not-a-whole-number",)),
        ("costs.weeks", "twelve", ("not-a-whole-number",)),
        ("costs.weeks", 40.0, ("whole-number-out-of-range",)),
        ("costs.quantity", 2.755, ("too-many-decimals",)),
        ("costs.quantity", "two", ("not-a-number",)),
        ("costs.quantity", "0", ("decimal-out-of-range",)),
        ("pupils.attendance_pct", 94.25, ("more-than-one-decimal",)),
        ("pupils.attendance_pct", "most", ("not-a-percentage",)),
        ("pupils.attendance_pct", 101, ("percent-out-of-range",)),
        ("contact_email", "senco@", ("not-an-email",)),
        ("contact_email", "a@b.example; c@d.example", ("not-an-email",)),
        ("school_urn", "99900", ("not-a-urn",)),
        ("pupils.upn", "R99900001500", ("not-a-upn",)),
        ("pupils.upn", "A999000015001", ("upn-check-letter",)),
        ("request_title", "Too short", ("too-short",)),
        ("request_title", "x" * 81, ("too-long",)),
        ("school_name", "Nowhere", ("school-not-known",)),
        ("school_name", "Park", ("school-could-be-two",)),
    ],
)
def test_what_cannot_be_read_has_no_value_and_one_code(key: str, raw: object, codes: tuple[str, ...]) -> None:
    readers = Readers({"weeks_max": 39}.__getitem__, lambda name: {"Park": ("1", "2")}.get(name, ()))
    assert readers.of(FORM.field(key))(raw) == (None, codes)  # type: ignore[arg-type]


def test_what_is_only_told_keeps_its_value() -> None:
    assert read("pupils.upn", "Q99900001501A") == ("Q99900001501A", ("upn-temporary",))
    assert read("pupils.attendance_pct", 0.94) == (9, ("percent-below-one",))
    assert read("request_title", "Language\u200b groups") == ("Language\u200b groups", ("odd-characters",))


@pytest.mark.parametrize(
    ("upn", "letter"),
    [
        ("R999000015001", "R"),
        ("F999000015002", "F"),
        ("A999000015001", "R"),
        ("Q99900001501A", "Q"),
        ("A99900001501O", ""),
    ],
)
def test_the_check_letter_of_a_upn(upn: str, letter: str) -> None:
    assert upn_letter(upn) == letter


@given(st.integers(min_value=1, max_value=999_999_999))
def test_pounds_are_read_back_as_the_pence_they_show(pence: int) -> None:
    assert read("amount_requested", pounds(pence)) == (pence, ())
    assert read("amount_requested", pence / 100) == (pence, ())


@given(st.text("0123456789", min_size=1, max_size=9), st.integers(1, 8), st.sampled_from(" ,\u00a0"))
def test_a_sign_within_an_amount_counts_before_groups_of_three_alone(figures: str, at: int, sign: str) -> None:
    typed = figures[:at] + sign + figures[at:]
    value, codes = read("school_contribution", typed)
    grouped = len(figures) - at == 3 and at <= 3 and figures[0] != "0"
    if grouped or (at >= len(figures) and sign != ","):
        assert (value, codes) == (int(figures) * 100, ())
    else:
        assert (value, codes) == (None, ("not-money",))


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 1, 1)))
def test_a_date_is_read_back_as_shown(day: date) -> None:
    assert read("start_date", shown(FORM.field("start_date"), day)) == (day, ())


@given(
    st.text(max_size=60) | st.floats() | st.integers() | st.booleans(), st.sampled_from([f.key for f in FORM.fields])
)
def test_nothing_a_cell_may_hold_stops_the_reader(raw: object, key: str) -> None:
    readers = Readers({"weeks_max": 39}.__getitem__, lambda _: ())
    value, codes = readers.of(FORM.field(key))(raw)  # type: ignore[arg-type]
    assert value is not None or codes


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("amount_requested", 496000, "£4,960.00"),
        ("costs.hours_per_week", 250, "2.5"),
        ("costs.hours_per_week", 1000, "10"),
        ("pupils.attendance_pct", 940, "94"),
        ("purpose", "ADVICE", "Advice, no money"),
        ("capital", "YES", "Yes"),
        ("summary", None, ""),
    ],
)
def test_a_value_reads_as_people_write_it(key: str, value: object, words: str) -> None:
    assert shown(FORM.field(key), value) == words  # type: ignore[arg-type]


def test_what_was_typed_is_quoted_and_money_is_in_pounds() -> None:
    assert typed_as(FORM.field("amount_requested"), 2400.0) == "£2,400.00"
    assert typed_as(FORM.field("purpose"), "Projekt") == "‘Projekt’"
    assert typed_as(FORM.field("summary"), "x" * 80) == "‘" + "x" * 60 + "…’"


def test_blank_is_no_characters_after_trimming() -> None:
    assert [is_blank(raw) for raw in (None, "", " \u00a0\n", "\u200b", "0", 0, False)] == [True] * 4 + [False] * 3


def test_a_number_taken_for_text_reads_as_typed() -> None:
    assert [as_text(raw) for raw in (94.0, 9.5, True, date(2027, 2, 22))] == ["94", "9.5", "TRUE", "22/02/2027"]
