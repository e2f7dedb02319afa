"""What the terminal shows: words and progress bars on stderr; stdout is for ``--json`` only."""

import os
import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath

import click

from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.base.text import spelt_out

_above: list[Callable[[str], object]] = []
"""Says a line above the bars, while bars are drawn."""


ON_WINDOWS = os.name == "nt"
_PARTS_WORDS = " &()^;,=%!'`"
"""What a path may hold on Windows that ends a word there, or means something else."""

DRY_RUN = "This was a dry run: the workspace is as it was."


def say(text: str = "") -> None:
    """A line of human words. What others wrote into it moves no cursor and turns no text round."""
    plain = spelt_out(text)
    if _above:
        _above[-1](plain)
    else:
        click.echo(plain, err=True)


def typed(path: PurePath) -> str:
    """A path as it is typed into a command: in quotes where it holds a space or what a shell would take for its own."""
    told = path.as_posix()
    if ON_WINDOWS:
        return f'"{told}"' if any(sign in told for sign in _PARTS_WORDS) else told
    return shlex.quote(told)


def document(text: str) -> None:
    """The one JSON document, in ASCII: what others wrote into it moves no cursor and turns no text round."""
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
