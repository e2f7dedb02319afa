"""The commands and what each is for; a command's own module is imported when it is called."""
# ruff: noqa: ARG002 - click says what these methods take

import gc
from importlib import import_module

import click

from cluster_sheets import __version__

COMMANDS = {
    "init": ("workspace", "Make a workspace: the admin's folder, with the register in it."),
    "doctor": ("doctor", "Look whether all is well: the workspace, the register, mailboxes and mail server."),
    "issue": ("forms", "Make each school's numbered forms for a round."),
    "check": ("check", "Look at filled-in forms by hand, as the night would."),
    "fetch": ("fetch", "Take mail out of the mailboxes, for the night to look at."),
    "run": ("night", "Run the night: take in, check, answer, collate, reconcile."),
    "quarantine": ("quarantine", "Look at what was set apart unread; let it out or reject it."),
    "received": ("received", "Set when a submission came, where what the program took for it is not right."),
    "outbox": ("outbox", "Look at the answers to schools; send one once more, or never."),
    "panel": ("panel", "Release a panel workbook that is checked."),
    "leakcheck": ("leakcheck", "Search a file for all that tells whose request it is about."),
    "anonymise": ("anonymise", "Try on a text of your own what the panel would read of it."),
    "demo": ("demo", "Make an example workspace and walk it through a whole round."),
}
"""Name -> (module of this room, what it is for in one line)."""
EPILOG = """\b
Exit codes:
  0  done, and nobody is needed
  1  it failed, and nothing was published
  2  the words or the set-up are wrong
  3  done, and a person is needed
  4  another run holds the workspace
  5  done, but a mailbox or a mail server could not be reached
  6  stopped to be safe: money does not tie, a panel file would tell who it is, or the records were changed
"""


class Commands(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of a year's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"cluster_sheets.cli.{COMMANDS[cmd_name][0]}")
        if not gc.isenabled():
            # What is loaded by now stays until the end (__main__).
            gc.freeze()
            gc.enable()
        found: click.Command = getattr(module, cmd_name)
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, told) for name, (_, told) in COMMANDS.items()])


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="cluster-sheets", message="%(prog)s %(version)s")
def cli() -> None:
    """SEND cluster funding on spreadsheets, from a school's form to the reconciled statement."""
