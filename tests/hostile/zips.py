"""Crooked archives: readers disagree silently on what is in them, so none of them is opened."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO

from cluster_sheets.store.units import State
from tests.hostile.archive import (
    ENCRYPTED,
    LATER,
    STORED,
    UTF8,
    End,
    Entry,
    archive,
    but,
    deflated,
    entries,
    long_end,
)
from tests.hostile.desk import REQUEST, Good
from tests.hostile.kind import Kind

Make = Callable[[Good], bytes]
_UNSAFE, _BROKEN, _PAST = ("file-unsafe-zip",), ("file-broken",), ("file-past-a-limit",)
_MILLION = 1_000_000


def _straight(good: Good) -> list[Entry]:
    return entries(good.parts)


def _bent(name: str = REQUEST, **changes: object) -> Make:
    """A good archive with one entry that is not as it should be."""
    return lambda good: archive(but(_straight(good), name, **changes))


def _more(*added: Entry) -> Make:
    return lambda good: archive([*_straight(good), *added])


def _other_sheet(good: Good) -> bytes:
    """The sheet of the request with another amount."""
    return good.text(REQUEST, good.cell("amount_requested"), good.cell("amount_requested").replace("<v>", "<v>99"))


def _same_name(good: Good) -> bytes:
    return archive([*_straight(good), Entry(REQUEST.encode(), _other_sheet(good))])


def _other_capitals(good: Good) -> bytes:
    return archive([*_straight(good), Entry(REQUEST.replace("sheet3", "Sheet3").encode(), _other_sheet(good))])


def _two_in_one_place(good: Good) -> bytes:
    """Two entries of the directory that point to the same bytes."""
    made = _straight(good)
    at = len(archive(made[:3], end=End())) - len(archive(made[:3])[_directory(made[:3]) :])
    return archive(made, but(made, "xl/styles.xml", central={"offset": at}))


def _directory(made: list[Entry]) -> int:
    data = archive(made)
    return int(struct.unpack_from("<L", data, data.rfind(b"PK\x05\x06") + 16)[0])


def _within_another(good: Good) -> bytes:
    """An entry whose header lies within the bytes of the one before it."""
    hidden = archive([Entry(REQUEST.encode(), _other_sheet(good), STORED)])
    inner = hidden[: hidden.find(b"PK\x01\x02")]
    made = [Entry(b"xl/media/a.bin", b"x" * 40 + inner, STORED), *_straight(good)]
    head = 30 + len(b"xl/media/a.bin") + 40
    return archive(made, but(made, REQUEST, method=STORED, part=_other_sheet(good), central={"offset": head}))


def _left_out(good: Good) -> bytes:
    """The directory leaves out the last entry, which a reader that goes from the front sees."""
    made = [*_straight(good), Entry(REQUEST.encode(), _other_sheet(good))]
    return archive(made, made[:-1])


def _listed_otherwise(good: Good) -> bytes:
    """The directory calls two sheets each by the other's name."""
    names = {b"xl/worksheets/sheet3.xml": b"xl/worksheets/sheet4.xml", b"xl/worksheets/sheet4.xml": REQUEST.encode()}
    made = _straight(good)
    return archive(made, [Entry(names.get(each.name, each.name), each.part) for each in made])


def _two_ends(good: Good) -> bytes:
    """A whole other workbook in the comment of the first: which of the two ends counts?"""
    return archive(_straight(good), end=End(comment=archive(entries(good.parts | {REQUEST: _other_sheet(good)}))))


def _end_in_comment(good: Good) -> bytes:
    return archive(_straight(good), end=End(comment=b"PK\x05\x06" + bytes(18)))


def _crc(good: Good) -> bytes:
    wrong = zlib.crc32(good.parts[REQUEST]) ^ 1
    return archive(but(_straight(good), REQUEST, local={"crc": wrong}, central={"crc": wrong}))


def _size(change: int) -> Make:
    def make(good: Good) -> bytes:
        said = len(good.parts[REQUEST]) + change
        return archive(but(_straight(good), REQUEST, local={"size": said}, central={"size": said}))

    return make


def _says_little(good: Good) -> bytes:
    """A bomb that says it is small."""
    bomb = Entry(b"xl/media/a.xml", bytes(30 * _MILLION), local={"size": 100}, central={"size": 100})
    return archive([*_straight(good), bomb])


def _many_bombs(good: Good) -> bytes:
    """Each part is within its bounds, all of them together are not."""
    words = b"".join(zlib.crc32(struct.pack("<L", each)).to_bytes(4, "little") for each in range(25)).hex().encode()
    part = b"<a>" + b"".join(b"%d%b" % (each, words) for each in range(92_000)) + b"</a>"
    return archive([*_straight(good), *(Entry(b"xl/media/%d.xml" % each, part) for each in range(3))])


