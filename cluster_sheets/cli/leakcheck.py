"""``leakcheck``: the last gate of the panel's files, asked by hand."""

import json
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

import click

from cluster_sheets.anonymise.known import Finder
from cluster_sheets.anonymise.leak import UNREADABLE, Leak, leaks
from cluster_sheets.anonymise.stage import own_of_all
from cluster_sheets.cli import options
from cluster_sheets.cli.guard import guarded
from cluster_sheets.cli.say import document, say
from cluster_sheets.form.shipped import workbook
from cluster_sheets.night.workspace import REGISTER, RegisterError, opened
from cluster_sheets.register.read import register_of
from cluster_sheets.report.run import Exit
from cluster_sheets.store.places import Places


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.workspace
@options.as_of
@options.as_json
def leakcheck(files: tuple[Path, ...], places: Places, as_of: datetime, as_json: bool) -> None:
    """Search each FILE (.xlsx, .docx, PDF, .eml) for all that tells whose request it is about.

    In a workspace: schools, people, numbers and addresses of its register and of every application in it; elsewhere of
    the register that ships. It says what stands where, never the words. Of a mail all headers are searched but whom
    it goes to, of a mail inside it those too. Exit code 6 where anything is found, and where a file, or a charset in
    it, can't be looked into.
    """
    with guarded(), ExitStack() as stack:
        finder, own = _known(stack, places, as_of)
        found = {path: _told_of(path, finder, own) for path in files}
    if as_json:
        document(json.dumps([_as_json(*each) for each in found.items()], indent=2))
    else:
        for path, told in found.items():
            say(f"{path.name}: {'nothing found' if not told else ''}".rstrip())
            for leak in told:
                say(f"  {leak.told()}")
    raise SystemExit(Exit.INTEGRITY if any(found.values()) else Exit.CLEAN)


def _told_of(path: Path, finder: Finder, own: frozenset[str]) -> tuple[Leak, ...]:
    """What a file tells; one that the disk does not give costs the others nothing."""
    try:
        data = path.read_bytes()
    except OSError:
        return UNREADABLE
    return leaks(data, finder, own)


def _known(stack: ExitStack, places: Places, as_of: datetime) -> tuple[Finder, frozenset[str]]:
    if places.register.exists():
        night = stack.enter_context(opened(places, as_of))
        return night.finder, own_of_all(night.store, night.form)
    say(f"There is no workspace in {places.root}: only what the register that ships knows is looked for.")
    register, faults = register_of(workbook(REGISTER), REGISTER)
    if register is None:
        raise RegisterError(faults)
    return Finder.of(register), frozenset()


def _as_json(path: Path, told: tuple[Leak, ...]) -> dict[str, object]:
    return {"file": path.name, "leaks": [{"what": each.what, "part": each.part, "cell": each.where} for each in told]}
