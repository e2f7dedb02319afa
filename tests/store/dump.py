"""Dump: everything a store knows as one text, the same for two stores that know the same.

Random keys and sealed bytes are left out; what they seal is told open. For tests and for comparing, never for a log.
"""

import hashlib
import json
from collections.abc import Iterator

from cluster_sheets.store import blobs, drawer, keys
from cluster_sheets.store.database import Store
from tests.store.asked import all_texts

_TABLES = "SELECT name FROM cluster.sqlite_master WHERE type = 'table' ORDER BY name"
_PLAIN = {
    "issued_form": "SELECT form_id, urn, cluster, round, number, version, stamp, issued_at, form_key IS NULL AS erased"
    " FROM issued_form ORDER BY form_id",
    "blob_form": "SELECT sha256, form_id FROM blob_form ORDER BY sha256, form_id",
    "provenance": "SELECT unit_id, blob_sha256, form_id, urn FROM provenance ORDER BY unit_id",
    "mark": "SELECT unit_id, kind, mark FROM mark ORDER BY unit_id, kind, mark",
    "case_key": "SELECT meeting, case_ref, application_ref, urn FROM case_key ORDER BY meeting, case_ref",
    "reply_to": "SELECT message_id, address FROM reply_to ORDER BY message_id",
    "fetched": "SELECT mailbox, validity, uid, sha256, size, whole, lies FROM fetched ORDER BY mailbox, validity, uid",
    "audit_head": "SELECT number, hash FROM audit_head",
}


def dump(store: Store) -> str:
    """The whole state, a line for each row, each text and each file received."""
    return "".join(f"{line}\n" for line in _lines(store))


def _lines(store: Store) -> Iterator[str]:
    for (table,) in store.ask(_TABLES):
        columns = [name for (name,) in store.ask("SELECT name FROM pragma_table_info(?, 'cluster')", (table,))]
        order = ", ".join(str(number + 1) for number in range(len(columns)))
        for row in store.ask(f"SELECT {', '.join(columns)} FROM cluster.{table} ORDER BY {order}"):
            yield _told(f"cluster.{table}", row)
    for table, question in _PLAIN.items():
        for row in store.ask(question):
            yield _told(table, row)
    for each in drawer.DRAWERS:
        for owner, text in sorted(all_texts(store, each).items()):
            yield _told(each.table, (owner, text))
    yield from _received(store)


def _received(store: Store) -> Iterator[str]:
    kept = store.ask("SELECT sha256, size FROM blob ORDER BY sha256")
    open_ones = keys.of_blobs(store, [sha256 for sha256, _ in kept])
    there = {sha256 for (sha256,) in store.ask("SELECT sha256 FROM received")}
    for sha256, size in kept:
        state = "erased" if sha256 not in open_ones else "lost"
        if sha256 in open_ones and sha256 in there:
            whole = hashlib.sha256(blobs.read(store, sha256)).hexdigest() == sha256
            state = "whole" if whole else "altered"
        yield _told("blob", (sha256, size, state))
    for sha256 in sorted(there):
        yield _told("received", (sha256,))


def _told(table: str, row: tuple[object, ...]) -> str:
    return f"{table} {json.dumps(row, ensure_ascii=False)}"
