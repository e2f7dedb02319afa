"""Workspaces with a full inbox, made once and copied for each test; all that is in them is invented."""

import hashlib
import shutil
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from cluster_sheets.demo import deliver
from cluster_sheets.demo.forms import Forms
from cluster_sheets.demo.play import CLUSTER, KEY, START
from cluster_sheets.demo.requests import Fate, rounds, samples
from cluster_sheets.night import init, opened
from cluster_sheets.night.quiet import NOTE
from cluster_sheets.register.make import made as register_workbook
from cluster_sheets.store import file
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from tests.store.dump import dump


@cache
def _full(size: int) -> tuple[Path, datetime]:
    root = Path(mkdtemp(prefix="cluster-sheets-night-")) / "central"
    places = init(root, register=register_workbook({"mail_authserv_name": deliver.EXCHANGER}), key=KEY)
    with opened(places, START) as night:
        register = night.register
        meeting = rounds(register, CLUSTER, START)[0]
        asked = [each for each in samples(register, size, 1, CLUSTER, START) if each.fate != Fate.LATE]
        forms = Forms()
        forms.issue(night, asked, meeting.meeting_id, START)
    at = meeting.closes_at - timedelta(hours=20)
    came = [*deliver.delivered(asked, forms.filled, register, CLUSTER)]
    came += deliver.extras(asked, forms.filled, register, CLUSTER, at)
    file.write_many(places.inbox, came, file.OPEN_TO_GROUP)
    return root, at


def full(into: Path, size: int = 14) -> tuple[Places, datetime]:
    """A workspace whose inbox waits for its first night, and the moment of that night."""
    root, at = _full(size)
    shutil.copytree(root, into)
    return Places(into), at


def state(places: Places) -> str:
    """All that a workspace holds: both databases as text, and the bytes of every file people see."""
    with Store.open(places.root) as store:
        told = dump(store)
    return told + "\n".join(f"{name} {sha256}" for name, sha256 in sorted(files(places).items()))


def files(places: Places) -> dict[str, str]:
    """Sha256 of every file of a workspace but databases, their journals, what is sealed and the note of the last night.

    The note counts commits, and so knows of a night that was killed; of what the night came to it says nothing.
    """
    return {
        path.relative_to(places.root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in places.root.rglob("*")
        if path.is_file() and path.suffix not in (".db", ".lock") and "-journal" not in path.name and path.name != NOTE
    }
