"""Odd workbooks and mails that others keep for their own tests: what of them lies on this machine.

None of them is kept here. Every installed package is looked through, the tests of Python itself too; more is taken from
the folders that CLUSTER_SHEETS_ODD_FILES names (a colon between them, or what the system has for it), such as the
unpacked sources of packages that read workbooks or mails (python-calamine, oletools, msoffcrypto-tool, mail-parser):

    pip download --no-deps --no-binary :all: --no-clean oletools
    CLUSTER_SHEETS_ODD_FILES=~/odd python -m pytest tests/hostile/test_public.py
    python -m tests.hostile.public       # says what would be used
"""

import importlib.util
import os
import sysconfig
from collections.abc import Iterator, Mapping
from pathlib import Path

FOLDERS = "CLUSTER_SHEETS_ODD_FILES"
_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlam", ".xls", ".xlsb", ".ods", ".ots", ".fods", ".xlt", ".xla")
_MAILS = (".eml", ".mime", ".msg", ".mbox")
_MOST = 400
"""Files of one source."""
_LARGEST = 20 * 1024 * 1024


def sources() -> Mapping[str, tuple[Path, ...]]:
    """Files of each source, by what it is called; none that has no file."""
    found = {
        "Python's own mails": tuple(_of_python()),
        "installed packages": tuple(_odd(Path(sysconfig.get_path("purelib")))),
    }
    for folder in filter(None, os.environ.get(FOLDERS, "").split(os.pathsep)):
        found[folder] = tuple(_odd(Path(folder).expanduser()))
    return {name: files[:_MOST] for name, files in found.items() if files}


def _of_python() -> Iterator[Path]:
    spec = importlib.util.find_spec("test")
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        yield from sorted(Path(folder, "test_email", "data").glob("msg_*.txt"))


def _odd(folder: Path) -> Iterator[Path]:
    """Workbooks and mails below a folder, each content once."""
    for path in sorted(folder.rglob("*")):
        named = path.suffix.lower() in (*_WORKBOOKS, *_MAILS) or "mail_test" in path.name
        ours = "cluster_sheets" in path.parts
        if named and not ours and path.is_file() and path.stat().st_size <= _LARGEST:
            yield path


if __name__ == "__main__":
    for name, files in sources().items():
        print(f"{len(files):4} from {name}")  # noqa: T201 - that is what it is for
