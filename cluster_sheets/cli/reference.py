"""The page of commands in docs/: each command's own help, as it is printed.

``python -m cluster_sheets.cli.reference FILE`` writes it.
"""

import sys
from pathlib import Path

import click

from cluster_sheets.cli.main import COMMANDS, cli

_WIDTH = 100
_TOP = """# Commands

What `cluster-sheets --help` and each command's `--help` say. Human words go to stderr; with `--json` one document goes
to stdout. `python -m cluster_sheets` does what `cluster-sheets` does.
"""


def page() -> str:
    """The whole page, in Markdown."""
    parts = [_TOP, _told("cluster-sheets", cli)]
    for name in COMMANDS:
        context = click.Context(cli, info_name="cluster-sheets")
        command = cli.get_command(context, name)
        if command is not None:
            parts += _pages(f"cluster-sheets {name}", command)
    return "\n".join(parts)


def _pages(name: str, command: click.Command) -> list[str]:
    parts = [_told(name, command)]
    if isinstance(command, click.Group):
        for inner, each in command.commands.items():
            parts += _pages(f"{name} {inner}", each)
    return parts


def _told(name: str, command: click.Command) -> str:
    names = cli.context_settings["help_option_names"]
    context = click.Context(
        command, info_name=name, terminal_width=_WIDTH, max_content_width=_WIDTH, help_option_names=names
    )
    return f"## {name}\n\n```text\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
