import pytest

from cluster_sheets.intake.archive import RefusedError
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.xml import DEPTH, is_xml, look
from tests.intake.files import tower


def refused(part: bytes, name: str = "docProps/app.xml") -> str:
    try:
        look(name, part, Limits())
    except RefusedError as fault:
        return str(fault)
    return ""


def test_xml_is_known_in_every_encoding_and_by_no_name() -> None:
    told = {
        b"<a/>": True,
        b"\xef\xbb\xbf<a/>": True,
        b" \r\n<a/>": True,
        "<a/>".encode("utf-16"): True,
        "<a/>".encode("utf-16-be"): True,
        b"\x89PNG": False,
        b"": False,
    }
    assert {part: is_xml(part) for part in told} == told


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize("deep", [False, True])
def test_a_tower_is_measured_exactly_whatever_the_encoding(encoding: str, deep: bool) -> None:
    part = tower(DEPTH + deep).decode().encode(encoding)
    assert refused(part) == ("file-unsafe-xml" if deep else "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
def test_a_doctype_is_found_whatever_the_encoding(encoding: str) -> None:
    assert refused("<!DOCTYPE a><a/>".encode(encoding)) == "file-unsafe-xml"
    assert refused("<a>!</a>".encode(encoding)) == ""


def test_what_readers_need_is_in_utf_8_and_other_parts_need_not_be() -> None:
    part = '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16")
    assert (refused(part), refused(part, "xl/styles.xml")) == ("", "file-unsafe-xml")


@pytest.mark.parametrize("encoding", [b"UTF-7", b"nonsense-8", b"UTF-16"])
def test_what_no_parser_takes_is_damaged_unless_it_is_excels_own_drawing(encoding: bytes) -> None:
    part = b'<?xml version="1.0" encoding="' + encoding + b'"?><a>'
    assert (refused(part), refused(part, "docProps/note.vml")) == ("file-broken", "")


def test_a_part_looked_through_before_is_looked_at_again_under_other_limits() -> None:
    part = b"<sst>" + b"<si/>" * 20_000 + b"</sst>"
    look("xl/sharedStrings.xml", part, Limits())
    look("xl/sharedStrings.xml", part, Limits())
    with pytest.raises(RefusedError, match="file-past-a-limit"):
        look("xl/sharedStrings.xml", part, Limits(strings=10_000))
