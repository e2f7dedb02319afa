"""Delivery reports: which of our messages one is about, and whether it says that nobody will have it (mail.md 13).

In: the bytes of a mail that says of itself it is such a report, or comes from a mail program. Out: message ids of ours
that it names, in the message it returns or in its words. Who sends a report is not proven: an id nobody was told of
cannot be guessed, and one that was told can at worst make the admin look at an address.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cluster_sheets.intake import mime
from cluster_sheets.intake.mime import PastLimitError
from cluster_sheets.intake.rules import MailRules

RETURNED = "reply-returned"
"""Why a report is set aside that is about a message of ours which nobody has."""
NOT_FINAL = "delivery-note"
"""Why one is set aside that says a message is late, or has arrived."""
_ACTION = re.compile(rb"^Action:[ \t]*([A-Za-z]+)", re.MULTILINE | re.IGNORECASE)
_FAILED = b"failed"


@dataclass(frozen=True, slots=True)
class Report:
    """What a delivery report says."""

    message_ids: frozenset[str]
    """Ours, as they stand in a header."""
    final: bool
    """Whether it says, or leaves it open, that nobody will have them: not that one is only late (RFC 3464, 2.3.3)."""


def report(raw: bytes, rules: MailRules) -> Report:
    """What the delivery report ``raw`` says."""
    ours = re.compile(rb"<([A-Za-z0-9.-]{1,120}@" + re.escape(rules.own_domain.encode()) + rb")>", re.IGNORECASE)
    ids: set[str] = set()
    actions: set[bytes] = set()
    for text in _texts(raw, rules):
        ids |= {f"<{found.decode().lower()}>" for found in ours.findall(text)}
        actions |= {found.lower() for found in _ACTION.findall(text)}
    return Report(frozenset(ids), not actions or _FAILED in actions)


def _texts(raw: bytes, rules: MailRules) -> Iterator[bytes]:
    """The mail as it came, then each part of it decoded: returned headers may stand in base64."""
    yield raw
    if b"\0" in raw:
        # Saved from Outlook, where each letter is two bytes.
        yield raw.replace(b"\0", b"")
    try:
        for part in mime.parts(raw, rules.limits):
            yield part.content
    except PastLimitError:
        return
    except Exception:  # noqa: BLE001 - what no parser can make sense of was looked through as it came
        return
