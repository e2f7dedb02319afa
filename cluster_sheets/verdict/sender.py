"""Sender: whether who sent a form may speak for its school (submission.md, "Who sent it"; mail.md 15 to 19)."""

from dataclasses import dataclass
from datetime import date

from cluster_sheets.register.model import Register


@dataclass(frozen=True, slots=True)
class Sender:
    """What is known of the one who sent a unit."""

    address: str
    """Empty: a file dropped without a mail."""
    verified: bool
    """By our own exchanger, or over a route where nobody else can drop files."""
    schools: tuple[str, ...] = ()
    """URNs it is registered for."""

    @property
    def school(self) -> str | None:
        """The school it surely speaks for, where its form does not say."""
        return self.schools[0] if self.verified and self.schools else None


def sender(register: Register, address: str, day: date, *, verified: bool) -> Sender:
    """Who an address is on a day, by the register; people of a trust may send for each of its schools."""
    people = register.senders(address, day) if address else ()
    trusts = {member.trust for member in people if member.trust and not member.school_urn}
    of_trust = tuple(urn for urn, school in register.schools.items() if school.trust in trusts) if trusts else ()
    schools = tuple(dict.fromkeys((*register.sender_schools(address, day), *of_trust))) if address else ()
    return Sender(address, verified or register.settings.flag("folder_trusted"), schools)


def code(register: Register, told: Sender, urn: str | None) -> str:
    """The rule that a sender of the form of school ``urn`` breaks (None: no school is known), or nothing.

    A file without a mail has no sender: its stamp speaks for it.
    """
    if not told.address:
        return ""
    if not told.schools:
        return "sender-not-registered"
    if not told.verified:
        return "sender-not-verified"
    if urn is not None and urn not in told.schools:
        return "sender-of-another-school"
    domains = {domain.casefold() for each in told.schools for domain in register.schools[each].email_domains}
    domain = told.address.rpartition("@")[2].casefold()
    return "sender-domain-not-the-schools" if domains and domain not in domains else ""
