"""Blobs: every file received, sealed as it came, before anything has looked into it."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from cluster_sheets.store import file, keys
from cluster_sheets.store.database import Store
from cluster_sheets.store.error import StoreError
from cluster_sheets.store.seal import new_key, seal, unseal

_KNOWN = "SELECT sha256 FROM blob WHERE key IS NOT NULL AND sha256 IN (SELECT value FROM json_each(?))"
_PUT = "INSERT INTO blob (sha256, size, key) VALUES (?, ?, ?) ON CONFLICT (sha256) DO UPDATE SET key = excluded.key"


def keep_many(store: Store, contents: Iterable[bytes]) -> tuple[str, ...]:
    """Sha256 of each, in order. What is new is sealed into ``private/received`` and on the disk when this returns.

    The same bytes are kept once. A kill before the commit leaves sealed files nobody has a key to: the next try
    writes over them.
    """
    arrived = [(hashlib.sha256(content).hexdigest(), content) for content in contents]
    known = {sha256 for (sha256,) in store.ask(_KNOWN, (keys.listed([sha256 for sha256, _ in arrived]),))}
    lost = {sha256 for sha256 in known if not path_of(store, sha256).exists()}
    under = keys.of_blobs(store, lost) if lost else {}
    rows: list[tuple[str, int, bytes]] = []
    fresh: dict[str, bytes] = {}
    for sha256, content in arrived:
        if sha256 in fresh or (sha256 in known and sha256 not in under):
            continue
        fresh[sha256] = content
        if sha256 not in under:
            under[sha256] = new_key()
            rows.append((sha256, len(content), under[sha256]))
    store.write(_PUT, rows)
    sealed = ((_name(sha256), seal(under[sha256], content, sha256)) for sha256, content in fresh.items())
    file.write_many(store.received, sealed)
    return tuple(sha256 for sha256, _ in arrived)


def read(store: Store, sha256: str) -> bytes:
    """The bytes as they were received. Raises StoreError where they are erased, missing or altered."""
    return next(read_many(store, (sha256,)))[1]


def read_many(store: Store, sha256s: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Each file's sha256 and bytes, one at a time, in the order asked. Raises StoreError as ``read`` does."""
    found = keys.of_blobs(store, sha256s)
    for sha256 in sha256s:
        if sha256 not in found:
            raise StoreError(f"The file {sha256[:12]} was erased, or never came.")
        try:
            sealed = path_of(store, sha256).read_bytes()
        except FileNotFoundError as gone:
            raise StoreError(f"private/received/{_name(sha256)} is missing: restore it from a backup.") from gone
        yield sha256, unseal(found[sha256], sealed, sha256)


def path_of(store: Store, sha256: str) -> Path:
    """Where the sealed bytes lie."""
    return store.received / _name(sha256)


def _name(sha256: str) -> str:
    return f"{sha256}.sealed"
