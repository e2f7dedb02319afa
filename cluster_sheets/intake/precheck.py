"""What a workbook must be before any reader sees it: an .xlsx without macros, within bounds, with harmless XML."""

from collections.abc import Mapping
from functools import lru_cache
from html import unescape

from cluster_sheets.intake import xml
from cluster_sheets.intake.archive import RefusedError, parts
from cluster_sheets.intake.kind import ZIP, refusal
from cluster_sheets.intake.limits import Limits

_OLE = b"\xd0\xcf\x11\xe0"
_MACROS = (b"macroenabled", b"vbaproject", b"macrosheet", b"vbadata")
"""What a content type or a relationship calls macros, in small letters."""
_TYPES = "[Content_Types].xml"
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_ORDINARY = 20
"""Of a workbook with more sheets than this, all are measured together."""


def checked(data: bytes, limits: Limits) -> dict[str, bytes]:
    """The parts of a workbook that may be read. Raises RefusedError with the code of the rule that refuses it."""
    code = refusal(data, limits.file_bytes)
    if code != ZIP:
        raise RefusedError(code)
    found = parts(data, limits)
    _is_workbook(found)
    merged = 0
    for name, part in found.items():
        if name.endswith((".xml", ".rels")) or xml.is_xml(part):
            merged += xml.look(name, part)
        elif part.startswith(_OLE) and not name.startswith("xl/embeddings/"):
            raise RefusedError("file-macros")
    xml.count_together(found.values(), merged, limits)
    sheets = _sheets(found)
    if sheets > limits.sheets:
        raise RefusedError("file-past-a-limit")
    if sheets > _ORDINARY:
        xml.look_together(found.values())
    return found


def _is_workbook(found: Mapping[str, bytes]) -> None:
    types = found.get(_TYPES, b"").lower()
    if b"opendocument" in found.get("mimetype", b""):
        raise RefusedError("file-opendocument")
    if b"sheet.binary" in types or "xl/workbook.bin" in found:
        raise RefusedError("file-binary-excel")
    if _has_macros(found, types):
        raise RefusedError("file-macros")
    if not any(name.endswith("workbook.xml") for name in found):
        # Each document of Office tells its parts' types; an archive that somebody packed has no such list.
        packed = _TYPES not in found and any(name.lower().endswith(_WORKBOOKS) for name in found)
        raise RefusedError("file-in-zip" if packed else "file-word")


def _has_macros(found: Mapping[str, bytes], types: bytes) -> bool:
    names = "\n".join(found).lower()
    if "vbaproject" in names or "macrosheets/" in names:
        return True
    return _names_macros(b"".join((types, *(part for name, part in found.items() if name.lower().endswith(".rels")))))


@lru_cache(maxsize=2)
def _names_macros(told: bytes) -> bool:
    """True of what names macros; forms of one template tell the same."""
    said = told.lower()
    if b"&#" in said:
        said = unescape(said.decode("utf-8", "replace")).lower().encode()
    return any(mark in said for mark in _MACROS)


def _sheets(found: Mapping[str, bytes]) -> int:
    listed = max((part.count(b"sheetId=") for name, part in found.items() if name.endswith("workbook.xml")), default=0)
    return max(listed, sum(name.startswith("xl/worksheets/sheet") for name in found))
