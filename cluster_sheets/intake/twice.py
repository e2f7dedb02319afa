"""Twice: a mail that is delivered twice is told of once, though its headers say another way each time (mail.md 4)."""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from cluster_sheets.base.reference import keyed_hash
from cluster_sheets.intake import mime
from cluster_sheets.intake.again import RECEIVED as AGAIN
from cluster_sheets.intake.mail import LINK
from cluster_sheets.store import blobs, keys
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import NO_FORM, SEALED, SIGNED, Unit

_NOTHING_TO_READ = (NO_FORM, LINK, SEALED, SIGNED)
_OF_SENDER = ("from", "sender")


def body_of(raw: bytes) -> str:
    """Sha256 of who is said to have sent a mail, and of what stands below its headers."""
    try:
        headers, body = mime.headers(raw)
    except Exception:  # noqa: BLE001 - a mail that breaks the parser is like no other; it is set apart elsewhere
        return hashlib.sha256(raw).hexdigest()
    told = "\n".join(str(value) for name, value in headers.items() if name.lower() in _OF_SENDER)
    return hashlib.sha256(told.encode("utf-8", "replace") + b"\0" + body).hexdigest()


def ref_of_body(key: bytes, body: str) -> str:
    """What stands for a message id where a mail has none."""
    return keyed_hash(key, "body", body)


def word_for_word(
    store: Store,
    ids: Sequence[tuple[str, str | None]],
    bodies: Mapping[str, str],
    repeated: Collection[str],
    known: Mapping[str, Sequence[str]],
) -> frozenset[str]:
    """Sha256s of those ``repeated`` mails that a mail before them was, word for word, under the same message id.

    ``ids`` are mails (sha256, message id) in the order they came, ``known`` those kept earlier, by message id.
    """
    found, seen = set(), dict[str | None, set[str]]()
    for sha256, ref in ids:
        if ref not in seen:
            seen[ref] = set(_earlier(store, known.get(ref or "", ()))) if sha256 in repeated else set()
        if bodies[sha256] in seen[ref]:
            found.add(sha256)
        seen[ref].add(bodies[sha256])
    return frozenset(found)


def told_once(units: Iterable[Unit], before: Collection[str]) -> list[Unit]:
    """Units, where what has nothing to read and came ``before`` (by its mail's sha256) is set aside without a word."""
    return [
        replace(unit, reason=AGAIN) if unit.mail_sha256 in before and unit.reason in _NOTHING_TO_READ else unit
        for unit in units
    ]


def _earlier(store: Store, sha256s: Sequence[str]) -> Iterable[str]:
    there = sorted(keys.of_blobs(store, sha256s))
    return [body_of(raw) for _, raw in blobs.read_many(store, there)]
