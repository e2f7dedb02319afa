"""A browser, driven by the tests: what an HTML page looks like, and whether it fits on a narrow screen.

Started for one page at a time with a profile of its own, and ended by its own process id. A test that calls this is
marked ``real`` and ``needs_browser``.
"""

import os
import re
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome")
PROGRAM = next((found for name in _NAMES if (found := shutil.which(name))), "")
REQUIRED = bool(os.environ.get("CLUSTER_SHEETS_REQUIRE_REAL"))
_SECONDS = 120
_MEASURE = "<script>document.title = document.documentElement.scrollWidth + ' ' + window.innerWidth</script>"

needs_browser = pytest.mark.skipif(not PROGRAM and not REQUIRED, reason="not installed: chromium")
"""Skips where there is no browser; where real programs are required, the test runs, and fails."""


def picture(html: str, width: int, height: int) -> bytes:
    """The top of a page as a PNG."""
    with TemporaryDirectory() as folder:
        target = Path(folder) / "page.png"
        _ran(Path(folder), html, f"--window-size={width},{height}", f"--screenshot={target}")
        return target.read_bytes()


def widths(html: str, width: int) -> tuple[int, int]:
    """(how wide the page is, how wide the window is it is looked at in)."""
    page = html.replace("</body>", f"{_MEASURE}</body>")
    with TemporaryDirectory() as folder:
        told = _ran(Path(folder), page, f"--window-size={width},900", "--dump-dom")
    found = re.search(r"<title>(\d+) (\d+)</title>", told)
    assert found is not None, told
    return int(found[1]), int(found[2])


def _ran(folder: Path, html: str, *words: str) -> str:
    page = folder / "page.html"
    page.write_text(html, encoding="utf-8")
    # No sandbox: the page is ours, and a container has none to give.
    command = [PROGRAM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
               f"--user-data-dir={folder / 'profile'}", *words, page.as_uri()]  # fmt: skip
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdout=pipe, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        told, _ = process.communicate(timeout=_SECONDS)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    assert process.returncode == 0
    return told.decode()
