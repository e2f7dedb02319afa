from contextlib import ExitStack
from pathlib import Path

from cluster_sheets.night.by_hand import looked_at
from cluster_sheets.store.places import Places
from tests.night.made import full


def workbooks(places: Places) -> list[tuple[str, bytes]]:
    return sorted((path.name, path.read_bytes()) for path in places.inbox.glob("*.xlsx"))


def test_files_are_judged_in_their_workspace_and_nothing_is_kept(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    files = workbooks(places)
    with ExitStack() as stack:
        told = looked_at(stack, places, files, at).submissions
    assert [each.arrived.file_name for each in told] == [name for name, _ in files]
    assert any(each.form for each in told)
    assert {path.name for path in places.inbox.glob("*.xlsx")} == {name for name, _ in files}


def test_without_a_workspace_the_register_that_ships_counts_and_no_stamp_is_judged(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    with ExitStack() as stack:
        told = looked_at(stack, Places(tmp_path / "nowhere"), workbooks(places), at).submissions
    codes = {found.code for each in told for found in each.findings}
    assert not [code for code in codes if code.startswith(("stamp-", "sender-"))]
    assert all(each.raw for each in told)
