"""Redactions: the free text of a unit as the panel may read it, by box, sealed all the same."""

import json
from collections.abc import Collection, Iterable, Mapping

from cluster_sheets.store import drawer
from cluster_sheets.store.database import Store


def put_many(store: Store, texts: Iterable[tuple[str, Mapping[str, str]]]) -> None:
    """Keeps the redacted boxes of each unit (unit, text by box), in place of earlier ones."""
    told = ((unit_id, unit_id, json.dumps(dict(boxes), separators=(",", ":"))) for unit_id, boxes in texts)
    drawer.put_many(store, drawer.REDACTED, told)


def get_many(store: Store, unit_ids: Collection[str]) -> dict[str, dict[str, str]]:
    """The redacted boxes of these units; those without any, and those erased, are left out."""
    return {unit_id: json.loads(text) for unit_id, text in drawer.get_many(store, drawer.REDACTED, unit_ids).items()}
