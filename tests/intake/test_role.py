from dataclasses import replace

import pytest

from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.mime import Part
from cluster_sheets.intake.role import (
    ALTERNATIVE,
    is_dressing,
    is_reaction,
    is_sealed,
    is_sheet,
    is_signed,
    is_spoilt_letter,
    is_winmail,
    is_words,
)
from tests.intake.files import workbook, zipped

LIMITS = Limits()
WORDS = Part("text/plain", "", attached=False, content=b"EXAMPLE", damaged=False)
FILE = Part("application/octet-stream", "", attached=True, content=workbook(), damaged=False)


def file(content: bytes, name: str = "", kind: str = "application/octet-stream") -> Part:
    return Part(kind, name, attached=True, content=content, damaged=False)


def test_a_text_in_place_is_words_and_one_that_is_attached_or_unsure_is_not() -> None:
    assert is_words(WORDS)
    assert is_words(replace(WORDS, kind="text/enriched", content=b""))
    for other in (
        replace(WORDS, attached=True),
        replace(WORDS, unsure=True),
        replace(WORDS, kind="text/csv"),
        replace(WORDS, name="a.csv"),
        replace(WORDS, kind="text/calendar"),
        replace(WORDS, name="a", content=workbook()),
        replace(WORDS, kind="text/css", boxes=("multipart/related",)),
    ):
        assert not is_words(other)


@pytest.mark.parametrize("name", ["ATT00001.htm", "att1.txt", "ATT00002.html"])
def test_words_that_a_server_has_cut_off_are_words_where_they_are_text(name: str) -> None:
    assert is_words(file(b"<p>EXAMPLE</p>", name))
    assert not is_words(file(workbook(), name))


def test_a_style_lies_with_the_words_it_is_for() -> None:
    style = replace(file(b"\x00\x01EXAMPLE"), attached=False)
    for box in (ALTERNATIVE, "multipart/related"):
        assert is_dressing(replace(style, boxes=("multipart/mixed", box)), LIMITS)
        assert not is_dressing(replace(style, boxes=(box, "multipart/mixed")), LIMITS)
        assert not is_dressing(replace(style, boxes=(box,), attached=True), LIMITS)
        assert not is_dressing(replace(style, boxes=(box,), damaged=True), LIMITS)
        assert not is_dressing(replace(style, boxes=(box,), content=workbook()), LIMITS)


def test_no_name_makes_dressing_of_a_workbook() -> None:
    assert is_dressing(file(zipped({"theme/theme/theme1.xml": b"<a/>"}), "themedata.thmx"), LIMITS)
    assert not is_dressing(replace(FILE, name="themedata.thmx"), LIMITS)
    assert is_sheet(replace(FILE, name="themedata.thmx"), LIMITS)


def test_a_document_that_is_spoilt_is_known_by_its_name() -> None:
    whole = zipped({"word/document.xml": b"<w/>"})
    told = [is_spoilt_letter(file(data, name), LIMITS) for data in (whole, whole[:30]) for name in ("a.docx", "a.xlsx")]
    assert told == [False, False, True, False]


def test_what_is_signed_only_says_so_in_its_bytes() -> None:
    signed = bytes.fromhex("308006092a864886f70d010702a080")
    assert is_signed(file(signed, "smime.p7m"))
    assert [is_signed(file(b"\x30\x80", "smime.p7m")), is_signed(file(signed, "a.bin"))] == [False, False]


def test_what_outlook_wraps_what_is_sealed_and_a_thumb_are_known() -> None:
    assert is_winmail(file(b"\x78\x9f\x3e\x22"))
    assert is_sealed(file(b"-----BEGIN PGP MESSAGE"))
    assert is_reaction(replace(WORDS, kind="text/vnd.google.email-reaction+json"))
    assert [is_winmail(FILE), is_sealed(FILE), is_reaction(WORDS)] == [False] * 3
