import os
from pathlib import Path

import pytest

from cluster_sheets.connect.config import Access, Kind, Route
from cluster_sheets.intake.routes.source import folder, headers, is_it, named, told
from cluster_sheets.store.fetched import Fetched, Lies


def test_a_mail_lies_in_the_folder_that_the_route_names() -> None:
    route = Route(Kind.IMAP, Access(Path("/")), processed="Done")
    assert [folder(route, lies) for lies in (Lies.INBOX, Lies.PROCESSED, Lies.HELD, Lies.QUARANTINE)] == [
        "INBOX",
        "Done",
        "Held",
        "Quarantine",
    ]


@pytest.mark.parametrize(
    ("raw", "head"),
    [
        (b"A: 1\r\n\r\nbody\r\n\r\n", b"A: 1\r\n\r\n"),
        (b"A: 1\n\nbody\n\n", b"A: 1\n\n"),
        (b"A: 1\r\n", b"A: 1\r\n"),
        (b"", b""),
    ],
)
def test_headers_end_with_the_first_empty_line(raw: bytes, head: bytes) -> None:
    assert headers(raw) == head


def test_a_mail_is_told_by_its_bytes() -> None:
    mail = Fetched("m", "1", "1", "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae", 3)
    assert is_it(b"foo", mail)
    assert not is_it(b"bar", mail)


@pytest.mark.skipif(os.name == "nt", reason="names are no bytes there")
def test_a_name_is_told_in_utf_8_and_read_back_as_it_is() -> None:
    odd = os.fsdecode(b"Fran\xe7aise.xlsx")
    assert [told(each) for each in ("Français.xlsx", odd)] == ["Français.xlsx", "//" + b"Fran\xe7aise.xlsx".hex()]
    assert [named(told(each)) for each in ("Français.xlsx", "a/b.xlsx", odd)] == ["Français.xlsx", "a/b.xlsx", odd]
