"""The demo, played once a test run and looked at by many tests: its workspace, and every workbook it ever showed."""

import io
import shutil
import zipfile
from atexit import register as at_exit
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from cluster_sheets.demo.play import SEED, play
from cluster_sheets.report.run import Exit
from cluster_sheets.store.places import Places

SIZE = 24
_SHOWN = ("panel/*/*.xlsx", "finance/*.xlsx", "reports/*/*.xlsx", "private/review/*.xlsx")


@dataclass(frozen=True)
class Played:
    """What a demo left."""

    places: Places
    versions: Mapping[str, tuple[bytes, ...]]
    """Each workbook by its path in the workspace: every version that lay there after a step, the earliest first."""
    said: tuple[str, ...]
    """What the demo told."""

    def workbooks(self, start: str) -> dict[str, bytes]:
        """Every version of the workbooks whose path begins so, by path and version."""
        return {
            f"{path} ({number})": data
            for path, found in self.versions.items()
            if path.startswith(start)
            for number, data in enumerate(found, start=1)
        }

    def marked_up(self) -> dict[str, bytes]:
        """The copies that went back to schools, by the mail they are in."""
        return {
            mail.name: part.get_content()
            for mail in sorted(self.places.outbox.rglob("*.eml"))
            for part in message_from_bytes(mail.read_bytes(), policy=default).iter_attachments()
            if str(part.get_filename()).endswith(".xlsx")
        }


@cache
def played(size: int = SIZE, seed: int = SEED) -> Played:
    """The demo of that size."""
    folder = Path(mkdtemp(prefix="cluster-sheets-demo-"))
    at_exit(shutil.rmtree, folder, ignore_errors=True)
    root = folder / "central"
    versions: dict[str, list[bytes]] = {}
    said: list[str] = []

    def look(words: str) -> None:
        said.append(words)
        for path in _workbooks(root):
            found = versions.setdefault(path.relative_to(root).as_posix(), [])
            data = path.read_bytes()
            if data not in found:
                found.append(data)

    code = play(root, size, seed, look)
    assert code == Exit.CLEAN, said
    return Played(Places(root), {path: tuple(found) for path, found in sorted(versions.items())}, tuple(said))


def _workbooks(root: Path) -> Iterator[Path]:
    for pattern in _SHOWN:
        yield from sorted(root.glob(pattern))


def parts(data: bytes) -> dict[str, bytes]:
    """Every part of a workbook, unzipped."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
