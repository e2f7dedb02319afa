"""What stands in free text and should not."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.checks.texts import holds_upn
from cluster_sheets.form.kind import upn_letter
from tests.checks.batch import FORM, codes, world
from tests.requests import KINDS, prose, upn

PROJECT, GROUP = KINDS["project"], KINDS["group"]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        (f"It helps {upn(1)} most.", True),
        (f"({upn(1).lower()})", True),
        ("R 999 0000 1500 1", True),
        ("R99900001500B", True),
        ("A999000015001", False),
        ("R9990000150011", False),
        ("ring 01632 960123", False),
        ("", False),
    ],
)
def test_a_upn_is_known_by_its_check_letter(text: str, held: bool) -> None:
    assert holds_upn(text) is held


GAP = st.sampled_from(["", " ", "\n", "\x1c", "\u2003", "  "])
EDGE = st.sampled_from(["", " ", "x", "7", "-", "é"])


@given(GAP, GAP, GAP, GAP, st.sampled_from("1B\u0661"), EDGE, EDGE)
def test_a_upn_is_found_wherever_one_look_at_every_letter_finds_it(
    first: str, second: str, third: str, fourth: str, last: str, before: str, after: str
) -> None:
    typed = f"{upn_letter(f'A99900001500{last}')}{first}999{second}0000{third}1500{fourth}{last}"
    found = re.search(r"(?i)(?<![A-Z0-9])[A-Z]\s?\d{3}\s?\d{4}\s?\d{4}\s?[A-Z0-9](?![A-Z0-9])", before + typed + after)
    assert holds_upn(before + typed + after) == (found is not None and found[0] == typed)


def test_every_box_of_free_text_is_looked_at_once_with_the_people_of_its_own_form() -> None:
    seen: list[tuple[str, frozenset[str]]] = []

    def known(texts: Sequence[str], own: frozenset[str]) -> list[bool]:
        seen.extend((text, own) for text in texts)
        return [False] * len(texts)

    assert codes(GROUP, about=world(names_known=known)) == []
    assert {own for _, own in seen} == {frozenset({"Jo Example", "Sam Example", "Kim Example", "senco@own.example"})}
    boxes = [field for field in FORM.fields if field.privacy == "free-text"]
    given = [field for field in boxes if not field.table and GROUP.form.get(field.name)]
    given += [f for f in boxes if f.table for line in GROUP.tables[f.table] if line.get(f.name) is not None]
    assert len(seen) == len(given)


def test_a_name_and_a_upn_in_one_box_are_two_findings() -> None:
    text = f"{prose(200)} Sneyd {upn(1)}"
    assert codes(PROJECT.but(need=text)) == [("known-name-in-text", "need"), ("upn-in-text", "need")]
