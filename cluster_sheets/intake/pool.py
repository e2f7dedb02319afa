"""Isolation: files are read in a worker process with limits, so that one bad file costs nobody else anything.

In: bytes of files. Out: what was read of each, or the code of why it was not.
A worker that dies costs its chunk a second try, one file at a time; the file that stops it again is refused.
One worker: a second one saves a quarter of the minutes of ten thousand files, and costs a tenth more work.
"""

import io
import os
import pickle
import subprocess
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from queue import SimpleQueue
from types import TracebackType
from typing import Any, NoReturn

from cluster_sheets.intake.limits import MB, Limits
from cluster_sheets.intake.worker import READ, REFUSED, limits_hold, read_frame, write_frame

File = tuple[str, bytes]
CHUNK = 16
"""Files a worker is handed at once."""
_CHUNK_BYTES = 8 * MB
_IN_HAND = 2
"""Chunks a worker has: one it reads, one that waits, so that it never stands idle."""
_WALL = 4
"""Where CPU seconds can't be limited: seconds by the clock for each of them."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not read."""

    code: str
    """Of the rule that says so."""
    trace: str = ""
    """Where our reader broke, for the run's record; nothing of what was typed."""


Read = dict[str, Any] | Refused


class Pool:
    """A worker process that pre-checks and reads. A context manager; the process starts when there is work for it."""

    def __init__(self, limits: Limits, target: str = "cluster_sheets.reading.raw:read") -> None:
        """``target`` is the function that reads, as ``module:name``; it is given the bytes and their inflated parts."""
        self.limits_hold = limits_hold()
        """False where this system can't limit a process (doctor says so)."""
        self._made = (limits, target)
        self._worker: _Worker | None = None

    def __enter__(self) -> "Pool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None

    def read(self, files: Sequence[File]) -> dict[str, Read]:
        """What each of the files holds, by the name it was given under."""
        return dict(self.stream(files))

    def stream(self, files: Iterable[File]) -> Iterator[tuple[str, Read]]:
        """The same one after another, in the order given; only a few chunks of ``files`` are drawn ahead."""
        for chunk in _chunks(files):
            worker = self._started()
            while len(worker.in_hand) >= _IN_HAND:
                yield from worker.take()
            worker.give(chunk)
        while self._worker is not None and self._worker.in_hand:
            yield from self._worker.take()

    def _started(self) -> "_Worker":
        if self._worker is None:
            self._worker = _Worker(*self._made)
        return self._worker


class _Worker:
    """One worker: the process it is now, and the chunks it still owes."""

    def __init__(self, limits: Limits, target: str) -> None:
        self._made = (limits, target)
        self._process = _Process(limits, target)
        self.in_hand: deque[list[File]] = deque()

    def give(self, chunk: list[File]) -> None:
        self.in_hand.append(chunk)
        self._process.send(chunk)

    def take(self) -> list[tuple[str, Read]]:
        """Answers of the chunk given first."""
        told = self._process.receive()
        chunk = self.in_hand[0]
        if told is None:
            self._renew()
            told = [each for file in chunk for each in self._alone(file)]
            self.in_hand.popleft()
            for later in self.in_hand:
                self._process.send(later)
        else:
            self.in_hand.popleft()
        return [(key, _read(kind, payload)) for key, kind, payload in told]

    def _alone(self, file: File) -> list[tuple[str, str, bytes]]:
        self._process.send([file])
        told = self._process.receive()
        if told is None:
            self._renew()
            return [(file[0], REFUSED, b"file-stops-the-reader")]
        return told

    def _renew(self) -> None:
        self._process.end()
        self._process = _Process(*self._made)

    def end(self) -> None:
        self._process.end()


class _Process:
    """One process, and a thread that feeds it: neither side ever waits for the other with both pipes full."""

    def __init__(self, limits: Limits, target: str) -> None:
        self._wall = None if limits_hold() else _WALL * limits.cpu_seconds * CHUNK
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - closed in end()
        paths = os.pathsep.join(os.path.abspath(each) for each in sys.path)  # noqa: PTH100 - "" is where we stand
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-m", "cluster_sheets.intake.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env={**os.environ, "PYTHONPATH": paths},
        )
        self._chunks: SimpleQueue[object] = SimpleQueue()
        self._feeder = threading.Thread(target=self._feed, daemon=True)
        self._feeder.start()
        self._chunks.put((target, limits))
        self._ready = False

    def _feed(self) -> None:
        assert self._child.stdin is not None
        try:
            while (told := self._chunks.get()) is not None:
                write_frame(self._child.stdin, told)
        except OSError:
            return  # it has died; receive() sees that

    def send(self, chunk: list[File]) -> None:
        self._chunks.put(chunk)

    def receive(self) -> list[tuple[str, str, bytes]] | None:
        """Its next answer; None where it has died. Raises RuntimeError where it never came to life: our mistake."""
        assert self._child.stdout is not None
        if not self._ready:
            if read_frame(self._child.stdout) is None:
                self._never_ready()
            self._ready = True
        watch = threading.Timer(self._wall, self._child.kill) if self._wall else None
        if watch:
            watch.start()
        packed = read_frame(self._child.stdout)
        if watch:
            watch.cancel()
        return None if packed is None else _plain(packed)

    def _never_ready(self) -> NoReturn:
        self._child.wait()
        self._said.seek(0)
        raise RuntimeError(f"the reading process did not start: {self._said.read()[-2000:].decode(errors='replace')}")

    def end(self) -> None:
        self._child.kill()
        self._chunks.put(None)
        self._feeder.join()
        self._child.wait()
        for each in (self._child.stdin, self._child.stdout, self._said):
            try:
                if each is not None:
                    each.close()
            except BrokenPipeError:
                continue


class _Plain(pickle.Unpickler):
    """Takes dates and plain values only: what a worker sends has been near files from outside."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in ("datetime", "date", "time", "timedelta"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")


def _plain(packed: bytes) -> Any:
    return _Plain(io.BytesIO(packed)).load()


def _read(kind: str, payload: bytes) -> Read:
    if kind == READ:
        return _plain(payload)  # type: ignore[no-any-return]
    if kind == REFUSED:
        return Refused(payload.decode())
    return Refused("file-broken", payload.decode(errors="replace"))


def _chunks(files: Iterable[File]) -> Iterator[list[File]]:
    chunk: list[File] = []
    size = 0
    for file in files:
        chunk.append(file)
        size += len(file[1])
        if len(chunk) == CHUNK or size > _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk
