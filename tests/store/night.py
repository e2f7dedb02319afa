"""A small night on a store, in steps that may each be killed: what the kill tests run as a program of its own.

``python -m tests.store.night WORKSPACE INBOX`` runs it whole.
"""

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from cluster_sheets.base.record import Record
from cluster_sheets.store import answers, applications, audit, blobs, forms, mails, provenance, replies, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.file import PRIVATE, write_whole
from tests.store.asked import every_unit
from tests.store.made import FORM, KEY, NIGHT, SECOND_FORM


def run(workspace: Path, inbox: Path) -> None:
    """Takes the inbox in, judges what waits and writes the replies, each stage in a transaction of its own."""
    with Store.open(workspace, create=True, key=KEY) as store:
        _take_in(store, inbox)
        _judge(store)
        _reply(store)


def _take_in(store: Store, inbox: Path) -> None:
    arrived = sorted(inbox.iterdir())
    with store.transaction():
        forms.issue_many(store, [FORM, SECOND_FORM])
        kept = blobs.keep_many(store, [path.read_bytes() for path in arrived])
        mails.add_many(store, [mails.Mail(sha256, "file", NIGHT, NIGHT) for sha256 in kept])
        new = [units.Unit(sha256[:16], sha256, sha256, 0, NIGHT, NIGHT) for sha256 in kept]
        if units.add_many(store, new):
            audit.append_many(store, [audit.Line(NIGHT, audit.NIGHT, "received", unit_id=each.unit_id) for each in new])
        provenance.put_many(store, [provenance.Provenance(each.unit_id, each.mail_sha256) for each in new])
    for path in arrived:
        path.unlink()


def _judge(store: Store) -> None:
    with store.transaction():
        waiting = units.pending(store)
        pairs = [(unit, form) for unit, form in zip(waiting, (FORM, SECOND_FORM), strict=False)]
        provenance.bind_many(store, [(unit.unit_id, form.form_id) for unit, form in pairs])
        answers.put_many(store, [(unit.unit_id, Record({"request_title": "EXAMPLE"}, {})) for unit in waiting])
        refs = applications.references(store, "CEN-2627", len(pairs))
        due = units.ReplyState.DUE
        units.save_many(store, [replace(unit, state=units.State.ACCEPTED, reply=due) for unit, _ in pairs])
        made = [
            applications.Application(
                ref,
                forms.form_ref(store, form.form_id),
                "C",
                "R",
                "P",
                "S",
                "B",
                "M",
                1,
                None,
                "VALID",
                None,
                unit.unit_id,
            )
            for ref, (unit, form) in zip(refs, pairs, strict=True)
        ]
        applications.save_many(store, made)
        about = [replies.About(u.unit_id, "receipt", 1, 1, f"<{u.unit_id}@x>") for u in waiting]
        state = replies.OutboxState.DUE
        told = [
            replies.Reply(each.message_id, each.unit_id, "receipt", state, f"{each.unit_id}.eml", NIGHT)
            for each in about
        ]
        replies.save_many(store, told, about)
        audit.append_many(store, [audit.Line(NIGHT, audit.NIGHT, "judged", unit_id=each.unit_id) for each in waiting])


def _reply(store: Store) -> None:
    due = replies.in_state(store, replies.OutboxState.DUE)
    for each in due:
        write_whole(store.private / each.path, b"EXAMPLE", PRIVATE)
    with store.transaction():
        replies.move_many(store, [each.message_id for each in due], replies.OutboxState.WRITTEN)
        waiting = [each for each in every_unit(store) if each.reply is units.ReplyState.DUE]
        units.save_many(store, [replace(each, reply=units.ReplyState.WRITTEN) for each in waiting])


class _Deadly:
    """Counts the calls that write, and ends the process before the one that was picked."""

    def __init__(self, picked: int) -> None:
        self.left = picked

    def around(self, call: Callable[..., Any]) -> Callable[..., Any]:
        """``call``, unless its turn to die has come."""

        def counted(*given: Any, **named: Any) -> Any:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return call(*given, **named)

        return counted


def arm(picked: int) -> None:
    """Makes this process end itself before the call that writes whose turn is ``picked``."""
    deadly = _Deadly(picked)
    for name in ("open", "write", "fsync", "replace", "unlink", "mkdir"):
        setattr(os, name, deadly.around(getattr(os, name)))
    Store.write = deadly.around(Store.write)  # type: ignore[method-assign]
    Store.transaction = deadly.around(Store.transaction)  # type: ignore[method-assign]


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]))
