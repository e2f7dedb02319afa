"""The zip pre-check, on our own terms: bytes are counted while inflating, because headers lie.

Readers of zip archives disagree silently on what a crooked one holds, so a crooked one is refused, not tolerated.
"""

import struct
import zlib
from dataclasses import dataclass

from cluster_sheets.intake.limits import Limits

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_DESCRIPTOR = 24
"""Most bytes of a data descriptor behind an entry."""


class RefusedError(Exception):
    """A file that is not opened; the message is the code of the rule that says so."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int


def parts(data: bytes, limits: Limits) -> dict[str, bytes]:
    """Every part of a zip archive, inflated within the limits. Raises RefusedError."""
    try:
        entries = _directory(data, limits)
        _names(entries)
        _places(data, entries)
        return _inflated(data, entries, limits)
    except (struct.error, IndexError, zlib.error, UnicodeDecodeError) as fault:
        raise RefusedError("file-broken") from fault


def _directory(data: bytes, limits: Limits) -> list[_Entry]:
    at = data.rfind(b"PK\x05\x06")
    if at < 0:
        raise RefusedError("file-broken")
    _, disk, start_disk, here, count, size, start, comment = _END.unpack_from(data, at)
    if disk or start_disk or here != count or start + size != at or at + _END.size + comment != len(data):
        raise RefusedError("file-unsafe-zip")
    if count > limits.entries:
        raise RefusedError("file-past-a-limit")
    entries, spot = [], start
    for _ in range(count):
        told = _CENTRAL.unpack_from(data, spot)
        if told[0] != b"PK\x01\x02":
            raise RefusedError("file-unsafe-zip")
        _, _, _, flags, method, _, _, crc, packed, full, name_length, extra, note, _, _, _, offset = told
        name = data[spot + _CENTRAL.size : spot + _CENTRAL.size + name_length].decode(
            "utf-8" if flags & 0x800 else "cp437"
        )
        entries.append(_Entry(name, flags, method, crc, packed, full, offset))
        spot += _CENTRAL.size + name_length + extra + note
    if spot != at:
        raise RefusedError("file-unsafe-zip")
    return entries


def _names(entries: list[_Entry]) -> None:
    seen = {entry.name.casefold() for entry in entries}
    if len(seen) != len(entries):
        raise RefusedError("file-unsafe-zip")
    for entry in entries:
        odd = entry.name.startswith("/") or "\\" in entry.name or ".." in entry.name.split("/") or "\x00" in entry.name
        if odd or entry.flags & 0x41 or entry.method not in (_STORED, _DEFLATED):
            raise RefusedError("file-unsafe-zip")


def _places(data: bytes, entries: list[_Entry]) -> None:
    """Nothing before the first entry, none over another, none that says of itself what the directory does not."""
    end = 0
    for entry in sorted(entries, key=lambda each: each.offset):
        if not end <= entry.offset <= end + _DESCRIPTOR * (end > 0):
            raise RefusedError("file-unsafe-zip")
        _, _, flags, method, _, _, crc, packed, size, name_length, extra = _LOCAL.unpack_from(data, entry.offset)
        start = entry.offset + _LOCAL.size
        named = data[start : start + name_length] == entry.name.encode("utf-8" if entry.flags & 0x800 else "cp437")
        later = bool(flags & 8)
        same = (crc, packed, size) == (entry.crc, entry.packed, entry.size) or (later and not (crc or packed or size))
        if data[entry.offset : entry.offset + 4] != b"PK\x03\x04" or not named or method != entry.method or not same:
            raise RefusedError("file-unsafe-zip")
        end = start + name_length + extra + entry.packed


def _inflated(data: bytes, entries: list[_Entry], limits: Limits) -> dict[str, bytes]:
    made, left = {}, limits.inflated_bytes
    for entry in entries:
        name_length, extra = struct.unpack_from("<2H", data, entry.offset + 26)
        start = entry.offset + _LOCAL.size + name_length + extra
        packed = data[start : start + entry.packed]
        if len(packed) != entry.packed:
            raise RefusedError("file-broken")
        part = packed if entry.method == _STORED else _inflate(packed, min(limits.part_bytes, left))
        left -= len(part)
        if len(part) > limits.ratio_above and len(part) > limits.ratio * max(entry.packed, 1):
            raise RefusedError("file-past-a-limit")
        if len(part) != entry.size or zlib.crc32(part) != entry.crc:
            raise RefusedError("file-broken")
        made[entry.name] = part
    return made


def _inflate(packed: bytes, most: int) -> bytes:
    inflater = zlib.decompressobj(-15)
    part = inflater.decompress(packed, most + 1)
    if len(part) > most or inflater.unconsumed_tail:
        raise RefusedError("file-past-a-limit")
    if not inflater.eof:
        raise RefusedError("file-broken")
    return part
