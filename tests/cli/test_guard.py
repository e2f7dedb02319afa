import pytest

from cluster_sheets.cli.guard import guarded
from cluster_sheets.connect.error import ConfigError, UnreachableError
from cluster_sheets.form.error import DeclarationError
from cluster_sheets.night.workspace import BusyError
from cluster_sheets.replies.issue import IssueError
from cluster_sheets.report.run import Exit
from cluster_sheets.store.error import StoreBusyError, StoreError


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (BusyError("held"), Exit.BUSY),
        (StoreBusyError("held"), Exit.BUSY),
        (StoreError("gone"), Exit.SET_UP),
        (ConfigError("cluster-sheets.toml:3: host is missing."), Exit.SET_UP),
        (UnreachableError("Nothing answers at imap.example:993"), Exit.UNREACHABLE),
        (DeclarationError("schemas/application.toml:12: no such kind"), Exit.SET_UP),
        (IssueError("no such round"), Exit.SET_UP),
    ],
)
def test_what_is_foreseen_becomes_a_sentence_and_its_code(
    raised: Exception, code: Exit, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended, guarded(IssueError):
        raise raised
    assert (ended.value.code, capsys.readouterr().err) == (code, f"{raised}\n")


def test_a_mistake_of_ours_is_not_hidden() -> None:
    with pytest.raises(ZeroDivisionError), guarded():
        raise ZeroDivisionError


def test_a_full_disk_is_told_in_a_sentence_without_the_name_of_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended, guarded():
        raise OSError(28, "No space left on device", "private/outbox/EXAMPLE school.eml")
    assert (ended.value.code, capsys.readouterr().err) == (
        Exit.FAILED,
        "The disk can't be used (No space left on device): look at it, then run again. What was kept is not lost.\n",
    )
