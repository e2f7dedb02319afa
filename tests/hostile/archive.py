"""Zip archives put together by hand, so that every figure in them can say something else than is there."""

import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

DEFLATED, STORED = 8, 0
UTF8, LATER, ENCRYPTED = 0x800, 0x8, 0x1
_DAY = 33
"""1 January 1980, as zip counts."""


@dataclass(frozen=True)
class Entry:
    """One part: what it holds, and what each of its two headers says of it."""

    name: bytes
    part: bytes
    method: int = DEFLATED
    flags: int = UTF8
    local: Mapping[str, int] = field(default_factory=dict)
    """Untrue figures of the header before the bytes: ``crc``, ``packed``, ``size``, ``method``, ``flags``."""
    central: Mapping[str, int] = field(default_factory=dict)
    """The same of the directory; ``offset`` too."""
    local_name: bytes | None = None
    extra: bytes = b""
    central_extra: bytes = b""
    note: bytes = b""
    descriptor: bytes | None = None
    """What stands behind the bytes; None: nothing, or what the flags ask for."""
    packed: bytes | None = None
    """The bytes as they lie, where they are not simply the part, packed."""
    before: bytes = b""
    """Bytes of nobody in front of it."""

    def bytes_as_they_lie(self) -> bytes:
        """The part, packed as its method says."""
        if self.packed is not None:
            return self.packed
        return deflated(self.part) if self.method == DEFLATED else self.part


@dataclass(frozen=True)
class End:
    """Figures of the record at the end that are not true."""

    comment: bytes = b""
    figures: Mapping[str, int] = field(default_factory=dict)
    """``disk``, ``start_disk``, ``here``, ``count``, ``size``, ``start``, ``comment``."""
    before: bytes = b""
    """What stands between the directory and the record, such as that of a long archive."""


def deflated(part: bytes) -> bytes:
    """A part, packed."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(part) + packer.flush()


def entries(parts: Mapping[str, bytes]) -> list[Entry]:
    """Straight entries for these parts."""
    return [Entry(name.encode(), part) for name, part in parts.items()]


def but(made: Sequence[Entry], name: str, **changes: object) -> list[Entry]:
    """The same, one of them changed."""
    assert any(each.name == name.encode() for each in made), name
    return [replace(each, **changes) if each.name == name.encode() else each for each in made]  # type: ignore[arg-type]


def archive(
    made: Sequence[Entry],
    listed: Sequence[Entry] | None = None,
    end: End | None = None,
    front: bytes = b"",
    behind: bytes = b"",
) -> bytes:
    """The archive of these entries; its directory lists others where ``listed`` says so, in the same order."""
    body, offsets = bytearray(front), []
    for each in made:
        body += each.before
        offsets.append(len(body))
        body += _local(each)
    start, directory = len(body), bytearray()
    for each, offset in zip(made if listed is None else listed, offsets, strict=False):
        directory += _central(each, offset)
    told = end or End()
    figures = {
        **{"disk": 0, "start_disk": 0, "here": len(offsets), "count": len(offsets)},
        **{"size": len(directory), "start": start, "comment": len(told.comment)},
    }
    if listed is not None:
        figures |= {"here": min(len(listed), len(offsets)), "count": min(len(listed), len(offsets))}
    figures |= told.figures
    record = struct.pack("<4s4H2LH", b"PK\x05\x06", *figures.values()) + told.comment
    return bytes(body + directory + told.before + record + behind)


def long_end(count: int, size: int, start: int, at: int) -> bytes:
    """The two records that a long archive (zip64) has before its end."""
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, size, start)
    return record + struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)


def _figures(entry: Entry, untrue: Mapping[str, int]) -> dict[str, int]:
    packed = entry.bytes_as_they_lie()
    true = {"flags": entry.flags, "method": entry.method, "crc": zlib.crc32(entry.part)}
    return true | {"packed": len(packed), "size": len(entry.part)} | dict(untrue)


def _local(entry: Entry) -> bytes:
    told = _figures(entry, entry.local)
    later = bool(told["flags"] & LATER)
    name = entry.name if entry.local_name is None else entry.local_name
    sizes = (0, 0, 0) if later and not entry.local else (told["crc"], told["packed"], told["size"])
    head = (told["flags"], told["method"], 0, _DAY, *sizes, len(name), len(entry.extra))
    behind = entry.descriptor
    if behind is None:
        behind = struct.pack("<4s3L", b"PK\x07\x08", told["crc"], told["packed"], told["size"]) if later else b""
    return struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, *head) + name + entry.extra + entry.bytes_as_they_lie() + behind


def _central(entry: Entry, offset: int) -> bytes:
    told = _figures(entry, {name: value for name, value in entry.central.items() if name != "offset"})
    figures = (told["flags"], told["method"], 0, _DAY, told["crc"], told["packed"], told["size"])
    lengths = (len(entry.name), len(entry.central_extra), len(entry.note))
    head = struct.pack(
        "<4s6H3L5H2L",
        *(b"PK\x01\x02", 20, 20, *figures, *lengths),
        *(0, 0, 0, entry.central.get("offset", offset)),
    )
    return head + entry.name + entry.central_extra + entry.note
