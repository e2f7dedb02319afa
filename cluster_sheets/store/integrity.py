"""Integrity: whether both databases, received files, ledger, decisions and audit are whole and fit together."""

from collections.abc import Sequence

from cluster_sheets.store import audit, borne_out, drawer
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


SHOWN = 3


def problems(store: Store, *, thorough: bool = True) -> tuple[str, ...]:
    """A sentence for each thing that is not whole; none where all is well.

    Not ``thorough``: the databases' own checks, which read every page of both, are left out.
    """
    databases = _databases(store) if thorough else ()
    return (*audit.verify(store), *borne_out.problems(store), *_between(store), *_received(store), *databases)


def told(found: Sequence[str]) -> str:
    """The first few of what was found, and what to do about it."""
    more = (f"And {len(found) - SHOWN} more.",) if len(found) > SHOWN else ()
    do = (
        "Restore the whole workspace from the last backup before that, and run again; keep what is here for whoever"
        " looks after the program."
    )
    return " ".join(("Something else than this program changed the records.", *found[:SHOWN], *more, do))


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
