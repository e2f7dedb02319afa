"""Forms whose hidden keys and marks somebody has been at."""

import re
from collections.abc import Callable, Mapping

from cluster_sheets.store.units import State
from tests.hostile.desk import REQUEST, Good
from tests.hostile.kind import Kind

Make = Callable[[Good], bytes]


def _text(text: str) -> str:
    return f't="inlineStr"><is><t>{text}</t></is>'


def _stamp(part: str, change: Callable[[str], str]) -> Make:
    """A part of the stamp, changed."""

    def make(good: Good) -> bytes:
        told = good.blank.stamp(part)
        return good.blank.with_texts({told: change(told)}).filled({}, {})

    return make


def _unstamped(*parts: str) -> Make:
    def make(good: Good) -> bytes:
        return good.blank.with_texts({good.blank.stamp(part): "" for part in parts}).filled({}, {})

    return make


def _of_other(*parts: str) -> Make:
    """Parts of the stamp of another school's form in place of this one's."""

    def make(good: Good) -> bytes:
        assert good.other is not None
        told = {good.blank.stamp(part): good.other.blank.stamp(part) for part in parts}
        return good.blank.with_texts(told).filled({}, {})

    return make


def _row(good: Good, key: str) -> str:
    """The XML of a question's row."""
    _, cell = good.place(key)
    found = re.search(rf'<row r="{cell[1:]}"[^>]*>.*?</row>', good.parts[REQUEST].decode(), re.DOTALL)
    assert found is not None
    return found[0]


def _at_the_end(good: Good, row: str) -> bytes:
    """A row once more, further down."""
    number = re.search(r'<row r="(\d+)"', row)
    assert number is not None
    moved = re.sub(rf'(?<=[A-Z]){number[1]}"', '90"', row.replace(f'<row r="{number[1]}"', '<row r="90"'))
    return good.replaced(REQUEST, "</sheetData>", f"{moved}</sheetData>")


def _again(change: Callable[[str], str]) -> Make:
    """The question of the title twice."""
    return lambda good: _at_the_end(good, change(_row(good, "request_title")))


def _other_title(row: str) -> str:
    """The same row with other words in its answer."""
    return re.sub(r'(<c r="C\d+"[^>]*>).*?</c>', r"\1<is><t>EXAMPLE: Something else</t></is></c>", row)


def _key(key: str, other: str) -> Make:
    """A question's hidden key in other words."""

    def make(good: Good) -> bytes:
        _, cell = good.place(key)
        told = re.search(rf'<c r="A{cell[1:]}"[^>]*>.*?</c>', good.parts[REQUEST].decode())
        assert told is not None
        return good.replaced(REQUEST, told[0], f'<c r="A{cell[1:]}" {_text(other)}</c>')

    return make


def _moved(good: Good) -> bytes:
    """A column put in before the first: keys stand in B, answers in D."""
    order = "ABCDEFGHIJKLMNOP"
    told = good.parts[REQUEST].decode()
    told = re.sub(r'<c r="([A-O])(\d+)"', lambda found: f'<c r="{order[order.index(found[1]) + 1]}{found[2]}"', told)
    return good.with_parts({REQUEST: told.replace('<dimension ref="A1:E42"/>', "").encode()})


def _two_sheets(good: Good) -> bytes:
    """The sheet of the request twice under two names."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    told = f'<Relationship Id="more" Type="{kind}" Target="worksheets/more.xml"/></Relationships>'
    book, relations = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    return good.with_parts({
        "xl/worksheets/more.xml": good.parts[REQUEST],
        relations: good.text(relations, "</Relationships>", told),
        book: good.text(book, "</sheets>", '<sheet name="Copy" sheetId="90" r:id="more"/></sheets>'),
    })  # fmt: skip


def _without(name: str) -> Make:
    """A sheet of the form taken out."""
    return lambda good: good.with_parts({
        "xl/workbook.xml": re.sub(rf'<sheet name="{name}"[^>]*/>'.encode(), b"", good.parts["xl/workbook.xml"])
    })  # fmt: skip


def _property(good: Good) -> bytes:
    return good.replaced("docProps/custom.xml", "CS-APP 2026.1", "CS-APP 2025.9")


_MARKS: Mapping[str, tuple[Make, str]] = {
    "the mark turned round": (_stamp("mark", lambda mark: mark[::-1]), "stamp-altered"),
    "a letter of the mark": (_stamp("mark", lambda mark: f"{mark[:-1]}{'0' if mark[-1] != '0' else '1'}"),
                             "stamp-altered"),
    "the form's number": (_stamp("form_id", lambda _: "F-ABCD-EFGH"), "stamp-altered"),
    "the number of another form": (_of_other("form_id"), "stamp-altered"),
    "the mark of another form": (_of_other("mark"), "stamp-altered"),
    "no mark": (_unstamped("mark"), "stamp-missing"),
    "no stamp at all": (_unstamped("form_id", "cluster", "round", "mark"), "stamp-missing"),
    "another round": (_stamp("round", lambda _: "NOR-2627-A1"), "stamp-of-another-cluster"),
    "the mark in other words": (_stamp("mark", lambda _: "=1+1"), "stamp-altered"),
    "a mark of a million letters": (_stamp("mark", lambda _: "0123456789abcdef" * 2000), "stamp-altered"),
    "two versions": (_property, "version-marks-apart"),
}  # fmt: skip
KINDS = (
    *(Kind(f"stamp, {name}", make, State.HELD, (code,)) for name, (make, code) in _MARKS.items()),
    Kind("stamp, an old version", _stamp("version", lambda _: "CS-APP 2019.1"), State.RETURNED,
         ("version-not-taken",)),
    Kind("stamp, the school", _stamp("urn", lambda _: "999999"), State.HELD,
         ("stamp-altered", "school-and-urn-apart")),
    # It names another school than the one its form was made for: nobody is sent somebody else's answers.
    Kind("stamp, a whole other form's", _of_other("form_id", "urn", "mark"), State.HELD,
         ("school-and-urn-apart", "stamp-of-another-school")),
    Kind("keys, one twice with the same answer", _again(lambda row: row), State.ACCEPTED),
    Kind("keys, one twice with another answer", _again(_other_title), State.HELD, ("question-twice",)),
    Kind("keys, in capitals", _key("request_title", "REQUEST_TITLE"), State.ACCEPTED, ("question-found-by-label",)),
    Kind("keys, with blanks around", _key("request_title", "  request_title "), State.ACCEPTED),
    Kind("keys, of another question", _key("request_title", "summary"), State.RETURNED,
         ("question-found-by-label", "question-twice", "too-short")),
    Kind("keys, of another form", _key("request_title", "decision_outcome"), State.ACCEPTED,
         ("question-found-by-label",)),
    Kind("keys, an endless one", _key("request_title", "request_title" * 2000), State.ACCEPTED,
         ("question-found-by-label",)),
    Kind("keys, their column moved", _moved, State.ACCEPTED),
    Kind("keys, on a second sheet", _two_sheets, State.RETURNED, ("sheet-twice",)),
    Kind("keys, a sheet taken out", _without("7 Partners"), State.RETURNED, ("sheet-missing",)),
    Kind("keys, every sheet's first key gone", lambda good: good.with_parts({
        "xl/sharedStrings.xml": good.parts["xl/sharedStrings.xml"].replace(b">sheet:", b">was:")}), State.ACCEPTED),
)  # fmt: skip
