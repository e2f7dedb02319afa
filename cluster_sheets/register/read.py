"""Reads the register workbook. A faulty one is no register: its findings say what to mend, at their cells."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from cluster_sheets.base.finding import Finding
from cluster_sheets.base.text import folded
from cluster_sheets.register.hidden import hidden
from cluster_sheets.register.model import BudgetLine, Cluster, Member, Membership, Register, School
from cluster_sheets.register.read_meetings import meetings_of
from cluster_sheets.register.read_settings import settings_of
from cluster_sheets.register.settings import Settings
from cluster_sheets.register.sheet import Faults, Line, declared, lines

BY_JOURNAL = ("1", "2", "3", "5", "14")
"""GIAS types that the council maintains: paid into the school's own budget. Source: domain.md section 1."""
TOTAL = "TOTAL"
_LASTING = {"name": "School", "phase": "Phase", "dfe_number": "DfE number", "postcode": "Postcode"}
"""What all lines of a school say alike, and its columns' labels."""
Rows = dict[str, tuple[Line, ...]]


def register(path: Path) -> tuple[Register | None, tuple[Finding, ...]]:
    """The register at ``path``, or None with what is wrong with it."""
    try:
        data = path.read_bytes()
    except OSError:
        faults = Faults(path.name)
        faults.add("register-unreadable")
        return None, tuple(faults.found)
    return register_of(data, path.name)


def register_of(data: bytes, name: str) -> tuple[Register | None, tuple[Finding, ...]]:
    """The register in ``data``; ``name`` is what findings call the file."""
    faults = Faults(name)
    rows = _rows(data, faults)
    if faults.found:
        return None, tuple(faults.found)
    settings = settings_of(rows["Settings"], faults)
    clusters = _clusters(rows["Clusters"], settings, faults)
    schools = _schools(rows["Schools"], {cluster.code for cluster in clusters}, faults)
    members = _members(rows["Members"], schools, faults)
    budget, signed = _budget(rows["Budget"], {cluster.code for cluster in clusters}, faults)
    if faults.found:
        return None, _ordered(faults.found)
    meetings = meetings_of(rows["Meetings"], {cluster.code for cluster in clusters}, settings, schools, faults)
    if faults.found:
        return None, _ordered(faults.found)
    sha256 = hashlib.sha256(data).hexdigest()
    return Register(settings, clusters, schools, members, meetings, budget, signed, sha256), ()


def _ordered(found: Sequence[Finding]) -> tuple[Finding, ...]:
    order = [sheet.name for sheet in declared()[0]]
    return tuple(sorted(found, key=lambda each: order.index(each.place.sheet) if each.place.sheet in order else -1))


