"""By hand: what the commands share by which a person looks into the workspace, and changes what became of something."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from cluster_sheets.cli import options
from cluster_sheets.cli.guard import guarded
from cluster_sheets.cli.say import document
from cluster_sheets.store.places import Places

if TYPE_CHECKING:
    from cluster_sheets.night.workspace import Night
    from cluster_sheets.verdict.word import Word

_WHO = click.option(
    "--by", "who", required=True, envvar="CLUSTER_SHEETS_BY", help="Your name; it is kept in the audit."
)
_WHY = click.option("--why", required=True, help="Why, in a few words without a name; they are kept in the audit.")


def changes(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options of one that changes something: who, why, the clock, a dry run, JSON."""
    for option in (options.as_json, options.dry_run, options.as_of, _WHY, _WHO):
        command = option(command)
    return command


@contextmanager
def at_work(places: Places, as_of: datetime) -> Iterator["Night"]:
    """The workspace, under its lock; what cannot be done ends the command with a sentence."""
    from cluster_sheets.night.workspace import opened
    from cluster_sheets.verdict.word import NotDoneError

    with guarded(NotDoneError), opened(places, as_of) as night:
        yield night


@contextmanager
def changing(places: Places, as_of: datetime, dry_run: bool) -> Iterator["Night"]:
    """The same, or a copy of it where nothing is to be changed."""
    from cluster_sheets.night.workspace import rehearsed

    with guarded(), rehearsed(places, dry_run) as at, at_work(at, as_of) as night:
        yield night


def word_of(night: "Night", who: str, why: str) -> "Word":
    """The person's word. Raises NotDoneError."""
    from cluster_sheets.verdict.word import word

    return word(night.finder, who, why, night.as_of)


def as_document(told: Any) -> None:
    """Says as JSON a list of dataclasses or of plain values."""
    import json

    document(json.dumps([each if isinstance(each, str) else asdict(each) for each in told], indent=2))
