from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from cluster_sheets.base.finding import Finding, Place
from cluster_sheets.reading.raw import RawForm
from cluster_sheets.replies.stage import address, without_address, write_due
from cluster_sheets.replies.writer import Due, Writer
from cluster_sheets.store import applications, provenance, replies, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.replies import About, OutboxState
from cluster_sheets.store.units import ReplyState, State, Unit
from tests.register.made import REGISTER
from tests.replies.made import FORM, NIGHT, Workspace, came, found_in, issued, workspace
from tests.requests import project
from tests.store.asked import every_unit
from tests.store.dump import dump as dumped

T = TypeVar("T")
TODAY = REGISTER.day_of(NIGHT)
SPOILT = project().but_line("costs", 1, unit_cost="9731 + VAT for Ivy").but(request_title="A bid for Ivy Sneyd")


def files(at: Workspace) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in at.places.outbox.iterdir()}


def test_each_reply_that_is_due_becomes_one_file_and_is_noted(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        mend = came(at, "mend", found_in(SPOILT), SPOILT, about=issued(at.store))
        receipt = came(at, "receipt", content=b"two", about=issued(at.store, 2), application_ref="CEN-2627-0001")
        at.write()
        assert set(files(at)) == {f"{mend.unit_id}-mend.eml", f"{receipt.unit_id}-receipt.eml"}
        assert {path.stat().st_mode & 0o777 for path in at.places.outbox.iterdir()} == {0o600}
        assert replies.in_state(at.store, OutboxState.DUE) == ()
        assert len(replies.in_state(at.store, OutboxState.WRITTEN)) == 2
        assert [each.reply for each in every_unit(at.store)] == [ReplyState.WRITTEN] * 2


def test_the_message_goes_to_the_registered_address_and_holds_nothing_of_the_senders(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        unit = came(at, "mend", found_in(SPOILT), SPOILT, about=issued(at.store))
        at.write()
        message = at.message(unit)
        assert message["To"].addresses[0].addr_spec == REGISTER.reply_addresses(issued(at.store).urn, TODAY)[0]
        assert message["From"].addresses[0].addr_spec == "cluster.central@council.example"
        assert message["Date"].datetime == NIGHT
        assert message["In-Reply-To"] == "<abc.1@abbey-hulton.example>"
        body = message.get_body(("plain",))
        assert body is not None
        told = "\n".join(f"{name}: {value}" for name, value in message.items()) + str(body.get_content())
        for word in ("Ivy", "9731", "FINAL", "Sneyd"):
            assert word not in told


def test_raw_answers_are_asked_for_only_where_a_copy_goes_back(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        unit = came(at, "mend", found_in(SPOILT), SPOILT, about=issued(at.store))
        came(at, "receipt", content=b"two", about=issued(at.store, 2))
        at.write()
        assert at.asked == [(unit.unit_id,)]
        (attached,) = at.message(unit).iter_attachments()
        assert attached.get_filename() == "Abbey Hulton Primary School form 1 to mend.xlsx"


def test_a_second_call_changes_nothing(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        came(at, "mend", found_in(SPOILT), SPOILT, about=issued(at.store))
        at.write()
        before, dump = files(at), dumped(at.store)
        at.write()
        assert (files(at), dumped(at.store)) == (before, dump)
        assert len(at.asked) == 1


def test_a_kill_between_the_files_and_the_note_writes_the_same_bytes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with workspace(tmp_path) as at:
        came(at, "mend", found_in(SPOILT), SPOILT, about=issued(at.store))
        came(at, "receipt", content=b"two", about=issued(at.store, 2))
        monkeypatch.setattr(Store, "transaction", lambda _: pytest.fail("killed"))
        with pytest.raises(pytest.fail.Exception, match="killed"):
            at.write()
        before = files(at)
        monkeypatch.undo()
        assert len(replies.in_state(at.store, OutboxState.DUE)) == 2
        at.write()
        assert files(at) == before
        assert len(before) == 2


def test_one_that_cannot_be_made_stays_due_and_costs_nobody_else_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gave_up: list[tuple[str, ...]] = []

    def attempt(unit_ids: Sequence[str], make: Callable[[], T], /) -> T | None:
        try:
            return make()
        except KeyError:
            gave_up.append(tuple(unit_ids))
            return None

    with workspace(tmp_path) as at:
        bad = came(at, "mend", found_in(SPOILT), SPOILT, about=issued(at.store))
        good = came(at, "mend", found_in(SPOILT), SPOILT, content=b"two", about=issued(at.store, 2))
        receipt = came(at, "receipt", content=b"three", about=issued(at.store, 3))
        written = Writer.written
        broken = {bad.unit_id}

        def sometimes(self: Writer, due: Due, raws: Mapping[str, RawForm]) -> bytes:
            if due.parts[0].unit.unit_id in broken:
                raise KeyError("")
            return written(self, due, raws)

        monkeypatch.setattr(Writer, "written", sometimes)
        with pytest.raises(KeyError):
            at.write()
        assert files(at) == {}
        at.write(attempt)
        assert gave_up == [(bad.unit_id,)]
        assert set(files(at)) == {f"{good.unit_id}-mend.eml", f"{receipt.unit_id}-receipt.eml"}
        assert [bad.unit_id in each.path for each in replies.in_state(at.store, OutboxState.DUE)] == [True]
        assert units.get_many(at.store, [bad.unit_id])[bad.unit_id].reply == ReplyState.DUE
        broken.clear()
        at.write(attempt)
        assert replies.in_state(at.store, OutboxState.DUE) == ()


def test_answers_that_cannot_be_read_again_leave_only_their_own_reply_due(tmp_path: Path) -> None:
    gave_up: list[tuple[str, ...]] = []

    def attempt(unit_ids: Sequence[str], make: Callable[[], T], /) -> T | None:
        try:
            return make()
        except KeyError:
            gave_up.append(tuple(unit_ids))
            return None

    with workspace(tmp_path) as at:
        bad = came(at, "mend", found_in(SPOILT), SPOILT, about=issued(at.store))
        good = came(at, "mend", found_in(SPOILT), SPOILT, content=b"two", about=issued(at.store, 2))

        def raw_of(unit_ids: Collection[str]) -> Mapping[str, RawForm]:
            if bad.unit_id in unit_ids:
                raise KeyError(bad.unit_id)
            return at.raw_of(unit_ids)

        write_due(at.store, at.places, REGISTER, FORM, raw_of, NIGHT, attempt=attempt)
        assert gave_up[1:] == [(bad.unit_id,)]
        assert set(gave_up[0]) == {bad.unit_id, good.unit_id}
        assert set(files(at)) == {f"{good.unit_id}-mend.eml"}
        assert len(list(at.message(good).iter_attachments())) == 1


def test_a_reply_without_an_address_waits_until_the_register_has_one(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        unit = came(at, "receipt", about=issued(at.store))
        nobody = replace(REGISTER, members=())
        write_due(at.store, at.places, nobody, FORM, at.raw_of, NIGHT)
        assert without_address(at.store, nobody, NIGHT) == 1
        assert not at.places.outbox.exists()
        assert units.get_many(at.store, [unit.unit_id])[unit.unit_id].reply == ReplyState.DUE
        at.write()
        assert without_address(at.store, REGISTER, NIGHT) == 0
        assert set(files(at)) == {f"{unit.unit_id}-receipt.eml"}


def test_who_has_left_is_written_to_no_longer(tmp_path: Path) -> None:
    urn, left = "146487", TODAY - timedelta(days=1)
    members = tuple(
        replace(each, until=left) if each.school_urn == urn and each.role == "SENCO" else each
        for each in REGISTER.members
    )
    register = replace(REGISTER, members=members)
    assert [address(register, urn, day).partition("@")[0] for day in (left, TODAY)] == ["senco", "head"]
    gone = replace(register, members=tuple(replace(each, until=left) for each in members))
    with workspace(tmp_path) as at:
        came(at, "receipt", about=issued(at.store))
        write_due(at.store, at.places, gone, FORM, at.raw_of, NIGHT)
        assert without_address(at.store, gone, NIGHT) == 1
        assert not at.places.outbox.exists()


def test_a_cluster_without_a_mailbox_writes_to_nobody(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        came(at, "receipt", about=issued(at.store))
        mute = replace(REGISTER, clusters=tuple(replace(each, mailbox="") for each in REGISTER.clusters))
        write_due(at.store, at.places, mute, FORM, at.raw_of, NIGHT)
        assert without_address(at.store, mute, NIGHT) == 1
        assert not at.places.outbox.exists()


@pytest.mark.parametrize("email", ["", "a@b.example\r\nBcc: c@d.example", "two@own.example; three@own.example"])
def test_an_address_that_is_none_is_never_written_to(email: str) -> None:
    members = tuple(replace(each, email=email) for each in REGISTER.members)
    assert address(replace(REGISTER, members=members), "146487", TODAY) == ""


def test_nothing_is_answered_to_a_school_that_is_not_known() -> None:
    assert address(REGISTER, None, TODAY) == ""
    assert address(REGISTER, "999999", TODAY) == ""


def test_a_held_or_refused_one_is_told_without_a_workbook(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        held = came(at, "held", about=issued(at.store))
        refused = came(at, "refused", (Finding(Place("b.xlsm"), "file-macros"),), content=b"two")
        at.write()
        assert at.asked == []
        for unit in (held, refused):
            assert list(at.message(unit).iter_attachments()) == []
        assert at.message(refused)["Subject"] == "Cluster funding: we could not take what you sent"


@pytest.mark.parametrize(
    ("hours", "state", "said"),
    [(1, "VALID", True), (-1, "VALID", False), (1, "NOT_AGREED", False)],
    ids=["a worse one after it", "a better one after it", "decided already"],
)
def test_who_is_told_what_to_mend_is_told_that_what_was_accepted_before_it_still_counts(
    tmp_path: Path, hours: int, state: str, said: bool
) -> None:
    with workspace(tmp_path) as at:
        good = came(at, "receipt", content=b"good", about=issued(at.store), received_at=NIGHT)
        form_ref = good.form_ref or ""
        with at.store.transaction():
            asked = applications.Application(
                "CEN-2627-0001", form_ref, "CEN", "CEN-2627-A1", "", "", "", "MAIN", 0, None, state, None, good.unit_id
            )
            applications.save_many(at.store, [asked])
        worse = came(
            at, "mend", found_in(SPOILT), SPOILT, about=issued(at.store), received_at=NIGHT + timedelta(hours=hours)
        )
        at.write()
        body = at.message(worse).get_body(("plain",))
        assert body is not None
        told = " ".join(str(body.get_content()).split())
        assert ("Until then the version we had at 02:00 on Tuesday 29 September 2026 still counts." in told) is said
        assert "still counts" not in str(at.message(good))


def test_of_two_versions_in_one_mail_the_overtaken_one_is_told_as_that_and_sends_no_copy(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        first = came(at, "mend", found_in(SPOILT), SPOILT, about=issued(at.store))
        second = replace(first, unit_id="f" * 16, ordinal=1, state=State.ACCEPTED, returns=0)
        (reply,) = replies.in_state(at.store, OutboxState.DUE)
        origin = provenance.get_many(at.store, [first.unit_id])[first.unit_id]
        with at.store.transaction():
            units.save_many(at.store, [second, replace(first, superseded_by=second.unit_id)])
            provenance.put_many(at.store, [replace(origin, unit_id=second.unit_id)])
            replies.save_many(at.store, [], [About(second.unit_id, "receipt", 1, 1, reply.message_id)])
        at.write()
        message = at.message(first)
        body = message.get_body(("plain",))
        assert body is not None
        told = " ".join(str(body.get_content()).split())
        assert told.startswith("We had 2 files from you in one message: 1 complete and 1 that changes nothing.")
        assert "so this one is kept but not used" in told.partition("File 1 of 2")[2].partition("File 2 of 2")[0]
        assert "it is complete" in told.partition("File 2 of 2")[2]
        assert list(message.iter_attachments()) == []


def superseded(at: Workspace, unit: Unit, by: Unit) -> None:
    """Another took its place before anything was written."""
    with at.store.transaction():
        gone = replace(unit, state=State.SET_ASIDE, reason="superseded", superseded_by=by.unit_id)
        units.save_many(at.store, [gone])


def test_nobody_is_told_that_a_form_is_looked_at_whose_place_another_has_taken(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        held = came(at, "held", about=issued(at.store))
        waits = came(at, "held", content=b"waits", about=issued(at.store, 2))
        receipt = came(at, "receipt", content=b"two", about=issued(at.store))
        superseded(at, held, receipt)
        at.write()
        assert set(files(at)) == {f"{waits.unit_id}-held.eml", f"{receipt.unit_id}-receipt.eml"}
        (gone,) = replies.in_state(at.store, OutboxState.CANCELLED)
        assert held.unit_id in gone.name
        before = dumped(at.store)
        at.write()
        assert dumped(at.store) == before


def test_of_a_message_that_tells_more_the_overtaken_one_is_told_as_that(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        held = came(at, "held", about=issued(at.store))
        (reply,) = replies.in_state(at.store, OutboxState.DUE)
        second = replace(held, unit_id="f" * 16, ordinal=1, state=State.ACCEPTED, form_ref=None)
        origin = provenance.get_many(at.store, [held.unit_id])[held.unit_id]
        newer = came(at, "receipt", content=b"two", about=issued(at.store))
        superseded(at, held, newer)
        with at.store.transaction():
            units.save_many(at.store, [second])
            provenance.put_many(at.store, [replace(origin, unit_id=second.unit_id)])
            replies.save_many(at.store, [], [About(second.unit_id, "receipt", 1, 1, reply.message_id)])
        at.write()
        body = at.message(held).get_body(("plain",))
        assert body is not None
        told = " ".join(str(body.get_content()).split())
        assert told.startswith("We had 2 files from you in one message: 1 complete and 1 that changes nothing.")
        assert "looks at it" not in told


def test_what_went_back_before_another_took_its_place_is_told_all_the_same(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        mend = came(at, "mend", found_in(SPOILT), SPOILT, about=issued(at.store))
        superseded(at, mend, came(at, "receipt", content=b"two", about=issued(at.store)))
        at.write()
        assert f"{mend.unit_id}-mend.eml" in files(at)
