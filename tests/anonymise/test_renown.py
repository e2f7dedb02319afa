"""What many saw or read of a family. Everything is invented."""

import pytest

from cluster_sheets.anonymise.normal import clean
from cluster_sheets.anonymise.renown import renowned_for


@pytest.mark.parametrize(
    "text",
    [
        "She is the imam's youngest.",
        "There are nine children in the family.",
        "He is the seventh to come to us.",
        "She wears the boots that the newspaper wrote about.",
        "He came third in the national junior chess finals.",
        "She rode in the Lord Mayor's parade on a pony.",
        "Their house was the one that is in all the pictures.",
        "It is where the bus went into their front room.",
    ],
)
def test_what_many_saw_is_found(text: str) -> None:
    assert list(renowned_for(clean(text)))


@pytest.mark.parametrize(
    "text",
    [
        "The headteacher's youngest class is full. The bus came at nine. The children in the group are nine.",
        "She came first in the queue. The newspaper corner is quiet. The car is theirs.",
    ],
)
def test_what_requests_are_made_of_is_not(text: str) -> None:
    assert not list(renowned_for(clean(text)))
