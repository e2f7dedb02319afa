import os
from pathlib import Path

import pytest

from cluster_sheets.connect.config_place import fault_of_path, lies_within

HOLDS = "holds the workspace itself: name a folder beside it"
INBOX = "lies in inbox, which is looked into each night anyway: leave this way in out"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("central", HOLDS),
        ("central/private/..", HOLDS),
        (".", HOLDS),
        ("..", HOLDS),
        ("central/inbox", INBOX),
        ("central/INBOX/Monday", INBOX),
        *(
            (f"central/{path}", f"lies in {own}, where the program keeps its own: name a folder beside the workspace")
            for path, own in (
                ("private", "private"), ("private/outbox", "private"), ("panel/CEN-2627-A1", "panel"),
                ("finance", "finance"), ("reports", "reports"),
            )
        ),
        ("central/OneDrive", ""),
        ("central/OneDrive/private", ""),
        ("central 2", ""),
        ("OneDrive/inbox", ""),
    ],
)  # fmt: skip
def test_nothing_comes_from_where_the_program_keeps_its_own(tmp_path: Path, path: str, said: str) -> None:
    assert fault_of_path(tmp_path / path, tmp_path / "central") == said


def test_a_workspace_named_from_where_one_stands_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert fault_of_path(tmp_path / "central", Path("central")) == HOLDS


@pytest.mark.skipif(os.name == "nt", reason="links want a right of their own there")
def test_a_link_leads_where_it_leads(tmp_path: Path) -> None:
    (tmp_path / "central" / "private").mkdir(parents=True)
    (tmp_path / "drop").symlink_to(tmp_path / "central" / "private")
    assert fault_of_path(tmp_path / "drop", tmp_path / "central").startswith("lies in private")


@pytest.mark.parametrize("folder", ["Held", "Done/2026", ".done", "Zu prüfen", "Done, 100% & more"])
def test_a_folder_may_lie_within(folder: str) -> None:
    assert lies_within(folder)


@pytest.mark.parametrize(
    "folder",
    [
        "..", "../out", "Done/../../out", "/srv/x", "C:/x", "C:x", "Done\\2026", ".", "./Held", "Held/", "a//b",
        "Held ", "Held.", "",
    ],
)  # fmt: skip
def test_a_folder_that_leads_out_or_is_called_otherwise_by_the_system_does_not(folder: str) -> None:
    assert not lies_within(folder)
