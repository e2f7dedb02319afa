"""What is installed to test the project is all that it runs on: README's commands install it with ``--no-deps``."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_PIN = re.compile(r"(?m)^([A-Za-z0-9._-]+)==(\S+)(.*)\n((?: +--hash=.*\n?)+)")


def pinned(name: str) -> dict[str, tuple[str, str, frozenset[str]]]:
    """Each package of a list: version, condition, hashes."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return {
        package.lower(): (version, more.strip(" \\"), frozenset(re.findall(r"sha256:[0-9a-f]{64}", hashes)))
        for package, version, more, hashes in _PIN.findall(text)
    }


@pytest.mark.parametrize("part", ["run.txt", "m365.txt", "msg.txt"])
def test_what_it_runs_on_is_tested_to_the_same_version_and_hashes(part: str) -> None:
    tested = pinned("test.txt")
    assert {package: tested.get(package) for package in pinned(part)} == pinned(part)


def test_all_that_the_project_asks_for_is_pinned() -> None:
    asked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = {re.split(r"[^A-Za-z0-9._-]", each, maxsplit=1)[0].lower() for each in asked}
    assert names <= set(pinned("run.txt"))
    assert all(hashes for _, _, hashes in pinned("run.txt").values())
