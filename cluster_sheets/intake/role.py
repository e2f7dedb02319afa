"""Role: what a part is to its mail: its words, their dressing, a seal, or a file that may be a form.

By content wherever that says it; a name or a stated type alone makes nothing a form, and hides none.
"""

import re
from collections.abc import Sequence

from cluster_sheets.intake import archive
from cluster_sheets.intake.kind import ZIP, is_picture, is_resource_fork, kind
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.mime import MAIL_TYPES, Part

_PLAIN_WORDS = ("text/plain", "text/html")
_FIGURES = ("text/csv", "text/comma-separated-values", "text/tab-separated-values")
_SHORTCUTS = (".url", ".webloc", ".website", ".desktop")
_CUT_OFF = re.compile(r"att\d+\.(txt|html?)")
"""How Exchange calls words below an attachment."""
_REACTION = "text/vnd.google.email-reaction+json"
ALTERNATIVE, _RELATED = "multipart/alternative", "multipart/related"
_BESIDE = ("text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/rfc822-headers", "message/", "image/")
_SEALS = ("pkcs7-signature", "pgp-signature", "pgp-keys")
_BESIDE_NAMES = (".ics", ".vcf", ".p7s", ".p7m", ".asc")
_STYLES = (".thmx", ".mso")
"""What Word sends with its own words: its theme, and what it could not say in them."""
_SEALED_KINDS = (
    *("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"),
    "application/x-microsoft-rpmsg-message",
)
_SEALED_WITHIN = re.compile(rb"^-----BEGIN PGP MESSAGE-----\s*$", re.MULTILINE)
"""Sealed words below a greeting in plain ones."""
_SEALED_STARTS = (b"-----BEGIN PGP MESSAGE", b"\x76\xe8\x04\x60\xc4\x11\xe3\x86")
"""Of PGP, and of a message under Microsoft's rights management."""
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
"""What S/MIME says near its start where a message is signed and not encrypted: 1.2.840.113549.1.7.2."""
_NEAR_START = 64
_SHEET_NAMES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".xltx", ".xltm", ".ods", ".csv", ".numbers")
_WINMAIL = "file-winmail"
_SHEETS = ("file-old-excel", "file-password", _WINMAIL)
_OTHER_ZIPS = ("word/document", "ppt/presentation")
_LETTERS = (".docx", ".doc", ".pptx", ".ppt", ".odt", ".odp", ".thmx")
_WORKBOOK = "workbook.xml"


def is_words(part: Part) -> bool:
    """What people read: the mail's own words in any of their forms, shown in place, or cut off by a server on the way.

    A disclaimer that such a server hangs on is shown in place too, under a name of its own.
    """
    if part.unsure or _is_called(part, _SHEET_NAMES):
        return False
    if part.kind in _PLAIN_WORDS and not (part.attached or part.name):
        return True
    if not _is_shown(part) and _CUT_OFF.fullmatch(part.name.lower()) is None:
        return False
    what = kind(part.content) if part.content else "file-csv-or-text"
    return what == "file-csv-or-text" or (what == "file-link" and not _is_called(part, _SHORTCUTS))


def _is_shown(part: Part) -> bool:
    """A text in place that is no figures, no card, and no style of another text."""
    if part.attached or part.kind.startswith((*_FIGURES, *_BESIDE)):
        return False
    return part.kind in _PLAIN_WORDS or (part.kind.startswith("text/") and part.boxes[-1:] != (_RELATED,))


def is_reaction(part: Part) -> bool:
    """A thumb that somebody has put up: no words, and no answer is wanted."""
    return part.kind == _REACTION


def is_dressing(part: Part, limits: Limits) -> bool:
    """What mail programs add by themselves: logos, cards, invitations, seals, styles, what a bounce was about."""
    if is_resource_fork(part.content):
        return True
    if part.unsure or (part.damaged and part.kind in MAIL_TYPES) or _is_called(part, _SHEET_NAMES):
        return False
    return (
        is_sealed(part)
        or part.kind.startswith(_BESIDE)
        or part.kind.endswith(_SEALS)
        or _is_called(part, _BESIDE_NAMES)
        or is_picture(part.content)
        or _is_style(part, limits)
    )


def is_sealed(part: Part) -> bool:
    """What only the mail program of whom it is meant for opens: it may be the whole of a mail."""
    return (
        part.kind in _SEALED_KINDS
        or _is_called(part, (".p7m",))
        or part.content.lstrip(b"\r\n ").startswith(_SEALED_STARTS)
        or (is_words(part) and _SEALED_WITHIN.search(part.content) is not None)
    )


def is_signed(part: Part) -> bool:
    """What is sealed by a signature only, with the words inside it."""
    return is_sealed(part) and _SIGNED_DATA in part.content[:_NEAR_START]


def is_sheet(part: Part, limits: Limits) -> bool:
    """By content; by name where the content is empty, damaged or text."""
    what = kind(part.content) if part.content else "file-empty"
    if what == ZIP:
        return not _is_letter(part, archive.names(part.content, limits))
    return what in _SHEETS or _is_called(part, _SHEET_NAMES)


def is_winmail(part: Part) -> bool:
    """What Outlook wraps its own words in: it may hold a file or none."""
    return kind(part.content) == _WINMAIL


def is_spoilt_letter(part: Part, limits: Limits) -> bool:
    """A document by its name that no program can look into: what is said of a spoilt workbook is not true of it."""
    return kind(part.content) == ZIP and _is_called(part, _LETTERS) and not archive.names(part.content, limits)


def _is_style(part: Part, limits: Limits) -> bool:
    """What belongs to the words beside it and is no file of its own: a style, or the same words for another program."""
    if _is_called(part, _STYLES):
        return not is_sheet(part, limits)
    if part.attached or part.damaged or part.boxes[-1:] not in ((ALTERNATIVE,), (_RELATED,)):
        return False
    # Some programs put what a person has attached into the same box.
    if part.kind.startswith(_FIGURES) or _is_called(part, _SHORTCUTS):
        return False
    return not is_sheet(part, limits) and kind(part.content) in ("file-broken", "file-csv-or-text", "file-link")


def _is_letter(part: Part, names: Sequence[str]) -> bool:
    """True of a document or slides, by the archive's own names or by its own: a workbook may hold one within."""
    said = _is_called(part, _LETTERS) or any(name.startswith(_OTHER_ZIPS) for name in names)
    return said and not any(name.endswith(_WORKBOOK) for name in names)


def _is_called(part: Part, endings: tuple[str, ...]) -> bool:
    return part.name.lower().endswith(endings)
