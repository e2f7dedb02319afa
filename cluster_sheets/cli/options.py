"""Options that several commands share, and what they turn words into."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from cluster_sheets.store.places import Places

_FIRST_YEAR, _LAST_YEAR = 1900, 9900
"""Well within what a clock can tell: deadlines, council years and time zones lie around a moment."""


class Moment(click.ParamType[datetime]):
    """An ISO moment such as 2026-10-02T02:00; without a zone it is taken as UTC."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The aware moment."""
        if isinstance(value, datetime):
            return value
        try:
            read = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value} is no moment: write it like 2026-10-02T02:00", param, ctx)
        if not _FIRST_YEAR <= read.year <= _LAST_YEAR:
            told = f"{value} is too long ago or too far ahead: give a moment of the years {_FIRST_YEAR} to {_LAST_YEAR}"
            self.fail(told, param, ctx)
        return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


workspace: Callable[..., Any] = click.option(
    "-w",
    "--workspace",
    "places",
    default="central",
    show_default=True,
    envvar="CLUSTER_SHEETS_WORKSPACE",
    callback=lambda *given: Places(Path(given[2])),
    help="The admin's folder.",
)
as_of: Callable[..., Any] = click.option(
    "--as-of",
    type=Moment(),
    default=lambda: datetime.now(UTC).replace(microsecond=0),
    show_default="now",
    help="The clock: tell a night as of this moment, such as 2026-10-02T02:00 (UTC where no zone is given).",
)
as_json: Callable[..., Any] = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
dry_run: Callable[..., Any] = click.option(
    "--dry-run", is_flag=True, help="Try it on a copy of the workspace, and leave the workspace as it is."
)
