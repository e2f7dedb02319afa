"""Titles: which other requests of a school and round are called much the same."""

from cluster_sheets.base.text import any_alike
from cluster_sheets.store import answers, provenance, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import State

_STANDING = (State.ACCEPTED, State.RETURNED, State.HELD)


class Titles:
    """Titles of the standing forms of each school and round: read from the store once, kept up through a night."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[tuple[str, str], dict[str, str]] = {}

    def alike(self, urn: str, round_id: str, form_ref: str, title: str, least: float) -> bool:
        """Whether another form of the school and round has a title at least ``least`` per cent alike."""
        others = self._of(urn, round_id)
        return any_alike(title, (other for ref, other in others.items() if ref != form_ref), least)

    def put(self, urn: str, round_id: str, form_ref: str, title: str) -> None:
        """Notes the newest title of a form."""
        self._of(urn, round_id)[form_ref] = title

    def _of(self, urn: str, round_id: str) -> dict[str, str]:
        if (urn, round_id) not in self._known:
            came = provenance.of_schools(self._store, (urn,)).get(urn, ())
            standing = [
                each
                for each in units.get_many(self._store, came).values()
                if each.round == round_id and each.form_ref and each.state in _STANDING
            ]
            titles = answers.titles(self._store, [each.unit_id for each in standing])
            standing.sort(key=lambda each: each.place)
            self._known[urn, round_id] = {
                each.form_ref: titles[each.unit_id] for each in standing if each.form_ref and each.unit_id in titles
            }
        return self._known[urn, round_id]
