"""Blobs: every file received, sealed as it came, before anything has looked into it.

The sealed bytes lie in identities.db: there one commit makes hundreds of files last, a file of its own for each costs
ten times as much, and nothing can be there that the database does not know of.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator

from cluster_sheets.store import keys
from cluster_sheets.store.database import Store
from cluster_sheets.store.error import StoreError
from cluster_sheets.store.seal import new_key, seal, unseal

_KNOWN = "SELECT sha256 FROM blob WHERE key IS NOT NULL AND sha256 IN (SELECT value FROM json_each(?))"
_PUT = "INSERT INTO blob (sha256, size, key) VALUES (?, ?, ?) ON CONFLICT (sha256) DO UPDATE SET key = excluded.key"
_PUT_BYTES = "INSERT INTO received (sha256, contents) VALUES (?, ?)"
_BYTES = "SELECT contents FROM received WHERE sha256 = ?"


def keep_many(store: Store, contents: Iterable[bytes]) -> tuple[str, ...]:
    """Sha256 of each, in order. What is new is sealed and lasts from the caller's commit on.

    The same bytes are kept once; what was erased is kept anew, under another key.
    """
    arrived = [(hashlib.sha256(content).hexdigest(), content) for content in contents]
    known = {sha256 for (sha256,) in store.ask(_KNOWN, (keys.listed([sha256 for sha256, _ in arrived]),))}
    fresh = {sha256: (content, new_key()) for sha256, content in arrived if sha256 not in known}
    store.write(_PUT, [(sha256, len(content), key) for sha256, (content, key) in fresh.items()])
    store.write(_PUT_BYTES, ((sha256, seal(key, content, sha256)) for sha256, (content, key) in fresh.items()))
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
        rows = store.ask(_BYTES, (sha256,))
        if not rows:
            raise StoreError(f"The bytes of the file {sha256[:12]} are missing: restore the workspace from a backup.")
        yield sha256, unseal(found[sha256], rows[0][0], sha256)
