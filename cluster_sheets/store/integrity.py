"""Integrity: whether the two databases, the received files, the ledger and the audit are whole and fit together."""

from cluster_sheets.store import audit, drawer
from cluster_sheets.store.database import Store

_APART = (
    (
        "SELECT unit_id FROM cluster.unit WHERE unit_id NOT IN (SELECT unit_id FROM provenance) ORDER BY 1",
        "Unit {} has lost where it came from",
    ),
    (
        "SELECT unit_id FROM provenance WHERE unit_id NOT IN (SELECT unit_id FROM cluster.unit) ORDER BY 1",
        "Unit {} is known to private/identities.db only",
    ),
    (
        "SELECT movement FROM cluster.entry GROUP BY movement HAVING SUM(amount_pence) <> 0 ORDER BY 1",
        "Movement {} of the ledger does not come to nought",
    ),
)


def problems(store: Store) -> tuple[str, ...]:
    """A sentence for each thing that is not whole; none where all is well."""
    return (*_databases(store), *_between(store), *_received(store), *audit.verify(store))


def _databases(store: Store) -> list[str]:
    found = []
    for schema, name in (("main", "private/identities.db"), ("cluster", "cluster.db")):
        told = [text for (text,) in store.ask(f"PRAGMA {schema}.integrity_check") if text != "ok"]
        told += [f"a row of {row[0]} points nowhere" for row in store.ask(f"PRAGMA {schema}.foreign_key_check")]
        found += [f"{name}: {text}." for text in told]
    return found


def _between(store: Store) -> list[str]:
    found = [f"{sentence.format(row[0])}." for question, sentence in _APART for row in store.ask(question)]
    for each in drawer.DRAWERS:
        rows = store.ask(f"SELECT {each.owner} FROM {each.table} WHERE unit_id NOT IN (SELECT unit_id FROM provenance)")
        found += [f"What {each.table} keeps of {owner} belongs to no unit." for (owner,) in rows]
    return found


def _received(store: Store) -> list[str]:
    lost = store.ask(
        "SELECT sha256 FROM blob WHERE key IS NOT NULL AND sha256 NOT IN (SELECT sha256 FROM received) ORDER BY sha256"
    )
    return [f"The bytes of the file {sha256[:12]} are missing." for (sha256,) in lost]