def _in_itself(good: Good) -> bytes:
    """A workbook within a workbook within a workbook."""
    inner = good.data
    for _ in range(3):
        inner = good.with_parts({"xl/embeddings/book.xlsx": inner})
    return inner


def _only_within(good: Good) -> bytes:
    return archive([Entry(b"form.xlsx", good.data)])


def _quine(good: Good) -> bytes:
    """Kinds of bombs that overlap: many names for one block of bytes."""
    kernel = Entry(b"xl/media/0.xml", b"<a>" + bytes(_MILLION) + b"</a>")
    listed = [
        Entry(b"xl/media/%d.xml" % each, kernel.part, central={"offset": 0}) for each in range(len(good.parts) + 1)
    ]
    return archive([kernel, *_straight(good)], listed)


def _streamed(good: Good) -> bytes:
    """Sizes told behind each entry, as programs write that cannot go back: nothing is wrong with it."""
    return archive([Entry(each.name, each.part, flags=UTF8 | LATER) for each in _straight(good)])


def _streamed_untruly(good: Good) -> bytes:
    """What stands behind an entry says another size than the directory."""
    part = good.parts[REQUEST]
    told = struct.pack("<4s3L", b"PK\x07\x08", zlib.crc32(part), len(deflated(part)), len(part) + 7)
    return archive(but(_straight(good), REQUEST, flags=UTF8 | LATER, descriptor=told))


def _long(good: Good) -> bytes:
    """Every figure of the end says "see the long record", as zip64 writes it."""
    made, at = _straight(good), _directory(_straight(good))
    size = len(archive(made)) - at - 22
    full = {"here": 0xFFFF, "count": 0xFFFF, "size": 0xFFFFFFFF, "start": 0xFFFFFFFF}
    return archive(made, end=End(figures=full, before=long_end(len(made), size, at, at + size)))


def _long_beside(good: Good) -> bytes:
    """A long record that nobody needs, with another directory in it than the short one."""
    made, at = _straight(good), _directory(_straight(good))
    return archive(made, end=End(before=long_end(1, 60, 0, at)))


def _long_sizes(good: Good) -> bytes:
    """An entry that tells its sizes in the extra field of zip64."""
    part = good.parts[REQUEST]
    packed = len(deflated(part))
    extra = struct.pack("<2H2Q", 1, 16, len(part), packed)
    told = {"size": 0xFFFFFFFF, "packed": 0xFFFFFFFF}
    return archive(but(_straight(good), REQUEST, local=told, central=told, extra=extra, central_extra=extra))


def _name_in_extra(good: Good) -> bytes:
    """A field that gives the entry another name for those who look there (Info-ZIP's)."""
    name = b"xl/worksheets/sheet9.xml"
    body = struct.pack("<BL", 1, zlib.crc32(REQUEST.encode())) + name
    extra = struct.pack("<2H", 0x7075, len(body)) + body
    return archive(but(_straight(good), REQUEST, extra=extra, central_extra=extra))


def _method(number: int, pack: Callable[[bytes], bytes]) -> Make:
    return lambda good: archive(but(_straight(good), REQUEST, method=number, packed=pack(good.parts[REQUEST])))


