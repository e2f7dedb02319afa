"""Sender: whether who sent a form may speak for its school (submission.md, "Who sent it"; mail.md 15 to 19)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cluster_sheets.register.model import Register

if TYPE_CHECKING:
    from cluster_sheets.intake.arrived import Arrived


@dataclass(frozen=True, slots=True)
class Sender:
    """What is known of the one who sent a unit."""

    address: str
    """Empty: a file dropped without a mail."""
    verified: bool
    """By our own exchanger, or over a route where nobody else can drop files."""
    schools: tuple[str, ...] = ()
    """URNs it is registered for."""
    unclear: bool = False
    """It came by mail, and the mail does not name exactly one sender."""
    listed: bool = False
    """It came through a mailing list."""

    def school(self, named: Collection[str] = ()) -> str | None:
        """The school it surely speaks for, of those that a workbook names, or of all where it names none.

        Who speaks for several schools, as a trust's people do, speaks for none of them without being asked.
        """
        mine = [urn for urn in self.schools if not named or urn in named]
        return mine[0] if self.verified and len(mine) == 1 else None


def sender(
    register: Register,
    address: str,
    day: date,
    *,
    verified: bool,
    unclear: bool = False,
    listed: bool = False,
) -> Sender:
    """Who an address is on a day, by the register; people of a trust may send for each of its schools."""
    people = register.senders(address, day) if address else ()
    trusts = {member.trust for member in people if member.trust and not member.school_urn}
    of_trust = (
        tuple(urn for urn, school in register.schools.items() if school.trust_on(day) in trusts) if trusts else ()
    )
    schools = tuple(dict.fromkeys((*register.sender_schools(address, day), *of_trust))) if address else ()
    return Sender(address, verified, schools, unclear, listed)


def who_sent(register: Register, came: "Arrived", day: date) -> Sender:
    """Who sent what arrived, by the register of a day."""
    unclear = came.by_mail and not came.sender
    return sender(register, came.sender, day, verified=came.verified, unclear=unclear, listed=came.listed)


def unknown(told: Sender) -> bool:
    """Whether it is one address, its own, that the register holds for nobody: it may be told to remember it."""
    return bool(told.address) and not told.schools and not told.listed


def code(register: Register, told: Sender, urn: str | None) -> str:
    """The rule that a sender of the form of school ``urn`` breaks (None: no school is known), or nothing.

    A file without a mail has no sender: its stamp speaks for it.
    """
    doubt = _doubt(told, urn)
    if doubt or not told.address:
        return doubt
    domains = {domain.casefold() for each in told.schools for domain in register.schools[each].email_domains}
    domain = told.address.rpartition("@")[2].casefold()
    return "sender-domain-not-the-schools" if domains and domain not in domains else ""


def _doubt(told: Sender, urn: str | None) -> str:
    """Why it is open who sent it; the first that applies."""
    if told.unclear:
        return "sender-unclear"
    if not told.address:
        return ""
    if told.listed:
        return "sender-through-a-list"
    if not told.schools:
        return "sender-not-registered"
    if not told.verified:
        return "sender-not-verified"
    return "sender-of-another-school" if urn is not None and urn not in told.schools else ""
