"""Asked: what only tests ask of a store."""

from cluster_sheets.store import drawer
from cluster_sheets.store.database import Store
from cluster_sheets.store.drawer import Drawer
from cluster_sheets.store.fetched import Lies
from cluster_sheets.store.units import Unit, get_many


def every_unit(store: Store) -> tuple[Unit, ...]:
    """All units, in order of receipt."""
    rows = store.ask("SELECT unit_id FROM cluster.unit ORDER BY received_at, ordinal, file_sha256, unit_id")
    found = get_many(store, [unit_id for (unit_id,) in rows])
    return tuple(found[unit_id] for (unit_id,) in rows)


def all_texts(store: Store, of: Drawer) -> dict[str, str]:
    """Every text of a drawer that can still be read, by owner."""
    owners = [owner for (owner,) in store.ask(f"SELECT {of.owner} FROM {of.table} ORDER BY 1")]
    return drawer.get_many(store, of, owners)


def where_mails_lie(store: Store) -> dict[str, dict[Lies, int]]:
    """How many mails of each mailbox lie where."""
    found: dict[str, dict[Lies, int]] = {}
    for mailbox, lies, number in store.ask("SELECT mailbox, lies, COUNT(*) FROM fetched GROUP BY 1, 2 ORDER BY 1, 2"):
        found.setdefault(mailbox, {})[Lies(lies)] = number
    return found
