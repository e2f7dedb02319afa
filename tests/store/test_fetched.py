from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cluster_sheets.store import fetched, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.fetched import Fetched, Lies
from cluster_sheets.store.units import State, Unit
from tests.store.asked import where_mails_lie
from tests.store.made import keep, made

BOX = "imap cluster@council.example at imap.example:993 INBOX"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with made(tmp_path) as opened:
        yield opened


def mail(unit: Unit, uid: str = "7", **given: object) -> Fetched:
    whole = {"lies": Lies.INBOX, "at_validity": "1", "at_uid": uid, **given}
    return Fetched(BOX, "1", uid, unit.mail_sha256, 100, **whole)  # type: ignore[arg-type]


def test_a_mail_is_known_by_the_number_it_has_in_its_mailbox(store: Store) -> None:
    with store.transaction():
        unit = keep(store)
        fetched.add_many(store, [mail(unit, "7"), mail(unit, "12")])
        fetched.add_many(store, [replace(mail(unit, "7"), lies=Lies.HELD)])
    assert fetched.numbers(store, BOX, "1") == {"7", "12"}
    assert fetched.numbers(store, BOX, "2") == fetched.numbers(store, "another", "1") == frozenset()
    assert where_mails_lie(store) == {BOX: {Lies.INBOX: 2}}


def test_the_old_number_of_a_mailbox_numbered_anew_leads_nowhere(store: Store) -> None:
    with store.transaction():
        unit, other = keep(store), keep(store, b"EXAMPLE another")
        fetched.add_many(store, [mail(unit), mail(other, "8")])
        fetched.add_many(store, [replace(mail(unit, "3"), validity="2", at_validity="2")])
    rows = {(told.validity, told.uid): told.lies for told, _ in fetched.to_file_away(store)}
    assert rows == {}
    assert where_mails_lie(store) == {BOX: {Lies.GONE: 1, Lies.INBOX: 2}}


@pytest.mark.parametrize(
    ("states", "where"),
    [
        ((State.PENDING, State.QUARANTINED), None),
        ((State.ACCEPTED, State.RETURNED, State.SET_ASIDE), Lies.PROCESSED),
        ((State.ACCEPTED, State.HELD), Lies.HELD),
        ((State.HELD, State.QUARANTINED, State.ACCEPTED), Lies.QUARANTINE),
    ],
)
def test_a_mail_goes_where_the_gravest_of_its_units_wants_it(
    store: Store, states: tuple[State, ...], where: Lies | None
) -> None:
    with store.transaction():
        first = keep(store, state=states[0])
        more = [
            replace(first, unit_id=f"{number:016x}", ordinal=number, state=state)
            for number, state in enumerate(states[1:], 1)
        ]
        units.add_many(store, more)
        fetched.add_many(store, [mail(first)])
    assert fetched.to_file_away(store) == (() if where is None else ((mail(first), where),))


def test_a_held_mail_is_filed_again_once_it_is_settled_and_then_no_more(store: Store) -> None:
    with store.transaction():
        unit = keep(store, state=State.HELD)
        held = mail(unit, lies=Lies.HELD, at_validity="5", at_uid="2")
        fetched.add_many(store, [held])
        assert fetched.to_file_away(store) == ()
        units.save_many(store, [replace(unit, state=State.ACCEPTED)])
        assert fetched.to_file_away(store) == ((held, Lies.PROCESSED),)
        fetched.save_many(store, [replace(held, lies=Lies.PROCESSED)])
        units.save_many(store, [replace(unit, state=State.HELD)])
        assert fetched.to_file_away(store) == ()


@pytest.mark.parametrize("lies", [Lies.STAYS, Lies.GONE])
def test_what_is_gone_or_stays_is_never_filed(store: Store, lies: Lies) -> None:
    with store.transaction():
        fetched.add_many(store, [mail(keep(store, state=State.ACCEPTED), lies=lies)])
    assert fetched.to_file_away(store) == ()


def test_a_mail_that_is_not_opened_stays_where_it_lies(store: Store) -> None:
    with store.transaction():
        unit = keep(store)
        store.write("DELETE FROM cluster.unit WHERE unit_id = ?", [(unit.unit_id,)])
        fetched.add_many(store, [mail(unit)])
    assert fetched.to_file_away(store) == ()


def test_it_is_known_which_files_anybody_could_send_and_which_were_cut_off(store: Store) -> None:
    with store.transaction():
        mailed, dropped, huge = (keep(store, name) for name in (b"EXAMPLE 1", b"EXAMPLE 2", b"EXAMPLE 3"))
        fetched.add_many(
            store,
            [mail(mailed), replace(mail(dropped, "8"), mailbox="folder /share/in"), mail(huge, "9", whole=False)],
        )
    every = [each.mail_sha256 for each in (mailed, dropped, huge)]
    assert fetched.came_by_mail(store, every) == {mailed.mail_sha256, huge.mail_sha256}
    assert fetched.cut_off(store, every) == {huge.mail_sha256}
