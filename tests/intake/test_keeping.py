from pathlib import Path

from cluster_sheets.intake.keeping import keep
from cluster_sheets.store import audit, blobs, mails, provenance
from cluster_sheets.store.mails import Mail, MailState
from tests.intake.letters import WORKBOOK, letter
from tests.store.asked import every_unit
from tests.store.made import NIGHT, made


def test_a_file_is_kept_and_is_a_unit_a_mail_is_kept_and_waits(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        keep(store, [("form.xlsx", WORKBOOK), ("mail.eml", letter())], NIGHT)
        (unit,) = every_unit(store)
        assert blobs.read(store, unit.file_sha256) == WORKBOOK
        (mail,) = mails.unopened(store)
        assert (mail.kind, blobs.read(store, mail.mail_sha256)) == ("mail", letter())
        assert mails.get_many(store, [unit.mail_sha256]) == {
            unit.mail_sha256: Mail(unit.mail_sha256, "file", NIGHT, NIGHT, MailState.OPENED)
        }
        assert [(line.event, line.unit_id, line.in_hash) for line in audit.everything(store)] == [
            ("received", unit.unit_id, unit.file_sha256)
        ]


def test_the_same_bytes_under_two_names_are_one_unit(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        keep(store, [("a.xlsx", WORKBOOK), ("b.xlsx", WORKBOOK)], NIGHT)
        keep(store, [("c.xlsx", WORKBOOK)], NIGHT)
        (unit,) = every_unit(store)
        assert provenance.get_many(store, [unit.unit_id])[unit.unit_id].file_name == "a.xlsx"
        assert len(audit.everything(store)) == 1


def test_a_files_name_is_kept_as_display_data(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        keep(store, [("from Oak/my \u202eform\udcff.xlsx", WORKBOOK)], NIGHT)
        (unit,) = every_unit(store)
        assert provenance.get_many(store, [unit.unit_id])[unit.unit_id].file_name == "my form?.xlsx"
