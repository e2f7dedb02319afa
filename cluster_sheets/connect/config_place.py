"""Where the files of a way in may lie: nowhere that the program keeps things of its own, for there they would be moved.

In: what cluster-sheets.toml says. Out: what is wrong with it, in words that follow its name.
Never: minds whether it is there: a drive may be away tonight.
"""

import os
import re
from pathlib import Path

from cluster_sheets.store.places import Places

_ONE = r"[^\\/:*?\"<>|\x00-\x1f\x7f]*[^\\/:*?\"<>|\x00-\x1f\x7f .]"
_WITHIN = re.compile(rf"{_ONE}(?:/{_ONE})*")
"""A folder's name, or several, one within the other, as Windows takes them too; none that leads out again."""


def fault_of_path(path: Path, root: Path) -> str:
    """Why nothing may come from there into the workspace ``root``; empty where it may.

    A folder of somebody's own in the workspace is as good as any beside it.
    """
    meant, home = _really(path), _really(root)
    if home.is_relative_to(meant):
        return "holds the workspace itself: name a folder beside it"
    if not meant.is_relative_to(home):
        return ""
    first = meant.relative_to(home).parts[0].casefold()
    inbox, *others = Places(home).own
    if first == inbox.name:
        return f"lies in {inbox.name}, which is looked into each night anyway: leave this way in out"
    own = next((each.name for each in others if each.name == first), "")
    return f"lies in {own}, where the program keeps its own: name a folder beside the workspace" if own else ""


def lies_within(folder: str) -> bool:
    """Whether a folder of that name lies within the one it is to be made in."""
    return _WITHIN.fullmatch(folder) is not None


def _really(path: Path) -> Path:
    return Path(os.path.realpath(path))
