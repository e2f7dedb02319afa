from dataclasses import replace
from datetime import date

from cluster_sheets.anonymise.blur import (
    Policy,
    Standing,
    agency,
    area_of_need,
    count,
    easter,
    key_stage,
    month,
    phase_group,
    size_band,
    standing,
    term,
    terms,
)
from cluster_sheets.register.model import School
from tests.register.made import REGISTER

POLICY = Policy.of(REGISTER.settings)


def test_the_policy_is_the_registers() -> None:
    assert Policy(5, 3, 200, 400) == POLICY


def test_a_small_count_shows_c_and_nought_shows_itself() -> None:
    assert [count(number, 5) for number in (0, 1, 4, 5, 1200)] == ["0", "c", "c", "5", "1,200"]


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
