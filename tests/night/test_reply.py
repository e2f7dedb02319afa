"""Replies of a night that our program breaks on, and of forms with a sheet gone: the night goes on, and says so."""

import io
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from cluster_sheets.night import run
from cluster_sheets.reading.raw import RawForm
from cluster_sheets.replies.writer import Due, Writer
from cluster_sheets.report.run import Exit
from cluster_sheets.store import replies, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.replies import OutboxState
from cluster_sheets.store.units import State
from tests.night.made import full
from tests.store.asked import every_unit


def test_a_reply_that_breaks_stays_due_is_told_and_costs_nobody_else_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places, at = full(tmp_path / "central")
    broken: list[str] = []
    written = Writer.written

    def breaks(self: Writer, due: Due, raws: Mapping[str, RawForm]) -> bytes:
        unit_id = due.parts[0].unit.unit_id
        if not broken:
            broken.append(unit_id)
        if unit_id in broken:
            raise KeyError("what a school typed")
        return written(self, due, raws)

    monkeypatch.setattr(Writer, "written", breaks)
    told = run(places.root, at)
    (unit_id,) = broken
    assert told.exit_code == Exit.NEEDED
    assert [(each.unit_id, each.of_reply) for each in told.crashes] == [(unit_id, True)]
    needs = [(each.what, each.do) for each in told.needs if each.where == f"Unit {unit_id}"]
    trace = places.private / "traces" / f"{at:%Y-%m-%d-%H%M}-{unit_id}-reply.txt"
    assert (
        "The program broke on the reply to it; that waits.",
        f"Pass private/traces/{trace.name} on to whoever looks after the program.",
    ) in needs
    assert "what a school typed" in trace.read_text()
    assert "what a school typed" not in (places.reports(at) / "run.json").read_text()
    due, out = _due(places)
    assert due == [unit_id]
    assert len(list(places.outbox.iterdir())) == out > 0
    monkeypatch.undo()
    again = run(places.root, at)
    assert (again.crashes, _due(places)) == ((), ([], out + 1))


def test_what_goes_back_is_told_without_a_copy_where_its_file_was_erased_with_another_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places, at = full(tmp_path / "central")

    def breaks(self: Writer, due: Due, raws: Mapping[str, RawForm]) -> bytes:
        raise KeyError

    monkeypatch.setattr(Writer, "written", breaks)
    run(places.root, at)
    monkeypatch.undo()
    with Store.open(places.root) as store, store.transaction():
        back = next(
            each for each in every_unit(store) if each.state is State.RETURNED and each.returns and each.version
        )
        # As ``erase_form`` leaves a mail that held another form too.
        store.write("UPDATE blob SET key = NULL WHERE sha256 = ?", [(back.mail_sha256,)])
        store.write("DELETE FROM received WHERE sha256 = ?", [(back.mail_sha256,)])
    told = run(places.root, at)
    assert (told.crashes, _due(places)[0]) == ((), [])
    with Store.open(places.root) as store:
        (about,) = (each for each in replies.verdicts_of(store, [back.unit_id]) if each.kind == "mend")
        reply = replies.get_many(store, [about.message_id])[about.message_id]
    letter = (places.private / reply.path).read_bytes()
    assert b"spreadsheetml" not in letter


def _due(places: Places) -> tuple[list[str], int]:
    """(units whose reply is due, how many are written)."""
    with Store.open(places.root) as store:
        due = replies.told_of(store, [each.message_id for each in replies.in_state(store, OutboxState.DUE)])
        return [each.unit_id for many in due.values() for each in many], len(
            replies.in_state(store, OutboxState.WRITTEN)
        )


@pytest.mark.parametrize(
    "gone", [["3 Pupils"], ["1 School", "5 Costs"], ["4 Support so far", "6 Outcomes", "7 Partners"]]
)
def test_a_form_that_lost_sheets_is_answered_with_a_copy(gone: list[str], tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    _lose(places, gone, at)
    told = run(places.root, at)
    assert (told.exit_code, told.crashes) == (Exit.NEEDED, ())
    with Store.open(places.root) as store:
        back = [each for each in every_unit(store) if each.state == units.State.RETURNED]
    assert back
    assert _due(places)[0] == []


def _lose(places: Places, gone: list[str], at: datetime) -> None:
    """Deletes sheets of every form in the inbox that lies there as a file."""
    for path in places.inbox.glob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        for sheet in set(gone) & set(book.sheetnames):
            del book[sheet]
        target = io.BytesIO()
        book.save(target)
        path.write_bytes(target.getvalue())
