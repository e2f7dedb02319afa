"""Messages as Outlook saves them (.msg), put together stream by stream. Every name and address is an EXAMPLE.

The container is a small version 3 compound file: sectors of 512 bytes, small streams together in a stream of their own.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_SECTOR, _SMALL, _CUT = 512, 64, 4096
_TEXT, _NUMBER, _BYTES = 0x001F, 0x0003, 0x0102
Folder = dict[str, "bytes | Folder"]


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    children: list[int] = field(default_factory=list)
    start: int = _END
    size: int = 0


class _Sectors:
    """Sectors of a file, and which follows which."""

    def __init__(self) -> None:
        self.made: list[bytes] = []
        self.next: list[int] = []

    def put(self, data: bytes) -> int:
        """The first sector of these bytes."""
        first, count = len(self.made), -(-len(data) // _SECTOR)
        for number in range(count):
            self.made.append(data[number * _SECTOR : (number + 1) * _SECTOR].ljust(_SECTOR, b"\0"))
            self.next.append(first + number + 1 if number + 1 < count else _END)
        return first if count else _END


def container(root: Folder) -> bytes:
    """A compound file of these folders and streams."""
    entries = [_Entry("Root Entry", 5)]
    _listed(root, 0, entries)
    sectors = _Sectors()
    for each in entries:
        if len(each.data) >= _CUT:
            each.start, each.size = sectors.put(each.data), len(each.data)
    small, chains = _small(entries)
    entries[0].start, entries[0].size = sectors.put(small), len(small)
    small_fat = sectors.put(_table(chains))
    directory = sectors.put(_directory(entries))
    needed = 1
    while needed * (_SECTOR // 4) < len(sectors.made) + needed:
        needed += 1
    first = len(sectors.made)
    sectors.put(_table([*sectors.next, *([_FAT] * needed)]))
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIII",
        bytes.fromhex("d0cf11e0a1b11ae1"), b"\0" * 16, 0x3E, 3, 0xFFFE, 9, 6, b"\0" * 6,
        0, needed, directory, 0, _CUT, small_fat, 1 if chains else 0, _END, 0,
    )  # fmt: skip
    places = [*range(first, first + needed)]
    return head + struct.pack("<109I", *places, *([_FREE] * (109 - needed))) + b"".join(sectors.made)


def _table(numbers: Sequence[int]) -> bytes:
    return struct.pack(f"<{len(numbers)}I", *numbers).ljust(-(-len(numbers) * 4 // _SECTOR) * _SECTOR, b"\xff")


def _small(entries: Sequence[_Entry]) -> tuple[bytes, list[int]]:
    """The stream of all small streams, and which of its sectors follows which."""
    small, chains = b"", list[int]()
    for each in entries:
        if each.data and len(each.data) < _CUT:
            each.start, each.size = len(chains), len(each.data)
            count = -(-len(each.data) // _SMALL)
            chains += [*range(each.start + 1, each.start + count), _END]
            small += each.data.ljust(count * _SMALL, b"\0")
    return small, chains


def _listed(folder: Folder, parent: int, entries: list[_Entry]) -> None:
    for name, held in folder.items():
        entries[parent].children.append(len(entries))
        if isinstance(held, bytes):
            entries.append(_Entry(name, 2, held))
        else:
            entries.append(_Entry(name, 1))
            _listed(held, len(entries) - 1, entries)


def _directory(entries: Sequence[_Entry]) -> bytes:
    """The list of streams and folders; the children of a folder hang to the right of one another."""
    right = {one: other for each in entries for one, other in zip(each.children, each.children[1:], strict=False)}
    return b"".join(_told(each, right.get(number, _NONE)) for number, each in enumerate(entries))


def _told(each: _Entry, right: int) -> bytes:
    name = f"{each.name}\0".encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIII",
        name, len(name), each.kind, 1, _NONE, right, each.children[0] if each.children else _NONE,
        b"\0" * 16, 0, 0, 0, each.start if each.kind != 1 else 0, each.size, 0,
    )  # fmt: skip


def _folder(before: int, given: Mapping[int, str | bytes | int]) -> Folder:
    """The properties of a message or an attachment; ``before`` bytes come before their list."""
    made: Folder = {}
    lines = b"\0" * before
    for number, value in given.items():
        kind = _TEXT if isinstance(value, str) else _NUMBER if isinstance(value, int) else _BYTES
        if isinstance(value, int):
            lines += struct.pack("<HHIII", kind, number, 6, value, 0)
            continue
        data = value.encode("utf-16-le") if isinstance(value, str) else value
        made[f"__substg1.0_{number:04X}{kind:04X}"] = data
        lines += struct.pack("<HHIII", kind, number, 6, len(data) + (2 if kind == _TEXT else 0), 0)
    return {"__properties_version1.0": lines, **made}


def attachment(name: str, data: bytes, **more: str | int | bytes) -> Folder:
    """An attached file; ``more`` are further properties by number, such as ``x3712``."""
    given: dict[int, str | bytes | int] = {0x3707: name, 0x3701: data, 0x3705: 1}
    given |= {int(number[1:], 16): value for number, value in more.items()}
    return _folder(8, {number: value for number, value in given.items() if value != ""})


def within(message: Folder) -> Folder:
    """A message attached to another."""
    return {**_folder(8, {0x3705: 5, 0x3001: "A message"}), "__substg1.0_3701000D": message}


def message(*files: Folder, headers: str = "", root: bool = True, **more: str | int | bytes) -> Folder:
    """The folder of a message."""
    given: dict[int, str | bytes | int] = {0x1000: "Please find the form attached.", 0x0037: "Our request"}
    if headers:
        given[0x007D] = headers
    given |= {int(number[1:], 16): value for number, value in more.items()}
    made = _folder(32 if root else 24, given)
    for number, each in enumerate(files):
        made[f"__attach_version1.0_#{number:08X}"] = each
    return made


def msg(*files: Folder, headers: str = "", **more: str | int | bytes) -> bytes:
    """A message as Outlook saves it."""
    return container({"__nameid_version1.0": {}, **message(*files, headers=headers, root=True, **more)})
