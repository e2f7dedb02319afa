"""The zip pre-check, on our own terms: bytes are counted while inflating, because headers lie.

Readers of zip archives disagree silently on what a crooked one holds, so a crooked one is refused, not tolerated.
What inflates is zlib-ng, which takes half the time of what Python brings.
"""

import struct
from typing import NamedTuple

from zlib_ng import zlib_ng as zlib

from cluster_sheets.intake.limits import Limits

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZES_LATER, _UTF8 = 0x41, 0x8, 0x800
_DESCRIPTORS = (struct.Struct("<3L"), struct.Struct("<L2Q"))
"""What may stand behind an entry whose sizes are told after it, with a mark in front or without: its sum and sizes."""
_OTHER_NAME = 0x7075
"""Kind of an extra field that gives an entry another name, for those readers that look there."""

_LAST: dict[str, tuple[bytes, bytes]] = {}
"""Parts of the last archive, as they were and inflated: workbooks made from one template have a third in common."""
_PARTS_KEPT, _MOST_KEPT = 100, 100_000


class RefusedError(Exception):
    """A file that is not opened; the message is the code of the rule that says so."""


class _Entry(NamedTuple):
    """One part, as the central directory has it."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    raw_name: bytes


def parts(data: bytes, limits: Limits) -> dict[str, bytes]:
    """Every part of a zip archive, inflated within the limits. Raises RefusedError."""
    try:
        entries, directory = _directory(data, limits)
        _names(entries)
        starts = _places(data, entries, directory)
        return _inflated(data, entries, starts, limits)
    # What zlib-ng says of its types does not tell that this is an exception.
    except (struct.error, IndexError, zlib.error, UnicodeDecodeError) as fault:  # type: ignore[misc]
        raise RefusedError("file-broken") from fault


def names(data: bytes, limits: Limits) -> tuple[str, ...]:
    """What the parts of an archive are called, nothing inflated; none where it is one that is never opened."""
    try:
        return tuple(entry.name for entry in _directory(data, limits)[0])
    except (RefusedError, struct.error, IndexError, UnicodeDecodeError):
        return ()


def _directory(data: bytes, limits: Limits) -> tuple[list[_Entry], int]:
    """The entries, and where their directory begins."""
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
        mark, _, _, flags, method, _, _, crc, packed, full, named, extra, note, _, _, _, offset = _CENTRAL.unpack_from(
            data, spot
        )
        if mark != b"PK\x01\x02":
            raise RefusedError("file-unsafe-zip")
        spot += _CENTRAL.size
        raw_name = data[spot : spot + named]
        name = raw_name.decode("utf-8" if flags & _UTF8 or raw_name.isascii() else "cp437")
        entries.append(_Entry(name, flags, method, crc, packed, full, offset, raw_name))
        spot += named + extra + note
        if extra:
            _renames_nothing(data[spot - note - extra : spot - note])
    if spot != at:
        raise RefusedError("file-unsafe-zip")
    return entries, start


def _names(entries: list[_Entry]) -> None:
    if len({entry.name.casefold() for entry in entries}) != len(entries):
        raise RefusedError("file-unsafe-zip")
    for name, flags, method, *_ in entries:
        odd = name.startswith("/") or "\\" in name or "\x00" in name or (".." in name and ".." in name.split("/"))
        if odd or flags & _ENCRYPTED or method not in (_STORED, _DEFLATED):
            raise RefusedError("file-unsafe-zip")


def _places(data: bytes, entries: list[_Entry], directory: int) -> dict[str, int]:
    """Where each part's bytes begin: nothing lies before, between, over or behind them but what the archive needs."""
    starts: dict[str, int] = {}
    end = 0
    before: _Entry | None = None
    for entry in sorted(entries, key=lambda each: each.offset):
        _follows(data[end : entry.offset], entry.offset - end, before)
        mark, _, flags, method, _, _, crc, packed, size, named, extra = _LOCAL.unpack_from(data, entry.offset)
        start = entry.offset + _LOCAL.size
        later = bool(flags & _SIZES_LATER)
        same = (crc, packed, size) == (entry.crc, entry.packed, entry.size) or (later and not (crc or packed or size))
        alike = mark == b"PK\x03\x04" and method == entry.method and data[start : start + named] == entry.raw_name
        if not (alike and same):
            raise RefusedError("file-unsafe-zip")
        if extra:
            _renames_nothing(data[start + named : start + named + extra])
        starts[entry.name] = start + named + extra
        end = start + named + extra + entry.packed
        before = entry if later else None
    _follows(data[end:directory], directory - end, before)
    return starts


def _follows(between: bytes, gap: int, before: _Entry | None) -> None:
    """Nothing stands between two entries but what the sizes of the one ``before`` are told with."""
    if gap and not (before and gap > 0 and between in _told_behind(before)):
        raise RefusedError("file-unsafe-zip")


def _told_behind(entry: _Entry) -> list[bytes]:
    told = [each.pack(entry.crc, entry.packed, entry.size) for each in _DESCRIPTORS]
    return told + [b"PK\x07\x08" + each for each in told]


def _renames_nothing(extra: bytes) -> None:
    spot = 0
    while spot + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, spot)
        if kind == _OTHER_NAME:
            raise RefusedError("file-unsafe-zip")
        spot += 4 + length


def _inflated(data: bytes, entries: list[_Entry], starts: dict[str, int], limits: Limits) -> dict[str, bytes]:
    made, left = {}, limits.inflated_bytes
    for name, _, method, crc, packed, size, *_ in entries:
        if size > left or size > limits.part_bytes:
            raise RefusedError("file-past-a-limit")
        if size > limits.ratio_above and size > limits.ratio * packed:
            raise RefusedError("file-past-a-limit")
        start = starts[name]
        part = data[start : start + packed]
        if method == _DEFLATED:
            part = _once_inflated(name, part, size)
        if len(part) != size or zlib.crc32(part) != crc:
            raise RefusedError("file-broken")
        left -= size
        made[name] = part
    return made


def _once_inflated(name: str, packed: bytes, size: int) -> bytes:
    """``_inflate``, or the very part that the archive before it had, where the bytes of both are the same."""
    before, part = _LAST.get(name, (b"", b""))
    if before == packed and len(part) == size:
        return part
    part = _inflate(packed, size)
    if size <= _MOST_KEPT:
        if len(_LAST) == _PARTS_KEPT:
            _LAST.clear()
        _LAST[name] = packed, part
    return part


def _inflate(packed: bytes, size: int) -> bytes:
    """The part, never a byte more than it says of itself: what the limits were held against was its stated size."""
    inflater = zlib.decompressobj(-15)
    part = inflater.decompress(packed, size + 1)
    if len(part) > size:
        raise RefusedError("file-unsafe-zip")
    if not inflater.eof or inflater.unused_data:
        raise RefusedError("file-broken")
    return part
