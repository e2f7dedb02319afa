"""What the terminal shows: words and progress bars on stderr; stdout is for ``--json`` only."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from cluster_sheets.base.progress import Progress, silent


def say(text: str = "") -> None:
    """A line of human words."""
    click.echo(text, err=True)


def document(text: str) -> None:
    """The one JSON document."""
    click.echo(text.rstrip("\n"))


@contextmanager
def bars() -> Iterator[Progress]:
    """Progress bars on a terminal; silence anywhere else."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description:<32}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=Console(stderr=True)) as drawn:
        tasks: dict[str, TaskID] = {}

        def told(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = drawn.add_task(what, total=of)
            drawn.update(tasks[what], completed=done, total=of)

        yield told
