"""The register as it was last read, beside the workspace's other private files: read again only when it has changed.

In: register.xlsx; what was kept of it. Out: the register, the same whether it was kept or read.
Never: gives what was kept of other bytes, by another version of the program, or that somebody has touched since.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from operator import methodcaller
from pathlib import Path
from typing import Any

from cluster_sheets import __version__
from cluster_sheets.base.finding import Finding
from cluster_sheets.base.reference import digest
from cluster_sheets.form.shipped import schema_text
from cluster_sheets.register.model import BudgetLine, Cluster, Meeting, Member, Membership, Register, School
from cluster_sheets.register.settings import Setting, Settings
from cluster_sheets.store.file import PRIVATE, write_whole

_DAYS = ("live_from", "since", "until", "day", "pack_out", "letters_by", "pay_by", "approved_on")
_MOMENTS = ("closes_at", "fix_by")
_LISTS = ("aliases", "ambiguous", "email_domains", "predecessors")


def register(path: Path, kept: Path, key: bytes) -> tuple[Register | None, tuple[Finding, ...]]:
    """The register at ``path``, or None with what is wrong with it; ``kept`` is the file that remembers it.

    ``key`` is the workspace's.
    """
    try:
        data = path.read_bytes()
    except OSError:
        data = b""
    sha256 = hashlib.sha256(data).hexdigest()
    known = _known(kept, key, sha256)
    if known is not None:
        return known, ()
    # Reading brings calamine in: only where there is something new to read.
    from cluster_sheets.register.read import register as read

    found, faults = read(path)
    if found is not None and found.sha256 == sha256:
        told = _told(found)
        write_whole(kept, f"{_mark(key, sha256, told)}\n{told}\n".encode(), PRIVATE)
    return found, faults


def _known(kept: Path, key: bytes, sha256: str) -> Register | None:
    try:
        mark, _, told = kept.read_bytes().decode().partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    told = told.removesuffix("\n")
    return _register(json.loads(told), sha256) if mark == _mark(key, sha256, told) else None


def _mark(key: bytes, sha256: str, told: str) -> str:
    # What a setting may be is declared: a register that was good under another declaration is looked at again.
    declared = (schema_text("register.toml"), schema_text("central-2025/settings.csv"))
    return digest(key, "register", __version__, *declared, sha256, told).hex()


def _told(register: Register) -> str:
    told = {
        "settings": [asdict(each) for each in register.settings.lines.values()],
        "clusters": [asdict(each) for each in register.clusters],
        "schools": [asdict(each) for each in register.schools.values()],
        "members": [asdict(each) for each in register.members],
        "meetings": [asdict(each) for each in register.meetings],
        "budget": [asdict(each) for each in register.budget],
        "signed": [[*year, pence] for year, pence in register.signed.items()],
    }
    return json.dumps(told, default=methodcaller("isoformat"))


def _register(told: Mapping[str, Any], sha256: str) -> Register:
    return Register(
        settings=Settings({each["name"]: Setting(**each) for each in told["settings"]}),
        clusters=tuple(Cluster(**_typed(each)) for each in told["clusters"]),
        schools={each["urn"]: _school(each) for each in told["schools"]},
        members=tuple(Member(**_typed(each)) for each in told["members"]),
        meetings=tuple(Meeting(**_typed(each)) for each in told["meetings"]),
        budget=tuple(BudgetLine(**_typed(each)) for each in told["budget"]),
        signed={(cluster, la_fy): pence for cluster, la_fy, pence in told["signed"]},
        sha256=sha256,
    )


def _school(told: dict[str, Any]) -> School:
    memberships = tuple(Membership(**_typed(each)) for each in told["memberships"])
    return School(**{**_typed(told), "memberships": memberships})


def _typed(told: dict[str, Any]) -> dict[str, Any]:
    """Values by name, as the register has them: JSON knows no days, moments and tuples."""
    ways: tuple[tuple[tuple[str, ...], Callable[[Any], Any]], ...] = (
        (_DAYS, date.fromisoformat),
        (_MOMENTS, datetime.fromisoformat),
        (_LISTS, tuple),
    )
    turned = {name: way(told[name]) for names, way in ways for name in names if told.get(name) is not None}
    return {**told, **turned}
