"""What needs a person about replies: those nobody has, and why; by reference, never by a school's name."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from cluster_sheets.register.model import Register
from cluster_sheets.report.need import Need, When, plural
from cluster_sheets.store import nights, replies, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.replies import OutboxState, Reply

if TYPE_CHECKING:
    from cluster_sheets.replies.send import Sending

_MINUTES = 2
_MOST = 12
"""Messages that are listed one by one; the rest are counted."""
CALLED = {
    "receipt": "A receipt",
    "late": "A receipt for a later meeting",
    "mend": "A form sent back to be mended",
    "held": "A message about a form that is looked at",
    "refused": "A message about what could not be taken",
    "note": "A message",
}
"""What a kind of message is called in a sentence."""


def of_replies(store: Store, register: Register, as_of: datetime) -> Iterator[Need]:
    """Messages that nobody has, and will not have without a person."""
    yield from _without_address(store, register, as_of)
    yield from _not_again(store, register, as_of)
    yield from _unanswered(store, register, as_of)
    lost = replies.in_state(store, OutboxState.UNDELIVERABLE, OutboxState.FAILED)
    references = _references(store, lost[:_MOST])
    today = register.day_of(as_of)
    for each in lost[:_MOST]:
        do = f"See whose it is with: cluster-sheets outbox show {each.name}. Mend the address in the sheet Members."
        again = f" Then: cluster-sheets outbox retry {each.name}"
        yield Need(When.TODAY, references[each.message_id], _what(each), do + again, _MINUTES, today)
    more = len(lost) - _MOST
    if more > 0:
        what, do = f"{plural(more, 'more message')} like these.", "See all with: cluster-sheets outbox list"
        yield Need(When.TODAY, "private/outbox", what, do, more * _MINUTES, today)


def of_sending(told: "Sending") -> list[Need]:
    """What a run's sending has left for the next one; nothing of it is lost."""
    needs = []
    waits = (
        (told.over_run, "a run sends no more (replies_per_run)"),
        (told.over_day, "its school has had enough for one day (replies_per_sender_a_day)"),
        (told.put_off, "the mail server put it off"),
        (told.unsure, "the line broke, and nobody knows whether the mail server has it"),
    )
    for count, why in waits:
        if count:
            what = f"{plural(count, 'message')} {'waits' if count == 1 else 'wait'}: {why}."
            needs.append(Need(When.LATER, "private/outbox", what, "Nothing: the next run sends what waits.", 1))
    return needs


def _without_address(store: Store, register: Register, as_of: datetime) -> Iterator[Need]:
    if not replies.any_in(store, OutboxState.DUE):
        return
    from cluster_sheets.replies.stage import without_address

    count = without_address(store, register, as_of)
    if count:
        what = f"{plural(count, 'reply', 'replies')} cannot be addressed: a school or the cluster has no address."
        do = "Put the address into the sheet Members or Clusters; the next run writes what waits."
        yield Need(When.TODAY, "register.xlsx", what, do, count * _MINUTES, register.day_of(as_of))


def _not_again(store: Store, register: Register, as_of: datetime) -> Iterator[Need]:
    found = replies.not_told_again(store, nights.span(store, as_of))
    if found:
        days = plural(register.settings.whole("same_reply_after_days"), "day")
        they, was = ("It brings", "was") if len(found) == 1 else ("They bring", "were")
        what = f"{they} nothing new, and {was} not answered: the school was told the same less than {days} ago."
        do = "Nothing if that stops; if it goes on, ring the school: a program may be answering our messages."
        about = f"and {len(found) - 1} more" if len(found) > 1 else ""
        yield Need(When.LATER, f"Unit {found[0]}", what, do, 1, None, about)


def _unanswered(store: Store, register: Register, as_of: datetime) -> Iterator[Need]:
    """Requests that count, and whose school does not know: a program must not answer such mail (mail.md 9)."""
    found = units.unanswered_of_night(store, nights.span(store, as_of))
    if found:
        one = len(found) == 1
        what = (
            f"{plural(len(found), 'request')} {'is' if one else 'are'} complete and {'has' if one else 'have'} no"
            " receipt: the message is marked as sent by a program or through a list, and such mail is not answered."
        )
        where = ", ".join(each.application_ref or f"Unit {each.unit_id}" for each in found[:_MOST])
        about = f"and {len(found) - _MOST} more" if len(found) > _MOST else ""
        do = f"Tell {'its school that it has' if one else 'their schools that they have'} arrived."
        yield Need(When.TODAY, where, what, do, len(found) * _MINUTES, register.day_of(as_of), about)


def _what(reply: Reply) -> str:
    called = CALLED[reply.kind]
    if reply.state is OutboxState.UNDELIVERABLE:
        return f"{called} is undeliverable: it came back, and the school does not have it."
    answer = f" ({reply.answer})" if reply.answer else ""
    if reply.answer.startswith("5"):
        return f"{called} was refused by the mail server{answer}: the school does not have it."
    return f"{called} could not be sent in {plural(reply.attempts, 'run')}{answer}: the school does not have it."


def _references(store: Store, lost: tuple[Reply, ...]) -> dict[str, str]:
    """What each message is about: the application's reference, else the unit."""
    told = replies.told_of(store, [each.message_id for each in lost])
    known = units.get_many(store, {each.unit_id for many in told.values() for each in many})
    return {
        message_id: ", ".join(known[each.unit_id].application_ref or f"Unit {each.unit_id}" for each in many)
        for message_id, many in told.items()
    }
