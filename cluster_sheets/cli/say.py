"""What the terminal shows: words and progress bars on stderr; stdout is for ``--json`` only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.base.text import spelt_out

_above: list[Callable[[str], object]] = []
"""Says a line above the bars, while bars are drawn."""


DRY_RUN = "This was a dry run: the workspace is as it was."


def say(text: str = "") -> None:
    """A line of human words. What others wrote into it moves no cursor and turns no text round."""
    plain = spelt_out(text)
    if _above:
        _above[-1](plain)
    else:
        click.echo(plain, err=True)


def document(text: str) -> None:
    """The one JSON document."""
    click.echo(text.rstrip("\n"))


@contextmanager
def bars() -> Iterator[Progress]:
    """Progress bars on a terminal, gone once a thing is done; silence anywhere else."""
    if not sys.stderr.isatty():
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True, highlight=False, markup=False)
    columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bars(*columns, console=console, transient=True) as drawn:
        tasks: dict[str, TaskID] = {}

        def told(what: str, done: int, of: int) -> None:
            if done >= of:
                if what in tasks:
                    drawn.remove_task(tasks.pop(what))
                return
            if what not in tasks:
                tasks[what] = drawn.add_task(what, total=of)
            drawn.update(tasks[what], completed=done, total=of)

        _above.append(console.print)
        try:
            yield told
        finally:
            _above.pop()
