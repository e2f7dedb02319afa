"""Titles: which other requests of a school, in one round or before one meeting, are called much the same."""

from dataclasses import dataclass

from cluster_sheets.base.text import any_alike
from cluster_sheets.store import answers, provenance, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict.world import beside, meetings_of

_STANDING = (State.ACCEPTED, State.RETURNED, State.HELD)


@dataclass(slots=True)
class _Titled:
    """The newest standing submission of one form."""

    unit: Unit
    before: str | None
    title: str | None = None
    """None: not read yet."""


class Titles:
    """Titles of the standing forms of each school: read from the store once, kept up through a night."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, dict[str, _Titled]] = {}

    def alike(self, urn: str, round_id: str, meeting: str, form_ref: str, title: str, least: float) -> bool:
        """Whether another of the school's forms of a round or before a meeting has a title ``least`` per cent alike."""
        others = [
            each
            for ref, each in self._of(urn).items()
            if ref != form_ref and beside(each.unit, each.before, round_id, meeting)
        ]
        unread = [each for each in others if each.title is None]
        found = answers.titles(self._store, [each.unit.unit_id for each in unread]) if unread else {}
        for each in unread:
            each.title = found.get(each.unit.unit_id, "")
        return any_alike(title, (each.title for each in others if each.title), least)

    def put(self, urn: str, unit: Unit, meeting: str, form_ref: str, title: str) -> None:
        """Notes the newest title of a form, and the meeting that it comes before."""
        self._of(urn)[form_ref] = _Titled(unit, meeting, title)

    def _of(self, urn: str) -> dict[str, _Titled]:
        if urn not in self._known:
            came = provenance.of_schools(self._store, (urn,)).get(urn, ())
            known = units.get_many(self._store, came).values()
            standing = sorted(
                (each for each in known if each.form_ref and each.state in _STANDING), key=lambda each: each.place
            )
            before = meetings_of(self._store, standing)
            self._known[urn] = {
                each.form_ref: _Titled(each, before[each.unit_id]) for each in standing if each.form_ref
            }
        return self._known[urn]
