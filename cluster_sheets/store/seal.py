"""Sealing: AES-256-GCM, so that bytes are neither read nor altered without their key.

``cryptography`` is loaded at the first seal, so that a night with nothing to do never pays for it.
"""

import os
from functools import lru_cache
from typing import TYPE_CHECKING

from cluster_sheets.store.error import SealBrokenError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12


def new_key() -> bytes:
    """A random key."""
    return os.urandom(KEY_BYTES)


def seal(key: bytes, plain: bytes, about: str = "") -> bytes:
    """``plain`` sealed: nonce, then ciphertext and tag.

    ``about`` names the place it is kept in: sealed bytes moved to another place don't open.
    """
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + _cipher(key).encrypt(nonce, plain, about.encode())


def unseal(key: bytes, sealed: bytes, about: str = "") -> bytes:
    """What was sealed. Raises SealBrokenError where a bit of it, its key or its place is another."""
    from cryptography.exceptions import InvalidTag

    try:
        return _cipher(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about.encode())
    except (InvalidTag, ValueError) as broken:
        raise SealBrokenError(
            f"What is kept about {about or 'this'} was altered: restore it from a backup."
        ) from broken


@lru_cache(maxsize=2048)  # more than a chunk of a night has forms: each is sealed and opened several times over
def _cipher(key: bytes) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)
