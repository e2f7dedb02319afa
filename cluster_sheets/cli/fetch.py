"""``fetch``: mail out of mailboxes, by day."""

import json
from datetime import datetime

import click

from cluster_sheets.cli import options
from cluster_sheets.cli.guard import guarded
from cluster_sheets.cli.say import bars, document, say
from cluster_sheets.night.workspace import opened, rehearsed
from cluster_sheets.report.need import plural
from cluster_sheets.report.run import Exit
from cluster_sheets.store.places import Places


@click.command()
@options.workspace
@options.as_of
@options.dry_run
@options.as_json
def fetch(places: Places, as_of: datetime, dry_run: bool, as_json: bool) -> None:
    """Take mail out of the mailboxes that cluster-sheets.toml names, and keep it for the night to look at.

    The night does so itself; by day it settles when a message came. Nothing is moved, marked or deleted in a mailbox.
    """
    from cluster_sheets.connect.config import Kind, config, ready
    from cluster_sheets.intake.fetch import fetch as fetched
    from cluster_sheets.intake.limits import limits

    with guarded(), rehearsed(places, dry_run) as at, opened(at, as_of) as night, bars() as progress:
        set_up = config(places)
        ready(set_up)
        # What lies in folders comes no earlier by being looked at twice.
        routes = [route for route in set_up.routes if route.kind is not Kind.FOLDER]
        told = fetched(night.store, routes, limits(night.register.settings.whole), as_of, progress)
    if as_json:
        lines = list(told.unreachable.values())
        counts = {"mailboxes": told.looked_at, "new": told.new, "left": told.left, "unreachable": lines}
        document(json.dumps(counts, indent=2))
    if not routes:
        lies = "the folders that it names and in inbox" if set_up.routes else "inbox"
        say(f"No mailbox is set up in {places.config.name}: the night takes in what lies in {lies}.")
    else:
        would = "would be kept" if dry_run else "kept"
        say(f"{plural(told.looked_at, 'mailbox', 'mailboxes')} looked into, {plural(told.new, 'new message')} {would}.")
    if told.left:
        say(f"{plural(told.left, 'message')} could not be taken out: the mail server does not give what it has.")
    for sentence in told.unreachable.values():
        say(sentence)
    raise SystemExit(Exit.UNREACHABLE if told.unreachable else Exit.NEEDED if told.left else Exit.CLEAN)
