"""How streets are written. Every street is invented."""

import re

import pytest

from cluster_sheets.anonymise import addresses


@pytest.mark.parametrize(
    ("way", "needed", "text"),
    [
        (addresses.WITH_CAPITALS, addresses.NEEDED, "12 Zorby Close"),
        (addresses.WITH_CAPITALS, addresses.NEEDED, "Zorby Lane"),
        (addresses.BEFORE_A_POSTCODE, addresses.NEEDED, "Zorby Drive, Fernby, TF74 8LT"),
        (addresses.IN_SMALL_LETTERS, addresses.NEEDED_SMALL, "57 zorby terrace"),
        (addresses.IN_SMALL_LETTERS, addresses.NEEDED_SMALL, "57 zorby drive"),
        (addresses.IN_SMALL_LETTERS, addresses.NEEDED_SMALL, "57 upper zorby walk, fernby, tf74 8lt"),
        (addresses.IN_SMALL_LETTERS_AT_HOME, addresses.NEEDED_SMALL_AT_HOME, "lives at 5 zorby way"),
        (addresses.WITHOUT_A_NUMBER, addresses.NEEDED_WITHOUT_A_NUMBER, "home is zorby street"),
        (addresses.BEFORE_A_POSTCODE, addresses.NEEDED, "Old Zorby Bank, tf74 8lt"),
        (addresses.WITHOUT_A_NUMBER, addresses.NEEDED_WITHOUT_A_NUMBER, "moved to zorby bank"),
        (addresses.LABELLED, addresses.NEEDED_LABELLED, "Home address: Zorby Bank"),
        (addresses.LABELLED, addresses.NEEDED_LABELLED, "TEMPORARY ACCOMMODATION: ZORBY BANK"),
        (addresses.LABELLED_IN_SMALL_LETTERS, addresses.NEEDED_LABELLED, "home address: zorby bank"),
        (addresses.SHOUTED, addresses.NEEDED_SHOUTED, "12 ZORBY LANE"),
        (addresses.SHOUTED, addresses.NEEDED_SHOUTED, "40 ZORBY COURT, DE72 7ND"),
        (addresses.IN_SMALL_LETTERS, addresses.NEEDED_SMALL, "69 zorby bank, de786nb"),
        (addresses.IN_SMALL_LETTERS, addresses.NEEDED_SMALL, "78 zorby wharf row in upper fernby (tf74 8lt)"),
        (addresses.SHOUTED, addresses.NEEDED_SHOUTED, "56 ZORBY WHARF ROW IN FERNBY (TF74 8LT)"),
        (addresses.IN_SMALL_LETTERS_AT_HOME, addresses.NEEDED_SMALL_AT_HOME, "they now rent at 5 zorby wharf row"),
    ],
)
def test_each_way_finds_its_own_and_has_what_it_needs(way: str, needed: str, text: str) -> None:
    assert re.search(way, f"at {text}") is not None
    assert re.search(needed, f"at {text}") is not None


@pytest.mark.parametrize(
    ("way", "text"),
    [
        (addresses.WITH_CAPITALS, "Zorby Close"),
        (addresses.WITH_CAPITALS, "12 Zorby Park Academy"),
        (addresses.BEFORE_A_POSTCODE, "Zorby Drive, Year 4 lessons"),
        (addresses.IN_SMALL_LETTERS, "57 upper zorby walk, and"),
        (addresses.SHOUTED, "40 ZORBY COURT, AND"),
        (addresses.IN_SMALL_LETTERS, "57 zorby lane academy"),
        (addresses.LABELLED, "the house: Zorby Bank School"),
        (addresses.LABELLED_IN_SMALL_LETTERS, "at home: the quiet place"),
        (addresses.WITHOUT_A_NUMBER, "lives on the main road"),
        (addresses.WITHOUT_A_NUMBER, "we met in zorby street"),
        (addresses.IN_SMALL_LETTERS_AT_HOME, "a hundred and 5 zorby walk"),
    ],
)
def test_a_name_that_may_be_anything_needs_a_number_or_a_postcode(way: str, text: str) -> None:
    assert re.search(way, f"at {text}") is None
