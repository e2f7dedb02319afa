"""The whole round, once, in a small demo: what it says, where it leaves things, and that it can be told again."""

import json
import re
from pathlib import Path

import pytest

from cluster_sheets.anonymise.known import Finder
from cluster_sheets.anonymise.leak import leaks
from cluster_sheets.demo.play import KEY, NOTE, come_again, play
from cluster_sheets.store import packs, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.error import StoreError
from cluster_sheets.store.packs import PackState
from tests.demo.made import register

SIZE = 16


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str], int]:
    folder = tmp_path_factory.mktemp("demo") / "workspace"
    said: list[str] = []
    return folder, said, play(folder, SIZE, 5, said.append)


def test_it_ends_well_and_says_so_step_by_step(demo: tuple[Path, list[str], int]) -> None:
    _, said, code = demo
    assert code == 0
    steps = [line for line in said if re.match(r"\d+ \w+ 2026\. ", line)]
    assert steps[0].startswith("14 September 2026. ")
    assert any("answers its own review questions" in line for line in steps)
    assert any("The pack is released" in line for line in steps)
    assert steps[-1].startswith("16 October 2026. Example decisions are typed")
    assert "invented" in said[0]


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ((1, 1, 1), "1 marked-up copy had gone back; 1 comes again, mended, and 1 is late."),
        ((4, 2, 0), "4 marked-up copies had gone back; 2 come again, mended, and 0 are late."),
    ],
)
def test_what_came_again_is_counted_in_plain_english(counts: tuple[int, int, int], told: str) -> None:
    assert come_again(*counts) == told


def test_every_unit_ends_in_one_of_the_five_states(demo: tuple[Path, list[str], int]) -> None:
    folder, _, _ = demo
    told = json.loads(sorted(folder.glob("reports/*/run.json"))[-1].read_text())
    states = told["units"]["in_all"]
    received = states.pop("received")
    assert told["conserves"]
    # Each form filled, three things more, and one that came again mended.
    assert received == sum(states.values()) >= SIZE + 3
    assert states["held"] == 0
    assert states["returned"] >= 2
    assert states["set-aside"] >= 3


def test_the_pack_is_released_decided_and_in_the_statement(demo: tuple[Path, list[str], int]) -> None:
    folder, _, _ = demo
    with Store.open(folder) as store:
        assert store.key == KEY
        found = packs.current(store, "CEN-2627-A1")
        assert found is not None
        assert found.state is PackState.RELEASED
        assert units.pending(store) == ()
    told = json.loads(sorted(folder.glob("reports/*/run.json"))[-1].read_text())
    assert sum(told["decisions"]["CEN-2627-A1"].values()) > 0
    assert sorted(path.name for path in folder.glob("finance/*.xlsx"))[0] == "statement-CEN-2026-27.xlsx"


def test_what_it_says_to_look_at_is_there(demo: tuple[Path, list[str], int]) -> None:
    folder, said, _ = demo
    shown = [line for line in said[said.index("\nLook at:") + 1 :] if line.startswith("  ")]
    assert len(shown) == 7
    for line in shown:
        where = re.sub(r" and \d+ more$", "", line[30:])
        assert Path(where).is_file()
        assert Path(where).is_relative_to(folder)


def test_no_known_identity_is_in_a_panel_file(demo: tuple[Path, list[str], int]) -> None:
    folder, _, _ = demo
    finder = Finder.of(register())
    files = sorted((folder / "panel").rglob("*.xlsx"))
    assert len(files) >= 2
    assert [
        leak
        for path in files
        if path.name.startswith("panel-")
        for leak in leaks(path.read_bytes(), finder, frozenset())
    ] == []


def test_a_folder_that_is_no_demo_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "register.xlsx").write_text("mine")
    with pytest.raises(StoreError, match="holds something else"):
        play(tmp_path, SIZE, 5, lambda _: None)
    assert [path.name for path in tmp_path.iterdir()] == ["register.xlsx"]
    assert NOTE not in [path.name for path in tmp_path.iterdir()]
