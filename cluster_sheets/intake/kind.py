"""What a file is, by its bytes; its name is never believed."""

import re

MAIL_NAMES = (".eml", ".mime")
"""How files that hold a mail are called."""
_HEADER = re.compile(rb"\A(?:From |[A-Za-z][A-Za-z0-9-]*:)")
_OF_MAIL = (
    re.compile(rb"^from:", re.IGNORECASE | re.MULTILINE),
    re.compile(rb"^(?:date|message-id|mime-version|received|subject):", re.IGNORECASE | re.MULTILINE),
)
_HEAD_OF_MAIL = 64 * 1024
_RESOURCE_FORK = b"\x00\x05\x16\x07"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OF_A_MESSAGE = ("__substg1.0_", "__properties_version1.0")
_LINKS = (
    *(b"[internetshortcut]", b"onedrive.live.com", b"1drv.ms/", b"sharepoint.com/", b"docs.google.com/"),
    *(b"drive.google.com/", b"<key>url</key>"),
)
_BODY_LINKS = re.compile(
    rb"onedrive\.live\.com/|1drv\.ms/x/|sharepoint\.com/:x:/|docs\.google\.com/spreadsheets/"
    rb"|drive\.google\.com/(?:file/|open\?)|icloud\.com/attachment/"
    rb"|(?:1drv\.ms|sharepoint\.com|dropbox\.com|dropboxusercontent\.com|box\.com)/[^\s\"'<>]{0,300}\.xls[bmx]?\b"
)
"""Links that stand for a workbook; a school's signature has others."""
_WRAPPED = ((b"%25", b"%"), (b"%2f", b"/"), (b"%3a", b":"), (b"%3f", b"?"))
"""How a link is written within another, as by Outlook's Safe Links."""
ZIP = ""
"""Code of a file that may be a workbook."""
_OTHER = "file-word"
_STARTS: tuple[tuple[bytes | tuple[bytes, ...], str], ...] = (
    ((b"PK\x03\x04", b"PK\x05\x06"), ZIP),
    (b"%PDF", "file-pdf"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "file-link"),
    (b"\x78\x9f\x3e\x22", "file-winmail"),
    ((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF"), _OTHER),
    ((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"), "file-archive"),
    ((b"{\\rtf", b"%!PS", b"ID3"), _OTHER),
)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF")
_HEAD = 4096


def refusal(data: bytes, most: int) -> str:
    """Code of the rule that refuses the file, or ZIP where it is a zip archive of at most ``most`` bytes."""
    if not data or len(data) > most:
        return "file-too-big" if data else "file-empty"
    return kind(data)


def kind(data: bytes) -> str:
    """The same whatever the size: what the bytes say of themselves."""
    head = data[:_HEAD]
    if head.startswith(_OLE):
        return _of_ole(data)
    known = next((code for starts, code in _STARTS if head.startswith(starts)), None)
    if known is not None:
        return known
    if _is_picture(data):
        return _OTHER
    if not _is_text(head):
        return "file-broken"
    return "file-link" if len(data) < _HEAD and _holds(head, _LINKS) else "file-csv-or-text"


def begins_as_mail(data: bytes) -> bool:
    """True of what begins with the headers of a mail."""
    head = data[:_HEAD_OF_MAIL]
    return _HEADER.match(head) is not None and all(each.search(head) for each in _OF_MAIL)


def is_resource_fork(data: bytes) -> bool:
    """True of what a Mac sends beside a file, under the same name: its icon and the like (AppleDouble)."""
    return data.startswith(_RESOURCE_FORK)


def is_picture(data: bytes) -> bool:
    """True where the bytes are a picture, such as a signature's logo."""
    return data.startswith(_PICTURES) or _is_picture(data)


def is_outlook_message(data: bytes) -> bool:
    """True of a message that was saved from Outlook (.msg)."""
    return data.startswith(_OLE) and all(stream.encode("utf-16-le") in data for stream in _OF_A_MESSAGE)


def links_to_a_workbook(body: bytes) -> bool:
    """True where the text of a mail holds a link that stands for a workbook."""
    small = body.replace(b"\x00", b"").lower()
    for coded, plain in _WRAPPED:
        small = small.replace(coded, plain)
    return _BODY_LINKS.search(small) is not None


def _holds(text: bytes, wanted: tuple[bytes, ...]) -> bool:
    small = text.replace(b"\x00", b"").lower()
    return any(each in small for each in wanted)


def _is_picture(data: bytes) -> bool:
    """A phone's photograph or film says so in its second word; a bitmap gives its own size."""
    return data[4:8] == b"ftyp" or (data[:2] == b"BM" and int.from_bytes(data[2:6], "little") == len(data))


def _of_ole(data: bytes) -> str:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptionInfo") or holds("EncryptedPackage"):
        return "file-password"
    if holds("WordDocument") or holds("PowerPoint Document") or holds("__substg1.0_"):
        return _OTHER
    return "file-old-excel" if holds("Workbook") or holds("Book") else _OTHER


def _is_text(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    return sum(byte < 9 or 13 < byte < 32 for byte in head) * 20 < len(head) and b"\x00" not in head
