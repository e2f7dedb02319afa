"""The same again: a workbook we have already, whoever sent it, and a message id that comes with other content."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from cluster_sheets.intake.envelope import AUTO_REPLY
from cluster_sheets.store import marks, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.erasure import ERASED_WITH
from cluster_sheets.store.units import State, Unit

SAME_FILE, SAME_ID = "same-file-again", "message-id-again"
RECEIVED = "received-again"
"""Why a file or a mail that came whole once more is set aside unread: nobody is told."""
NOTHING = hashlib.sha256(b"").hexdigest()
"""Of an empty file: each school that sends one is told so; it is no copy of another's."""
REJECTED = "rejected"
"""Reason of what a person put out of quarantine for good."""
LET_OUT = "set-apart-at-first"
"""Code of what a person let out of quarantine: it counts only once the admin has accepted it."""
_STAND = (State.ACCEPTED, State.HELD)


def told_again(
    store: Store, made: Sequence[Unit], repeated: frozenset[str] = frozenset(), echoes: Collection[str] = ()
) -> tuple[Unit, ...]:
    """New units, in the order they came, with the reason of those that bring nothing new.

    ``repeated`` are sha256s of mails whose message id another mail bore: what they hold is not taken, unless it is
    what we have already. What went back is no such thing: sent again, it may count by now (``looked_at``). ``echoes``
    are ids of units from a program's answer to us: an absence note may bring back the very workbook that it is about,
    or the copy that we sent.
    """
    known = units.verdicts_of_files(store, {unit.file_sha256 for unit in made} - {NOTHING})
    seen = {sha256 for sha256, found in known.items() if any(_counts(*each) for each in found)}
    back = {sha256 for sha256, found in known.items() if any(state is State.RETURNED for state, _ in found)}
    brought_back = {each.file_sha256 for each in made if each.unit_id in echoes}
    had = seen | back | marks.units_with(store, marks.COPY, brought_back).keys()
    told = []
    for each in made:
        brought = each.unit_id in echoes and each.file_sha256 in had and not each.reason
        unit = replace(each, reason=AUTO_REPLY) if brought else each
        again, repeats = unit.file_sha256 in seen, unit.mail_sha256 in repeated
        again = again or (repeats and unit.file_sha256 in back)
        told.append(replace(unit, reason=_reason(unit, again, repeats)))
        if not told[-1].reason and unit.file_sha256 != NOTHING:
            seen.add(unit.file_sha256)
    return tuple(told)


def waiting_already(store: Store, file_sha256s: Collection[str]) -> frozenset[str]:
    """Those of these files that wait to be judged: what a kill left lying is not judged a second time."""
    known = units.verdicts_of_files(store, file_sha256s)
    return frozenset(sha256 for sha256, found in known.items() if any(state is State.PENDING for state, _ in found))


def repeated_ids(known: Mapping[str, Sequence[str]], ids: Sequence[tuple[str, str | None]]) -> frozenset[str]:
    """Sha256s of those mails (sha256, message id), in the order they came, whose id a mail before them bore.

    ``known`` are the mails kept earlier, by message id.
    """
    borne = {message_id for message_id, mails in known.items() if mails}
    found = set()
    for sha256, message_id in ids:
        if message_id in borne:
            found.add(sha256)
        elif message_id is not None:
            borne.add(message_id)
    return frozenset(found)


def _reason(unit: Unit, seen: bool, repeated: bool) -> str:
    if unit.reason:
        return unit.reason
    return SAME_FILE if seen else SAME_ID if repeated else ""


def looked_at(store: Store, file_sha256s: Collection[str]) -> frozenset[str]:
    """Those of these files that some unit was judged by: the same bytes once more are set aside against it.

    A unit that was itself set aside for being the same is no such one: of two that came together one is judged. Nor
    is one that went back: another may send the same, or a day it names may have come. Where nothing of that is so,
    the school is told what is to be mended once more, not that there is nothing to do.
    """
    known = units.verdicts_of_files(store, set(file_sha256s) - {NOTHING})
    judged = frozenset(
        sha256
        for sha256, found in known.items()
        if any(state is not State.PENDING and reason != SAME_FILE and _counts(state, reason) for state, reason in found)
    )
    # Where what took its place went back, nothing of its form stands.
    return judged - {sha256 for sha256, unit in overtaken(store, judged).items() if unit.state is State.RETURNED}


def overtaken(store: Store, file_sha256s: Collection[str]) -> dict[str, Unit]:
    """Those of these files that are an earlier version of a form: the submission that took their place in the end."""
    by = {}
    for sha256, came in units.of_files(store, file_sha256s).items() if file_sha256s else ():
        stands = any(unit.state in _STAND and unit.superseded_by is None for unit in came)
        newest = next((unit.superseded_by for unit in reversed(came) if unit.superseded_by), None)
        if newest is not None and not stands:
            by[sha256] = newest
    last = units.get_many(store, by.values())
    while more := units.get_many(store, {each.superseded_by for each in last.values() if each.superseded_by}):
        last = {unit_id: more.get(each.superseded_by or "", each) for unit_id, each in last.items()}
    return {sha256: last[unit_id] for sha256, unit_id in by.items() if unit_id in last}


def _counts(state: State, reason: str) -> bool:
    """Whether a file was, or will be, looked at for good: not where it went back, or its mail or sender was doubted."""
    match state:
        case State.HELD:
            return not reason.startswith(("sender-", LET_OUT))
        case State.PENDING:
            return reason in ("", SAME_FILE)
        case State.SET_ASIDE:
            return reason not in (REJECTED, RECEIVED, ERASED_WITH, AUTO_REPLY)
        case _:
            return state is State.ACCEPTED
