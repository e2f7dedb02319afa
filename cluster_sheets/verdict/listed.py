"""Listed: accepted requests that a changed register would send back, as they were found when it changed.

Apart from the looking itself, so that a night with nothing to do asks only whether there is something.
"""

import json
from collections.abc import Mapping, Sequence

from cluster_sheets.store import meta
from cluster_sheets.store.database import Store

_NAME = "accepted that would go back"


def would_go_back(store: Store) -> Mapping[str, Sequence[str]]:
    """Codes of what each accepted request would go back for, by reference, under the register last looked at."""
    kept = meta.get(store, _NAME)
    told: Mapping[str, Sequence[str]] = json.loads(kept)["requests"] if kept else {}
    return told


def is_known(store: Store) -> bool:
    """Whether a register was ever looked at."""
    return meta.get(store, _NAME) is not None


def is_due(store: Store, register_sha256: str) -> bool:
    """Whether the register has changed since accepted requests were last looked at."""
    kept = meta.get(store, _NAME)
    return kept is None or json.loads(kept)["register"] != register_sha256


def keep(store: Store, register_sha256: str, found: Mapping[str, Sequence[str]]) -> None:
    """Keeps what a look found; within a transaction."""
    meta.put(store, _NAME, json.dumps({"register": register_sha256, "requests": found}, sort_keys=True))
