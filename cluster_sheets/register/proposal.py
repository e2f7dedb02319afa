"""Proposal: addresses that the admin wants remembered, as lines to be copied into the register (mail.md 18).

In: held submissions that were accepted with the word to remember where they came from; the register as it is.
Out: private/review/register-proposal.xlsx. Once a line stands in the register, it is gone from here.
Never: writes into the register: that is the admin's own, and changes by the admin's hand only.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime

from cluster_sheets import __version__
from cluster_sheets.register.model import Register, School
from cluster_sheets.store import permission, provenance, questions, seen_files
from cluster_sheets.store.database import Store
from cluster_sheets.store.file import PRIVATE, write_whole
from cluster_sheets.store.places import Places

MADE = "proposal-made"
_NUMBERED = re.compile(r"(\D*)(\d+)")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One line for the sheet Members."""

    member_id: str
    """The next that is free."""
    address: str
    school: School
    since: date
    """The day the admin said so."""


def proposals(store: Store, register: Register) -> tuple[Proposal, ...]:
    """The lines that are still to be copied, in the order they were asked for."""
    said = questions.answered_so(store, questions.REMEMBER)
    if not said:
        return ()
    origins = provenance.get_many(store, [unit_id for unit_id, _ in said])
    wanted: dict[tuple[str, str], datetime] = {}
    for unit_id, at in said:
        address, urn = origins[unit_id].sender.casefold(), origins[unit_id].urn or ""
        if address and urn in register.schools:
            wanted.setdefault((address, urn), at)
    missing = [(address, urn, at) for (address, urn), at in wanted.items() if not _is_known(register, address, urn)]
    prefix, first = _next_id(register)
    return tuple(
        Proposal(f"{prefix}{first + number:03d}", address, register.schools[urn], register.day_of(at))
        for number, (address, urn, at) in enumerate(missing)
    )


def write_proposal(store: Store, places: Places, register: Register, as_of: datetime) -> None:
    """Writes the workbook where its lines have changed; what was typed beside an address stays with it."""
    found, path = proposals(store, register), places.proposal
    there = path.read_bytes() if path.exists() else None
    if not found and there is None:
        return
    content = hashlib.sha256(repr((__version__, found)).encode()).hexdigest()
    if there is not None and seen_files.last_read(store, MADE, path.name) == content:
        return
    # Drawing brings XlsxWriter in: only where there is something to draw.
    from cluster_sheets.register.proposal_draw import drawn, typed

    data = drawn(found, typed(there) if there is not None else {})
    permission.make_folder(path.parent)
    write_whole(path, data, PRIVATE)
    with store.transaction():
        seen_files.was_read(store, MADE, path.name, content, as_of)


def _is_known(register: Register, address: str, urn: str) -> bool:
    """Whether the register holds the address for the school already, whatever the days of it."""
    trusts = register.schools[urn].trusts
    return any(
        each.email.casefold() == address and (each.school_urn == urn or (each.trust in trusts and not each.school_urn))
        for each in register.members
    )


def _next_id(register: Register) -> tuple[str, int]:
    """What the ids of members begin with, and the number after the highest."""
    found = [_NUMBERED.fullmatch(each.member_id) for each in register.members]
    numbers = [(each[1], int(each[2])) for each in found if each]
    prefix = numbers[0][0] if numbers else "M"
    return prefix, max((number for before, number in numbers if before == prefix), default=0) + 1
