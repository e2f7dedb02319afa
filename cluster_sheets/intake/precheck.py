"""What a workbook must be before any reader sees it: an .xlsx without macros, within bounds, with harmless XML."""

import re

from cluster_sheets.intake.archive import RefusedError, parts
from cluster_sheets.intake.kind import ZIP, refusal
from cluster_sheets.intake.limits import Limits

_OLE = b"\xd0\xcf\x11\xe0"
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_WIDE = tuple(mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("utf-16-le", "utf-16-be"))
_ROW = re.compile(rb"row r=\"(\d+)\"|row [^>]*? r=\"(\d+)\"")
_FAR = re.compile(rb" r=\"[A-Z]{3,}\d")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*\bref=\"(?:[A-Z]+\d+:)?([A-Z]+)(\d+)\"")
_DEPTH = 100
_DEEP = re.compile(rb"(?:<[A-Za-z][^<>]*[^<>/]>\s*){100}")
_LONGEST_TAG = 65_536
_LONG = re.compile(rb"<[^<>]{65536,}")
_MOST_ROWS, _MOST_AREA = 20_000, 4_000_000
"""Farthest a sheet of a form may reach: format literals far above any form, far below what a reader chokes on."""


def checked(data: bytes, limits: Limits) -> dict[str, bytes]:
    """The parts of a workbook that may be read. Raises RefusedError with the code of the rule that refuses it."""
    code = refusal(data, limits.file_bytes)
    if code != ZIP:
        raise RefusedError(code)
    found = parts(data, limits)
    _is_workbook(found)
    for name, part in found.items():
        if name.endswith((".xml", ".rels", ".vml")):
            _harmless(name, part, limits)
        elif part.startswith(_OLE) and not name.startswith("xl/embeddings/"):
            raise RefusedError("file-macros")
    if sum(name.startswith("xl/worksheets/sheet") for name in found) > limits.sheets:
        raise RefusedError("file-past-a-limit")
    return found


def _is_workbook(found: dict[str, bytes]) -> None:
    types = found.get("[Content_Types].xml", b"")
    if "mimetype" in found and b"opendocument" in found["mimetype"]:
        raise RefusedError("file-opendocument")
    if "xl/workbook.bin" in found or b"sheet.binary" in types:
        raise RefusedError("file-binary-excel")
    macros = any("vbaproject" in name.casefold() or "macrosheets/" in name.casefold() for name in found)
    if macros or b"macroEnabled" in types or b"vbaProject" in types or b"macrosheet" in types:
        raise RefusedError("file-macros")
    if any(name.startswith(("word/", "ppt/", "visio/")) for name in found):
        raise RefusedError("file-word")
    if not any(name.endswith("workbook.xml") for name in found):
        raise RefusedError("file-word" if types else "file-broken")


def _harmless(name: str, part: bytes, limits: Limits) -> None:
    if any(mark in part for mark in _DECLARATIONS) or (b"\x00" in part[:200] and any(each in part for each in _WIDE)):
        raise RefusedError("file-unsafe-xml")
    if (len(part) > _LONGEST_TAG and _LONG.search(part)) or _is_deep(part):
        raise RefusedError("file-unsafe-xml")
    if "sharedStrings" in name and part.count(b"<si>") + part.count(b"<si ") > limits.strings:
        raise RefusedError("file-past-a-limit")
    if name.startswith("xl/worksheets/"):
        _bounded(part, limits)


def _is_deep(part: bytes) -> bool:
    """True where a hundred elements stand open within one another."""
    runs = [run for run in part.split(b"</") if len(run) > 3 * _DEPTH and run.count(b"<") >= _DEPTH]
    return any(_DEEP.search(run) for run in runs)


def _bounded(part: bytes, limits: Limits) -> None:
    """A reader makes room for the farthest cell, so that is looked at before one sees it."""
    if part.count(b"<c ") + part.count(b":c ") > limits.cells or part.count(b"<mergeCell ") > limits.merged:
        raise RefusedError("file-past-a-limit")
    rows = max((int(near or far) for near, far in _ROW.findall(part)), default=0)
    columns = 702 if _FAR.search(part) is None else 16_384
    stated = _DIMENSION.search(part[:4096])
    if stated:
        rows = max(rows, int(stated[2]))
        columns = max(columns, 16_384 if len(stated[1]) > 2 else 0)
    if rows > 1_048_576 or (columns > 702 and rows * columns > _MOST_AREA) or (rows > _MOST_ROWS and columns > 702):
        raise RefusedError("file-unsafe-xml")
    if rows > _MOST_ROWS and part.count(b"<row") < rows // 4:
        raise RefusedError("file-unsafe-xml")
