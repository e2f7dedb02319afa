"""Answers: the typed record of each unit, sealed."""

from collections.abc import Collection, Iterable

from cluster_sheets.base.record import Record
from cluster_sheets.store import drawer
from cluster_sheets.store.database import Store


def put_many(store: Store, records: Iterable[tuple[str, Record]]) -> None:
    """Keeps the record of each unit (unit, record), in place of an earlier one. The provenance comes first."""
    drawer.put_many(store, drawer.ANSWERS, ((unit_id, unit_id, record.to_json()) for unit_id, record in records))


def get_many(store: Store, unit_ids: Collection[str]) -> dict[str, Record]:
    """The records of these units; those without one, and those erased, are left out."""
    return {unit: Record.from_json(text) for unit, text in drawer.get_many(store, drawer.ANSWERS, unit_ids).items()}


def get(store: Store, unit_id: str) -> Record | None:
    """The record of one unit; None where there is none, or it was erased."""
    return get_many(store, (unit_id,)).get(unit_id)


def put_titles(store: Store, titles: Iterable[tuple[str, str]]) -> None:
    """Keeps the title of each unit (unit, title) by itself, so that titles are compared without reading the rest."""
    drawer.put_many(store, drawer.TITLE, ((unit_id, unit_id, title) for unit_id, title in titles))


def titles(store: Store, unit_ids: Collection[str]) -> dict[str, str]:
    """The titles of these units; those without one, and those erased, are left out."""
    return drawer.get_many(store, drawer.TITLE, unit_ids)
