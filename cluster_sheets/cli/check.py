"""``check``: filled-in forms looked at by hand."""

import json
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from cluster_sheets.base.finding import Finding, Severity
from cluster_sheets.cli import options
from cluster_sheets.cli.guard import guarded
from cluster_sheets.cli.say import document, say
from cluster_sheets.form.declared import Form
from cluster_sheets.night.by_hand import looked_at
from cluster_sheets.register.model import Register
from cluster_sheets.replies.scheme import scheme
from cluster_sheets.replies.told import Item, as_sent, items
from cluster_sheets.report.run import Exit
from cluster_sheets.store.places import Places
from cluster_sheets.verdict.submission import Submission

SHOWN = 20
"""Findings shown of one file; the rest are counted."""


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@options.workspace
@options.as_of
@options.as_json
def check(files: tuple[Path, ...], places: Places, as_of: datetime, as_json: bool) -> None:
    """Say of each FILE what the night would find in it, as if it came now; nothing is kept or answered.

    In a workspace its own register counts, and the marks of its forms are looked at; elsewhere the register that ships.
    """
    with guarded(), ExitStack() as stack:
        seen = looked_at(stack, places, [(path.name, path.read_bytes()) for path in files], as_of)
        told = [(each, _items(seen.form, seen.register, each, as_of)) for each in seen.submissions]
    if as_json:
        document(json.dumps([_as_json(seen.form, each) for each, _ in told], indent=2, ensure_ascii=False))
    else:
        for each, found in told:
            _show(each, found)
    to_mend = any(each.has(Severity.RETURN) or each.has(Severity.QUERY) for each, _ in told)
    raise SystemExit(Exit.NEEDED if to_mend else Exit.CLEAN)


def _items(form: Form, register: Register, each: Submission, as_of: datetime) -> tuple[Item, ...]:
    drawn = scheme(register, each.form.cluster if each.form else "", register.day_of(as_of))
    return items(form, each.findings, as_sent(form), drawn.told)


def _show(each: Submission, found: tuple[Item, ...]) -> None:
    counted = [sum(one.severity == severity for one in each.findings) for severity in Severity]
    words = ("to mend", "for the admin to look at", "only to tell you")
    heads = ", ".join(f"{count} {word}" for count, word in zip(counted, words, strict=True) if count)
    say(f"{each.arrived.file_name}: {heads or 'nothing to mend'}")
    for item in found[:SHOWN]:
        say(f"  {item.where or 'The file'}: {item.found}")
        say(f"      {item.mend}{f' For example: {item.example}' if item.example else ''}")
    if len(found) > SHOWN:
        say(f"  and {len(found) - SHOWN} more like these.")


def _as_json(form: Form, each: Submission) -> dict[str, Any]:
    return {
        "file": each.arrived.file_name,
        "findings": [
            {
                "sheet": found.place.sheet,
                "cell": found.place.cell,
                "field": found.field,
                "code": found.code,
                "severity": str(found.severity),
                "what": sentences[0],
                "mend": sentences[1],
            }
            for found in each.findings
            for sentences in (_sentences(form, found),)
        ],
    }


def _sentences(form: Form, found: Finding) -> tuple[str, str]:
    blanks = {**dict(found.detail), "cell": found.place.cell, "field": form.label(found.field)}
    return form.wording(found.code).told(blanks)
