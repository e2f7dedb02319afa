"""``demo``: a whole round on invented requests."""

from pathlib import Path

import click

from cluster_sheets.cli.guard import guarded
from cluster_sheets.cli.say import bars, say
from cluster_sheets.demo.play import SEED, SIZE, play


@click.command()
@click.option("--size", type=click.IntRange(12, 10_000), default=SIZE, show_default=True, help="Requests to invent.")
@click.option("--seed", type=int, default=SEED, show_default=True, help="Another number makes other requests.")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    default="demo-workspace",
    show_default=True,
    help="A folder that is not there yet, or an earlier demo's.",
)
def demo(size: int, seed: int, into: Path) -> None:
    """Make a workspace, fill in forms, run the nights, answer the questions, decide, and reconcile.

    Everything in it is invented and marked so.
    """
    with guarded(), bars() as progress:
        code = play(into, size, seed, say, progress)
    raise SystemExit(code)