def _bzip2(part: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as packed:
        packed.writestr("a", part)
    data = made.getvalue()
    return data[31 : data.find(b"PK\x01\x02")]


def _entries(count: int) -> Make:
    def make(good: Good) -> bytes:
        wanted = count - len(good.parts)
        return archive([*_straight(good), *(Entry(b"xl/media/%d.xml" % each, b"<a/>") for each in range(wanted))])

    return make


def _behind_the_stream(good: Good) -> bytes:
    """More bytes in an entry than its packed stream has."""
    return archive(but(_straight(good), REQUEST, packed=deflated(good.parts[REQUEST]) + b"hidden"))


def _cut(good: Good) -> bytes:
    return good.data[: len(good.data) * 3 // 5]


def _flipped(good: Good) -> bytes:
    spot = good.data.find(REQUEST.encode()) + 100
    return good.data[:spot] + bytes([good.data[spot] ^ 0x55]) + good.data[spot + 1 :]


def _end_figures(**figures: int) -> Make:
    return lambda good: archive(_straight(good), end=End(figures=figures))


_CROOKED: Mapping[str, Make] = {
    "a name twice": _same_name,
    "a name twice, in other capitals": _other_capitals,
    "two entries in one place": _two_in_one_place,
    "an entry within another": _within_another,
    "an entry the directory leaves out": _left_out,
    "names exchanged in the directory": _listed_otherwise,
    "another name before the bytes": _bent(local_name=b"xl/worksheets/sheet4.xml"),
    "another way of packing before the bytes": _bent(local={"method": STORED}),
    "another size before the bytes": _bent(local={"size": 12}),
    "another sum before the bytes": _bent(local={"crc": 12}),
    "a workbook in the comment": _two_ends,
    "an end within the comment": _end_in_comment,
    "an entry in front that nobody lists": lambda good: archive(
        _straight(good), front=archive([Entry(b"a.xml", b"<a/>")])[:39]
    ),
    "bytes behind": lambda good: archive(_straight(good), behind=b"hidden"),
    "bytes between": _bent(before=b"hidden"),
    "a picture in front": lambda good: archive(_straight(good), front=b"PK\x03\x04GIF89a"),
    "a way out of the folder": _more(Entry(b"xl/../../../etc/cron.d/a.xml", b"<a/>")),
    "a way out that begins with dots": _more(Entry(b"../a.xml", b"<a/>")),
    "an absolute path": _more(Entry(b"/etc/a.xml", b"<a/>")),
    "a backslash in a name": _more(Entry(b"xl\\media\\a.xml", b"<a/>")),
    "a drive of Windows in a name": _more(Entry(b"C:\\a.xml", b"<a/>")),
    "a nought in a name": _more(Entry(b"xl/a.xml\x00.png", b"<a/>")),
    "a mark of a password": _bent(flags=UTF8 | ENCRYPTED),
    "a part packed with bzip2": _method(12, _bzip2),
    "a part packed in a way nobody knows": _method(99, deflated),
    "more in a part than it says": _size(-1000),
    "a bomb that says it is small": _says_little,
    "many names for one bomb": _quine,
    "a long archive": _long,
    "sizes in the field of a long archive": _long_sizes,
    "a long record beside the short one": _long_beside,
    "a directory on another disk": _end_figures(disk=1, start_disk=1),
    "a directory that begins elsewhere": _end_figures(start=40),
    "fewer entries than are listed": _end_figures(here=3, count=3),
}
_DAMAGED: Mapping[str, Make] = {
    "a sum that is wrong": _crc,
    "less in a part than it says": _size(1000),
    "bytes behind a packed stream": _behind_the_stream,
    "bytes in front": lambda good: archive(_straight(good), front=b"#!/bin/sh\nexit\n"),
    "half a file": _cut,
    "a byte altered": _flipped,
    "a mark and nothing else": lambda _: b"PK\x03\x04",
    "no directory": lambda good: good.data[: good.data.rfind(b"PK\x05\x06")],
    "a name in no letters": _more(Entry(b"xl/\xff\xfe.xml", b"<a/>")),
}
_TOO_MUCH: Mapping[str, Make] = {
    "a part that swells three hundredfold": _more(Entry(b"xl/media/a.xml", bytes(4 * _MILLION))),
    "a part of thirty million bytes": _more(Entry(b"xl/media/a.xml", bytes(range(256)) * 120_000)),
    "parts of sixty million bytes together": _many_bombs,
    "five hundred and one parts": _entries(501),
    "sixty-five thousand parts that are not there": _end_figures(here=65_535, count=65_535),
}
KINDS = (
    *(Kind(f"zip, {name}", make, State.QUARANTINED, _UNSAFE) for name, make in _CROOKED.items()),
    *(Kind(f"zip, {name}", make, State.RETURNED, _BROKEN) for name, make in _DAMAGED.items()),
    *(Kind(f"zip, {name}", make, State.QUARANTINED, _PAST) for name, make in _TOO_MUCH.items()),
    Kind("zip, a workbook within a workbook", _in_itself, State.HELD, ("pictures-or-files-inside",)),
    Kind("zip, a workbook in a zip", _only_within, State.RETURNED, ("file-in-zip",)),
    Kind("zip, nothing in it", lambda _: archive([]), State.RETURNED, ("file-word",)),
    Kind("zip, five hundred parts", _entries(500), State.HELD, ("pictures-or-files-inside",)),
    Kind("zip, sizes told behind each part", _streamed, State.ACCEPTED),
    Kind("zip, other sizes told behind a part", _streamed_untruly, State.QUARANTINED, _UNSAFE),
    Kind("zip, another name in an extra field", _name_in_extra, State.QUARANTINED, _UNSAFE),
    Kind("zip, nothing packed", lambda good: archive([Entry(e.name, e.part, STORED) for e in _straight(good)]),
         State.ACCEPTED),
)  # fmt: skip
