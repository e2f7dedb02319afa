"""The worker: a process of its own that looks into files, so that one which stops it stops nothing else.

In: chunks of files over standard input. Out: for each file what was read, or why not, over standard output.
Never: opens a file, a database or a connection; it knows only the bytes it is given.
"""

import gc
import importlib
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import IO, Any

from cluster_sheets.intake.archive import RefusedError
from cluster_sheets.intake.limits import MB, Limits
from cluster_sheets.intake.precheck import checked

if sys.platform != "win32":
    import resource

READ, REFUSED, BROKE = "read", "refused", "broke"
_LENGTH = 8
_MOST_WRITTEN, _MOST_OPEN = MB, 64
_MEMORY = Path("/proc/self/statm")
_GIVEN_UP, _SELDOM = 70, 100_000
Target = Callable[[bytes, dict[str, bytes]], Any]
Look = Callable[[bytes, Limits], dict[str, bytes]]
"""What is done before reading: the pre-check of workbooks, or what the module of the target brings as ``prepared``."""


@cache
def limits_hold() -> bool:
    """True where this system can hold a process to seconds of CPU and bytes of memory."""
    return sys.platform != "win32" and _MEMORY.exists()


def write_frame(into: IO[bytes], told: object) -> None:
    """One message: its length, then its bytes."""
    packed = pickle.dumps(told, pickle.HIGHEST_PROTOCOL)
    into.write(len(packed).to_bytes(_LENGTH, "big") + packed)
    into.flush()


def read_frame(out_of: IO[bytes]) -> bytes | None:
    """The bytes of one message; None where the other side is gone."""
    length = out_of.read(_LENGTH)
    if len(length) < _LENGTH:
        return None
    wanted = int.from_bytes(length, "big")
    packed = out_of.read(wanted)
    return packed if len(packed) == wanted else None


def main() -> None:
    """Reads chunks until its input ends."""
    # What a library prints must not get between the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    chunks = sys.stdin.buffer
    begun = read_frame(chunks)
    if begun is None:
        return
    target, limits = pickle.loads(begun)
    module, _, name = target.partition(":")
    home = importlib.import_module(module)
    read: Target = getattr(home, name)
    look: Look = getattr(home, "prepared", checked)
    _hold(limits)
    # What is read is plain and soon gone: looking for rings in it would cost more than reading it.
    gc.freeze()
    gc.set_threshold(_SELDOM)
    write_frame(answers, READ)
    while (packed := read_frame(chunks)) is not None:
        write_frame(answers, [(key, *_looked_into(data, look, read, limits)) for key, data in pickle.loads(packed)])


def _looked_into(data: bytes, look: Look, read: Target, limits: Limits) -> tuple[str, bytes]:
    _wind_up(limits)
    try:
        return READ, pickle.dumps(read(data, look(data, limits)), pickle.HIGHEST_PROTOCOL)
    except RefusedError as refused:
        return REFUSED, str(refused).encode()
    except MemoryError:
        # What is left after this can't be relied on: the next file gets a fresh process.
        os._exit(_GIVEN_UP)
    except Exception as fault:  # noqa: BLE001 - whatever a reader meets in one file, the others are read
        return BROKE, _traced(fault).encode()


def _traced(fault: BaseException) -> str:
    """Where it broke; never the message, which may hold what was typed."""
    import traceback

    steps = (
        f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in traceback.extract_tb(fault.__traceback__)
    )
    return "\n".join((*steps, type(fault).__name__))


def _hold(limits: Limits) -> None:
    """Sets the limits that last for the life of the process."""
    if sys.platform != "win32" and limits_hold():
        base = int(_MEMORY.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        _lower(resource.RLIMIT_AS, base + limits.memory_bytes)
        _lower(resource.RLIMIT_FSIZE, _MOST_WRITTEN)
        _lower(resource.RLIMIT_NOFILE, _MOST_OPEN)
        _lower(resource.RLIMIT_CORE, 0)


def _wind_up(limits: Limits) -> None:
    """Gives the next file its seconds of CPU; one that takes more ends the process."""
    if sys.platform != "win32" and limits_hold():
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        wanted = int(time.process_time()) + limits.cpu_seconds + 1
        resource.setrlimit(resource.RLIMIT_CPU, (wanted if most < 0 else min(wanted, most), most))


def _lower(what: int, to: int) -> None:
    if sys.platform != "win32":
        _, most = resource.getrlimit(what)
        resource.setrlimit(what, (to if most < 0 else min(to, most), most))


if __name__ == "__main__":
    main()
