"""Example rows and workspaces for the tests of the store; every name is an EXAMPLE."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from cluster_sheets.store import applications, blobs, forms, mails, nights, provenance, units
from cluster_sheets.store.database import Store

KEY = bytes(range(32))
NIGHT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
FORM = forms.IssuedForm("F-K7A4-9XDR", "999001", "CENTRAL", "2026-A2", 1, "2026.1", "ab" * 16, NIGHT)
SECOND_FORM = forms.IssuedForm("F-K7A4-9XDS", "999001", "CENTRAL", "2026-A2", 2, "2026.1", "cd" * 16, NIGHT)
WORKBOOK = b"EXAMPLE workbook of Oakhill"


@contextmanager
def made(workspace: Path) -> Iterator[Store]:
    """A store with a fixed key."""
    with Store.open(workspace, create=True, key=KEY) as store:
        yield store


def ended(store: Store, as_of: datetime, exit_code: int | None = 0) -> None:
    """Keeps a night that ended so, within the caller's transaction."""
    nights.save(store, nights.Night(as_of, "a" * 64, exit_code))


def unit_of(content: bytes, **given: object) -> units.Unit:
    """A dropped workbook as a unit that waits."""
    sha256 = hashlib.sha256(content).hexdigest()
    return units.Unit(sha256[:16], sha256, sha256, 0, NIGHT, NIGHT, **given)  # type: ignore[arg-type]


def keep(store: Store, content: bytes = WORKBOOK, form_id: str | None = None, **given: object) -> units.Unit:
    """Keeps one dropped workbook as the intake does, within the caller's transaction."""
    (sha256,) = blobs.keep_many(store, [content])
    unit = unit_of(content, **given)
    mails.add_many(store, [mails.Mail(sha256, "file", NIGHT, NIGHT)])
    units.add_many(store, [unit])
    origin = provenance.Provenance(unit.unit_id, sha256, form_id, None, "senco@oakhill.example", "bid.xlsx")
    provenance.put_many(store, [origin])
    return unit


def apply(store: Store, form_id: str = FORM.form_id, ref: str = "CEN-2627-0001", **given: object) -> units.Unit:
    """Keeps one workbook that became an application, within the caller's transaction."""
    forms.issue_many(store, [FORM, SECOND_FORM])
    unit = keep(store, f"EXAMPLE workbook {ref}".encode(), form_id, **given)
    made_of = applications.Application(
        ref,
        forms.form_ref(store, form_id),
        "CENTRAL",
        "2026-A2",
        "PROJECT",
        "SINGLE",
        "PUPILS",
        "MAIN",
        496000,
        None,
        "VALID",
        "2026-A2-CENTRAL",
        unit.unit_id,
    )
    applications.save_many(store, [made_of])
    return unit
