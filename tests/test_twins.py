"""tests/ mirrors cluster_sheets/, module for module: nobody has to guess where a thing is tested."""

from pathlib import Path

import pytest

import cluster_sheets

PACKAGE, TESTS = Path(cluster_sheets.__file__).parent, Path(__file__).parent
TO_COME = {"cli", "demo", "intake", "money", "night", "panel", "verdict"}
"""Rooms whose tests are still being written; a name goes from here when its room is whole."""
ALL = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py") if not path.stem.startswith("__"))
MODULES = [module for module in ALL if module.parts[0] not in TO_COME]


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.as_posix())
def test_a_module_has_its_tests(module: Path) -> None:
    assert (TESTS / module.parent / f"test_{module.name}").exists()


@pytest.mark.parametrize("room", sorted({module.parent for module in ALL}), ids=lambda room: room.as_posix())
def test_a_room_opens_with_its_purpose(room: Path) -> None:
    opening = (PACKAGE / room / "__init__.py").read_text(encoding="utf-8")
    assert opening.startswith('"""')
