from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cluster_sheets.intake.again import repeated_ids, told_again
from cluster_sheets.store import units
from cluster_sheets.store.units import State, Unit
from tests.store.made import NIGHT, keep, made, unit_of

LATER = NIGHT + timedelta(hours=1)


def later(content: bytes, number: int = 1, reason: str = "") -> Unit:
    return replace(unit_of(content, reason=reason), unit_id=f"{number:016d}", mail_sha256="f" * 64, received_at=LATER)


def reasons(store: object, *units_made: Unit, repeated: frozenset[str] = frozenset()) -> list[str]:
    return [each.reason for each in told_again(store, units_made, repeated)]  # type: ignore[arg-type]


STATES = {
    (State.PENDING, ""): "same-file-again",
    (State.PENDING, "same-file-again"): "same-file-again",
    (State.PENDING, "file-damaged-in-mail"): "",
    (State.ACCEPTED, ""): "same-file-again",
    (State.RETURNED, "blank"): "",
    (State.SET_ASIDE, "newer-version-kept"): "same-file-again",
    (State.HELD, "stamp-missing"): "same-file-again",
    (State.HELD, "sender-not-registered"): "",
    (State.HELD, "set-apart-at-first"): "",
    (State.SET_ASIDE, "rejected"): "",
    (State.SET_ASIDE, "received-again"): "",
    (State.SET_ASIDE, "erased-with-another"): "",
    (State.QUARANTINED, "message-id-again"): "",
}


@pytest.mark.parametrize(("state", "reason"), STATES)
def test_the_same_workbook_again_brings_nothing_new_unless_the_first_was_never_looked_at(
    tmp_path: Path, state: State, reason: str
) -> None:
    with made(tmp_path) as store, store.transaction():
        units.save_many(store, [replace(keep(store, b"A"), state=state, reason=reason)])
        assert reasons(store, later(b"A"), later(b"B", 2)) == [STATES[state, reason], ""]


def test_the_same_workbook_twice_in_one_night_is_looked_at_once(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        assert reasons(store, later(b"A"), later(b"A", 2), later(b"A", 3)) == ["", "same-file-again", "same-file-again"]


@pytest.mark.parametrize(
    ("state", "reason", "told"),
    [
        (State.RETURNED, "blank", "auto-reply"),
        (State.ACCEPTED, "", "auto-reply"),
        (State.SET_ASIDE, "auto-reply", ""),
        (State.HELD, "sender-not-registered", ""),
    ],
)
def test_what_a_program_brings_back_with_its_answer_is_looked_at_unless_we_have_it(
    tmp_path: Path, state: State, reason: str, told: str
) -> None:
    with made(tmp_path) as store, store.transaction():
        units.save_many(store, [replace(keep(store, b"A"), state=state, reason=reason)])
        back, mended, person = later(b"A"), later(b"B", 2), later(b"C", 3)
        echoes = {back.unit_id, mended.unit_id}
        assert [each.reason for each in told_again(store, (back, mended, person), echoes=echoes)] == [told, "", ""]


def test_an_empty_file_is_no_copy_of_another(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        units.save_many(store, [replace(keep(store, b""), state=State.RETURNED, reason="file-empty")])
        assert reasons(store, later(b""), later(b"", 2)) == ["", ""]


def test_a_reason_that_is_there_stands(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        damaged = later(b"A", reason="file-damaged-in-mail")
        assert reasons(store, damaged, later(b"A", 2)) == ["file-damaged-in-mail", ""]


def test_other_content_under_a_known_message_id_is_set_apart_and_the_same_is_not(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        keep(store, b"A")
        told = reasons(store, later(b"A"), later(b"B", 2), repeated=frozenset({"f" * 64}))
        assert told == ["same-file-again", "message-id-again"]


def test_what_went_back_and_comes_in_the_same_message_once_more_is_not_set_apart(tmp_path: Path) -> None:
    with made(tmp_path) as store, store.transaction():
        units.save_many(store, [replace(keep(store, b"A"), state=State.RETURNED)])
        assert reasons(store, later(b"A"), repeated=frozenset({"f" * 64})) == ["same-file-again"]


def test_a_message_id_is_repeated_from_the_second_mail_on() -> None:
    ids = [("a", "m1"), ("b", None), ("c", "m1"), ("d", "m2"), ("e", None), ("f", "m3")]
    assert repeated_ids({"m2": ("z",), "m3": ()}, ids) == {"c", "d"}
