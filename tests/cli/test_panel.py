from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from cluster_sheets.cli.main import cli
from cluster_sheets.demo.play import play
from cluster_sheets.night import opened, run
from cluster_sheets.report.run import Exit
from cluster_sheets.store import packs
from cluster_sheets.store.places import Places
from tests.night.made import full
from tests.whole.test_stops import alter_the_audit, unguarded


def release(places: Places, *words: str) -> tuple[int, str]:
    at = ["--meeting", "CEN-2627-A1", "--as-of", "2026-10-08T09:00"]
    told = CliRunner().invoke(cli, ["panel", "release", "-w", str(places.root), *at, *words])
    return told.exit_code, told.stderr


def test_a_draft_is_not_released_and_it_says_what_is_left_to_do(tmp_path: Path) -> None:
    places, at = full(tmp_path / "central")
    run(places.root, at)
    code, words = release(places)
    assert (code, "open questions" in words) == (Exit.NEEDED, True)


def test_a_released_pack_is_released_once(tmp_path: Path) -> None:
    places = Places(tmp_path / "demo")
    assert play(places.root, 12, 1, lambda _: None) == Exit.CLEAN
    code, words = release(places)
    assert (code, words) == (Exit.CLEAN, "Released: panel/CEN-2627-A1/panel-CEN-2627-A1-v1.xlsx\n")
    first = places.panel("CEN-2627-A1") / "panel-CEN-2627-A1-v1.xlsx"
    data = first.read_bytes()
    first.unlink()
    at = datetime(2026, 10, 8, 9, tzinfo=UTC)
    with opened(places, at) as night, night.store.transaction():
        packs.save(night.store, packs.Pack("CEN-2627-A1", 2, packs.PackState.CHECKED, "", "", "panel/none", at, at))
    code, words = release(places)
    assert (code, first.read_bytes()) == (Exit.CLEAN, data)
    assert words.startswith("It was gone and is written again as it was. For version 2 type the same once more.\n")


def test_nothing_is_released_on_an_audit_that_was_tampered_with(tmp_path: Path) -> None:
    places = Places(tmp_path / "demo")
    assert play(places.root, 12, 1, lambda _: None) == Exit.CLEAN
    alter_the_audit(places.root / "cluster.db")
    code, words = release(places)
    assert (code, "Line 5 of the audit was altered. Line 20 of the audit is missing." in words) == (
        Exit.INTEGRITY,
        True,
    )
    assert "Released" not in words


@pytest.mark.parametrize("words", [("--dry-run",), ()])
def test_a_meeting_without_a_pack_ends_with_3(tmp_path: Path, words: tuple[str, ...]) -> None:
    places, _ = full(tmp_path / "central")
    assert release(places, *words)[0] == Exit.NEEDED


@pytest.mark.parametrize("words", [("--dry-run",), ()])
def test_a_meeting_that_the_register_does_not_have_ends_with_2(tmp_path: Path, words: tuple[str, ...]) -> None:
    places, _ = full(tmp_path / "central")
    at = ["--meeting", "CEN-2627-A9", "--as-of", "2026-10-08T09:00"]
    told = CliRunner().invoke(cli, ["panel", "release", "-w", str(places.root), *at, *words])
    assert told.exit_code == Exit.SET_UP
    assert told.stderr.startswith("The register has no meeting CEN-2627-A9. It has: CEN-")


def test_nothing_is_released_while_the_ledger_does_not_tie(tmp_path: Path) -> None:
    places = Places(tmp_path / "demo")
    assert play(places.root, 12, 1, lambda _: None) == Exit.CLEAN
    known = (places.root / "cluster.db").read_bytes()
    with unguarded(places.root / "cluster.db") as ledger:
        ledger.execute("UPDATE entry SET amount_pence = 2 * amount_pence WHERE movement = 1")
    for words in ((), ("--dry-run",)):
        code, said = release(places, *words)
        assert code == Exit.INTEGRITY
        assert said.startswith("The ledger does not tie (")
        assert said.endswith("), so nothing is released: see the statement in finance.\n")
    (places.root / "cluster.db").write_bytes(known)
    assert release(places)[0] == Exit.CLEAN
