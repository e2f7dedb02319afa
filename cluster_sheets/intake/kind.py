"""What a file is, by its bytes; its name is never believed."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LINKS = (b"[internetshortcut]", b"onedrive.live.com", b"sharepoint.com", b"docs.google.com", b"1drv.ms")
ZIP = ""
"""Code of a file that may be a workbook."""
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF", b"{\\rtf")
_STARTS: tuple[tuple[bytes | tuple[bytes, ...], str], ...] = (
    (b"PK", ZIP),
    (b"%PDF", "file-pdf"),
    (b"\x78\x9f\x3e\x22", "file-winmail"),
    (_IMAGES, "file-word"),
)


def refusal(data: bytes, most: int) -> str:
    """Code of the rule that refuses the file, or ZIP where it is a zip archive of at most ``most`` bytes."""
    if not data or len(data) > most:
        return "file-too-big" if data else "file-empty"
    head = data[:4096]
    if head.startswith(_OLE):
        return _of_ole(data)
    known = next((code for starts, code in _STARTS if head.startswith(starts)), None)
    if known is not None:
        return known
    if len(data) < 4096 and any(each in head.lower() for each in _LINKS):
        return "file-link"
    return "file-csv-or-text" if _is_text(head) else "file-broken"


def _of_ole(data: bytes) -> str:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptionInfo") or holds("EncryptedPackage"):
        return "file-password"
    if holds("Workbook") or holds("Book"):
        return "file-old-excel"
    return "file-word"


def _is_text(head: bytes) -> bool:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return True
    return sum(byte < 9 or 13 < byte < 32 for byte in head) * 20 < len(head) and b"\x00" not in head
