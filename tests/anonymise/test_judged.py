"""Whether what has the form of a number, an address or a date is one."""

import re

import pytest

from cluster_sheets.anonymise.judged import (
    Facts,
    Judge,
    birthday,
    handle,
    nhs_is_right,
    phone,
    plate,
    postcode,
    school_number,
    shouted,
    small_street,
    street,
    upn_is_right,
    whispered,
)

FACTS = Facts("861", 2026)


def test_check_figures_are_worked_out() -> None:
    upns = ["R999000015001", "f 999 00001 5002", "Q99900001501A", "A999000015001", "R99900001500"]
    assert [upn_is_right(each) for each in upns] == [True, True, True, False, False]
    numbers = ["943 476 5919", "9434765918", "943476591", "9876543210"]
    assert [nhs_is_right(each) for each in numbers] == [True, False, False, True]


@pytest.mark.parametrize(
    ("judge", "text", "it", "told"),
    [
        (phone, "07700 900123", r".+", True),
        (phone, "12345", r".+", None),
        (postcode, "near ST1 4AB", r"(?P<area>ST)1 4AB", True),
        (postcode, "in KS1 2nd", r"(?P<area>KS)1 2nd", None),
        (handle, "he is jo_116", r"jo_116", False),
        (handle, "in year11", r"year11", None),
        (handle, "HE IS JOANNAX116", r"JOANNAX116", False),
        (handle, "THE BPVS33 AGAIN", r"BPVS33", None),
        (school_number, "DfE no. 999 7063", r"(?P<la>999) 7063", True),
        (school_number, "DfE no. | contact\nOak | 999 7063", r"(?P<la>999) 7063", True),
        (school_number, "at 861/2345", r"(?P<la>861)/2345", True),
        (school_number, "scored 938/2345", r"(?P<la>938)/2345", False),
        (school_number, "paid 123 4567", r"(?P<la>123) 4567", None),
        (plate, "dad parks xx38 hdk there", r"xx38 hdk", True),
        (plate, "yr10 all of them", r"yr10 all", None),
        (plate, "yr10abc is nothing", r"yr10abc", None),
        (plate, "he knows xx38hdk by heart", r"xx38hdk", False),
        (street, "in Rainbow Road", r"Rainbow Road", None),
        (street, "in Marrow Lane", r"Marrow Lane", True),
        (whispered, "home is marrow lane", r"marrow lane", False),
        (whispered, "Home is marrow lane", r"marrow lane", None),
        (shouted, "AT MARROW LANE", r"MARROW LANE", True),
        (shouted, "at MARROW LANE", r"MARROW LANE", None),
        (birthday, "15 Jan 13", r".+", False),
        (birthday, "5TH OF JULY, 2014", r".+", False),
        (small_street, "2 zorby gardens", r"2 (?P<first>zorby) gardens", True),
        (small_street, "2026 at zorby lane", r"2026 (?P<first>at) zorby lane", None),
        (small_street, "3 other places", r"3 (?P<first>other) places", None),
        (birthday, "March 3rd, 2015", r".+", False),
        (birthday, "15 Jan 2026", r".+", None),
        (birthday, "31 June 2015", r".+", None),
    ],
)
def test_what_stands_near_decides(judge: Judge, text: str, it: str, told: bool | None) -> None:
    found = re.search(it, text)
    assert found is not None
    assert judge(found, FACTS) is told
