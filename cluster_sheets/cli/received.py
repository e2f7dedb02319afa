"""``received``: the admin says when a submission came, where what the program took for it is not right."""

from collections.abc import Sequence
from datetime import datetime

import click

from cluster_sheets.cli import options
from cluster_sheets.cli.by_hand import as_document, changes, changing, word_of
from cluster_sheets.cli.say import DRY_RUN, say
from cluster_sheets.store.places import Places


@click.command()
@options.workspace
@click.argument("submissions", nargs=-1, required=True, metavar="SUBMISSION...")
@click.option(
    "--at",
    "told",
    required=True,
    metavar="MOMENT",
    help="When it came, such as 2026-10-01T16:50; by the clock of the scheme, where no zone is given.",
)
@changes
def received(
    places: Places,
    submissions: Sequence[str],
    told: str,
    who: str,
    why: str,
    as_of: datetime,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Set when each SUBMISSION came; all of them or none.

    Name it by its reference, such as CEN-2627-0017, or by the beginning of its unit's id. The next run works out what
    follows as if it had come then: which meeting it counts for, whether it is late, and which version of a form is
    the newest. It is refused once a meeting has decided.
    """
    from cluster_sheets.verdict.meeting import moment_in_words
    from cluster_sheets.verdict.received import meant, moment_told, set_received

    with changing(places, as_of, dry_run) as night:
        zone = night.register.zone
        at = moment_told(night.register, told, night.as_of)
        some = list({unit.unit_id: unit for unit in (meant(night.store, each) for each in submissions)}.values())
        new = set_received(night.store, night.register, some, at, word_of(night, who, why))
    if as_json:
        as_document([unit.unit_id for unit in new])
    for unit in some:
        name = unit.application_ref or f"Unit {unit.unit_id}"
        if unit in new:
            say(f"Set: {name} counts as received at {moment_in_words(at, zone)}.")
            say(f"  So far it was {moment_in_words(unit.received_at, zone)}.")
        else:
            say(f"{name} counts as received at {moment_in_words(at, zone)} already: nothing to set.")
    if new:
        say(DRY_RUN if dry_run else "The next run takes it from here.")
