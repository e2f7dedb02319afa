from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from cluster_sheets.register.model import Register
from cluster_sheets.replies.send import Sending
from cluster_sheets.report.need import Need, When
from cluster_sheets.report.needed_replies import CALLED, of_replies, of_sending
from cluster_sheets.store import nights, replies, units
from cluster_sheets.store.nights import Night, Span
from cluster_sheets.store.replies import OutboxState
from cluster_sheets.store.units import ReplyState
from cluster_sheets.verdict.telling import PRESSING
from tests.register.made import REGISTER
from tests.replies.made import NIGHT, SCHOOL, Workspace, came, workspace

TODAY = date(2026, 9, 29)


def needs(at: Workspace, register: Register = REGISTER) -> list[Need]:
    return list(of_replies(at.store, register, NIGHT))


def stands(at: Workspace, state: str, **given: object) -> str:
    """The one message stands so from now on; its name."""
    (told,) = replies.everything(at.store)
    with at.store.transaction():
        replies.save_many(at.store, [replace(told, state=OutboxState(state), **given)])  # type: ignore[arg-type]
    return told.name


@pytest.mark.parametrize(
    ("state", "given", "what"),
    [
        ("undeliverable", {}, "A receipt is undeliverable: it came back, and the school does not have it."),
        (
            "failed",
            {"answer": "550 5.1.1", "attempts": 1},
            "A receipt was refused by the mail server (550 5.1.1): the school does not have it.",
        ),
        (
            "failed",
            {"answer": "451 4.3.0", "attempts": 5},
            "A receipt could not be sent in 5 runs (451 4.3.0): the school does not have it.",
        ),
        ("failed", {"attempts": 5}, "A receipt could not be sent in 5 runs: the school does not have it."),
    ],
)
def test_rule_13_and_30_a_message_nobody_has_is_told_with_its_reference_and_what_to_do(
    tmp_path: Path, state: str, given: dict[str, object], what: str
) -> None:
    with workspace(tmp_path) as at:
        came(at, "receipt", application_ref="CEN-2627-0001")
        name = stands(at, state, **given)
        do = (
            f"See whose it is with: cluster-sheets outbox show {name}. Mend the address in the sheet Members."
            f" Then: cluster-sheets outbox retry {name}"
        )
        assert needs(at) == [Need(When.TODAY, "CEN-2627-0001", what, do, 2, TODAY)]
        assert SCHOOL not in str(needs(at))


def test_one_about_no_application_is_told_by_its_unit(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        unit = came(at, "mend")
        stands(at, "undeliverable")
        (need,) = needs(at)
        assert (need.where, need.what.startswith("A form sent back to be mended is")) == (f"Unit {unit.unit_id}", True)


def test_many_are_listed_so_far_and_then_counted(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        for number in range(14):
            came(at, "receipt", content=bytes([number]))
        with at.store.transaction():
            lost = [each.message_id for each in replies.everything(at.store)]
            replies.move_many(at.store, lost, OutboxState.FAILED)
        assert (len(needs(at)), needs(at)[-1].what) == (13, "2 more messages like these.")


def test_replies_without_an_address_are_told(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        came(at, "receipt")
        (need,) = needs(at, replace(REGISTER, members=()))
        assert need.what == "1 reply cannot be addressed: a school or the cluster has no address."
        assert needs(at) == []


@pytest.mark.parametrize("state", ["written", "queued", "sending", "sent", "cancelled"])
def test_all_others_need_nobody(tmp_path: Path, state: str) -> None:
    with workspace(tmp_path) as at:
        came(at, "receipt")
        stands(at, state, sent_at=NIGHT - timedelta(days=9))
        assert needs(at) == []


def test_rule_12_what_waits_for_the_next_run_is_told_with_the_reason() -> None:
    assert [each.what for each in of_sending(Sending(sent=9, over_run=3, over_day=1, put_off=2, unsure=1))] == [
        "3 messages wait: a run sends no more (replies_per_run).",
        "1 message waits: its school has had enough for one day (replies_per_sender_a_day).",
        "2 messages wait: the mail server put it off.",
        "1 message waits: the line broke, and nobody knows whether the mail server has it.",
    ]
    assert {each.kind for each in of_sending(Sending(over_run=3))} == {When.LATER}
    assert of_sending(Sending(sent=9)) == []


def test_every_kind_of_message_has_a_name() -> None:
    assert set(CALLED) == set(PRESSING)


def test_what_brought_nothing_new_is_told_with_what_it_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with workspace(tmp_path) as at:
        monkeypatch.setattr(
            replies, "not_told_again", lambda store, night: ("1f", "2f")[: night == Span(None, NIGHT) and 2]
        )
        what = "They bring nothing new, and were not answered: the school was told the same less than 7 days ago."
        do = "Nothing if that stops; if it goes on, ring the school: a program may be answering our messages."
        assert needs(at) == [Need(When.LATER, "Unit 1f", what, do, 1, None, "and 1 more")]


def test_rule_9_of_a_request_that_counts_and_is_not_answered_the_admin_is_told(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        some = [came(at, "receipt", content=bytes([n]), application_ref=f"CEN-2627-{n:04}") for n in range(1, 15)]
        assert needs(at) == []
        with at.store.transaction():
            units.save_many(at.store, [replace(some[0], reply=ReplyState.NONE)])
        what = (
            "1 request is complete and has no receipt: the message is marked as sent by a program or through a list,"
            " and such mail is not answered."
        )
        do = "Tell its school that it has arrived."
        assert needs(at) == [Need(When.TODAY, "CEN-2627-0001", what, do, 2, TODAY)]
        with at.store.transaction():
            units.save_many(at.store, [replace(each, reply=ReplyState.NONE) for each in some])
        (need,) = needs(at)
        assert (need.about, need.do) == ("and 2 more", "Tell their schools that they have arrived.")
        with at.store.transaction():
            nights.save(at.store, Night(NIGHT, REGISTER.sha256, 0))
        assert list(of_replies(at.store, REGISTER, NIGHT + timedelta(days=1))) == []
