from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cluster_sheets.store import mails
from cluster_sheets.store.mails import Mail, MailState
from tests.store.made import NIGHT, made

LATE = Mail("a" * 64, "mail", NIGHT + timedelta(hours=1), NIGHT, message_ref="m1")
EARLY = Mail("b" * 64, "mail", NIGHT, NIGHT, message_ref="m1")
OPENED = Mail("c" * 64, "file", NIGHT, NIGHT, MailState.OPENED)


def test_mails_are_kept_once_and_taken_apart_in_order_of_receipt(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        assert mails.add_many(store, [LATE, EARLY, OPENED]) == 3
        assert mails.add_many(store, [replace(LATE, kind="file")]) == 0
        assert mails.unopened(store) == (EARLY, LATE)
        mails.save_many(store, [replace(EARLY, state=MailState.OPENED)])
        assert mails.unopened(store) == (LATE,)
        assert mails.get_many(store, ["c" * 64, "d" * 64]) == {"c" * 64: OPENED}


def test_mails_under_one_message_id_are_found_together(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        mails.add_many(store, [LATE, EARLY, OPENED])
        assert mails.with_message_refs(store, ["m1", "m2"]) == {"m1": ("b" * 64, "a" * 64)}
