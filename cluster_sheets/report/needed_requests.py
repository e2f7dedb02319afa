"""What needs a person about requests that no meeting hears yet, or that would fare otherwise by now; by reference."""

from collections.abc import Iterator
from datetime import datetime

from cluster_sheets.register.model import Register
from cluster_sheets.report.need import Need, When, plural
from cluster_sheets.store import applications, cases, questions, units
from cluster_sheets.store.database import Store
from cluster_sheets.verdict.listed import would_go_back

_EACH, _MINUTES = 12, 2
"""So many are told one by one, the rest are counted; minutes that one takes."""


def of_requests(store: Store, register: Register, as_of: datetime, *, finished: bool = True) -> Iterator[Need]:
    """Those that stay held, those in no pack, those that would go back; not ``finished``: the night stopped."""
    if finished:
        yield from _held_still(store, register, as_of)
        yield from _homeless(store)
    yield from _would_go_back(store)


def _held_still(store: Store, register: Register, as_of: datetime) -> Iterator[Need]:
    """Held submissions that the admin has answered already, and that no meeting can hear yet."""
    held = units.held(store)
    said = questions.of_units(store, [each.unit_id for each in held]) if held else ()
    waits = sorted({each.unit_id for each in said if each.kind == "held" and each.answer})
    if waits:
        one = len(waits) == 1
        what = (
            f"You have answered, and {'it stays' if one else 'they stay'} held: no meeting to come can hear"
            f" {'it, or it names' if one else 'them, or they name'} no one school of the register."
        )
        about = f"and {len(waits) - 1} more" if not one else ""
        do = "Put the next meeting into register.xlsx, Meetings. If one is there: ask the school for its own form."
        by = register.day_of(as_of)
        yield Need(When.TODAY, f"Unit {waits[0]}", what, do, len(waits) * _MINUTES, by, about)


def _homeless(store: Store) -> Iterator[Need]:
    """Accepted applications that no meeting will hear."""
    found = cases.without_pack(store)
    asked = applications.get_many(store, found[:_EACH])
    for ref in found[:_EACH]:
        meeting = asked[ref].meeting
        do = f"Run the night again: it waits for {meeting}."
        if meeting is None:
            do = "Put the next meeting into register.xlsx, Meetings."
        yield Need(When.LATER, ref, "It is accepted, and in no meeting's pack yet.", do, _MINUTES)
    more = len(found) - _EACH
    if more > 0:
        yield Need(When.LATER, "The packs", f"{plural(more, 'more request')} like these.", "Do the same.", _MINUTES)


def _would_go_back(store: Store) -> Iterator[Need]:
    """Accepted requests that would be held or go back, as the register and their meeting are now."""
    found = would_go_back(store)
    for reference in list(found)[:_EACH]:
        codes = ", ".join(found[reference])
        what = f"Accepted; by the register and its meeting as they are now it would be held or go back ({codes})."
        yield Need(When.LATER, reference, what, "Tell the chair if that matters; it stays accepted.", _MINUTES)
    more = len(found) - _EACH
    if more > 0:
        do = "See docs/findings.md for what each code means."
        yield Need(When.LATER, "The register", f"{plural(more, 'more request')} like these.", do, more * _MINUTES)
