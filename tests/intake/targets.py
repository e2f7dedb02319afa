"""Readers that do what the file tells them, for the tests of the pool: run in its workers."""

import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path


def obey(data: bytes, parts: Mapping[str, bytes]) -> object:
    """Does what the part ``order.txt`` says."""
    order = parts.get("order.txt", b"read").decode()
    word, _, rest = order.partition(" ")
    if word in _ORDERS:
        return _ORDERS[word](rest) or {"order": order, "size": len(data)}
    return {"order": order, "size": len(data)}


def _loop(_: str) -> object:
    while True:
        pass


def _spin(_: str) -> object:
    end = time.process_time() + 0.7
    while time.process_time() < end:
        pass
    return None


def _hoard(_: str) -> object:
    held = [bytearray(50_000_000)]
    while True:
        held.append(bytearray(50_000_000))


def _raise(_: str) -> object:
    raise ValueError("EXAMPLE: what a school typed")


def _panic(_: str) -> object:
    raise BaseException("as a panic of a reader in Rust comes through")


def _print(_: str) -> object:
    sys.stdout.write("noise between the answers")
    sys.stdout.flush()
    return None


def _once(seen: str) -> object:
    if not Path(seen).exists():
        Path(seen).mkdir()
        os.abort()
    return {"order": "once"}


_ORDERS: Mapping[str, Callable[[str], object]] = {
    "abort": lambda _: os.abort(),
    "loop": _loop,
    "spin": _spin,
    "eat": lambda _: len(bytearray(300_000_000)),
    "hoard": _hoard,
    "raise": _raise,
    "panic": _panic,
    "print": _print,
    "odd": lambda _: {"made": object},
    "once": _once,
}
