import hashlib
from pathlib import Path

import pytest

from cluster_sheets.intake.keeping import keep
from cluster_sheets.intake.opening import open_mails
from cluster_sheets.store import mails
from cluster_sheets.store.error import StoreError
from tests.intake.letters import RULES, TEXT, WORKBOOK, attached, letter
from tests.store.asked import every_unit
from tests.store.made import NIGHT, made


def test_each_form_of_a_mail_is_a_unit_named_after_the_mail_and_its_place_in_it(tmp_path: Path) -> None:
    raw = letter(TEXT, attached(), attached("b.xlsx", WORKBOOK + b"2"))
    sha256 = hashlib.sha256(raw).hexdigest()
    with made(tmp_path) as store:
        keep(store, [("a.eml", raw)], NIGHT)
        open_mails(store, mails.unopened(store), RULES, NIGHT)
        told = sorted((each.ordinal, each.unit_id, each.file_sha256) for each in every_unit(store))
        assert told == [
            (number, hashlib.sha256(f"{sha256} {number}".encode()).hexdigest()[:16], hashlib.sha256(data).hexdigest())
            for number, data in enumerate((WORKBOOK, WORKBOOK + b"2"))
        ]
        assert mails.unopened(store) == ()


def test_a_mail_without_a_form_is_a_unit_under_its_own_bytes(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        keep(store, [("a.eml", letter(TEXT))], NIGHT)
        open_mails(store, mails.unopened(store), RULES, NIGHT)
        (unit,) = every_unit(store)
        assert (unit.file_sha256, unit.reason) == (unit.mail_sha256, "mail-without-a-form")


def test_a_mended_form_that_a_program_marked_as_its_answer_is_no_absence_note(tmp_path: Path) -> None:
    answer = {"In_Reply_To": f"<mend.1.1.1@{RULES.own_domain}>", "Auto_Submitted": "auto-generated"}
    back, mended = attached("a.xlsx"), attached("b.xlsx", WORKBOOK + b"2")
    with made(tmp_path) as store:
        for name, raw in (("a.eml", letter()), ("b.eml", letter(TEXT, back, mended, Message_ID="<2@x>", **answer))):
            keep(store, [(name, raw)], NIGHT)
            open_mails(store, mails.unopened(store), RULES, NIGHT)
        told = [(each.file_sha256, each.reason) for each in every_unit(store)]
        ours, other = (hashlib.sha256(data).hexdigest() for data in (WORKBOOK, WORKBOOK + b"2"))
        assert sorted(told) == sorted([(ours, ""), (ours, "auto-reply"), (other, "")])


def test_a_mail_whose_bytes_are_gone_stops_us_and_stays_unopened(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        keep(store, [("a.eml", letter())], NIGHT)
        (mail,) = mails.unopened(store)
        with store.transaction():
            store.write("DELETE FROM received", [()])
        with pytest.raises(StoreError, match="missing"):
            open_mails(store, (mail,), RULES, NIGHT)
        assert mails.unopened(store) == (mail,)


def test_message_ids_are_kept_as_keyed_hashes_only(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        keep(store, [("a.eml", letter())], NIGHT)
        (mail,) = mails.unopened(store)
        open_mails(store, (mail,), RULES, NIGHT)
        kept = mails.get_many(store, [mail.mail_sha256])[mail.mail_sha256].message_ref
        assert kept is not None
        assert (len(kept), "oak" in kept) == (16, False)
