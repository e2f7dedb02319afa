import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.intake.archive import RefusedError
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.xml import DEPTH, count_together, is_xml, look
from tests.intake.files import tower


def refused(part: bytes, name: str = "docProps/app.xml") -> str:
    try:
        look(name, part)
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


MERGED = b"<sheetData></sheetData><mergeCells>%s</mergeCells>"


@pytest.mark.parametrize(
    ("parts", "limits"),
    [
        ([b"<a><si/><si/></a>", b"<a><si/></a>"], Limits(strings=2)),
        ([b'<a><c r="A1"/><c/></a>', b"<a><c></c></a>"], Limits(cells=2)),
        ([MERGED % (b'<mergeCell ref="A1:B1"/>' * 2), MERGED % b'<mergeCell ref="A1:B1"/>'], Limits(merged=2)),
        ([b"<a>" + b"<mergeCell />" * 10_001 + b"</a>"], Limits()),
        ([b"<sst>" + b"<si/>" * 60_000 + b"</sst>"] * 2, Limits()),
    ],
)
def test_what_all_parts_have_is_held_against_the_limits(parts: list[bytes], limits: Limits) -> None:
    merged = sum(look(f"xl/{number}.xml", part) for number, part in enumerate(parts))
    with pytest.raises(RefusedError, match="file-past-a-limit"):
        count_together(parts, merged, limits)
    count_together(parts, merged, Limits(strings=10**6, cells=10**6, merged=10**6))
    count_together(parts[:1], merged // 2, Limits(strings=60_000, cells=2, merged=10_000))


FILL = b"<p>" + b"p" * 700 + b"</p>"
"""As long as ``SOME``, and nothing in it asks for a closer look."""


def deep(levels: int, between: bytes) -> bytes:
    """Elements within one another, something before each end."""
    return b"<a>" * levels + between.join([b"x", *[b"</a>"] * levels])


BETWEEN = (b"", b" ", b"<b/>", b"<b></b>", b"<!-- -->", b"<?b?>", b"<b c='/>'></b>", b"text > text")


@pytest.mark.parametrize("name", ["xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
@pytest.mark.parametrize("between", BETWEEN)
def test_a_tower_is_seen_whatever_stands_between_its_ends(name: str, between: bytes) -> None:
    for start, end in ((b"<x>" + FILL, b"</x>"), (b'<x><sheetData><row r="1">' + FILL, b"</row></sheetData></x>")):
        assert refused(start + deep(DEPTH - 4, between) + end, name) == ""
        assert refused(start + deep(DEPTH, between) + end, name) == "file-unsafe-xml"


def test_a_tag_that_only_seems_to_end_at_once_is_counted() -> None:
    part = b"<x>" + FILL + b'<a b="/>">' * 200 + b"</a>" * 200 + b"</x>"
    assert refused(part) == "file-unsafe-xml"


def test_a_tower_over_rows_that_were_seen_before_is_seen() -> None:
    rows = [b'<row r="%d">' % number + b"<a>" * 30 + b"x</row>" for number in range(2, 6)]

    def sheet(*some: bytes) -> bytes:
        return b'<x><sheetData><row r="1"></row>' + b"".join(some) + FILL + b"</sheetData></x>"

    assert [refused(sheet(row)) for row in rows] == [""] * 4
    assert refused(sheet(*rows)) == "file-broken"


BARE = b'<row r="1048576" ht="12.8"></row>'
FAR = b'<x><dimension ref="A1:K%d"/><sheetData><row r="1"><c r="%s"/></row>%s</sheetData>%s</x>'


@pytest.mark.parametrize("closely", [b"", b'<!--p--><c  r="A1"/>'])
def test_a_row_without_cells_far_down_counts_for_nothing_and_a_cell_there_does(closely: bytes) -> None:
    assert refused(FAR % (1048576, b"A1", closely + BARE, b"")) == ""
    assert refused(FAR % (1048576, b"A1", closely + BARE.replace(b"></row>", b"/>"), b"")) == ""
    for part in (
        FAR % (1048576, b"A1", closely, b""),
        FAR % (1048575, b"A1", closely + BARE, b""),
        FAR % (1048576, b"XFD1048575", closely + BARE, b""),
        FAR % (1048576, b"A1", closely + BARE.replace(b"></", b'><c r="A1048576"/></'), b""),
        FAR % (1048576, b"A1", closely + BARE, b"<sheetData ><row><c/></row></sheetData >"),
        FAR % (1048576, b"A1", closely + BARE + b"<row><c/></row>", b""),
    ):
        assert refused(part) == "file-unsafe-xml"


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
