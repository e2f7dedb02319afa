"""``quarantine``: what was set apart unread; a person looks at it, and lets it out or rejects it."""

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from cluster_sheets.cli import options
from cluster_sheets.cli.by_hand import as_document, at_work, changes, changing, word_of
from cluster_sheets.cli.say import DRY_RUN, say
from cluster_sheets.report.need import plural
from cluster_sheets.store.places import Places

if TYPE_CHECKING:
    from cluster_sheets.night.workspace import Night
    from cluster_sheets.store.units import Unit
    from cluster_sheets.verdict.set_apart import Apart

_UNITS: Callable[..., Any] = click.argument("ids", nargs=-1, required=True, metavar="UNIT...")
_ONLY_HERE = "Who sent it and what is in it are told on a terminal only, so that no log holds them."


@click.group()
def quarantine() -> None:
    """What was set apart unread, and what becomes of it.

    The bytes and the reason are kept whatever is done.
    """


@quarantine.command("list")
@click.option("--letters", is_flag=True, help="List the messages that came without a form instead; the newest last.")
@options.workspace
@options.as_of
@options.as_json
def list_(letters: bool, places: Places, as_of: datetime, as_json: bool) -> None:
    """List what is in quarantine: when it came, why it is there, and what can be done."""
    from cluster_sheets.store import units

    with at_work(places, as_of) as night:
        some = units.letters(night.store) if letters else units.quarantined(night.store)
        found = _apart(night, some)
    if as_json:
        as_document(found)
    if not found:
        say("No message came without a form." if letters else "Nothing is in quarantine.")
        return
    say(f"{plural(len(found), 'message')} without a form." if letters else f"{len(found)} in quarantine.")
    for each in found:
        say()
        _tell(each)
    say()
    say("To see who sent one: cluster-sheets quarantine show UNIT")


@quarantine.command()
@options.workspace
@_UNITS
@options.as_of
@options.as_json
def show(places: Places, ids: Sequence[str], as_of: datetime, as_json: bool) -> None:
    """Show each UNIT: who claims to have sent it, its subject and its files, and why it is there.

    The first figures of a unit's id are enough. Of a message that came without a form, its words are shown too; that
    wants the whole id, as the report has it.
    """
    from cluster_sheets.intake.rules import MailRules
    from cluster_sheets.verdict.set_apart import claims, shown

    with at_work(places, as_of) as night:
        some = list({unit.unit_id: unit for unit in (shown(night.store, each) for each in ids)}.values())
        told = _apart(night, some)
        seen = [claims(night.store, MailRules.of(night.register.settings), unit) for unit in some]
    if as_json:
        as_document(told)
    for each, said in zip(told, seen, strict=True):
        _tell(each)
        if not sys.stderr.isatty():
            say(f"  {_ONLY_HERE}")
            continue
        say(f"  From:    {said.sender}")
        say(f"  Subject: {said.subject}")
        for name, size in said.files:
            say(f"  File:    {name} ({size:,} bytes)")
        if not said.files:
            say("  Files:   none that were opened")
        for line in said.words.splitlines():
            say(f"  | {line}")


@quarantine.command()
@options.workspace
@_UNITS
@changes
def release(
    places: Places, ids: Sequence[str], who: str, why: str, as_of: datetime, dry_run: bool, as_json: bool
) -> None:
    """Let each UNIT out, to be judged by the next run; all of them or none.

    It counts for nothing by that: whatever the next run finds it good for is held, until you accept it in the review
    workbook. What was refused as unsafe is never opened, and stays.
    """
    from cluster_sheets.intake.rules import MailRules
    from cluster_sheets.verdict import quarantine as out

    with changing(places, as_of, dry_run) as night:
        some = _found(night, ids)
        told = _apart(night, some)
        waiting = out.release(night.store, MailRules.of(night.register.settings), some, word_of(night, who, why))
    if as_json:
        as_document([unit.unit_id for unit in waiting])
    for each in told:
        say(f"Let out: {each.unit_id}. {each.then}")
    _after(dry_run)


@quarantine.command()
@options.workspace
@_UNITS
@changes
def reject(
    places: Places, ids: Sequence[str], who: str, why: str, as_of: datetime, dry_run: bool, as_json: bool
) -> None:
    """Reject each UNIT for good; all of them or none. Nobody is written to.

    If the same file comes again in a sound message, it is looked at afresh.
    """
    from cluster_sheets.verdict import quarantine as out

    with changing(places, as_of, dry_run) as night:
        some = _found(night, ids)
        out.reject(night.store, some, word_of(night, who, why))
    if as_json:
        as_document([unit.unit_id for unit in some])
    for unit in some:
        say(f"Rejected: {unit.unit_id}. Its bytes are kept.")
    _after(dry_run)


def _found(night: "Night", ids: Sequence[str]) -> list["Unit"]:
    from cluster_sheets.verdict.quarantine import found

    some = [found(night.store, each) for each in ids]
    return list({unit.unit_id: unit for unit in some}.values())


def _apart(night: "Night", some: Sequence["Unit"]) -> list["Apart"]:
    from cluster_sheets.verdict.set_apart import apart

    return [apart(night.register, night.form, unit) for unit in some]


def _tell(each: "Apart") -> None:
    say(f"{each.unit_id}  came {each.came}")
    say(f"  {each.why}")
    say(f"  {'To release it' if each.can_release else 'To do'}: {each.then}")


def _after(dry_run: bool) -> None:
    say(DRY_RUN if dry_run else "The next run takes it from here.")
