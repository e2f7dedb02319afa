"""``anonymise``: a text tried by hand, as the night would anonymise it."""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cluster_sheets.anonymise.by_text import ByText, Given, GivenError, why
from cluster_sheets.anonymise.kinds import KEEP, KINDS
from cluster_sheets.anonymise.redact import BOX, Redacted
from cluster_sheets.anonymise.span import Span
from cluster_sheets.cli import options
from cluster_sheets.cli.guard import guarded
from cluster_sheets.cli.say import document, say
from cluster_sheets.form.shipped import workbook
from cluster_sheets.night.workspace import REGISTER, RegisterError
from cluster_sheets.register.model import Register
from cluster_sheets.register.read import register as read_register
from cluster_sheets.register.read import register_of
from cluster_sheets.report.run import Exit

if TYPE_CHECKING:
    from cluster_sheets.anonymise.tagger import SpacyTagger


@click.group()
def anonymise() -> None:
    """Try on a text of your own what the panel would read of it."""


@anonymise.command("text")
@click.option(
    "--register",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The register whose schools and people are known; else the one that ships.",
)
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout, also of a plain text.")
@click.option("--explain", is_flag=True, help="Show each text marked, with why each stretch was taken out.")
@click.option(
    "--tagger",
    metavar="MODEL",
    help="Give a model of spaCy a vote on names: its package, or its folder, such as ./en_core_web_sm.",
)
@options.as_of
def text(path: Path | None, as_json: bool, explain: bool, tagger: str | None, as_of: datetime) -> None:
    """Anonymise what stands on stdin: one plain text, or JSON Lines; as if every proposal to the admin were taken.

    \b
    A line of JSON in:
      {"id": 1, "known": {"school": "", "partner_schools": [], "people": [], "emails": []}, "text": "..."}
    Out:
      {"id": 1, "text": "...", "spans": [{"start", "end", "type", "reason", "certainty"}],
       "review": [{"start", "end", "reason"}]}

    Places count characters of the text as given. Certainty is 1 of what is known, 0.5 of what the admin would be asked.
    Nothing is kept. A plain text is shown as the panel would read it; of a line that can't be read stderr says why, and
    the others are answered (exit code 2).
    """  # noqa: D301 - click's mark for lines as they stand
    with guarded():
        by_text = ByText(_register(path), as_of.year, _tagger(tagger) if tagger is not None else None)
    typed = sys.stdin.buffer.read().decode("utf-8-sig", "replace")
    as_lines = typed.lstrip().startswith("{")
    unread = 0
    for number, given in _given(typed, as_lines=as_lines):
        if isinstance(given, GivenError):
            say(f"Line {number} is left out: {given}.")
            unread += 1
        elif explain or not (as_json or as_lines):
            _show(given, by_text.redacted(given), explain=explain)
        else:
            document(json.dumps(by_text.told(given)))
    raise SystemExit(Exit.SET_UP if unread else Exit.CLEAN)


def _register(path: Path | None) -> Register:
    register, faults = read_register(path) if path else register_of(workbook(REGISTER), REGISTER)
    if register is None:
        raise RegisterError(faults)
    return register


def _tagger(named: str) -> "SpacyTagger":
    from cluster_sheets.anonymise.tagger import found

    tagger = found(named, Path.cwd(), "--tagger")
    tagger.load()
    return tagger


def _given(typed: str, *, as_lines: bool) -> Iterator[tuple[int, Given | GivenError]]:
    if not as_lines:
        yield 1, Given(1, typed.rstrip("\n"))
        return
    for number, line in enumerate(typed.split("\n"), start=1):
        if line.strip():
            try:
                yield number, Given.of(json.loads(line))
            except GivenError as wrong:
                yield number, wrong
            except (ValueError, RecursionError):
                yield number, GivenError("it is no JSON: one whole object stands on each line")


def _show(given: Given, found: Redacted, *, explain: bool) -> None:
    if not explain:
        click.echo(found.texts.get(BOX, ""))
        return
    click.echo("".join(_marked(given.text, found.spans)))
    for number, span in enumerate(found.spans, start=1):
        asked = "" if span.sure else " The admin is asked."
        click.echo(f"  {number}  {given.text[span.start : span.stop]!r}: {why(span)}{asked}")
    for doubt in found.doubts:
        if KINDS[doubt.kind].proposal == KEEP:
            click.echo(f"  ?  {doubt.words!r}: {why(doubt.spans[0])} It stays; the admin is asked.")


def _marked(typed: str, spans: tuple[Span, ...]) -> Iterator[str]:
    place = 0
    for number, span in enumerate(spans, start=1):
        yield typed[place : span.start]
        yield click.style(f"[{typed[span.start : span.stop]}]", reverse=True) + f"{number}"
        place = span.stop
    yield typed[place:]
