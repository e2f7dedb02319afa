"""Cases: which application stands in which pack under which reference, and, apart, the key back to the school."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace

from cluster_sheets.store.database import Store
from cluster_sheets.store.keys import listed
from cluster_sheets.store.table import Table

Stay = tuple[int, int]
"""(version it came by, first version it no longer stood in)."""


@dataclass(frozen=True, slots=True)
class Case:
    """An application as a meeting sees it."""

    meeting: str
    application_ref: str
    case_ref: str
    """Such as K7; once given it stays."""
    position: int
    version_in: int
    """Version of the pack from which it stands there, or stood there last."""
    version_out: int | None = None
    """First version it no longer stands in."""
    carried_to: str | None = None
    """The meeting it was put off to."""
    earlier: tuple[Stay, ...] = ()
    """When it stood there before, each time until a version that was released without it."""

    def stood_in(self, version: int) -> bool:
        """Whether it stood in a version of its meeting's pack, wherever it stands now."""
        return any(first <= version and (last is None or last > version) for first, last in self._stays)

    def came_in(self, version: int) -> bool:
        """Whether it came, or came back, by a version."""
        return any(first == version for first, _ in self._stays)

    def went_out(self, version: int) -> bool:
        """Whether it left by a version."""
        return any(last == version for _, last in self._stays)

    def back_in(self, version: int) -> "Case":
        """The same, standing in its meeting's pack again from a version on.

        One that left by that very version has never been away: nobody was given the pack without it.
        """
        left = self.version_out
        if left is None or left >= version:
            return replace(self, version_out=None, carried_to=None)
        stood = ((self.version_in, left),) if self.version_in < left else ()
        return replace(self, version_in=version, version_out=None, carried_to=None, earlier=(*self.earlier, *stood))

    @property
    def _stays(self) -> tuple[tuple[int, int | None], ...]:
        """Each time it stood there, the last one too unless it came and went by one version."""
        last = (self.version_in, self.version_out)
        return (*self.earlier, last) if self.version_out != self.version_in else self.earlier


@dataclass(frozen=True, slots=True)
class CaseKey:
    """Whose case it is: kept in identities.db only."""

    meeting: str
    case_ref: str
    application_ref: str
    urn: str


_WITHOUT_PACK = """
SELECT application.application_ref FROM cluster.application JOIN cluster.unit ON unit_id = current_unit
 WHERE unit.state = 'accepted' AND superseded_by IS NULL AND application.application_ref NOT IN
  (SELECT application_ref FROM cluster.pack_case WHERE version_out IS NULL AND carried_to IS NULL)
 ORDER BY application.application_ref
"""
_OUT_OF_PLACE = """
 AS held JOIN cluster.application USING (application_ref) JOIN cluster.unit ON unit_id = current_unit
 WHERE held.version_out IS NULL AND held.carried_to IS NULL
   AND (unit.state <> 'accepted' OR unit.superseded_by IS NOT NULL OR application.meeting IS NOT held.meeting)
 ORDER BY held.meeting, held.application_ref
"""
_TABLE = Table(
    "cluster.pack_case",
    Case,
    ("meeting", "application_ref"),
    {"earlier": (json.dumps, lambda text: tuple((first, last) for first, last in json.loads(text)))},
)
_KEYS = Table("case_key", CaseKey, ("meeting", "case_ref"))


def save_many(store: Store, cases: Iterable[Case]) -> None:
    """Keeps cases as they now stand. IntegrityError where an application would stand in two packs at once."""
    store.write(_TABLE.put, _TABLE.written(cases))


def of_meeting(store: Store, meeting: str) -> tuple[Case, ...]:
    """All cases a meeting ever had, by position; those taken out again have a ``version_out``."""
    return _TABLE.read(store.ask(f"{_TABLE.select} WHERE meeting = ? ORDER BY position, case_ref", (meeting,)))


def standing(store: Store, meeting: str) -> tuple[Case, ...]:
    """The cases that stand in a meeting's pack, by position."""
    return tuple(each for each in of_meeting(store, meeting) if each.version_out is None and each.carried_to is None)


def of_version(store: Store, meeting: str, version: int) -> tuple[Case, ...]:
    """The cases that stood in a version of a meeting's pack, wherever they stand now, by position."""
    return tuple(each for each in of_meeting(store, meeting) if each.stood_in(version))


def of_applications(store: Store, application_refs: Collection[str]) -> dict[str, Case]:
    """The case each of these applications now stands in; those in no pack are left out."""
    rows = store.ask(
        f"{_TABLE.select} WHERE version_out IS NULL AND carried_to IS NULL"
        " AND application_ref IN (SELECT value FROM json_each(?))",
        (listed(application_refs),),
    )
    return {each.application_ref: each for each in _TABLE.read(rows)}


def everywhere(store: Store, application_refs: Collection[str]) -> tuple[Case, ...]:
    """Every case that these applications have, or once had, in any meeting."""
    wanted = f"{_TABLE.select} WHERE application_ref IN (SELECT value FROM json_each(?)) ORDER BY meeting, case_ref"
    return _TABLE.read(store.ask(wanted, (listed(application_refs),)))


def without_pack(store: Store) -> tuple[str, ...]:
    """References of the applications that are accepted and stand, yet are in no meeting's pack."""
    return tuple(application_ref for (application_ref,) in store.ask(_WITHOUT_PACK))


def out_of_place(store: Store) -> tuple[Case, ...]:
    """Cases that stand in a pack though their application is accepted no longer, or waits for another meeting."""
    wanted = ", ".join(f"held.{each.name}" for each in fields(Case))
    return _TABLE.read(store.ask(f"SELECT {wanted} FROM cluster.pack_case{_OUT_OF_PLACE}"))


def of_meeting_and(store: Store, meeting: str, application_refs: Collection[str]) -> dict[str, Case]:
    """The case each of these applications has, or once had, in a meeting."""
    rows = store.ask(
        f"{_TABLE.select} WHERE meeting = ? AND application_ref IN (SELECT value FROM json_each(?))",
        (meeting, listed(application_refs)),
    )
    return {each.application_ref: each for each in _TABLE.read(rows)}


def taken(store: Store, meeting: str) -> frozenset[str]:
    """Case references a meeting has given, to whatever became of them."""
    return frozenset(
        case_ref for (case_ref,) in store.ask("SELECT case_ref FROM cluster.pack_case WHERE meeting = ?", (meeting,))
    )


def put_keys(store: Store, keys: Iterable[CaseKey]) -> None:
    """Keeps whose cases they are."""
    store.write(_KEYS.put, _KEYS.written(keys))


def keys_of_meeting(store: Store, meeting: str) -> tuple[CaseKey, ...]:
    """Whose the cases of a meeting are, by case reference; those erased are left out."""
    return _KEYS.read(store.ask(f"{_KEYS.select} WHERE meeting = ? ORDER BY case_ref", (meeting,)))
