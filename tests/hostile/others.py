"""Files that are no plain workbook, whatever they are called."""

from collections.abc import Callable, Mapping
from html import escape

from cluster_sheets.demo.deliver import with_macro
from cluster_sheets.store.units import State
from tests.hostile.archive import archive, entries
from tests.hostile.desk import Good
from tests.hostile.kind import Kind
from tests.intake.files import OLE, ole

Make = Callable[[Good], bytes]
_TYPES, _RELATIONS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
_MAIN = "openxmlformats-officedocument.spreadsheetml.sheet.main"
_HTML = "<html><head><meta charset='utf-8'></head><body><table><tr><td>EXAMPLE</td></tr></table></body></html>"
_XML_2003 = '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook><Worksheet/></Workbook>'
_FLAT = '<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>'
_SHORTCUT = "[InternetShortcut]\r\nURL=https://council.sharepoint.com/:x:/r/sites/send/form.xlsx\r\n"
_WEBLOC = "<plist><dict><key>URL</key><string>https://council.example/form.xlsx</string></dict></plist>"
_MACRO_TYPE = "ms-excel.sheet.macroEnabled.main"
_VBA = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_XLM = "http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet"
_BIG = 6 * 1024 * 1024


def _always(data: bytes | str) -> Make:
    return lambda _: data if isinstance(data, bytes) else data.encode()


def _zip(parts: Mapping[str, bytes]) -> Make:
    return lambda _: archive(entries(parts))


def _types(before: str, after: str) -> Make:
    return lambda good: good.replaced(_TYPES, before, after)


def _related(kind: str, target: str, part: bytes) -> Make:
    """One more part, and what the workbook calls it."""

    def make(good: Good) -> bytes:
        told = f'<Relationship Id="more" Type="{kind}" Target="{target}"/></Relationships>'
        relations = good.text(_RELATIONS, "</Relationships>", told)
        return good.with_parts({_RELATIONS: relations, f"xl/{target}": part})

    return make


def _in_letters_of_xml(text: str) -> str:
    """The same text to a reader of XML, another to a reader of bytes."""
    return "".join(f"&#{ord(each)};" for each in text)


def _no_styles(good: Good) -> bytes:
    return good.with_parts({"xl/styles.xml": None, _RELATIONS: good.text(_RELATIONS, "styles.xml", "nothing.xml")})


def _as_text(good: Good) -> bytes:
    return ",".join(escape(str(each)) for each in good.sample.meant.answers.values()).encode()


