import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cluster_sheets.intake import sweep, take_in
from cluster_sheets.intake.sweep import Stays
from cluster_sheets.store import mails, provenance, units
from cluster_sheets.store.mails import MailState
from cluster_sheets.store.units import State, Unit
from tests.intake.inbox import inbox
from tests.intake.letters import RULES, SENDER, TEXT, WORKBOOK, attached, letter
from tests.store.made import NIGHT

NEXT = NIGHT + timedelta(days=1)


def test_files_and_mails_become_units_that_wait_and_the_inbox_is_empty(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(form__xlsx=WORKBOOK + b"1", mail__eml=letter(TEXT, attached(), attached("b.xlsx", WORKBOOK + b"2")))
        taken = box.take()
        assert [
            (each.ordinal, each.state, each.reason) for each in sorted(taken, key=lambda u: (u.ordinal, u.reason))
        ] == [
            (0, "pending", ""),
            (0, "pending", ""),
            (1, "pending", ""),
        ]
        assert box.left() == []
        assert box.events() == [("received", "")] * 3
        assert mails.unopened(box.store) == ()


def test_the_second_run_of_a_night_changes_nothing(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(form__xlsx=WORKBOOK, mail__eml=letter())
        box.take()
        told = box.told()
        box.take()
        box.put(form__xlsx=WORKBOOK)
        box.take()
        assert box.told() == told
        assert box.left() == []


def test_a_file_that_comes_again_on_a_later_night_is_one_unit_more_to_be_set_aside(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(form__xlsx=WORKBOOK)
        (first,) = box.take()
        for _ in range(2):
            box.put(form__xlsx=WORKBOOK, same__xlsx=WORKBOOK)
            known, again = box.take(NEXT)
            assert (known, again.reason, again.mail_sha256) == (first, "received-again", first.mail_sha256)
        assert box.events() == [("received", ""), ("received", "received-again")]


def test_what_went_back_and_is_dropped_again_is_one_unit_more_to_be_judged_a_saved_mail_is_not(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(form__xlsx=WORKBOOK + b"1", mail__eml=letter())
        first = box.take()
        with box.store.transaction():
            units.save_many(box.store, [replace(each, state=State.RETURNED, reason="blank") for each in first])
        again = list[Unit]()
        for _ in range(2):  # a kill leaves them lying once they are kept
            box.put(form__xlsx=WORKBOOK + b"1", mail__eml=letter())
            again = [each for each in box.take(NEXT) if each.unit_id not in {one.unit_id for one in first}]
            assert sorted(each.reason for each in again) == ["", "received-again"]
        (anew,) = (each for each in again if not each.reason)
        assert (anew.received_at, anew.state) == (NEXT, State.PENDING)
        assert provenance.get_many(box.store, [anew.unit_id])[anew.unit_id].file_name == "form.xlsx"
        box.put(form__xlsx=WORKBOOK + b"1")
        (left,) = (each for each in box.take(NEXT + timedelta(days=1)) if each.first_seen_night > NEXT)
        assert left.reason == "received-again"


def test_names_and_order_in_the_inbox_change_nothing_but_the_names_kept(tmp_path: Path) -> None:
    told = []
    for names in (("a__eml", "b__eml", "c__eml"), ("c__eml", "a__eml", "b__eml")):
        folder = tmp_path / names[0]
        folder.mkdir()
        with inbox(folder) as box:
            contents = [letter(Message_ID=f"<{number}@oak.example>") for number in range(3)]
            box.put(**dict(zip(names, contents, strict=True)))
            box.take()
            told.append(box.told())
    assert told[0] == told[1]


def test_rule_06_the_same_workbook_from_two_people_is_two_units_one_of_them_again(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(a__eml=letter(), b__eml=letter(From="head@oak.example", Message_ID="<two@oak.example>"))
        taken = box.take()
        assert sorted(each.reason for each in taken) == ["", "same-file-again"]
        assert len({each.file_sha256 for each in taken}) == 1
        senders = {each.sender for each in provenance.get_many(box.store, [each.unit_id for each in taken]).values()}
        assert senders == {SENDER, "head@oak.example"}


@pytest.mark.parametrize("nights", [(NIGHT, NIGHT), (NIGHT, NEXT)])
def test_rule_05_other_content_under_the_same_message_id_is_set_apart(
    tmp_path: Path, nights: tuple[datetime, datetime]
) -> None:
    with inbox(tmp_path) as box:
        box.put(a__eml=letter())
        box.take(nights[0])
        box.put(b__eml=letter(TEXT, attached(data=WORKBOOK + b"other")), c__eml=letter(TEXT, attached(), Date="now"))
        taken = box.take(nights[1])
        assert sorted(each.reason for each in taken) == ["", "message-id-again", "same-file-again"]


@pytest.mark.parametrize("nights", [(NIGHT, NIGHT), (NIGHT, NEXT)])
@pytest.mark.parametrize("message_id", ["<one@oak.example>", "", None])
def test_rule_04_a_mail_that_is_delivered_twice_is_taken_in_once(
    tmp_path: Path, nights: tuple[datetime, datetime], message_id: str | None
) -> None:
    with inbox(tmp_path) as box:
        box.put(
            a__eml=letter(Message_ID=message_id), b__eml=letter(TEXT, Message_ID=message_id and "<two@oak.example>")
        )
        box.take(nights[0])
        box.put(
            c__eml=letter(Message_ID=message_id, Received="again"),
            d__eml=letter(TEXT, Message_ID=message_id and "<two@oak.example>", Received="again"),
        )
        taken = box.take(nights[1])
        assert sorted(each.reason for each in taken) == ["", "mail-without-a-form", "received-again", "same-file-again"]


def test_rule_04_the_same_words_from_somebody_else_or_under_another_id_are_another_mail(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(
            a__eml=letter(TEXT, Message_ID=None),
            b__eml=letter(TEXT, Message_ID=None, From="head@oak.example"),
            c__eml=letter(TEXT, Message_ID="<two@oak.example>"),
            d__eml=letter(TEXT, Message_ID="<two@oak.example>").replace(b"Please", b"Kindly"),
        )
        assert [each.reason for each in box.take()] == ["mail-without-a-form"] * 4


def test_mails_without_a_message_id_are_each_their_own(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(a__eml=letter(Message_ID=None), b__eml=letter(TEXT, attached(data=WORKBOOK + b"2"), Message_ID=""))
        assert [each.reason for each in box.take()] == ["", ""]


def test_what_says_nothing_to_read_is_one_unit_with_its_reason(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(
            none__eml=letter(TEXT, Message_ID="<1@x.example>"),
            away__eml=letter(TEXT, Message_ID="<2@x.example>", Auto_Submitted="auto-replied"),
            ours__eml=letter(Message_ID=f"<3@{RULES.own_domain}>"),
            bounce__eml=letter(Message_ID="<4@x.example>", From="mailer-daemon@x.example"),
            two__eml=letter(Message_ID="<5@x.example>", From="a@x.example, b@x.example"),
            hurt__eml=letter(TEXT, attached().replace("UEsD", "U%sD", 1), Message_ID="<6@x.example>"),
        )
        taken = box.take()
        assert sorted(each.reason for each in taken) == [
            *("auto-reply", "bounce", "file-damaged-in-mail", "mail-sender-unclear", "mail-without-a-form", "own-mail"),
        ]
        assert sorted(text for _, text in box.events()) == sorted(each.reason for each in taken)


CAME = datetime(2026, 11, 23, 16, 59, 30, tzinfo=UTC)
FUTURE = "from a by mx.council.test; Mon, 23 Nov 2099 16:59:30 +0000"


@pytest.mark.parametrize(("received", "moment"), [("", CAME), (None, NIGHT), (FUTURE, NIGHT)])
def test_a_mail_came_when_our_exchanger_says_and_never_after_we_saw_it(
    tmp_path: Path, received: str | None, moment: datetime
) -> None:
    with inbox(tmp_path) as box:
        box.put(a__eml=letter() if received == "" else letter(Received=received))
        (unit,) = box.take()
        kept = mails.get_many(box.store, [unit.mail_sha256])[unit.mail_sha256]
        assert (unit.received_at, kept.received_at, unit.first_seen_night) == (moment, moment, NIGHT)


def test_a_file_came_when_we_first_saw_it_whatever_its_own_time(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(form__xlsx=WORKBOOK)
        os.utime(box.places.inbox / "form.xlsx", (0, 0))
        (unit,) = box.take()
        assert (unit.received_at, unit.unit_id) == (NIGHT, unit.file_sha256[:16])


def test_a_mail_kept_on_one_night_and_opened_on_the_next_came_on_the_first_and_is_told_of_on_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with inbox(tmp_path) as box:
        box.put(a__eml=letter(Received=None))
        monkeypatch.setattr(take_in, "open_mails", lambda *_: None)
        assert box.take() == ()
        monkeypatch.undo()
        (unit,) = box.take(NEXT)
        assert (unit.received_at, unit.first_seen_night) == (NIGHT, NEXT)


def test_what_came_with_a_unit_is_kept_sealed_with_it(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(a__eml=letter(), **{"b__xlsx": WORKBOOK + b"1"})
        taken = {each.unit_id: each for each in box.take()}
        origins = provenance.get_many(box.store, taken)
        assert sorted((each.sender, each.file_name, each.subject, each.message_id) for each in origins.values()) == [
            ("", "b.xlsx", "", ""),
            (SENDER, "request.xlsx", "Our request", "one@oak.example"),
        ]


def test_a_file_far_beyond_any_mail_stays_and_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweep, "_TIMES", 0)
    with inbox(tmp_path) as box:
        box.put(form__xlsx=WORKBOOK)
        assert take_in.take_in(box.store, box.places, RULES, NIGHT) == take_in.Left(["form.xlsx"], [])
        assert box.left() == ["form.xlsx"]


def test_what_stays_is_told_by_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(take_in, "contents", lambda file: Stays.UNREADABLE if file.name == "a.xlsx" else b"EXAMPLE")
    with inbox(tmp_path) as box:
        box.put(a__xlsx=WORKBOOK, b__xlsx=WORKBOOK, c__part=WORKBOOK)
        told = take_in.take_in(box.store, box.places, RULES, NIGHT)
        assert told == take_in.Left([], [Stays.UNFINISHED, Stays.UNREADABLE])
        assert box.left() == ["a.xlsx", "c.part"]


def test_how_far_it_is_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    with inbox(tmp_path) as box:
        box.put(a__eml=letter(), form__xlsx=WORKBOOK)
        take_in.take_in(box.store, box.places, RULES, NIGHT, lambda *step: told.append(step))
        take_in.take_in(box.store, box.places, RULES, NIGHT, lambda *step: told.append(step))
    assert told == [("Taking in", 0, 2), ("Taking in", 2, 2), ("Opening mails", 0, 1), ("Opening mails", 1, 1)]


def test_more_than_a_chunk_is_taken_in_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(take_in, "CHUNK", 2)
    with inbox(tmp_path) as box:
        box.put(**{f"{n}__xlsx": WORKBOOK + bytes([n]) for n in range(5)})
        box.put(**{f"{n}__eml": letter(Message_ID=f"<{n}@x.example>") for n in range(5)})
        assert sorted(each.reason for each in box.take()) == [*[""] * 6, *["same-file-again"] * 4]
        assert {each.state for each in mails.get_many(box.store, [u.mail_sha256 for u in box.take()]).values()} == {
            MailState.OPENED
        }


_NIGHT = """
import sys
from pathlib import Path
from tests.intake.inbox import inbox
from tests.store.night import arm
with inbox(Path(sys.argv[1])) as box:
    if len(sys.argv) > 2:
        arm(int(sys.argv[2]))
    box.take()
    print(box.told())
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is a matter of POSIX")
def test_a_kill_before_any_write_loses_and_doubles_nothing(tmp_path: Path) -> None:
    def workspace(name: str) -> Path:
        root = tmp_path / name
        root.mkdir()
        with inbox(root) as box:
            box.put(a__eml=letter(), b__eml=letter(Message_ID="<b@x.example>"), c__xlsx=WORKBOOK + b"1")
        return root

    def run(root: Path, *picked: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", _NIGHT, str(root), *picked], capture_output=True, text=True, check=False
        )

    undisturbed = run(workspace("twin")).stdout
    assert undisturbed.count('"night", "received"') == 3
    for picked in range(1, 90, 3):
        root = workspace(f"killed {picked}")
        first = run(root, str(picked))
        if first.returncode == 0:
            break
        assert first.returncode == -signal.SIGKILL, first.stderr
        with inbox(root) as box:
            box.take()
            assert f"{box.told()}\n" == undisturbed, picked
            assert box.left() == []
    assert picked > 15
