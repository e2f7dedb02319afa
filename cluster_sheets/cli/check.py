"""``check``: filled-in forms looked at by hand."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from cluster_sheets.base.finding import Severity
from cluster_sheets.cli import options
from cluster_sheets.cli.guard import guarded
from cluster_sheets.cli.say import document, say
from cluster_sheets.form.declared import Form
from cluster_sheets.night.by_hand import looked_at
from cluster_sheets.register.model import Register
from cluster_sheets.replies.scheme import scheme
from cluster_sheets.replies.told import Item, as_sent, items, sentences
from cluster_sheets.report.run import Exit
from cluster_sheets.store.places import Places
from cluster_sheets.verdict.submission import Submission

SHOWN = 20
"""Things shown of one file; the rest are counted."""
HEADS = {
    Severity.RETURN: "to mend",
    Severity.QUERY: "for the admin to look at",
    Severity.NOTE: "only to tell you",
}


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--all", "every", is_flag=True, help=f"Show every thing that is found, not the first {SHOWN} of a file.")
@options.workspace
@options.as_of
@options.as_json
@click.pass_context
def check(
    ctx: click.Context, files: tuple[Path, ...], every: bool, places: Places, as_of: datetime, as_json: bool
) -> None:
    """Say of each FILE what the night would find in it, as if it came now; nothing is kept or answered.

    Of a saved message (.eml, or .msg where that can be read) the forms in it are looked at.
    In a workspace its own register counts, and the marks of its forms are looked at; elsewhere the register that ships.
    """
    _refuse_a_folder_without_a_workspace(ctx, places)
    with guarded(), ExitStack() as stack:
        seen = looked_at(stack, places, [(path.name, path.read_bytes()) for path in files], as_of)
        words = [_words(seen.register, each, as_of) for each in seen.submissions]
        told = list(zip(seen.submissions, words, strict=True))
    if as_json:
        listed = [_as_json(seen.form, each, drawn) for each, drawn in told]
        document(json.dumps(listed, indent=2))
    else:
        for each, drawn in told:
            found = items(seen.form, each.findings, as_sent(seen.form), drawn, to_admin=True)
            _show(each.arrived.file_name, found, None if every else SHOWN)
    to_mend = any(each.has(Severity.RETURN) or each.has(Severity.QUERY) for each in seen.submissions)
    raise SystemExit(Exit.NEEDED if to_mend else Exit.CLEAN)


def _refuse_a_folder_without_a_workspace(ctx: click.Context, places: Places) -> None:
    """A folder that somebody named must be a workspace: else the wrong register would count, and nobody would know."""
    if ctx.get_parameter_source("places") is not ParameterSource.DEFAULT and not places.register.exists():
        say(f"There is no workspace in {places.root}: it has no {places.register.name}. Leave -w out to check without.")
        raise SystemExit(Exit.SET_UP)


def _words(register: Register, each: Submission, as_of: datetime) -> Callable[[str], str]:
    return scheme(register, each.form.cluster if each.form else "", register.day_of(as_of)).told


def _show(file_name: str, found: tuple[Item, ...], most: int | None) -> None:
    groups = {severity: [each for each in found if each.severity == severity] for severity in Severity}
    heads = ", ".join(f"{len(group)} {HEADS[severity]}" for severity, group in groups.items() if group)
    say(f"{_on_one_line(file_name)}: {heads or 'nothing to mend'}")
    left = len(found) if most is None else most
    for severity, group in groups.items():
        if group[:left] and len([one for one in groups.values() if one]) > 1:
            say(f" {HEADS[severity][:1].upper()}{HEADS[severity][1:]}:")
        for item in group[:left]:
            say(f"  {_on_one_line(item.where) or 'The file'}: {_on_one_line(item.found)}")
            say(f"      {item.mend}{f' For example: {item.example}' if item.example else ''}")
        left = max(0, left - len(group))
    if most is not None and len(found) > most:
        say(f"  and {len(found) - most} more: --all shows them.")


def _on_one_line(told: str) -> str:
    """What somebody typed may not look like a line of ours."""
    return told.replace("\r\n", "\n").replace("\n", "\\n")


def _as_json(form: Form, each: Submission, words: Callable[[str], str]) -> dict[str, Any]:
    return {
        "file": each.arrived.file_name,
        "findings": [
            {
                "sheet": found.place.sheet,
                "cell": found.place.cell,
                "field": found.field,
                "code": found.code,
                "severity": str(found.severity),
                "what": what,
                "mend": mend,
                "example": example,
            }
            for found in each.findings
            for what, mend, example in (sentences(form, found, found.place.cell, words),)
        ],
    }
