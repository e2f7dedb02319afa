"""Workbooks made up cell by cell, written in every way there is: plainly, and as nobody does."""

import io
import zipfile

from hypothesis import strategies as st

HEAD = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:C9"/><sheetData>'
)
TAIL = (
    b'</sheetData><conditionalFormatting><cfRule><formula>A1=""</formula></cfRule></conditionalFormatting></worksheet>'
)
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
NAMES = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
PACKAGE = b"http://schemas.openxmlformats.org/package/2006"
BOOK = {
    "[Content_Types].xml": b'<Types xmlns="%s/content-types"/>' % PACKAGE,
    "_rels/.rels": b'<Relationships xmlns="%s/relationships"><Relationship Id="rId1"'
    b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    b' Target="xl/workbook.xml"/></Relationships>' % PACKAGE,
    "xl/workbook.xml": b'<workbook %s %s><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
    % (MAIN, NAMES),
    "xl/_rels/workbook.xml.rels": b'<Relationships xmlns="%s/relationships"><Relationship Id="rId1"'
    b' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"'
    b' Target="worksheets/one.xml"/></Relationships>' % PACKAGE,
    "xl/styles.xml": b'<styleSheet %s><numFmts><numFmt numFmtId="170" formatCode="dd\\ mmm"/></numFmts>'
    b'<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="9"/><xf numFmtId="46"/></cellXfs>'
    b"</styleSheet>" % MAIN,
}
TEXTS = (
    *(b"<t>first</t>", b"<t>Smith &amp; &lt;Sons&gt; &quot;a&apos;</t>", b'<t xml:space="preserve"> second </t>'),
    *(b'<r><t>one</t></r><r><rPr><b/></rPr><t xml:space="preserve"> two</t></r>', b"<t></t>", b"<t>\xc3\xa9</t>"),
)
ODD_TEXTS = (
    *(b"<t> first</t>", b"<t>a\r\nb</t>", b"<t>_x0041_</t>", b"<t>a&#10;b</t>", b"<t/>", b"", b"<t>\xff</t>"),
    *(b"<t>a</t><rPh><t>b</t></rPh>", b"<t>&none;</t>", b"<t><![CDATA[</si><si>]]></t>", b"<t>a<!-- b --></t>"),
)
EMPTY = (
    *(b'<c r="%s"/>', b'<c r="%s" s="1"/>', b'<c r="%s" s="1" t="s"/>', b'<c r="%s"></c>', b'<c r="%s" t="n"></c>'),
    *(b'<c r="%s" t="str"><f>B1&amp;"x"</f></c>', b'<c r="%s" t="b"><f t="shared" ref="A1:A2" si="0">B1</f></c>'),
    *(b'<c r="%s"><f t="shared" si="0"/></c>', b'<c r="%s" t="s"><f x="1"></f></c>'),
)
FULL = (
    *(b'<c r="%s"><v>1</v></c>', b'<c r="%s" t="s"><v>1</v></c>', b'<c r="%s" t="str"><f>B1</f><v>x</v></c>'),
    *(b'<c r="%s" t="inlineStr"><is><t>typed &lt;row</t></is></c>', b'<c r="%s" t="str"><f>B1</f><v></v></c>'),
    *(b'<c r="%s" t="s"><v>0</v></c>', b'<c r="%s" t="str"><v></v></c>', b'<c r="%s" t="b"><v>1</v></c>'),
)
FIGURES = (
    *(b'<c r="%s" s="0"><v>45000</v></c>', b'<c r="%s" s="3"><v>12.5</v></c>', b'<c r="%s"><v>-3</v></c>'),
    *(b'<c r="%s" s="0"><v>1.5E-3</v></c>', b'<c r="%s" s="1"><v>45000</v></c>', b'<c r="%s" s="2"><v>61</v></c>'),
    *(b'<c r="%s" s="1"><v>2958465</v></c>', b'<c r="%s" s="2" t="n"><f>B1</f><v>45001</v></c>'),
)
ODD_FIGURES = (
    *(b'<c r="%s"><v>nan</v></c>', b'<c r="%s" t="b"><v>2</v></c>'),
    *(b'<c r="%s"><v/></c>', b'<c r="%s" s="1"><v>60</v></c>', b'<c r="%s" s="1"><v>0.5</v></c>'),
    *(b'<c r="%s" s="4"><v>1.5</v></c>', b'<c r="%s" s="9"><v>45000</v></c>', b'<c r="%s" s="1"><v>-1</v></c>'),
    b'<c r="%s" s="2"><v>2958466</v></c>',
    *(b'<c r="%s" s="0"><v>+1</v></c>', b'<c r="%s" s="0"><v> 1</v></c>', b'<c r="%s" s="1"><v>45000.25</v></c>'),
)
ODD = (
    *(b'<c r="%s" t="s"><v></v></c>', b'<c r="%s" t="b"><v></v></c>', b'<c r="%s" t="inlineStr"/>'),
    *(b'<c r="%s" t="inlineStr"></c>', b'<c r="%s" t="inlineStr"><v></v></c>', b'<c r="%s" t="b"/>'),
    *(b'<c r="%s" t="n"><v></v></c>', b'<c r="%s"><v></v></c>', b'<c r="%s" t="s"><v>-1</v></c>'),
    b'<c s="1" r="%s" t="str"><f>B1</f><v>x</v></c>',
    *(b'<c r="%s" t="e"><v>#REF!</v></c>', b'<c r="%s"><!-- <v>1</v> --></c>', b'<c r="%s"/><f>B1</f>'),
    *(b'<c r="%s" t="e"><f>B1</f><v>#N/A</v></c>', b'<c r="%s"><f/></c>'),
    b'<c r="%s" t="inlineStr"><is><t><![CDATA[</row><row r="7"><c r="A7"/></row><row r="8">]]></t></is></c>',
)
STARTS = (
    *(b'<row r="%d">', b'<row r="%d" spans="1:3" ht="15" customHeight="1">', b'<row r="%d" hidden="1">'),
    *(b"<row>", b'<row ht="15">', b'<row hidden="1" r="%d">', b'<row r="%d"/><row r="%d">'),
)


@st.composite
def sheets(draw: st.DrawFn, starts: int = len(STARTS), cells: tuple[bytes, ...] = (*EMPTY, *FULL, *ODD)) -> bytes:
    """Sheets of a few rows; ``starts`` are so many of the ways to begin one."""
    made = [HEAD]
    for number in range(1, draw(st.integers(1, 6))):
        start = draw(st.sampled_from(STARTS[:starts]))
        made.append(start.replace(b"%d", b"%d" % number))
        many = draw(st.lists(st.sampled_from(cells), max_size=3))
        made += [cell % (b"%c%d" % (65 + column, number)) for column, cell in enumerate(many)]
        made.append(b"</row>")
    return b"".join((*made, TAIL))


def book(sheet: bytes, texts: tuple[bytes, ...] = TEXTS[:2]) -> bytes:
    """A workbook with that sheet, ``A``, and that list of texts."""
    data = io.BytesIO()
    listed = b"<sst %s><si>%s</si></sst>" % (MAIN, b"</si><si>".join(texts))
    with zipfile.ZipFile(data, "w") as archive:
        for name, part in {**BOOK, "xl/sharedStrings.xml": listed, "xl/worksheets/one.xml": sheet}.items():
            archive.writestr(name, part)
    return data.getvalue()
