"""Known words with a slip of the pen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.anonymise.slip import Slips

SLIPS = Slips(["academy", "hallows", "st", "referral"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("acaedmy", "academy"),
        ("accademy", "academy"),
        ("acdemy", "academy"),
        ("acndemy", "academy"),
        ("halloows", "hallows"),
        ("academy", None),
        ("academic", None),
        ("aacdmye", None),
        ("sts", None),
        ("referralx9", None),
        ("", None),
    ],
)
def test_one_letter_away_is_a_slip(typed: str, meant: str | None) -> None:
    assert SLIPS.meant(typed) == meant


@given(st.integers(1, 6), st.sampled_from("abcdefgh"))
def test_every_letter_changed_left_out_or_put_in_is_found(place: int, letter: str) -> None:
    word = "academy"
    ways = {
        word[:place] + letter + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + word[place + 1 :],
    }
    assert {SLIPS.meant(way) for way in ways - {word}} == {word}