_REFUSED: Mapping[str, tuple[Make, str]] = {
    "macros": (lambda good: with_macro(good.data), "file-macros"),
    "macros by content type alone": (_types(_MAIN, _MACRO_TYPE), "file-macros"),
    "macros by content type, in other capitals": (_types(_MAIN, _MACRO_TYPE.upper()), "file-macros"),
    "macros by content type, in letters of XML": (
        _types(_MAIN, f"ms-excel.sheet.{_in_letters_of_xml('macroEnabled')}.main"),
        "file-macros",
    ),
    "macros by relation under another name": (_related(_VBA, "media/image1.png", b"\x89PNG"), "file-macros"),
    "macros by relation, in letters of XML": (
        _related(_VBA.replace("vbaProject", _in_letters_of_xml("vbaProject")), "media/image1.png", b"\x89PNG"),
        "file-macros",
    ),
    "macros by their bytes under another name": (
        lambda good: good.with_parts({"xl/printerSettings/printerSettings1.bin": OLE + bytes(600)}),
        "file-macros",
    ),
    "macros by their bytes among the pictures": (
        lambda good: good.with_parts({"xl/media/image1.png": OLE + bytes(600)}),
        "file-macros",
    ),
    "macros by their name": (lambda good: good.with_parts({"xl/vbaProject.bin": b"x"}), "file-macros"),
    "a sheet of old macros": (_related(_XLM, "macrosheets/sheet1.xml", b"<xm:macrosheet/>"), "file-macros"),
    "a sheet of old macros under another name": (_related(_XLM, "worksheets/sheet99.xml", b"<a/>"), "file-macros"),
    "a template with macros": (_types(_MAIN, "ms-excel.template.macroEnabled.main"), "file-macros"),
    "an add-in": (_types(_MAIN, "ms-excel.addin.macroEnabled.main"), "file-macros"),
    "old Excel": (_always(ole("Workbook") + bytes(2000)), "file-old-excel"),
    "older Excel": (_always(ole("Book")), "file-old-excel"),
    "a password": (_always(ole("EncryptionInfo") + "EncryptedPackage".encode("utf-16-le")), "file-password"),
    "an old letter": (_always(ole("WordDocument")), "file-word"),
    "an Outlook message": (_always(ole("__substg1.0_0037001F")), "file-word"),
    "an old container of nothing": (_always(OLE + bytes(2000)), "file-word"),
    "a mark of an old container and no more": (_always(OLE), "file-word"),
    "binary Excel": (lambda good: good.with_parts({"xl/workbook.bin": b"\x83\x01\x00"}), "file-binary-excel"),
    "binary Excel by content type": (_types(_MAIN, "ms-excel.sheet.binary.main"), "file-binary-excel"),
    "an OpenDocument sheet": (
        _zip({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}),
        "file-opendocument",
    ),
    "a flat OpenDocument sheet": (_always(_FLAT), "file-csv-or-text"),
    "an XML sheet of 2003": (_always(_XML_2003), "file-csv-or-text"),
    "figures with commas": (_as_text, "file-csv-or-text"),
    "figures with tabs, in UTF-16": (_always("School\tAmount\r\n".encode("utf-16")), "file-csv-or-text"),
    "a web page": (_always(_HTML), "file-csv-or-text"),
    "a web page with a mark of the order of bytes": (_always(b"\xef\xbb\xbf" + _HTML.encode()), "file-csv-or-text"),
    "plain words": (_always("EXAMPLE: I will send it on Monday.\n"), "file-csv-or-text"),
    "one letter": (_always("x"), "file-csv-or-text"),
    "blanks": (_always(b"\r\n" * 3000), "file-csv-or-text"),
    "a PDF": (_always(b"%PDF-1.7\nEXAMPLE"), "file-pdf"),
    "a letter": (_zip({_TYPES: b"<Types/>", "word/document.xml": b"<w/>"}), "file-word"),
    "slides": (_zip({_TYPES: b"<Types/>", "ppt/presentation.xml": b"<p/>"}), "file-word"),
    "a sheet of a Mac": (_zip({"Index/Document.iwa": b"x", "preview.jpg": b"\xff\xd8\xff"}), "file-word"),
    "a photograph": (_always(b"\xff\xd8\xff\xe0" + bytes(900)), "file-word"),
    "a film": (_always(bytes(4) + b"ftypheic" + bytes(900)), "file-word"),
    "a packed archive of another kind": (_always(b"7z\xbc\xaf\x27\x1c" + bytes(900)), "file-archive"),
    "a program": (_always(b"MZ" + bytes(range(256)) * 9), "file-broken"),
    "an empty file": (_always(b""), "file-empty"),
    "noughts": (_always(bytes(5000)), "file-broken"),
    "noise": (_always(bytes(each * 167 % 251 for each in range(9000))), "file-broken"),
    "a link of Windows": (_always(_SHORTCUT), "file-link"),
    "a link of a Mac": (_always(_WEBLOC), "file-link"),
    "winmail.dat": (_always(b"\x78\x9f\x3e\x22" + bytes(900)), "file-winmail"),
    "six megabytes": (lambda good: good.data + bytes(_BIG), "file-too-big"),
}
_TAKEN: Mapping[str, Make] = {
    "a template": _types(_MAIN, "openxmlformats-officedocument.spreadsheetml.template.main"),
    "strict OOXML": lambda good: good.with_parts(
        {name: part.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                            b"http://purl.oclc.org/ooxml/spreadsheetml/main")
         .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                  b"http://purl.oclc.org/ooxml/officeDocument/relationships")
         for name, part in good.parts.items()}
    ),
    "no document properties": lambda good: good.with_parts({"docProps/app.xml": None, "docProps/core.xml": None}),
}  # fmt: skip
KINDS = (
    *(Kind(f"kind, {name}", make, State.RETURNED, (code,)) for name, (make, code) in _REFUSED.items()),
    *(Kind(f"kind, {name}", make, State.ACCEPTED) for name, make in _TAKEN.items()),
    # Without styles a day is a number like others, and nobody guesses.
    Kind("kind, no styles", _no_styles, State.RETURNED, ("not-a-date",)),
)