def _rows(data: bytes, faults: Faults) -> Rows:
    from python_calamine import CalamineWorkbook

    made: Rows = {}
    try:
        unseen = hidden(data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = set(book.sheet_names)
        for sheet in declared()[0]:
            if sheet.name not in names:
                faults.add("register-sheet-missing", field=sheet.name)
                continue
            cells: list[list[Any]] = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            made[sheet.name] = lines(sheet, cells, faults, unseen.get(sheet.name, {}))
    except Exception:  # noqa: BLE001 - the reader raises what it likes on a broken file
        faults.add("register-unreadable")
    return made


def _clusters(rows: Sequence[Line], settings: Settings, faults: Faults) -> tuple[Cluster, ...]:
    made: dict[str, Cluster] = {}
    codes = settings.listed("cluster_codes") if "cluster_codes" in settings.lines else ()
    for line in rows:
        each = line.values
        if each["code"] in made:
            faults.add("register-twice", "Clusters", line.cells["code"], typed=each["code"])
        code = each["code"] or ""
        if code and codes and code not in codes:
            faults.add("register-cluster-not-listed", "Clusters", line.cells["code"], typed=code)
        made[code] = Cluster(code, each["name"] or "", each["lead"] or "", each["mailbox"] or "", each["live_from"])
    return tuple(made.values())


def _schools(rows: Sequence[Line], clusters: set[str], faults: Faults) -> dict[str, School]:
    made: dict[str, School] = {}
    names: dict[str, tuple[str, str]] = {}
    for line in rows:
        each = line.values
        if not each["urn"] or not each["member_from"]:
            continue
        _check_school(line, clusters, faults)
        membership = Membership(each["cluster"] or "", each["member_from"], each["member_to"])
        school = _school(each, (membership,))
        earlier = made.get(school.urn)
        if earlier is not None:
            school = _joined(earlier, school, membership, line, faults)
        made[school.urn] = school
        for name in (school.name, *school.aliases):
            owner = names.setdefault(folded(name), (school.urn, name))
            if owner[0] != school.urn:
                cell = line.cells["name" if name == school.name else "aliases"]
                faults.add("register-name-of-two", "Schools", cell, typed=name)
    return made


def _check_school(line: Line, clusters: set[str], faults: Faults) -> None:
    each = line.values
    if each["cluster"] and each["cluster"] not in clusters:
        faults.add("register-unknown-cluster", "Schools", line.cells["cluster"], typed=each["cluster"])
    if each["member_to"] and each["member_to"] < each["member_from"]:
        faults.add("register-dates-reversed", "Schools", line.cells["member_to"])
    journal = each["payment_route"] == "MAINTAINED_JOURNAL"
    if each["payment_route"] and each["gias_type_code"] and journal != (each["gias_type_code"] in BY_JOURNAL):
        faults.add("register-wrong-route", "Schools", line.cells["payment_route"])


def _school(each: Any, memberships: tuple[Membership, ...]) -> School:
    aliases = each["aliases"] or ()
    return School(
        urn=each["urn"],
        name=each["name"] or "",
        phase=each["phase"] or "",
        memberships=memberships,
        aliases=tuple(alias for alias in aliases if not alias.endswith("?")),
        ambiguous=tuple(alias[:-1].strip() for alias in aliases if alias.endswith("?")),
        dfe_number=each["dfe_number"] or "",
        gias_type_code=each["gias_type_code"] or "",
        trust=each["trust"] or "",
        payment_route=each["payment_route"] or "",
        payee=each["payee"] or "",
        postcode=each["postcode"] or "",
        email_domains=each["email_domains"] or (),
        roll=each["roll"],
        predecessors=each["predecessor_urns"] or (),
    )


def _joined(earlier: School, later: School, membership: Membership, line: Line, faults: Faults) -> School:
    """A second line of one school: another membership of the same school, which is known by all that either line says.

    What may change with time is that of the line that begins last; each membership keeps its own trust.
    """
    for name, label in _LASTING.items():
        if len({getattr(earlier, name), getattr(later, name)} - {""}) > 1:
            faults.add("register-school-in-two", "Schools", line.cells[name], field=label)
    for other in earlier.memberships:
        first, last = max(other.since, membership.since), min(other.until or date.max, membership.until or date.max)
        if first <= last:
            faults.add("register-overlapping", "Schools", line.cells["member_from"])
    newer = membership.since > max(each.since for each in earlier.memberships)
    newest, older = (later, earlier) if newer else (earlier, later)
    return replace(
        newest,
        memberships=(
            *(replace(each, trust=earlier.trust if each.trust is None else each.trust) for each in earlier.memberships),
            replace(membership, trust=later.trust),
        ),
        aliases=tuple(dict.fromkeys(earlier.aliases + later.aliases)),
        ambiguous=tuple(dict.fromkeys(earlier.ambiguous + later.ambiguous)),
        email_domains=tuple(dict.fromkeys(earlier.email_domains + later.email_domains)),
        predecessors=tuple(dict.fromkeys(earlier.predecessors + later.predecessors)),
        dfe_number=newest.dfe_number or older.dfe_number,
        gias_type_code=newest.gias_type_code or older.gias_type_code,
        postcode=newest.postcode or older.postcode,
        roll=newest.roll if newest.roll is not None else older.roll,
    )


def _members(rows: Sequence[Line], schools: dict[str, School], faults: Faults) -> tuple[Member, ...]:
    made: dict[str, Member] = {}
    for line in rows:
        each = line.values
        if each["member_id"] in made:
            faults.add("register-twice", "Members", line.cells["member_id"], typed=each["member_id"])
        if each["school_urn"] and each["school_urn"] not in schools:
            faults.add("register-unknown-school", "Members", line.cells["school_urn"], typed=each["school_urn"])
        if each["member_from"] and each["member_to"] and each["member_to"] < each["member_from"]:
            faults.add("register-dates-reversed", "Members", line.cells["member_to"])
        key = each["member_id"] or ""
        made[key] = Member(
            key, each["name"] or "", each["role"] or "", each["email"] or "", each["school_urn"] or "",
            each["trust"] or "", bool(each["voting"]), each["member_from"], each["member_to"],
        )  # fmt: skip
    return tuple(made.values())


def _budget(
    rows: Sequence[Line], clusters: set[str], faults: Faults
) -> tuple[tuple[BudgetLine, ...], dict[tuple[str, str], int]]:
    made: list[BudgetLine] = []
    signed: dict[tuple[str, str], int] = {}
    seen: dict[tuple[str, str, str], Line] = {}
    for line in rows:
        each = line.values
        key = (each["cluster"] or "", each["la_fy"] or "", each["pot"] or "")
        if key in seen:
            faults.add("register-twice", "Budget", line.cells["pot"], typed=" ".join(key))
        seen[key] = line
        if key[0] not in clusters:
            faults.add("register-unknown-cluster", "Budget", line.cells["cluster"], typed=key[0])
        if key[2] == TOTAL:
            signed[key[:2]] = each["opening"] or 0
        else:
            made.append(
                BudgetLine(
                    *key, each["opening"] or 0, each["uplift"] or 0, each["carried_in"] or 0,
                    each["approved_by"] or "", each["approved_on"],
                )
            )  # fmt: skip
    for year in dict.fromkeys((line.cluster, line.la_fy) for line in made):
        first = next(line for key, line in seen.items() if key[:2] == year)
        opened = sum(line.opening_pence for line in made if (line.cluster, line.la_fy) == year)
        if year not in signed:
            faults.add("register-unsigned", "Budget", first.cells["cluster"])
        elif opened != signed[year]:
            faults.add("register-budget-apart", "Budget", first.cells["opening"], typed=f"£{opened / 100:,.2f}")
    return tuple(made), signed
