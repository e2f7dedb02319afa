"""Forms, registers and submissions for the tests of verdicts; every name in them is an EXAMPLE."""

from datetime import UTC, datetime

from cluster_sheets.base import reference
from cluster_sheets.form.shipped import form
from cluster_sheets.intake.arrived import Arrived
from cluster_sheets.register.make import made
from cluster_sheets.register.model import Register
from cluster_sheets.register.read import register_of
from cluster_sheets.store.forms import IssuedForm
from cluster_sheets.store.units import Unit
from cluster_sheets.verdict.sender import Sender
from cluster_sheets.verdict.submission import Submission

KEY = bytes(range(32))
NIGHT = datetime(2026, 9, 28, 2, 0, tzinfo=UTC)
ROUND = "CEN-2627-A1"
URN, OTHER = "146487", "148220"
VERSION = "CS-APP 2026.1"
FORM = form("application")


def register(**settings: str) -> Register:
    """The register that ships, with some settings changed."""
    read, findings = register_of(made(settings), "register.xlsx")
    assert read is not None, findings
    return read


def issued(urn: str = URN, number: int = 1, round_id: str = ROUND, cluster: str = "CEN") -> IssuedForm:
    """A form as it is issued under KEY."""
    form_id = reference.form_id(KEY, urn, round_id, number)
    mark = reference.stamp(KEY, form_id, urn, cluster, round_id, VERSION)
    return IssuedForm(form_id, urn, cluster, round_id, number, VERSION, mark, NIGHT)


def stamp_of(form_made: IssuedForm) -> dict[str, list[str]]:
    """The stamp of a form, as a reader finds it."""
    parts = {name: getattr(form_made, name) for name in ("form_id", "urn", "cluster", "round", "version")}
    return {name: [value] for name, value in (parts | {"mark": form_made.stamp}).items()}


def submission(received: datetime = NIGHT, sender: Sender | None = None, file: str = "b") -> Submission:
    """A submission of which nothing is found out yet."""
    unit = Unit("0123456789abcdef", "a" * 64, file * 64, 0, received, received)
    came = Arrived(unit_id=unit.unit_id, data=b"", file_name="request.xlsx", sender="", verified=False, by_mail=False)
    return Submission(unit, came, sender or Sender("", verified=False))
