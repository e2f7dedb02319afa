"""tests/ mirrors cluster_sheets/, module for module: nobody has to guess where a thing is tested."""

from pathlib import Path

import pytest

import cluster_sheets

PACKAGE, TESTS = Path(cluster_sheets.__file__).parent, Path(__file__).parent
ALL = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py") if not path.stem.startswith("__"))


@pytest.mark.parametrize("module", ALL, ids=lambda module: module.as_posix())
def test_a_module_has_its_tests(module: Path) -> None:
    assert (TESTS / module.parent / f"test_{module.name}").exists()


@pytest.mark.parametrize("room", sorted({module.parent for module in ALL}), ids=lambda room: room.as_posix())
def test_a_room_opens_with_its_purpose(room: Path) -> None:
    opening = (PACKAGE / room / "__init__.py").read_text(encoding="utf-8")
    assert opening.startswith('"""')
