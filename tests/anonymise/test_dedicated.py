"""Church schools by what they are dedicated to."""

import pytest

from cluster_sheets.anonymise.dedicated import dedications
from cluster_sheets.anonymise.normal import clean


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She moved to Our Lady of the Weir in May.", ["Our Lady of the Weir"]),
        ("Our Lady's rang us, and so did Holy Cross.", ["Our Lady's", "Holy Cross"]),
        ("He came from All Saints with a taxi.", ["All Saints"]),
        ("All saints' days are kept; the lady at the desk knows.", []),
        ("Holy Week is a holiday, and the good shepherd was a play.", []),
    ],
)
def test_what_is_found(text: str, found: list[str]) -> None:
    assert [text[start:stop] for start, stop in dedications(clean(text))] == found
