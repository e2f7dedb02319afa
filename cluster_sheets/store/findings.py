"""Findings: code, cell and field by reference; what was typed, and what a sheet or file was called, sealed."""

import json
from collections.abc import Collection, Iterable, Sequence

from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.store import drawer
from cluster_sheets.store.database import Store
from cluster_sheets.store.keys import listed

_PUT = "INSERT INTO cluster.finding (unit_id, ordinal, cell, code, severity, field) VALUES (?, ?, ?, ?, ?, ?)"
_GET = """
SELECT unit_id, ordinal, cell, code, severity, field FROM cluster.finding
 WHERE unit_id IN (SELECT value FROM json_each(?)) ORDER BY unit_id, ordinal
"""


def replace_many(store: Store, findings: Iterable[tuple[str, Sequence[Finding]]]) -> None:
    """Keeps all findings of each unit (unit, findings in their order), in place of those it had.

    A sheet may be renamed after a school, so its name is sealed together with what was typed.
    """
    wanted = list(findings)
    units = [(unit_id,) for unit_id, _ in wanted]
    store.write("DELETE FROM cluster.finding WHERE unit_id = ?", units)
    store.write("DELETE FROM finding_detail WHERE unit_id = ?", units)
    store.write(
        _PUT,
        [
            (unit_id, ordinal, each.place.cell, each.code, str(each.severity), each.field)
            for unit_id, found in wanted
            for ordinal, each in enumerate(found)
        ],
    )
    details = ((unit_id, unit_id, _told(found)) for unit_id, found in wanted if found)
    drawer.put_many(store, drawer.FINDING_DETAIL, details)


def of_units(store: Store, unit_ids: Collection[str]) -> dict[str, tuple[Finding, ...]]:
    """Findings of each unit in their order; units without any are left out. What was erased reads as blank."""
    details = {
        unit_id: json.loads(text) for unit_id, text in drawer.get_many(store, drawer.FINDING_DETAIL, unit_ids).items()
    }
    found: dict[str, list[Finding]] = {}
    for unit_id, ordinal, cell, code, severity, field in store.ask(_GET, (listed(unit_ids),)):
        file, sheet, blanks = details[unit_id][ordinal] if unit_id in details else ("", "", ())
        detail = tuple((name, value) for name, value in blanks)
        found.setdefault(unit_id, []).append(Finding(Place(file, sheet, cell), code, Severity(severity), field, detail))
    return {unit_id: tuple(each) for unit_id, each in found.items()}


def units_with(store: Store, code: str, unit_ids: Collection[str]) -> frozenset[str]:
    """Those of these units in which a thing was found."""
    rows = store.ask(
        "SELECT DISTINCT unit_id FROM cluster.finding WHERE unit_id IN (SELECT value FROM json_each(?)) AND code = ?",
        (listed(unit_ids), code),
    )
    return frozenset(unit_id for (unit_id,) in rows)


def counted(store: Store, unit_ids: Collection[str]) -> dict[str, int]:
    """How often each code was found in these units."""
    rows = store.ask(
        "SELECT code, COUNT(*) FROM cluster.finding WHERE unit_id IN (SELECT value FROM json_each(?))"
        " GROUP BY code ORDER BY code",
        (listed(unit_ids),),
    )
    return dict(rows)


def _told(found: Sequence[Finding]) -> str:
    return json.dumps([[each.place.file, each.place.sheet, each.detail] for each in found], separators=(",", ":"))
