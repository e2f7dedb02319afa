from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cluster_sheets.report.need import Need, When
from cluster_sheets.report.needed_letters import of_letters
from cluster_sheets.store import provenance, units
from cluster_sheets.store.units import ReplyState, Unit
from tests.intake.inbox import Inbox, inbox
from tests.intake.letters import RULES, TEXT, attached, letter
from tests.register.made import REGISTER
from tests.store.made import NIGHT, ended

LATER = NIGHT + timedelta(days=1)
WITHDRAWS = b"Please withdraw our request; Ivy Sneyd has moved."
WORDS = f"Content-Type: text/plain\r\n\r\n{WITHDRAWS.decode()}\r\n"


def needs(box: Inbox) -> list[Need]:
    return list(of_letters(box.store, REGISTER, NIGHT))


def test_a_person_who_writes_without_a_form_is_read_by_a_person(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(a__eml=letter(WORDS, Subject="Re: Ivy Sneyd"), b__eml=letter(TEXT, attached(), Message_ID="<2@x>"))
        (unit,) = [each for each in box.take() if each.reason]
        (need,) = needs(box)
    assert (need.kind, need.where) == (When.TODAY, f"Unit {unit.unit_id}")
    assert need.do == f"Read it and answer: cluster-sheets quarantine show {unit.unit_id}"
    assert "Ivy" not in str(need)
    assert "oak.example" not in str(need)


def test_what_programs_and_lists_send_and_what_came_another_night_is_no_letter(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(
            a__eml=letter(WORDS, Auto_Submitted="auto-replied", Message_ID="<1@x>"),
            b__eml=letter(WORDS, Precedence="bulk", Message_ID="<2@x>"),
            c__eml=letter(WORDS, List_Id="<staff.oak.example>", Message_ID="<3@x>"),
            d__eml=letter(WORDS, From="no-reply@oak.example", Message_ID="<4@x>"),
        )
        assert len(box.take()) == 4
        assert needs(box) == []
        box.put(e__eml=letter(WORDS, Message_ID="<5@x>"))
        box.take(LATER, RULES)
        assert needs(box) == []
        assert len(list(of_letters(box.store, REGISTER, LATER))) == 1


def test_a_letter_is_told_by_the_next_night_where_the_first_was_cut_short(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(a__eml=letter(WORDS))
        box.take()
        for code, told in ((None, 1), (6, 1), (3, 0)):
            with box.store.transaction():
                ended(box.store, NIGHT, code)
            assert len(list(of_letters(box.store, REGISTER, LATER))) == told
            assert len(needs(box)) == 1


def test_what_somebody_we_know_writes_through_a_list_is_a_letter_and_what_strangers_send_is_not(tmp_path: Path) -> None:
    known = REGISTER.reply_addresses(next(iter(REGISTER.schools)), REGISTER.day_of(NIGHT))[0]
    quiet = [{"Precedence": "bulk"}, {"List_Unsubscribe": "<mailto:x@y.example>"}, {"X_Auto_Response_Suppress": "All"}]
    with inbox(tmp_path) as box:
        for number, mark in enumerate(quiet):
            box.put(**{f"{number}__eml": letter(WORDS, From=known, Message_ID=f"<{number}@x>", **mark)})
            box.put(**{f"{number}s__eml": letter(WORDS, Message_ID=f"<{number}s@x>", **mark)})
        box.put(away__eml=letter(WORDS, From=known, Message_ID="<away@x>", Auto_Submitted="auto-replied"))
        taken = box.take()
        origins = provenance.get_many(box.store, [each.unit_id for each in taken])
        theirs = [each for each in taken if origins[each.unit_id].sender == known and each.reason != "auto-reply"]
        assert {need.where for need in needs(box)} == {f"Unit {each.unit_id}" for each in theirs}
        assert len(theirs) == 3


def test_words_beside_what_is_no_form_and_a_sealed_message_are_told_as_what_they_are(tmp_path: Path) -> None:
    sealed = attached("smime.p7m", b"\x30\x80", "application/pkcs7-mime")
    signed = attached("smime.p7m", bytes.fromhex("308006092a864886f70d010702a080"), "application/pkcs7-mime")
    with inbox(tmp_path) as box:
        box.put(d__eml=letter(signed, Message_ID="<4@x>"))
        box.put(a__eml=letter(WORDS, attached("a.pdf", b"%PDF-1.7"), attached("b.pdf", b"%PDF-1.8")))
        box.put(b__eml=letter(sealed, Message_ID="<2@x>"), c__eml=letter(WORDS, Message_ID="<3@x>"))
        box.take()
        told = sorted((need.what.partition(":")[0], need.do.partition(":")[0]) for need in needs(box))
    assert told == [
        ("Somebody sent a message that is encrypted or sealed",
         "Find it in the mailbox, open it with a mail program that can, and answer. Who sent it"),
        ("Somebody sent a message that is wrapped in a digital signature",
         "Find it in the mailbox, open it with a mail program that can, and answer. Who sent it"),
        ("Somebody wrote without sending a form", "Read it and answer"),
        ("Somebody wrote, and what came with it is no form that we can take", "Read it and answer"),
    ]  # fmt: skip


def test_a_letter_that_is_delivered_twice_is_read_once(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        for number in range(2):
            raw = letter(
                WORDS, attached("a.pdf", b"%PDF-1.7"), Received=f"by mx{number}.example; Mon, 1 Jan 2026 09:00"
            )
            box.put(**{f"{number}__eml": raw})
        assert len(box.take()) == 2
        assert len(needs(box)) == 1


def test_where_many_write_the_rest_is_counted(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(**{f"{n}__eml": letter(WORDS, Message_ID=f"<{n}@x>") for n in range(15)})
        taken = box.take()
        found = needs(box)
    assert len({need.where for need in found[:12]} & {f"Unit {each.unit_id}" for each in taken}) == 12
    assert (found[12].what, found[12].minutes, len(found)) == ("3 more messages without a form.", 9, 13)
    assert found[12].do == "Read them: cluster-sheets quarantine list --letters"


def test_whom_we_answer_comes_first(tmp_path: Path) -> None:
    with inbox(tmp_path) as box:
        box.put(**{f"{n}__eml": letter(WORDS, Message_ID=f"<{n}@x>") for n in range(3)})
        last: Unit = box.take()[-1]
        with box.store.transaction():
            units.save_many(box.store, [replace(last, reply=ReplyState.DUE)])
        assert needs(box)[0].where == f"Unit {last.unit_id}"
