"""Quarantine: what was set apart unread, and the two ways out of it: let out to be judged, or rejected (mail.md 31).

In: units, who says so and why. Out: units that wait for the next run or are set aside, a line of the audit for each.
Never: lets a file be opened that was refused as unsafe, lets anything count without one more word of the admin, or
forgets the bytes or the reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.intake.again import LET_OUT, REJECTED
from cluster_sheets.intake.keeping import add
from cluster_sheets.intake.mail import NOT_ONE_SENDER, OpenedMail, opened
from cluster_sheets.intake.opening import taken_apart
from cluster_sheets.intake.rules import MailRules
from cluster_sheets.store import audit, blobs, fetched, findings, mails, provenance, questions, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.provenance import Provenance
from cluster_sheets.store.units import ReplyState, State, Unit
from cluster_sheets.verdict.word import NotDoneError, Word

RELEASED = "released"
"""Event of the audit; the other is REJECTED."""
_HELD = "The next run reads each form in it and holds it for you"
RELEASES: Mapping[str, str] = MappingProxyType(
    {
        "mail-sender-unclear": f"{_HELD}, with all that its From says.",
        "mail-past-a-limit": f"It is opened under the limits that the register has now. {_HELD}.",
        "mail-not-readable": f"It is opened once more, as this version of the program can. {_HELD}.",
        "mail-outlook-file": f"It is opened, once the extra msg is installed. {_HELD}.",
        "message-id-again": f"{_HELD}.",
        "file-damaged-in-mail": "The next run reads the file as it came through the mail, if it is whole enough for"
        " that, and holds it for you.",
    }
)
"""What letting out does, by reason. A reason that is not here is for good: what it is about is never opened."""
ONLY_REJECT = "It is never opened. Reject it, and ask the school for another file."
_WHOLE = ("mail-sender-unclear", "mail-past-a-limit", "mail-not-readable", "mail-outlook-file")
"""Reasons of a mail as a whole: nothing in it has become a unit of its own yet."""
_CUT_OFF = "It is so large that only its head was fetched: ask for the form in a message of its own, and reject it."


class NotMovedError(NotDoneError):
    """Something cannot leave quarantine this way; the message says why, and nothing was changed."""


def found(store: Store, unit_id: str) -> Unit:
    """The unit in quarantine of that id, or of the only one that begins so. Raises NotMovedError."""
    waiting = units.quarantined(store)
    meant = [each for each in waiting if unit_id and each.unit_id.startswith(unit_id.lower())]
    if len(meant) == 1:
        return meant[0]
    if meant:
        raise NotMovedError(f"{len(meant)} units in quarantine begin with {unit_id}: give more of the id.")
    known = units.get_many(store, [unit_id.lower()]).get(unit_id.lower())
    if known is None:
        raise NotMovedError(f"There is no unit {unit_id} in quarantine.")
    stands = "waits for the next run" if known.state is State.PENDING else f"is {known.state}"
    raise NotMovedError(f"Unit {unit_id} is not in quarantine: it {stands}.")


def release(store: Store, rules: MailRules, some: Sequence[Unit], said: Word) -> tuple[Unit, ...]:
    """Lets these out, all of them or none: the next run judges them, and holds at best. The units that now wait.

    Raises NotMovedError.
    """
    made = [_released(store, rules, unit) for unit in some]
    with store.transaction():
        for each in made:
            if each.mail is not None:
                mails.save_many(store, [each.mail])
            units.save_many(store, [each.unit])
            provenance.put_many(store, [each.origin])
            add(store, each.more, each.origins, said.at)
        out = [unit for each in made for unit in (each.unit, *each.more)]
        marked = [(unit.unit_id, [Finding(Place(""), LET_OUT, Severity.QUERY)]) for unit in out]
        findings.replace_many(store, marked)
        _note(store, some, RELEASED, said)
    return tuple(out)


def reject(store: Store, some: Sequence[Unit], said: Word) -> None:
    """Sets these aside for good. Their bytes stay, and so does the reason they came into quarantine, in the audit."""
    with store.transaction():
        units.save_many(store, [replace(unit, state=State.SET_ASIDE, reason=REJECTED, frozen=True) for unit in some])
        questions.drop_open(store, [unit.unit_id for unit in some])
        _note(store, some, REJECTED, said)


def _note(store: Store, some: Sequence[Unit], event: str, said: Word) -> None:
    lines = [audit.Line(said.at, said.who, event, f"{unit.reason}: {said.why}", unit_id=unit.unit_id) for unit in some]
    audit.append_many(store, lines)


@dataclass(frozen=True, slots=True)
class _Out:
    """One unit as it leaves, and what else its mail turned out to hold."""

    unit: Unit
    origin: Provenance
    mail: mails.Mail | None = None
    more: tuple[Unit, ...] = ()
    origins: tuple[Provenance, ...] = ()


def _released(store: Store, rules: MailRules, unit: Unit) -> _Out:
    if unit.reason not in RELEASES:
        raise NotMovedError(f"Unit {unit.unit_id} stays in quarantine. {ONLY_REJECT}")
    if unit.reason not in _WHOLE:
        return _Out(_waiting(unit), provenance.get_many(store, [unit.unit_id])[unit.unit_id])
    if fetched.cut_off(store, [unit.mail_sha256]):
        raise NotMovedError(f"Unit {unit.unit_id} stays in quarantine. {_CUT_OFF}")
    mail = opened(blobs.read(store, unit.mail_sha256), rules)
    if mail.reason not in ("", NOT_ONE_SENDER) or not mail.attachments:
        raise NotMovedError(f"Unit {unit.unit_id} stays in quarantine. {_still(mail)}")
    kept = mails.get_many(store, [unit.mail_sha256])[unit.mail_sha256]
    told = taken_apart(store.key, kept, replace(mail, reason=""))
    first, *more = told.units
    origin, *origins = told.origins
    return _Out(_waiting(first), origin, told.mail, tuple(more), tuple(origins))


def _waiting(unit: Unit) -> Unit:
    """A unit as one that nobody has judged."""
    # What is damaged within a mail that is let out is set apart by itself, and can be let out by itself.
    reason = unit.reason if unit.state is State.PENDING else ""
    return replace(
        unit, state=State.PENDING, reason=reason, frozen=False, judged_at=None, judged_under=None, reply=ReplyState.NONE
    )


def _still(mail: OpenedMail) -> str:
    """Why nothing would come of it."""
    match mail.reason:
        case "mail-past-a-limit":
            return "It is past the limits of the register still: raise them in the sheet Settings, or reject it."
        case "mail-not-readable":
            return "This version of the program cannot read it either: reject it, or ask for it again."
        case "mail-outlook-file":
            return "The extra msg is not installed: ask whoever looks after the program, or reject it."
        case _:
            return "There is no form in it: reject it."
