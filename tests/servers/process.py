"""Programs the servers are: whether they are here, started in a session of their own, ended by their own id."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

REQUIRED = bool(os.environ.get("CLUSTER_SHEETS_REQUIRE_REAL"))
IS_ROOT = hasattr(os, "getuid") and os.getuid() == 0
_PATIENCE = 20.0
"""Seconds a server may take to greet, on a machine that does other things as well."""


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skips a test where one of these programs is missing; where real ones are required, the test runs, and fails."""
    missing = [program for program in programs if not found(program)]
    return pytest.mark.skipif(bool(missing) and not REQUIRED, reason=f"not installed: {', '.join(missing)}")


def found(program: str) -> bool:
    """Whether a program is here; one that only root's path names as well, or a file by its path."""
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") is not None


def free_ports(count: int) -> list[int]:
    """So many ports that nothing listens on."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]


def greeting(port: int) -> bytes:
    """The first line a server says; nothing where there is none."""
    try:
        with socket.create_connection(("127.0.0.1", port), 1) as connection:
            connection.settimeout(1)
            return connection.recv(200)
    except OSError:
        return b""


class Process:
    """One server program, between its greeting and its end."""

    def __init__(self, command: Sequence[str], log: Path, env: Mapping[str, str] | None = None, **who: Any) -> None:
        self._log = log
        self._said = log.with_name(f"{log.name}.said").open("wb")
        streams: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": self._said, "stderr": self._said}
        how: dict[str, Any] = {"start_new_session": True, "env": env, **streams, **who}
        self._process: subprocess.Popen[bytes] = subprocess.Popen(command, **how)

    def wait_for(self, is_up: Callable[[], bool]) -> None:
        """Waits for its greeting. RuntimeError with what it said, where none comes."""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end and self._process.poll() is None:
            if is_up():
                return
            time.sleep(0.02)
        self.end()
        raise RuntimeError(f"{self._process.args!r} gave no greeting:\n{self.told()}")

    def told(self) -> str:
        """What it said, and its log."""
        said = Path(self._said.name).read_text(errors="replace")
        return said + (self._log.read_text(errors="replace") if self._log.exists() else "")

    def end(self) -> None:
        """Ends it by its own id; it ends its children. What does not end when asked is killed with its session."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait(10)
        self._said.close()
