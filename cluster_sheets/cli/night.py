"""``run``: the night."""

from datetime import datetime

import click

from cluster_sheets.cli import options
from cluster_sheets.cli.guard import guarded
from cluster_sheets.cli.say import DRY_RUN, bars, document, say
from cluster_sheets.night.order import run as ran
from cluster_sheets.night.workspace import rehearsed
from cluster_sheets.report.summary import summary
from cluster_sheets.store.places import Places


@click.command()
@options.workspace
@options.as_of
@options.dry_run
@options.as_json
def run(places: Places, as_of: datetime, dry_run: bool, as_json: bool) -> None:
    """Take in what came, check it, answer the schools, collate the pack, keep the ledger and reconcile.

    Safe to run again at any time: what is done already is not done twice.
    """
    with guarded(), rehearsed(places, dry_run) as at, bars() as progress:
        told = ran(at.root, as_of, progress=progress)
    if as_json:
        document(told.to_json())
    say(summary(told, places))
    if dry_run:
        say(DRY_RUN)
    raise SystemExit(told.exit_code)
