"""One mail: its envelope, and the forms in it.

In: raw bytes that are kept already. Out: what it says of itself, the attachments that are to be read, or why none is.
Never: takes a word of its text for an answer, or complains of the logo in a signature.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import groupby

from cluster_sheets.base.text import squeezed, without_odd_characters
from cluster_sheets.intake import mime
from cluster_sheets.intake.envelope import BOUNCE, OWN_MAIL, Envelope, claimed, envelope
from cluster_sheets.intake.kind import is_outlook_message, links_to_a_workbook
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.mime import Part, PastLimitError
from cluster_sheets.intake.role import (
    ALTERNATIVE,
    is_dressing,
    is_reaction,
    is_sealed,
    is_sheet,
    is_signed,
    is_spoilt_letter,
    is_winmail,
    is_words,
)
from cluster_sheets.intake.rules import MailRules
from cluster_sheets.store.units import NO_FORM, SEALED, SIGNED

PAST_A_LIMIT, DAMAGED, LINK = "mail-past-a-limit", "file-damaged-in-mail", "file-link"
NOT_ONE_SENDER, UNREADABLE, OUTLOOK = "mail-sender-unclear", "mail-not-readable", "mail-outlook-file"
REACTION = "reaction"
NOT_A_WORKBOOK = "file-word"
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
    letter: bool = False
    """Somebody wrote, and nothing in it is likely to be a form: the words are for a person."""


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
    """The words of a mail, for a person's eyes only: all that are not said twice, as plain as they can be had."""
    try:
        if is_outlook_message(raw):
            from cluster_sheets.intake import msg

            found = list(msg.taken_apart(raw, rules.limits)[1])
        else:
            found = list(mime.parts(raw, rules.limits))
    except Exception:  # noqa: BLE001 - as above
        return ""
    return "\n".join(_said(found))[:_MOST_WORDS]


def _said(found: Sequence[Part]) -> Iterator[str]:
    """What each mail among these says, the outermost first; of the same words in several forms the plainest."""
    texts = [each for each in found if is_words(each) and not is_reaction(each)]
    for _, group in groupby(texts, key=lambda each: id(each.mail)):
        mine = list(group)
        forms = sorted((each for each in mine if ALTERNATIVE in each.boxes), key=_plainness)
        chosen = next((each for each in forms if _plain(each)), None)
        told = (_plain(each) for each in mine if each is chosen or each not in forms)
        yield from (words for words in told if words)


def _plainness(part: Part) -> int:
    return ("text/plain", "text/html", part.kind).index(part.kind)


def _plain(part: Part) -> str:
    content = part.content[: 50 * _MOST_WORDS]
    try:
        told = content.decode()
    except UnicodeDecodeError:
        told = content.decode("latin-1")
    if part.kind != "text/plain":
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
    return mail if told.sender else replace(mail, reason=NOT_ONE_SENDER, letter=False)


def _with_forms(told: Envelope, found: Sequence[Part], rules: MailRules) -> OpenedMail:
    limits = rules.limits
    files = [each for each in found if not is_words(each)]
    sent = [each for each in files if not is_dressing(each, limits)]
    if len(sent) > limits.attachments:
        return OpenedMail(told, reason=PAST_A_LIMIT)
    # A letter beside the form is no form; where no form is, the first file that was sent stands for it.
    sheets = [each for each in sent if is_sheet(each, limits)]
    forms = _forms(told, files, sent, sheets)
    if forms:
        beside = bool(sheets) and any(not each.unsure for each in sent if each not in sheets)
        likely = any(each.unsure or (each in sheets and not is_winmail(each)) for each in forms)
        letter = not (told.automatic or likely) and any(_said(found))
        return OpenedMail(told, tuple(_attachment(each, limits) for each in forms), beside=beside, letter=letter)
    reason = told.automatic or _without_forms(found)
    return OpenedMail(told, reason=reason, letter=reason in (SEALED, SIGNED, LINK, NO_FORM))


def _forms(told: Envelope, files: Sequence[Part], sent: Sequence[Part], sheets: Sequence[Part]) -> Sequence[Part]:
    # Where another program would find other parts, a form may not be among these: one part stands for all of that.
    unsure = [] if any(each.unsure for each in sheets) else [each for each in sent if each.unsure]
    forms = [*sheets, *unsure[:1]]
    if told.echo:
        # A program's answer may bring back a mended workbook; whether it is one we have is seen when it is taken in.
        return [each for each in forms if not is_winmail(each)]
    return forms or sent[:1] or [each for each in files if each.attached and each.kind.startswith("image/")][:1]


def _without_forms(found: Sequence[Part]) -> str:
    """Why there is nothing to read in what a person has written."""
    if any(is_reaction(each) for each in found):
        return REACTION
    sealed = [each for each in found if is_sealed(each)]
    if sealed:
        return SIGNED if all(is_signed(each) for each in sealed) else SEALED
    linked = any(links_to_a_workbook(each.content) for each in found if is_words(each))
    return LINK if linked else NO_FORM


def _attachment(part: Part, limits: Limits) -> Attachment:
    claim = claimed(part.mail) if part.mail is not None else ""
    reason = DAMAGED if part.damaged else OUTLOOK if is_outlook_message(part.content) else ""
    if not reason and is_spoilt_letter(part, limits):
        reason = NOT_A_WORKBOOK
    return Attachment(part.name, part.content, reason, claim)
