from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.anonymise.blur import (
    Policy,
    Standing,
    agency,
    area_of_need,
    beneficiaries,
    blurred,
    count,
    counts,
    easter,
    grouped,
    key_stage,
    month,
    need,
    phase_group,
    size_band,
    standing,
    term,
    terms,
    total,
)
from cluster_sheets.register.model import School
from tests.anonymise.made import FORM
from tests.register.made import REGISTER

POLICY = Policy.of(REGISTER.settings)


def test_the_policy_is_the_registers() -> None:
    assert Policy(5, 3, frozenset(("HI", "VI", "MSI", "PMLD", "DS", "OTH")), 200, 400) == POLICY


def test_a_small_count_shows_c_and_nought_shows_itself() -> None:
    assert [count(number, 5) for number in (0, 1, 4, 5, 1200)] == ["0", "c", "c", "5", "1,200"]


@pytest.mark.parametrize(
    ("numbers", "told", "sum_of_them"),
    [
        ((12, 30, 0), ("12", "30", "0"), "42"),
        ((12, 3, 30), ("c", "c", "30"), "45"),
        ((3, 0, 0), ("c", "0", "0"), "c"),
        ((2, 3, 30), ("c", "c", "30"), "35"),
        ((1, 1, 30), ("c", "c", "c"), "32"),
        ((1, 1), ("c", "c"), "c"),
    ],
)
def test_a_small_count_cannot_be_worked_out_from_the_others(
    numbers: tuple[int, ...], told: tuple[str, ...], sum_of_them: str
) -> None:
    assert (counts(numbers, 5), total(numbers, 5)) == (told, sum_of_them)


@given(st.lists(st.integers(0, 40), max_size=6))
def test_no_hidden_count_stands_alone_beside_its_total(numbers: list[int]) -> None:
    told = counts(numbers, 5)
    assert all(shown == "c" or not 0 < number < 5 for number, shown in zip(numbers, told, strict=True))
    assert total(numbers, 5) == "c" or told.count("c") != 1


def test_beneficiaries_are_told_in_words() -> None:
    assert [beneficiaries(number, 5) for number in (1, 3, 16)] == ["one pupil", "c pupils", "16 pupils"]


def test_a_year_group_is_told_as_its_key_stage_and_a_need_as_its_area() -> None:
    assert [key_stage(year) for year in ("R", "2", "3", "9", "11", "13", "X")] == [
        "Early years",
        "Key stage 1",
        "Key stage 2",
        "Key stage 3",
        "Key stage 4",
        "Key stage 5",
        "",
    ]
    assert [area_of_need(code) for code in ("SLCN", "DS", "SEMH", "MSI", "OTH", "NSA")] == [
        "Communication and interaction",
        "Cognition and learning",
        "Social, emotional and mental health",
        "Sensory and/or physical",
        "No area given",
        "No area given",
    ]


def test_a_rare_need_is_told_as_its_area_only() -> None:
    assert (need("HI", "Hearing impairment", POLICY), need("ASD", "Autism", POLICY)) == (
        "Sensory and/or physical",
        "Autism",
    )


def test_codes_are_counted_by_group_in_the_groups_order_with_small_ones_hidden() -> None:
    years = ["7"] * 6 + ["2"] * 2 + ["1"] * 9 + ["R", "X"]
    assert grouped(years, key_stage, 5) == (("Early years", "c"), ("Key stage 1", "11"), ("Key stage 3", "c"))


def test_days_are_told_as_months_and_rounds_as_terms() -> None:
    assert month(date(2027, 2, 22)) == "February 2027"
    assert [term(day) for day in (date(2026, 1, 7), date(2026, 4, 5), date(2026, 4, 13), date(2026, 9, 1))] == [
        "Spring term 2026",
        "Spring term 2026",
        "Summer term 2026",
        "Autumn term 2026",
    ]
    assert terms(date(2026, 1, 7), date(2026, 3, 27)) == "Spring term 2026"
    assert terms(date(2025, 9, 8), date(2026, 3, 27)) == "Autumn term 2025 to Spring term 2026"
    assert [easter(year) for year in (2024, 2025, 2026, 2038)] == [
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2038, 4, 25),
    ]


def test_social_care_is_another_agency() -> None:
    assert [agency("SOCIAL_CARE", "Social care"), agency("EP", "Educational psychologist")] == [
        "another agency",
        "Educational psychologist",
    ]


def test_each_answer_is_shown_as_its_declaration_says() -> None:
    told = {
        "amount_requested": blurred(FORM.field("amount_requested"), 496000, POLICY),
        "pupils.year_group": blurred(FORM.field("pupils.year_group"), "4", POLICY),
        "pupils.primary_need": blurred(FORM.field("pupils.primary_need"), "VI", POLICY),
        "support.from_date": blurred(FORM.field("support.from_date"), date(2026, 1, 7), POLICY),
        "support.agency": blurred(FORM.field("support.agency"), "SOCIAL_CARE", POLICY),
        "pupil_counts.with_plan": blurred(FORM.field("pupil_counts.with_plan"), 4, POLICY),
        "school_name": blurred(FORM.field("school_name"), "146487", POLICY),
        "summary": blurred(FORM.field("summary"), "Words", POLICY),
        "pupils.looked_after": blurred(FORM.field("pupils.looked_after"), "YES", POLICY),
    }
    assert told == {
        "amount_requested": "£4,960.00",
        "pupils.year_group": "Key stage 2",
        "pupils.primary_need": "Sensory and/or physical",
        "support.from_date": "January 2026",
        "support.agency": "another agency",
        "pupil_counts.with_plan": "c",
        "school_name": "",
        "summary": "",
        "pupils.looked_after": "",
    }


@pytest.mark.parametrize("key", [field.key for field in FORM.fields])
def test_a_blank_is_blank_whatever_the_field(key: str) -> None:
    assert blurred(FORM.field(key), None, POLICY) == ""


def test_what_is_shown_of_a_school_is_shared_by_enough_others() -> None:
    def school(urn: str, phase: str, roll: int | None) -> School:
        return School(urn, f"EXAMPLE {urn}", phase, (), roll=roll)

    small = [school(str(number), "PS", 150) for number in range(3)]
    large = [school(f"L{number}", "PS", 450) for number in range(2)]
    others = [school("S", "SS", 900), school("P", "PR", 40)]
    everybody = [*small, *large, *others]
    assert standing(small[0], everybody, POLICY) == Standing("Primary", "small")
    assert standing(large[0], everybody, POLICY) == Standing("Primary")
    assert standing(others[0], everybody, POLICY) == Standing()
    assert standing(replace(small[0], roll=None), everybody, POLICY) == Standing("Primary")
    assert standing(replace(small[0], phase=""), everybody, POLICY) == Standing()
    assert [size_band(roll, POLICY) for roll in (None, 200, 201, 400, 401)] == [
        "",
        "small",
        "medium",
        "medium",
        "large",
    ]
    assert (phase_group("MS"), phase_group("PR"), phase_group("??")) == (
        "Secondary or alternative provision",
        "Secondary or alternative provision",
        "",
    )
