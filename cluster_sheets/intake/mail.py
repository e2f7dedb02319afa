"""One mail: its envelope, and the forms in it.

In: raw bytes that are kept already. Out: what it says of itself, the attachments that are to be read, or why none is.
Never: takes a word of its text for an answer, or complains of the logo in a signature.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from html import unescape

from cluster_sheets.base.text import squeezed, without_odd_characters
from cluster_sheets.intake import archive, mime
from cluster_sheets.intake.envelope import BOUNCE, OWN_MAIL, Envelope, claimed, envelope
from cluster_sheets.intake.kind import ZIP, is_outlook_message, is_picture, is_resource_fork, kind, links_to_a_workbook
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.mime import MAIL_TYPES, Part, PastLimitError
from cluster_sheets.intake.rules import MailRules
from cluster_sheets.store.units import NO_FORM

PAST_A_LIMIT, DAMAGED, LINK = "mail-past-a-limit", "file-damaged-in-mail", "file-link"
SEALED = "mail-encrypted"
NOT_ONE_SENDER, UNREADABLE, OUTLOOK = "mail-sender-unclear", "mail-not-readable", "mail-outlook-file"
_BESIDE = ("text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/rfc822-headers", "message/", "image/")
_SEALS = ("pkcs7-signature", "pgp-signature", "pgp-keys")
_BESIDE_NAMES = (".ics", ".vcf", ".p7s", ".p7m", ".asc")
_SEALED_KINDS = (
    *("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"),
    "application/x-microsoft-rpmsg-message",
)
_SEALED_WITHIN = re.compile(rb"^-----BEGIN PGP MESSAGE-----\s*$", re.MULTILINE)
"""Sealed words below a greeting in plain ones."""
_SEALED_STARTS = (b"-----BEGIN PGP MESSAGE", b"\x76\xe8\x04\x60\xc4\x11\xe3\x86")
"""Of PGP, and of a message under Microsoft's rights management."""
_SHEET_NAMES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".xltx", ".xltm", ".ods", ".csv", ".numbers")
_SHEETS = ("file-old-excel", "file-password", "file-winmail")
_OTHER_ZIPS = ("word/document", "ppt/presentation")
_CUT_OFF = re.compile(r"att\d+\.(txt|html?)")
"""How Exchange calls words below an attachment."""
_LETTERS = (".docx", ".doc", ".pptx", ".ppt", ".odt", ".odp")
_WORKBOOK = "workbook.xml"
_TAGS = re.compile(r"(?is)<(style|script)\b.*?(?:</\1[^>]*>?|\Z)|<[^>]*>?")
_MOST_WORDS = 4000
"""Characters of a mail's words that are shown."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file to be read."""

    name: str
    """Display data only."""
    data: bytes
    reason: str = ""
    """Code of why it is not read after all."""
    claim: str = ""
    """Who is said to have sent it first, where it came within a mail that was sent on: no more than a claim."""


@dataclass(frozen=True, slots=True)
class OpenedMail:
    """A mail taken apart."""

    envelope: Envelope
    attachments: tuple[Attachment, ...] = ()
    reason: str = ""
    """Code of why nothing of it is read, whatever is attached."""
    beside: bool = False
    """Letters, quotes and the like came beside the forms."""


def opened(raw: bytes, rules: MailRules, *, whole: bool = True) -> OpenedMail:
    """A mail taken apart. What no parser can make sense of is a mail with a reason, never an exception.

    One that is not ``whole`` was far too large to be fetched: these are its headers.
    """
    if is_outlook_message(raw):
        return _from_outlook(raw, rules)
    try:
        told = envelope(mime.headers(raw)[0], rules)
    except Exception:  # noqa: BLE001 - a mail that breaks the parser is set apart, the others go on
        return OpenedMail(Envelope(), reason=UNREADABLE)
    if not whole or len(raw) > rules.limits.mail_bytes:
        return OpenedMail(told, reason=PAST_A_LIMIT)
    if told.automatic in (BOUNCE, OWN_MAIL):
        return OpenedMail(told, reason=told.automatic)
    try:
        return _sure(told, list(mime.parts(raw, rules.limits)), rules)
    except PastLimitError:
        return OpenedMail(told, reason=PAST_A_LIMIT)
    except Exception:  # noqa: BLE001 - as above
        return OpenedMail(told, reason=UNREADABLE)


def words(raw: bytes, rules: MailRules) -> str:
    """The words of a mail, for a person's eyes only: the first text in it, as plain as it can be had."""
    try:
        if is_outlook_message(raw):
            from cluster_sheets.intake import msg

            found = list(msg.taken_apart(raw, rules.limits)[1])
        else:
            found = list(mime.parts(raw, rules.limits))
    except Exception:  # noqa: BLE001 - as above
        return ""
    texts = sorted((each for each in found if _is_text(each)), key=lambda each: each.kind == "text/html")
    return next((told for each in texts if (told := _plain(each))), "")


def _plain(part: Part) -> str:
    content = part.content[: 50 * _MOST_WORDS]
    try:
        told = content.decode()
    except UnicodeDecodeError:
        told = content.decode("latin-1")
    if part.kind == "text/html":
        told = unescape(_TAGS.sub(" ", told))
    lines = (squeezed(without_odd_characters(line)) for line in told[:_MOST_WORDS].splitlines())
    return "\n".join(line for line in lines if line)


