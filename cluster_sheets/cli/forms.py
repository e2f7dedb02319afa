"""``issue``: each school's forms for a round."""

import json
from datetime import datetime

import click

from cluster_sheets.cli import options
from cluster_sheets.cli.guard import guarded
from cluster_sheets.cli.say import bars, document, say
from cluster_sheets.night.workspace import opened, rehearsed
from cluster_sheets.replies.issue import IssueError, examples
from cluster_sheets.replies.issue import issue as issued
from cluster_sheets.report.need import plural
from cluster_sheets.store.places import Places


@click.command()
@options.workspace
@click.option("--round", "round_id", required=True, help="The cluster meeting the forms are for, such as CEN-2627-A1.")
@click.option(
    "--forms", "how_many", type=click.IntRange(1, 99), help="Forms for each school; else as the settings say."
)
@click.option("--school", "urns", multiple=True, metavar="URN", help="Only this school; may be given again.")
@options.as_of
@options.dry_run
@options.as_json
def issue(
    places: Places,
    round_id: str,
    how_many: int | None,
    urns: tuple[str, ...],
    as_of: datetime,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make each school's numbered forms for a round, filled in with what the register knows.

    They lie in private/templates, one folder a round. Made again, those that nobody has sent back show what the
    register says now, and the others stay as they are; a higher --forms adds more.
    """
    with guarded(IssueError), rehearsed(places, dry_run) as at, opened(at, as_of) as night, bars() as progress:
        made = issued(
            night.store,
            at,
            night.register,
            night.form,
            round_id,
            as_of,
            how_many=how_many,
            urns=urns,
            progress=progress,
        )
        told = [at.told(path) for path in made.paths]
        unreal = examples(night.register)
    if as_json:
        document(json.dumps({"round": round_id, "forms": told, "anew": made.anew, "stay": made.stay}, indent=2))
    folder = (places.templates(round_id)).as_posix()
    if unreal:
        people = "1 person of the register is" if unreal == 1 else f"{unreal} people of the register are"
        say(f"{people} still EXAMPLE: put the real ones into the sheet Members before a form goes out.")
    are = "would be" if dry_run else "is" if len(told) == 1 else "are"
    say(f"{plural(len(told), 'form')} {are} in {folder}. E-mail each school its own.")
    if made.anew:
        written = "would be written" if dry_run else "is written" if made.anew == 1 else "are written"
        say(f"{made.anew} of them {written} anew, as the register has changed: send what you sent before once more.")
    if made.stay:
        have = "has come back already and stays as it is" if made.stay == 1 else "have come back already and stay"
        say(f"{made.stay} that would read otherwise now {have}{'' if made.stay == 1 else ' as they are'}.")
