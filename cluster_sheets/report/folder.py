"""Folder: where the report of a night lies: named to the minute, finer where that minute's is another night's."""

import json
from datetime import datetime
from pathlib import Path

from cluster_sheets.store.places import Places

TOLD = "run.json"
"""The report as data; it is written last, and says whose the folder is."""


def folder_of(places: Places, as_of: datetime) -> Path:
    """The night's own: no other's report is written over; a night told again has the same one."""
    short = places.reports(as_of)
    names = (short.name, f"{short.name}{as_of:-%S}", f"{short.name}{as_of:-%S-%f}")
    return next((path for path in map(short.with_name, names) if _is_free(path, as_of)), short.with_name(names[-1]))


def _is_free(path: Path, as_of: datetime) -> bool:
    """Whether no other night's report lies there; one that cannot be read may be another's."""
    try:
        told = json.loads((path / TOLD).read_bytes())
        return bool(datetime.fromisoformat(told["as_of"]) == as_of)
    except FileNotFoundError:
        return True
    except (OSError, ValueError, TypeError, KeyError):
        return False
