"""Applications: the newest accepted submission of each request, by reference, and the references themselves."""

from collections.abc import Collection, Iterable
from dataclasses import astuple, dataclass, fields, replace

from cluster_sheets.base.reference import keyed_hash
from cluster_sheets.store.database import Store
from cluster_sheets.store.keys import listed
from cluster_sheets.store.table import Table

VALID = "VALID"
"""State of an application that waits for its meeting, the first or one it was put off or passed on to."""
AGREED, NOT_AGREED, WITHDRAWN = "AGREED", "NOT_AGREED", "WITHDRAWN"
ADVISED = "DECIDED"
"""It was before a meeting for advice, and had it."""
JUDGED = "judged"
"""Event of the audit: a verdict on a submission."""


@dataclass(frozen=True, slots=True)
class Application:
    """One request, without a word of whose it is."""

    application_ref: str
    """Such as CEN-2627-0017."""
    form_ref: str
    """Keyed hash of its form: one form is one request."""
    cluster: str
    round: str
    purpose: str
    applicant: str
    beneficiary: str
    pot: str
    asked_pence: int
    minimum_pence: int | None
    state: str
    """VALID until a meeting has decided for good; then AGREED, NOT_AGREED, ADVISED or WITHDRAWN.

    How much, and on what conditions, stands in the decision.
    """
    meeting: str | None
    current_unit: str
    """The submission that stands."""


_TABLE = Table("cluster.application", Application, ("application_ref",))
_LAST = """
SELECT COALESCE(MAX(CAST(SUBSTR(application_ref, LENGTH(?1) + 2) AS INTEGER)), 0) FROM cluster.application
 WHERE application_ref > ?1 || '-' AND application_ref < ?1 || '.'
"""
_STANDS = """
 FROM cluster.application JOIN cluster.unit ON unit_id = current_unit
 WHERE unit.state = 'accepted' AND superseded_by IS NULL
"""
_BY_ITS_MEETING = """
 EXISTS (SELECT 1 FROM cluster.decision
  WHERE decision.meeting = application.meeting AND decision.application_ref = application.application_ref)
"""
_UNDECIDED = f"{_STANDS} AND NOT {_BY_ITS_MEETING}"
_DECIDED = f"{_STANDS} AND application.state = ? AND {_BY_ITS_MEETING}"


def save_many(store: Store, applications: Iterable[Application]) -> None:
    """Keeps applications as they now stand, in place of what was kept under their references."""
    store.write(_TABLE.put, _TABLE.written(applications))


def content_hash(key: bytes, application: Application) -> str:
    """Keyed hash of what a verdict says of a request; not of its state, meeting and fund, which decisions change."""
    said = replace(application, state="", meeting=None, pot="")
    return keyed_hash(key, "application", *(repr(value) for value in astuple(said)))


def references(store: Store, prefix: str, how_many: int) -> tuple[str, ...]:
    """The next free references of a cluster and school year: CEN-2627-0018 and on, of ``CEN-2627``."""
    ((last,),) = store.ask(_LAST, (prefix,))
    return tuple(f"{prefix}-{number:04d}" for number in range(last + 1, last + 1 + how_many))


def everything(store: Store) -> tuple[Application, ...]:
    """All applications, by reference."""
    return _TABLE.read(store.ask(f"{_TABLE.select} ORDER BY application_ref"))


def get_many(store: Store, application_refs: Collection[str]) -> dict[str, Application]:
    """The applications of these references; unknown ones are left out."""
    rows = store.ask(
        f"{_TABLE.select} WHERE application_ref IN (SELECT value FROM json_each(?))", (listed(application_refs),)
    )
    return {each.application_ref: each for each in _TABLE.read(rows)}


def meetings_undecided(store: Store) -> tuple[str | None, ...]:
    """Meetings that accepted applications wait for; None where some wait for a meeting that is not planned yet."""
    return tuple(meeting for (meeting,) in store.ask(f"SELECT DISTINCT application.meeting{_UNDECIDED} ORDER BY 1"))


def undecided(store: Store, meeting: str | None) -> tuple[Application, ...]:
    """Accepted applications that wait for a meeting's decision, by reference."""
    wanted = ", ".join(f"application.{each.name}" for each in fields(Application))
    asked = f"SELECT {wanted}{_UNDECIDED} AND application.meeting IS ? ORDER BY application.application_ref"
    return _TABLE.read(store.ask(asked, (meeting,)))


def decided_where_they_wait(store: Store) -> tuple[Application, ...]:
    """Accepted applications that wait for a meeting which has decided on them already, by reference."""
    wanted = ", ".join(f"application.{each.name}" for each in fields(Application))
    return _TABLE.read(store.ask(f"SELECT {wanted}{_DECIDED} ORDER BY application.application_ref", (VALID,)))


def away(store: Store) -> tuple[tuple[Application, str], ...]:
    """Accepted applications on which no meeting ever decided and that wait for another than their verdict said.

    Each with the meeting of the verdict.
    """
    wanted = ", ".join(f"application.{each.name}" for each in fields(Application))
    rows = store.ask(
        f"SELECT {wanted}, unit.meeting{_UNDECIDED} AND unit.meeting <> COALESCE(application.meeting, '')"
        " AND application.application_ref NOT IN (SELECT application_ref FROM cluster.decision)"
        " ORDER BY application.application_ref"
    )
    return tuple(zip(_TABLE.read([row[:-1] for row in rows]), [row[-1] for row in rows], strict=True))


def of_forms(store: Store, form_refs: Collection[str]) -> dict[str, Application]:
    """The application made in each of these forms; forms without one are left out."""
    rows = store.ask(f"{_TABLE.select} WHERE form_ref IN (SELECT value FROM json_each(?))", (listed(form_refs),))
    return {each.form_ref: each for each in _TABLE.read(rows)}
