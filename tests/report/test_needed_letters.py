from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from cluster_sheets.report.need import Need, When
from cluster_sheets.report.needed_letters import of_letters
from cluster_sheets.store import units
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
