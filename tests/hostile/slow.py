"""Workbooks that would keep a careless reader busy for hours: what they ask for grows with the square of their size.

All of them are within the limits, and pack badly enough not to be taken for bombs.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256

from cluster_sheets.store.units import State
from tests.hostile.desk import REQUEST, Good
from tests.hostile.kind import Kind

Make = Callable[[Good], bytes]
_BOOK, _RELATIONS, _STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_COUNT = 60_000


def _noisy(text: str, count: int = _COUNT) -> str:
    """A text again and again, with something in between that does not pack well."""
    return "".join(f"{text}{sha256(str(each).encode()).hexdigest()[:12]} " for each in range(count))


def _words(count: int) -> str:
    return "".join(sha256(str(each).encode()).hexdigest() for each in range(count // 64))


def _behind(part: str, last: str, more: Callable[[], str]) -> Make:
    """More in a part, behind all that counts."""
    return lambda good: good.replaced(part, last, f"{last}{more()}")


def _before(part: str, last: str, more: Callable[[], str]) -> Make:
    return lambda good: good.replaced(part, last, f"{more()}{last}")


def _commented(good: Good) -> bytes:
    """A list of notes none of which ever ends."""
    told = f'<Relationship Id="c" Type="{_COMMENTS}" Target="../comments1.xml"/></Relationships>'
    name = "xl/worksheets/_rels/sheet3.xml.rels"
    first = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="x">'
    relations = good.parts[name].decode() if name in good.parts else f"{first}</Relationships>"
    return good.with_parts({
        name: relations.replace("</Relationships>", told).encode(),
        "xl/comments1.xml": f"<comments>{_noisy('<comment ref=A1>')}</comments>".encode(),
    })  # fmt: skip


def _formulas(good: Good) -> bytes:
    """Formulas in a comment within an answer: who does not read comments takes it for one."""
    cell = good.cell("request_title")
    return good.replaced(REQUEST, cell, cell.replace("<is>", f"<!-- {_noisy('<f/>')} --><is>"))


def _long_texts(good: Good) -> bytes:
    """A question without its key, among cells full of words: each could be its label."""
    text = _words(32_000)
    rows = "".join(
        f'<row r="{row}"><c r="B{row}" t="inlineStr"><is><t>{text}</t></is></c></row>' for row in range(50, 80)
    )
    part, where = good.place("request_title")
    sheet = good.text(part, "</sheetData>", f"{rows}</sheetData>").decode()
    for column, other in ("AG", "BH"):
        sheet = sheet.replace(f'<c r="{column}{where[1:]}"', f'<c r="{other}{where[1:]}"')
    return good.with_parts({part: sheet.encode()})


_PAST, _BROKEN = ("file-past-a-limit",), ("file-broken",)
_TAKEN: Mapping[str, Make] = {
    "formulas without a cell, in a comment": _before(REQUEST, "</sheetData>", lambda: f"<!-- {_noisy('<f> ')} -->"),
    "sheets behind the list of sheets": _behind(_BOOK, "</workbook>", lambda: _noisy("<sheet ")),
    "relations that never end": _behind(_RELATIONS, "</Relationships>", lambda: _noisy("<Relationship ")),
    "formats that never end": _behind(_STYLES, "</styleSheet>", lambda: _noisy("<numFmt ") + _noisy("<cellXfs ")),
    "sizes that never end": _before(REQUEST, "<sheetViews>", lambda: f"<!-- {_noisy('<dimension ')} -->"),
}  # fmt: skip
KINDS = (
    *(Kind(f"slow, {name}", make, State.ACCEPTED) for name, make in _TAKEN.items()),
    Kind("slow, formulas in the comment of an answer", _formulas, State.RETURNED, ("file-broken",)),
    Kind("slow, words of an endless sheet", _behind(
        _BOOK, "</workbook>", lambda: "".join(f"<sheet {_words(64_000)} x=''/>" for _ in range(3))), State.ACCEPTED,
         ("sheet-added",)),
    Kind("slow, long texts where a label could be", _long_texts, State.RETURNED,
         ("written-beside-the-boxes", "question-missing")),
    Kind("slow, a text of a million letters", lambda good: good.but(need=_words(1_000_000)), State.QUARANTINED, _PAST),
    Kind("slow, properties that never end", _behind(
        "docProps/custom.xml", "</Properties>", lambda: _noisy("<property name='a'>")), State.RETURNED, _BROKEN),
    Kind("slow, notes that never end", _commented, State.RETURNED, _BROKEN),
    Kind("slow, cells that never end", _before(REQUEST, "</sheetData>", lambda: _noisy("<c r='A1' t='e'>#")),
         State.QUARANTINED, ("file-unsafe-xml",)),
)  # fmt: skip
