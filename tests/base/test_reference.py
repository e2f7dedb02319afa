import re

from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.base import reference
from cluster_sheets.register.allowed import allowed
from cluster_sheets.register.sheet import declared

KEY = bytes(range(32))


def test_a_form_id_does_not_change_from_night_to_night() -> None:
    assert reference.form_id(KEY, "146487", "CEN-2627-A2", 1) == reference.form_id(KEY, "146487", "CEN-2627-A2", 1)
    assert reference.form_id(KEY, "146487", "CEN-2627-A2", 1) != reference.form_id(KEY, "146487", "CEN-2627-A2", 2)


@given(st.lists(st.text(), min_size=2, max_size=4))
def test_parts_never_run_together(parts: list[str]) -> None:
    joined = ["".join(parts[:2]), *parts[2:]]
    assert reference.digest(KEY, *parts) != reference.digest(KEY, *joined)


def test_a_stamp_changes_with_each_of_its_parts_and_the_key() -> None:
    parts = ["F-AAAA-BBBB", "146487", "CEN", "CEN-2627-A2", "CS-APP 2026.1"]
    stamps = {reference.stamp(KEY, *parts), reference.stamp(b"other", *parts)}
    for at in range(5):
        stamps.add(reference.stamp(KEY, *[part + "x" if at == place else part for place, part in enumerate(parts)]))
    assert len(stamps) == 7


def test_case_references_are_short_and_never_given_twice() -> None:
    taken: list[str] = []
    for number in range(600):
        taken += reference.case_references(KEY, "CEN-2627-A2", [f"form {number}"], taken)
    assert len(set(taken)) == 600
    assert len(taken[0]) == 2
    assert not {letter[0] for letter in taken} & set("GIOQSUZ")


def test_the_order_of_cases_is_the_meetings_own() -> None:
    assert reference.shuffle_key(KEY, "A1", "F") != reference.shuffle_key(KEY, "A2", "F")
    assert len(reference.keyed_hash(KEY, "146487")) == 16


def test_what_an_id_looks_like_is_what_is_given_and_what_the_register_lets_in() -> None:
    # More than a letter with two figures have room for.
    cases = reference.case_references(KEY, "CEN-2627-A2", [str(number) for number in range(2000)], ())
    assert max(map(len, cases)) == 4
    assert [each for each in cases if not re.fullmatch(reference.CASE, each)] == []
    (clusters,) = (sheet for sheet in declared()[0] if sheet.name == "Clusters")
    assert {each.name: each.like for each in clusters.columns}["code"] == reference.CLUSTER
    assert allowed()["cluster_codes"].like == reference.CLUSTER
    assert re.fullmatch(reference.APPLICATION, "SOUTHEND-2627-10000")
