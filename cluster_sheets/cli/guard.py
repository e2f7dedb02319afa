"""Guard: what stops a command becomes a sentence and the exit code that the help promises."""

from collections.abc import Iterator
from contextlib import contextmanager

from cluster_sheets.cli.say import say
from cluster_sheets.connect.error import ConfigError, UnreachableError
from cluster_sheets.form.error import DeclarationError
from cluster_sheets.night.workspace import BusyError, RegisterError
from cluster_sheets.report.run import Exit
from cluster_sheets.store.error import StoreBusyError, StoreError, disk_says


@contextmanager
def guarded(foreseen: type[Exception] = StoreError) -> Iterator[None]:
    """Ends the command with the right exit code, and a sentence, on anything foreseen, here or by the command."""
    try:
        yield
    except (BusyError, StoreBusyError) as busy:
        say(str(busy))
        raise SystemExit(Exit.BUSY) from busy
    except RegisterError as faulty:
        _tell(faulty)
        raise SystemExit(Exit.SET_UP) from faulty
    except UnreachableError as away:
        say(str(away))
        raise SystemExit(Exit.UNREACHABLE) from away
    except (StoreError, DeclarationError, ConfigError, foreseen) as wrong:
        say(str(wrong))
        raise SystemExit(Exit.SET_UP) from wrong
    except OSError as failed:
        say(disk_says(failed))
        raise SystemExit(Exit.FAILED) from failed


def _tell(faulty: RegisterError) -> None:
    from cluster_sheets.register.sheet import worded

    say(str(faulty))
    for found in faulty.findings:
        say(f"  {worded(found)}")
