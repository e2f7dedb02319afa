import os
import stat
from pathlib import Path

import pytest

from cluster_sheets.store import permission
from cluster_sheets.store.error import StoreError

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes of files are a matter of POSIX")


def test_what_is_made_is_its_owners_alone(tmp_path: Path) -> None:
    permission.make_folder(tmp_path / "private")
    permission.make_file(tmp_path / "private" / "a.db")
    permission.make_file(tmp_path / "private" / "a.db")
    made = (tmp_path / "private", tmp_path / "private" / "a.db")
    assert [stat.S_IMODE(each.stat().st_mode) for each in made] == [0o700, 0o600]


def test_a_file_open_to_others_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    permission.make_file(path)
    permission.check(path, permission.FILE)
    path.chmod(0o640)
    with pytest.raises(StoreError, match=r"^Others on this computer can open a\.db\. .* chmod 600 a\.db$"):
        permission.check(path, permission.FILE)
    path.chmod(0o400)
    permission.check(path, permission.FILE)
