import struct
import zipfile
import zlib

import pytest

from cluster_sheets.intake.archive import RefusedError, names, parts
from cluster_sheets.intake.limits import Limits
from tests.intake.files import PARTS, crooked, entry, workbook, zipped

A, B = (b"a.xml", b"<a/>", 0), (b"b.xml", b"<b/>", 0)


def refused(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(RefusedError) as found:
        parts(data, limits or Limits())
    return str(found.value)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_every_part_of_a_straight_archive_comes_out(method: int) -> None:
    assert parts(zipped(PARTS, method), Limits()) == PARTS


def test_the_hand_made_archive_is_straight_until_it_is_bent() -> None:
    assert parts(crooked([A, B]), Limits()) == {"a.xml": b"<a/>", "b.xml": b"<b/>"}


def test_sizes_told_behind_an_entry_are_taken() -> None:
    class Unseekable:
        """A stream that cannot go back to fill sizes in, as web exports are written."""

        def __init__(self) -> None:
            self.made = b""

        def write(self, more: bytes) -> int:
            self.made += more
            return len(more)

        def flush(self) -> None:
            pass

    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, part in PARTS.items():
            archive.writestr(name, part)
    assert parts(stream.made, Limits()) == PARTS


CROOKED = {
    "the same name twice": crooked([A, A]),
    "names that differ in their capitals": crooked([A, (b"A.XML", b"<b/>", 0)]),
    "another name in front of the bytes": crooked([A, B], [A, (b"c.xml", b"<b/>", 0)]),
    "other contents in front of the bytes": crooked([A, B], [A, (b"b.xml", b"<c/>", 0)]),
    "something before the archive": b"#!/bin/sh\n" + workbook(),
    "something after the archive": workbook() + b"\x00",
    "something hidden in front": crooked([A, B], gap=b"hidden"),
    "a way out of the folder": crooked([(b"../a.xml", b"<a/>", 0)]),
    "an absolute path": crooked([(b"/a.xml", b"<a/>", 0)]),
    "a backslash": crooked([(b"xl\\a.xml", b"<a/>", 0)]),
    "a part with a password": crooked([(b"a.xml", b"<a/>", 1)]),
    "a nought in a name": crooked([(b"a.xml\x00.txt", b"<a/>", 0)]),
}


def over_one_another() -> bytes:
    data = bytearray(crooked([A, B]))
    second = data.rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = (0).to_bytes(4, "little")
    return bytes(data)


def hidden_between() -> bytes:
    """An entry that the directory leaves out."""
    return crooked([A, B, A], [A, B])


def told_behind(size: int) -> bytes:
    """An archive whose only entry tells its sizes behind it."""
    sizes = struct.pack("<4s3L", b"PK\x07\x08", zlib.crc32(A[1]), len(A[1]), size)
    front = entry(A[0], A[1], 8)
    directory = crooked([(A[0], A[1], 8)])[len(front) :]
    end = len(front) + len(sizes)
    return front + sizes + directory[:-6] + end.to_bytes(4, "little") + directory[-2:]


def renamed(extra: bytes) -> bytes:
    """An archive whose only entry has this extra field in front of its bytes."""
    whole = crooked([A])
    head = 30 + len(A[0])
    whole = whole[:28] + len(extra).to_bytes(2, "little") + whole[30:head] + extra + whole[head:]
    at = whole.find(b"PK\x01\x02")
    return whole[:-6] + at.to_bytes(4, "little") + whole[-2:]


def test_what_stands_behind_an_entry_says_what_the_directory_says() -> None:
    assert parts(told_behind(len(A[1])), Limits()) == {"a.xml": b"<a/>"}
    assert refused(told_behind(len(A[1]) + 1)) == "file-unsafe-zip"


def test_an_extra_field_may_say_anything_but_another_name() -> None:
    assert parts(renamed(struct.pack("<2HL", 0x5455, 4, 0)), Limits()) == {"a.xml": b"<a/>"}
    assert refused(renamed(struct.pack("<2HBL", 0x7075, 10, 1, 0) + b"b.xml")) == "file-unsafe-zip"


CROOKED["two entries over one another"] = over_one_another()
CROOKED["an entry the directory leaves out"] = hidden_between()


@pytest.mark.parametrize("name", CROOKED)
def test_a_crooked_archive_is_refused(name: str) -> None:
    assert refused(CROOKED[name]) == "file-unsafe-zip"


def test_a_part_that_holds_more_than_it_says_is_refused() -> None:
    whole = zipped({"a.xml": b"<a>" + b"x" * 500 + b"</a>"})
    data = bytearray(whole)
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        spot = data.find(mark) + at
        data[spot : spot + 4] = (10).to_bytes(4, "little")
    assert refused(bytes(data)) == "file-unsafe-zip"


def test_a_truncated_or_altered_archive_is_damaged() -> None:
    whole = workbook()
    altered = bytearray(whole)
    altered[whole.find(b"xl/workbook.xml") + 30] ^= 0xFF
    assert [refused(whole[:-40]), refused(whole[: len(whole) // 2]), refused(bytes(altered))] == ["file-broken"] * 3


LIMITS = {
    "entries": Limits(entries=3),
    "a part": Limits(part_bytes=100),
    "all parts": Limits(inflated_bytes=300),
}


@pytest.mark.parametrize("name", LIMITS)
def test_more_than_a_limit_allows_is_refused(name: str) -> None:
    assert parts(workbook(), Limits()) == PARTS
    assert refused(workbook(), LIMITS[name]) == "file-past-a-limit"


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    bomb = zipped({"a.xml": bytes(200_000)})
    assert len(bomb) < 1000
    assert refused(bomb) == "file-past-a-limit"
    assert parts(bomb, Limits(ratio_above=300_000)) == {"a.xml": bytes(200_000)}


def test_a_part_that_the_archive_before_had_byte_for_byte_is_the_very_same_and_still_held_against_its_sum() -> None:
    first, other = (zipped({"a.xml": b"<a>" + letter * 500 + b"</a>"}, zipfile.ZIP_DEFLATED) for letter in (b"x", b"y"))
    made = parts(first, Limits())["a.xml"]
    assert parts(first, Limits())["a.xml"] is made
    assert parts(other, Limits()) == {"a.xml": b"<a>" + b"y" * 500 + b"</a>"}
    assert parts(first, Limits()) == {"a.xml": made}
    assert refused(first.replace(struct.pack("<L", zlib.crc32(made)), bytes(4))) == "file-broken"


def test_names_are_told_without_inflating_and_none_of_what_is_never_opened() -> None:
    assert names(zipped(PARTS), Limits()) == tuple(PARTS)
    for broken in (b"", b"PK\x03\x04", zipped(PARTS)[:-4], zipped(PARTS) + b"x"):
        assert names(broken, Limits()) == ()
