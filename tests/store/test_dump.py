from dataclasses import replace
from pathlib import Path

from cluster_sheets.base.finding import Finding, Place
from cluster_sheets.base.record import Record
from cluster_sheets.store import answers, audit, erasure, findings, forms, redactions, units
from cluster_sheets.store.database import Store
from tests.store.dump import dump
from tests.store.made import FORM, NIGHT, SECOND_FORM, apply, keep, made


def _filled(store: Store) -> None:
    with store.transaction():
        unit = apply(store)
        other = keep(store, b"EXAMPLE without a form")
        findings.replace_many(store, [(other.unit_id, [Finding(Place("bid.xlsx", "Costs", "C9"), "blank")])])
        answers.put_many(store, [(unit.unit_id, Record({"request_title": "EXAMPLE title"}, {}))])
        redactions.put_many(store, [(unit.unit_id, {"request_title": "EXAMPLE redacted"})])
        units.save_many(store, [replace(other, state=units.State.RETURNED)])
        audit.append_many(store, [audit.Line(NIGHT, audit.NIGHT, "judged", unit_id=unit.unit_id)])


def test_two_stores_that_know_the_same_have_the_same_dump(tmp_path: Path) -> None:
    with made(tmp_path / "a") as one, made(tmp_path / "b") as other:
        _filled(one)
        _filled(other)
        assert dump(one) == dump(other)
        with other.transaction():
            audit.append_many(other, [audit.Line(NIGHT, audit.NIGHT, "again")])
        assert dump(one) != dump(other)


def test_what_is_sealed_is_told_open_and_no_key_is(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        _filled(store)
        told = dump(store)
        keys = store.ask("SELECT form_key FROM issued_form") + store.ask("SELECT key FROM blob")
        assert [word for word in ("EXAMPLE title", "EXAMPLE redacted", "Costs", "oakhill") if word not in told] == []
        assert [key for (key,) in keys if key.hex() in told or repr(key) in told] == []


def test_bytes_that_are_gone_show(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        _filled(store)
        before = dump(store)
        with store.transaction():
            store.write("DELETE FROM received", [()])
        gone = [line.split(" ")[0] for line in before.splitlines() if line not in dump(store)]
        assert set(gone) == {"blob", "received"}
        assert '"lost"' in dump(store)


def test_every_table_is_in_the_dump(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        _filled(store)
        told = {line.split(" ")[0] for line in dump(store).splitlines()}
        tables = [name for (name,) in store.ask("SELECT name FROM sqlite_master WHERE type = 'table'")]
        filled = {name for name in tables if store.ask(f"SELECT 1 FROM {name} LIMIT 1")}
        assert filled - told == {"workspace"}


def test_an_erased_form_is_told_as_erased(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            unit = apply(store)
        erasure.erase_form(store, FORM.form_id, NIGHT, "admin", "")
        told = dump(store).splitlines()
        assert f'blob ["{unit.mail_sha256}", 30, "erased"]' in told
        assert [line[-2] for line in told if line.startswith("issued_form")] == ["1", "0"]
        assert forms.get_many(store, [SECOND_FORM.form_id])
        assert not any(line.startswith("received") for line in told)
