from pathlib import Path

from cluster_sheets.store import keys
from tests.store.made import keep, made


def test_units_of_one_formless_file_share_its_key_and_unknown_ones_have_none(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        with store.transaction():
            unit = keep(store)
            other = keep(store, b"EXAMPLE other")
        found = keys.of_units(store, [unit.unit_id, other.unit_id, "none"])
        of_blobs = keys.of_blobs(store, [unit.mail_sha256, other.mail_sha256, "none"])
        assert found == {unit.unit_id: of_blobs[unit.mail_sha256], other.unit_id: of_blobs[other.mail_sha256]}
        assert len(set(found.values())) == 2


def test_values_are_listed_as_one_parameter() -> None:
    assert keys.listed(["a", 'b"']) == '["a", "b\\""]'
