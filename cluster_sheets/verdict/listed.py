"""Listed: accepted requests that would go back or be asked about now, as found when the register or a meeting changed.

Apart from the looking itself, so that a night with nothing to do asks only whether there is something.
"""

import json
from collections.abc import Mapping, Sequence

from cluster_sheets.store import meta
from cluster_sheets.store.database import Store

_NAME = "accepted that would go back"


def would_go_back(store: Store) -> Mapping[str, Sequence[str]]:
    """Codes of what each accepted request would now go back or be asked for, by reference, as last looked at."""
    kept = meta.get(store, _NAME)
    told: Mapping[str, Sequence[str]] = json.loads(kept)["requests"] if kept else {}
    return told


def is_known(store: Store) -> bool:
    """Whether a register was ever looked at."""
    return meta.get(store, _NAME) is not None


def is_due(store: Store, register_sha256: str) -> bool:
    """Whether the register, or a request's meeting, has changed since accepted requests were last looked at."""
    kept = meta.get(store, _NAME)
    return kept is None or json.loads(kept)["register"] != register_sha256


def look_once_more(store: Store) -> None:
    """Has accepted requests looked at again, as some wait for another meeting now; within a transaction."""
    if is_known(store):
        keep(store, "", would_go_back(store))


def keep(store: Store, register_sha256: str, found: Mapping[str, Sequence[str]]) -> None:
    """Keeps what a look found; within a transaction."""
    meta.put(store, _NAME, json.dumps({"register": register_sha256, "requests": found}, sort_keys=True))
