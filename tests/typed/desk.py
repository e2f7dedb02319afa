"""A desk with LibreOffice on it: one office of the test run's own, and somebody who types into workbooks there."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.office import REQUIRED, ended

Step = tuple[str | int, ...]
_TYPIST = Path(__file__).with_name("typist.py")
_LONGEST = 300
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-GB</value>
</prop></item>
<item oor:path="/org.openoffice.Office.Calc/Input"><prop oor:name="ReplaceCellsWarning" oor:op="fuse">
<value>false</value></prop></item>
</oor:items>
"""
"""Dates are typed day first, as in Britain, and nobody is asked whether a paste may replace what is there."""


def _system_python() -> str:
    """A Python that knows UNO; empty where there is none."""
    for each in ("/usr/bin/python3", sys.executable):
        if Path(each).exists() and subprocess.run([each, "-c", "import uno"], capture_output=True).returncode == 0:
            return each
    return ""


PYTHON = _system_python() if shutil.which("soffice") else ""
needs_typist = pytest.mark.skipif(not PYTHON and not REQUIRED, reason="not installed: soffice with python3-uno")


@dataclass(frozen=True)
class Desk:
    """A running office."""

    folder: Path
    pipe: str

    def typed(self, data: bytes, steps: Sequence[Step]) -> bytes:
        """The workbook after somebody has taken these steps in it and saved it as .xlsx."""
        source, target = self.folder / "given.xlsx", self.folder / "saved.xlsx"
        source.write_bytes(data)
        target.unlink(missing_ok=True)
        job = {"pipe": self.pipe, "source": str(source), "target": str(target), "steps": steps}
        done = subprocess.run(
            [PYTHON, str(_TYPIST)], input=json.dumps(job).encode(), capture_output=True, timeout=_LONGEST
        )
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return target.read_bytes()


@contextmanager
def desk() -> Iterator[Desk]:
    """An office on a profile and a pipe of its own; it ends with the block, by its own process id."""
    with tempfile.TemporaryDirectory(prefix="cluster-sheets-desk-") as name:
        folder = Path(name)
        (folder / "user").mkdir()
        (folder / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        pipe = folder.name
        command = ["soffice", f"-env:UserInstallation={folder.as_uri()}", "--headless", "--norestore", "--nologo"]
        command += ["--nodefault", f"--accept=pipe,name={pipe};urp;"]
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            yield Desk(folder, pipe)
        finally:
            ended(process)
