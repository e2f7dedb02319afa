import pytest
from hypothesis import given
from hypothesis import strategies as st

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


ROWS = (
    *(b'<row r="1"><c r="A1" s="3" t="s"><v>5</v></c></row>', b'<row r="2"><c r="XFD1048576"/></row>'),
    *(b'<row r="3"><x:c r="XFD1048576"/></row>', b'<row r="4"><c r="A4" t="s"><v>five</v></c></row>'),
    *(b'<row r="5">' + tower(6) + b"</b></row>", b"<row>" + tower(6) + b'</row><row r="6">'),
)
BITS = (b'</row><row r="', b"<row ", b"<c", b"<x:c", b" ", b"></d", b"></row>", b' r="XFD1048576"', b">", b"><v>5")
PIECES = st.sampled_from(ROWS) | st.sampled_from(BITS)
AROUND = ((b"<sheetData>", b"</sheetData>"), (b"<sheetData>", b""), (b"<a>", b"</a>"))
SOME = b"<!--" + b"p" * 700 + b"-->"
"""A part is not too short to hold a tower."""
BEHIND = b"<!--p-->" * 8192
"""Makes a part so long that it is looked at as a whole."""


@given(st.lists(st.tuples(st.sampled_from(AROUND), st.lists(PIECES, max_size=9)), max_size=4))
def test_a_sheet_is_judged_as_if_none_had_been_before_it(sheets: list[tuple[tuple[bytes, bytes], list[bytes]]]) -> None:
    for (start, end), pieces in (*sheets, *sheets):
        part = b"".join((start, SOME, *pieces, end))
        assert refused(part) == refused(part + BEHIND)


def test_a_tower_that_ends_with_its_row_is_seen_where_the_row_behind_it_is_known() -> None:
    start, end = b'<sheetData><row r="1">' + SOME, b'</row><row r="2"></row></sheetData>'
    assert [refused(start + end), refused(start + b"<a>" + b"</b>" * 6 + end)] == ["", "file-broken"]
