import subprocess
import sys
from pathlib import Path

import pytest

from cluster_sheets.connect.config import Access, Kind, Route
from cluster_sheets.intake.routes.choose import source

LOADS = """
import sys
from pathlib import Path
from cluster_sheets.connect.config import Access, Kind, Route
from cluster_sheets.intake.routes.choose import source
source(Route(Kind.MAILDIR, Access(Path("/")), path=Path("/nowhere")))
print(*sys.modules)
"""


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Kind.IMAP, "ImapSource"),
        (Kind.GRAPH, "GraphSource"),
        (Kind.MAILDIR, "MaildirSource"),
        (Kind.MBOX, "MboxSource"),
        (Kind.FOLDER, "FolderSource"),
    ],
)
def test_each_kind_has_its_source(kind: Kind, name: str) -> None:
    assert type(source(Route(kind, Access(Path("/")), path=Path("/nowhere")))).__name__ == name


def test_a_maildir_loads_nothing_of_what_other_ways_take() -> None:
    told = subprocess.run([sys.executable, "-c", LOADS], capture_output=True, text=True, check=True).stdout
    assert not {"imaplib", "ssl", "requests", "msal", "mailbox"} & set(told.split())