def _from_outlook(raw: bytes, rules: MailRules) -> OpenedMail:
    """A message saved from Outlook."""
    if len(raw) > rules.limits.mail_bytes:
        return OpenedMail(Envelope(), reason=PAST_A_LIMIT)
    from cluster_sheets.intake import msg

    try:
        headers, found = msg.taken_apart(raw, rules.limits)
        told = envelope(headers, rules)
        if told.automatic in (BOUNCE, OWN_MAIL):
            return OpenedMail(told, reason=told.automatic)
        return _sure(told, found, rules)
    except msg.NotInstalledError:
        return OpenedMail(Envelope(), reason=OUTLOOK)
    except PastLimitError:
        return OpenedMail(Envelope(), reason=PAST_A_LIMIT)
    except Exception:  # noqa: BLE001 - as above
        return OpenedMail(Envelope(), reason=UNREADABLE)


def _sure(told: Envelope, found: Sequence[Part], rules: MailRules) -> OpenedMail:
    """A mail with its forms; where it is open who sent it, with the reason why none of them is read.

    What it holds is kept all the same: a person who lets it out of quarantine is told.
    """
    if any(is_outlook_message(each.content) for each in found):
        from cluster_sheets.intake import msg

        found = list(msg.unfolded(found, rules.limits))
    mail = _with_forms(told, found, rules)
    return mail if told.sender else replace(mail, reason=NOT_ONE_SENDER)


def _with_forms(told: Envelope, found: Sequence[Part], rules: MailRules) -> OpenedMail:
    files = [each for each in found if not _is_text(each)]
    sent = [each for each in files if not _is_beside(each)]
    if len(sent) > rules.limits.attachments:
        return OpenedMail(told, reason=PAST_A_LIMIT)
    # A letter beside the form is no form; where no form is, the first file that was sent stands for it.
    sheets = [each for each in sent if _is_sheet(each, rules.limits)]
    # Where another program would find other parts, a form may not be among these: one part stands for all of that.
    unsure = [] if any(each.unsure for each in sheets) else [each for each in sent if each.unsure]
    forms = [*sheets, *unsure[:1]]
    if told.echo:
        # A program's answer may bring back a mended workbook; whether it is one we have is seen when it is taken in.
        forms = [each for each in forms if not _is_winmail(each)]
    else:
        forms = forms or sent[:1]
    if not forms and not told.echo:
        forms = [each for each in files if each.attached and each.kind.startswith("image/")][:1]
    if forms:
        beside = bool(sheets) and any(_is_letter_beside(each) for each in sent if each not in sheets)
        return OpenedMail(told, tuple(_attachment(each) for each in forms), beside=beside)
    if told.automatic:
        return OpenedMail(told, reason=told.automatic)
    if any(_is_sealed(each) for each in found):
        return OpenedMail(told, reason=SEALED)
    linked = any(links_to_a_workbook(each.content) for each in found if _is_text(each))
    return OpenedMail(told, reason=LINK if linked else NO_FORM)


def _is_letter_beside(part: Part) -> bool:
    """What a person has sent with the form, not what a server on the way has cut off its words."""
    return not part.unsure and _CUT_OFF.fullmatch(part.name.lower()) is None


def _attachment(part: Part) -> Attachment:
    claim = claimed(part.mail) if part.mail is not None else ""
    reason = DAMAGED if part.damaged else OUTLOOK if is_outlook_message(part.content) else ""
    return Attachment(part.name, part.content, reason, claim)


def _is_text(part: Part) -> bool:
    """What people read: the mail's own words, shown in place."""
    return part.kind in ("text/plain", "text/html") and not part.attached and not part.name and not part.unsure


def _is_beside(part: Part) -> bool:
    """What mail programs add by themselves: logos, cards, invitations, seals, what a bounce was about."""
    if is_resource_fork(part.content):
        return True
    if part.unsure or (part.damaged and part.kind in MAIL_TYPES):
        return False
    return (
        _is_sealed(part)
        or part.kind.startswith(_BESIDE)
        or part.kind.endswith(_SEALS)
        or part.name.lower().endswith(_BESIDE_NAMES)
        or is_picture(part.content)
    ) and not part.name.lower().endswith(_SHEET_NAMES)


def _is_sealed(part: Part) -> bool:
    """What only the mail program of whom it is meant for opens: it may be the whole of a mail."""
    return (
        part.kind in _SEALED_KINDS
        or part.name.lower().endswith(".p7m")
        or part.content.lstrip(b"\r\n ").startswith(_SEALED_STARTS)
        or (_is_text(part) and _SEALED_WITHIN.search(part.content) is not None)
    )


def _is_winmail(part: Part) -> bool:
    """What Outlook wraps its own words in: it may hold a file or none."""
    return kind(part.content) == "file-winmail"


def _is_letter(part: Part, names: Sequence[str]) -> bool:
    """True of a document or slides, by the archive's own names or by its own: a workbook may hold one within."""
    said = part.name.lower().endswith(_LETTERS) or any(name.startswith(_OTHER_ZIPS) for name in names)
    return said and not any(name.endswith(_WORKBOOK) for name in names)


def _is_sheet(part: Part, limits: Limits) -> bool:
    """By content; by name where the content is empty, damaged or text."""
    what = kind(part.content) if part.content else "file-empty"
    if what == ZIP:
        return not _is_letter(part, archive.names(part.content, limits))
    return what in _SHEETS or part.name.lower().endswith(_SHEET_NAMES)
