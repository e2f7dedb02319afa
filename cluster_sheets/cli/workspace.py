"""``init``: a workspace, the admin's folder."""

from pathlib import Path

import click

from cluster_sheets.cli.guard import guarded
from cluster_sheets.cli.say import say
from cluster_sheets.night.workspace import init as made


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default="central")
def init(folder: Path) -> None:
    """Make a workspace in FOLDER (central, where none is named).

    It gets the pilot's register to start from: its people, addresses, dates and amounts are examples, marked so.
    Run again on a workspace that is there, it changes nothing.
    """
    with guarded():
        places = made(folder)
        say(f"The workspace is {folder.as_posix()}.")
        say(f"Next: open {places.register.as_posix()} in Excel and put your own people, meetings and budget in.")
        say(f"Mail: {places.config.as_posix()} says how it may come and go; as it stands, through folders.")
        say(f"Then: cluster-sheets issue -w {folder.as_posix()} --round CEN-2627-A1")
