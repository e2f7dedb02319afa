"""``panel release``: a checked pack goes out."""

from datetime import datetime

import click

from cluster_sheets.cli import options
from cluster_sheets.cli.guard import guarded
from cluster_sheets.cli.say import say
from cluster_sheets.night.workspace import IntegrityError, must_be_whole, opened, rehearsed
from cluster_sheets.report.control import controls, left_apart
from cluster_sheets.report.run import Exit
from cluster_sheets.store.places import Places


@click.group()
def panel() -> None:
    """The panel workbook of a meeting."""


@panel.command()
@options.workspace
@click.option("--meeting", required=True, help="The meeting, such as CEN-2627-A1.")
@options.as_of
@options.dry_run
def release(places: Places, meeting: str, as_of: datetime, dry_run: bool) -> None:
    """Release the panel workbook of a meeting.

    It must be CHECKED, and is searched once more for everything that would tell who it is about. Exit code 6 where
    that is found, where the audit or the databases are not whole, and while a control total of the money does not tie.
    """
    from cluster_sheets.anonymise.leak import LeakError
    from cluster_sheets.money.reckon import stands
    from cluster_sheets.panel.release import NotReadyError
    from cluster_sheets.panel.release import release as released
    from cluster_sheets.store import packs

    with guarded(), rehearsed(places, dry_run) as at, opened(at, as_of) as night:
        if night.register.meeting(meeting) is None:
            known = ", ".join(each.meeting_id for each in night.register.meetings)
            say(f"The register has no meeting {meeting}. It has: {known or 'none yet'}.")
            raise SystemExit(Exit.SET_UP)
        try:
            if apart := left_apart(controls(stands(night.store, night.register, as_of))):
                raise IntegrityError(
                    f"The ledger does not tie ({apart}), so nothing is released: see the statement in finance."
                )
            must_be_whole(night.store)
            pack = released(night.store, at, night.register, night.form, lambda: night.finder, meeting, as_of)
        except NotReadyError as early:
            say(str(early))
            raise SystemExit(Exit.NEEDED) from early
        except (IntegrityError, LeakError) as stop:
            say(str(stop))
            raise SystemExit(Exit.INTEGRITY) from stop
        newest = packs.current(night.store, meeting)
        if newest is not None and newest.version != pack.version:
            say(f"It was gone and is written again as it was. For version {newest.version} type the same once more.")
        say(f"Released: {pack.path}{' (a dry run: nothing was changed)' if dry_run else ''}")
