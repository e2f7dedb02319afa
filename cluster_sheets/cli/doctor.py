"""``doctor``: whether all is well."""

import json
from datetime import datetime

import click

from cluster_sheets.cli import options
from cluster_sheets.cli.guard import guarded
from cluster_sheets.cli.say import document, say
from cluster_sheets.report.run import Exit
from cluster_sheets.store.places import Places

MARKS = {Exit.CLEAN: "well", Exit.NEEDED: "LOOK", Exit.UNREACHABLE: "AWAY", Exit.SET_UP: "MEND", Exit.INTEGRITY: "STOP"}


@click.command()
@options.workspace
@options.as_of
@options.as_json
def doctor(places: Places, as_of: datetime, as_json: bool) -> None:
    """Look whether all is well, and say what to do where it is not; nothing is changed.

    Each mailbox is really opened, and the mail server really signed in to: a login that works proves neither. Both
    databases and every line of the audit are read. It ends with 0 where all is well, 6 where these are not whole, 2
    where something is to be mended here, 5 where a server could not be reached, and 3 where a person should look.
    """
    from cluster_sheets.night.doctor import ORDER, looked_over

    with guarded():
        found = []
        for each in looked_over(places, as_of):
            found.append(each)
            first, *more = each.said.splitlines()
            say(f"{MARKS[each.code]}  {each.what}: {first}")
            for line in more:
                say(f"      {line}")
    code = min((each.code for each in found), key=ORDER.index)
    if as_json:
        told = [{"what": each.what, "mark": MARKS[each.code].lower(), "said": each.said} for each in found]
        document(json.dumps({"exit_code": int(code), "found": told}, indent=2))
    raise SystemExit(code)
