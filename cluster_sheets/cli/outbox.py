"""``outbox``: the answers to schools, how far each has come; one is sent once more, or never."""

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from cluster_sheets.cli import options
from cluster_sheets.cli.by_hand import as_document, at_work, changes, changing, word_of
from cluster_sheets.cli.say import DRY_RUN, say
from cluster_sheets.store.places import Places
from cluster_sheets.store.replies import OutboxState

if TYPE_CHECKING:
    from cluster_sheets.night.workspace import Night
    from cluster_sheets.replies.outbox import Listed
    from cluster_sheets.store.replies import Reply

_MESSAGES: Callable[..., Any] = click.argument("names", nargs=-1, required=True, metavar="MESSAGE...")
_ONLY_HERE = "Whom it goes to is told on a terminal only, so that no log holds it."
_DONE = (OutboxState.SENT, OutboxState.CANCELLED)


@click.group()
def outbox() -> None:
    """The answers to schools, and how far each has come.

    A MESSAGE is called after its file in private/outbox, such as 2026-10-01-receipt-CEN-2627-0017-v1. The beginning
    of that is enough, or the reference of an application, where only one message is meant.
    """


@outbox.command("list")
@options.workspace
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice([str(each) for each in OutboxState]),
    help="Only messages that have come just so far; may be given again. Else all but those sent or cancelled.",
)
@options.as_of
@options.as_json
def list_(places: Places, states: Sequence[str], as_of: datetime, as_json: bool) -> None:
    """List messages by how far they have come, what each is about, and what the mail server last said."""
    from cluster_sheets.replies.outbox import listed
    from cluster_sheets.store import replies

    wanted = [OutboxState(each) for each in states] or [each for each in OutboxState if each not in _DONE]
    with at_work(places, as_of) as night:
        found = listed(night.store, replies.in_state(night.store, *wanted))
    if as_json:
        as_document(found)
    if not found:
        say("No message has come just so far." if states else "No message waits: all are sent or cancelled.")
        return
    for state in wanted:
        some = [each for each in found if each.state == state]
        if some:
            say(f"{len(some)} {state}: {some[0].how_far}")
        for each in some:
            say(f"  {each.name}{f'  ({_tried(each)})' if each.attempts else ''}")


@outbox.command()
@options.workspace
@_MESSAGES
@options.as_of
@options.as_json
def show(places: Places, names: Sequence[str], as_of: datetime, as_json: bool) -> None:
    """Show each MESSAGE: what it is about, how far it has come, and on a terminal whom it goes to."""
    from cluster_sheets.replies.outbox import listed, to_whom

    with at_work(places, as_of) as night:
        some = _found(night, names)
        told = listed(night.store, some)
        whom = [to_whom(night.store, night.register, each, as_of) for each in some]
    if as_json:
        as_document(told)
    for reply, each, to in zip(some, told, whom, strict=True):
        say(each.name)
        say(f"  About:   {', '.join(each.about)}")
        say(f"  State:   {each.state} ({each.how_far})")
        say(f"  Verdict: {each.judged_at}")
        if each.attempts:
            say(f"  Tried:   {_tried(each)}{f', sent {each.sent_at}' if each.sent_at else ''}")
        say(f"  File:    private/{reply.path}")
        if sys.stderr.isatty():
            say(f"  School:  {to.school or 'not in the register any more'}")
            say(f"  To:      {to.address or 'no address in the sheet Members'}")
        else:
            say(f"  {_ONLY_HERE}")


@outbox.command()
@options.workspace
@_MESSAGES
@changes
def retry(
    places: Places, names: Sequence[str], who: str, why: str, as_of: datetime, dry_run: bool, as_json: bool
) -> None:
    """Have each MESSAGE written and sent once more by the next run; all of them or none.

    For one that was refused, came back, was cancelled or waits for you to send it. It goes to the address that the
    register has by then, so mend that first.
    """
    from cluster_sheets.replies import outbox as kept

    with changing(places, as_of, dry_run) as night:
        again = kept.retry(night.store, _found(night, names), word_of(night, who, why))
        told = kept.listed(night.store, again)
    _tell(told, "Written and sent by the next run", dry_run=dry_run, as_json=as_json)


@outbox.command()
@options.workspace
@_MESSAGES
@changes
def cancel(
    places: Places, names: Sequence[str], who: str, why: str, as_of: datetime, dry_run: bool, as_json: bool
) -> None:
    """Have each MESSAGE never sent; all of them or none. Its file leaves private/outbox.

    The verdict stands; only nobody is told of it, so tell the school yourself.
    """
    from cluster_sheets.replies import outbox as kept

    with changing(places, as_of, dry_run) as night:
        cancelled = kept.cancel(night.store, night.places, _found(night, names), word_of(night, who, why))
        told = kept.listed(night.store, cancelled)
    _tell(told, "Cancelled", dry_run=dry_run, as_json=as_json)


def _tell(told: Sequence["Listed"], what: str, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        as_document(told)
    for each in told:
        say(f"{what}: {each.name}")
    if dry_run:
        say(DRY_RUN)


def _tried(each: "Listed") -> str:
    times = "once" if each.attempts == 1 else f"in {each.attempts} runs"
    return f"tried {times}{f', the server said {each.answer}' if each.answer else ''}"


def _found(night: "Night", names: Sequence[str]) -> list["Reply"]:
    from cluster_sheets.replies.outbox import found

    some = [found(night.store, each) for each in names]
    return list({each.message_id: each for each in some}.values())
