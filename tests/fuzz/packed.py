"""Workbooks as parts: a part is changed and the archive put together again, so that a change reaches what reads it."""

import struct
import zlib
from collections.abc import Mapping

_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s6H3L5H2L"), struct.Struct("<4s4H2LH")


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A straight archive of parts, nothing of it packed: the same bytes for the same parts."""
    body, directory = bytearray(), bytearray()
    for name, part in parts.items():
        told = name.encode()
        common = (33, zlib.crc32(part), len(part), len(part), len(told))
        directory += _CENTRAL.pack(b"PK\x01\x02", 20, 20, 0x800, 0, 0, *common, 0, 0, 0, 0, 0, len(body)) + told
        body += _LOCAL.pack(b"PK\x03\x04", 20, 0x800, 0, 0, *common, 0) + told + part
    count = len(parts)
    return bytes(body + directory + _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0))
