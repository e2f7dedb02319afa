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


def those_kept(store: Store) -> frozenset[str]:
    """Ids of the units whose text is redacted."""
    return frozenset(unit_id for (unit_id,) in store.ask("SELECT unit_id FROM redacted"))


def forget_many(store: Store, unit_ids: Collection[str]) -> None:
    """Removes the redacted boxes of these units: they are to be made anew."""
    store.write("DELETE FROM redacted WHERE unit_id = ?", [(unit_id,) for unit_id in unit_ids])
