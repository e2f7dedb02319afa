"""``init``: a workspace, the admin's folder."""

from datetime import datetime
from pathlib import Path

import click

from cluster_sheets.cli import options
from cluster_sheets.cli.guard import guarded
from cluster_sheets.cli.say import say, typed
from cluster_sheets.night.workspace import init as made
from cluster_sheets.register.read import register
from cluster_sheets.store.places import Places


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default="central")
@options.as_of
def init(folder: Path, as_of: datetime) -> None:
    """Make a workspace in FOLDER (central, where none is named).

    It gets the pilot's register to start from: its people, addresses, dates and amounts are examples, marked so.
    Run again on a workspace that is there, it changes nothing.
    """
    with guarded():
        places = made(folder)
        say(f"The workspace is {folder.as_posix()}.")
        say(f"Next: open {places.register.as_posix()} in Excel and put your own people, meetings and budget in.")
        say(f"Mail: {places.config.as_posix()} says how it may come and go; as it stands, through folders.")
        say(f"Then: {_then(places, as_of)}")


def _then(places: Places, as_of: datetime) -> str:
    """The command that makes forms for the next round; another act where the register has none, or is faulty."""
    told, _ = register(places.register)
    if told is None:
        return f"cluster-sheets doctor -w {typed(places.root)} says what to mend in the register."
    ahead = told.open_rounds(as_of)
    if not ahead:
        return "put the next meeting into the register, sheet Meetings: it has none that forms can still come for."
    return f"cluster-sheets issue -w {typed(places.root)} --round {ahead[0].meeting_id}"
