import stat
from pathlib import Path

import pytest

from cluster_sheets.form.shipped import workbook
from cluster_sheets.intake.take_in import MailRules, take_in
from cluster_sheets.night import run
from cluster_sheets.night.workspace import REGISTER, init, opened, rehearsed
from cluster_sheets.store.error import StoreError
from cluster_sheets.store.places import Places
from tests.night.made import full, state


def test_a_workspace_is_made_with_the_register_that_ships_and_private_is_its_owners(tmp_path: Path) -> None:
    places = init(tmp_path / "central")
    assert places.register.read_bytes() == workbook(REGISTER)
    assert stat.S_IMODE(places.private.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (places.outbox, places.review)} == {0o700}


def test_made_again_a_workspace_keeps_what_it_has(tmp_path: Path) -> None:
    places = init(tmp_path / "central")
    places.register.write_bytes(b"mine")
    init(tmp_path / "central")
    assert places.register.read_bytes() == b"mine"


def test_where_there_is_no_workspace_nothing_is_opened_and_nothing_made(tmp_path: Path) -> None:
    (tmp_path / "register.xlsx").write_bytes(workbook(REGISTER))
    _, at = full(tmp_path / "central")
    with pytest.raises(StoreError), opened(Places(tmp_path), at):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == ["central", "register.xlsx"]


def test_what_was_taken_in_is_gone_when_the_run_ends_and_so_is_what_a_killed_one_left(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    places.leaving.mkdir()
    (places.leaving / "1").write_bytes(b"EXAMPLE of a run that was killed")
    with opened(places, at) as night:
        assert places.leaving.is_dir()
        take_in(night.store, places, MailRules.of(night.register.settings), at)
        assert len(list(places.leaving.iterdir())) > 1
    assert not places.leaving.exists()


def test_a_dry_run_leaves_the_workspace_as_it_was(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    before = state(places)
    with rehearsed(places, wanted=True) as copy:
        run(copy.root, at)
        assert list(copy.outbox.iterdir())
    assert state(places) == before
    with rehearsed(places, wanted=False) as same:
        assert same is places


def test_a_dry_run_of_the_folder_one_is_in_copies_it_under_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = init(tmp_path / "central")
    monkeypatch.chdir(places.root)
    with rehearsed(Places(Path()), wanted=True) as copy:
        assert (copy.root.name, copy.register.read_bytes()) == ("central", places.register.read_bytes())


def test_where_a_file_is_in_the_way_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "central").write_bytes(b"EXAMPLE")
    with pytest.raises(StoreError, match="name another folder"):
        init(tmp_path / "central")
