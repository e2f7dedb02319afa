"""A workspace with a meeting's cases in a released pack, and a chair who fills in its decisions workbook.

Everything here is invented: EXAMPLE.
"""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook.workbook import Workbook

from cluster_sheets.base.finding import Finding
from cluster_sheets.base.record import Record, Row
from cluster_sheets.form.shipped import form
from cluster_sheets.panel.decisions.read import read_back
from cluster_sheets.panel.decisions.workbook import path_of, write_decisions
from cluster_sheets.register.model import Meeting, Register
from cluster_sheets.store import answers, applications, cases, forms, packs, redactions, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.packs import Pack, PackState
from cluster_sheets.store.places import Places
from tests.register.made import REGISTER
from tests.store.made import keep, made

AT = datetime(2027, 2, 6, 2, 0, tzinfo=UTC)
SP1, CITY, A2 = "CEN-2627-Sp1", "CITY-2627-Sp", "CEN-2627-A2"
FEEDBACK = "Show with figures what the groups of last year changed."
SHARES = ("partners", ({"share": 100000}, {"share": 50000}))


@dataclass(frozen=True)
class Bid:
    """One application in a pack."""

    case_ref: str
    purpose: str = "PROJECT"
    pot: str = "MAIN"
    asked: int = 496000
    least: int | None = 300000
    start: date = date(2027, 2, 22)
    end: date = date(2027, 7, 16)
    applicant: str = "SINGLE"
    tables: Mapping[str, tuple[Row, ...]] | None = None


PROJECT, LARGE = Bid("K7"), Bid("D2", asked=2500000, least=1000000)
NEED = Bid("H3", "UNFORESEEN", "MAIN", 480000, None)
CONTINGENT = Bid("M4", "UNFORESEEN", "CONTINGENCY", 300000, None)
ADVICE = Bid("N8", "ADVICE", "MAIN", 0, None)
GROUP = Bid("T6", asked=300000, least=None, applicant="GROUP", tables=dict([SHARES]))


@dataclass
class Desk:
    """The workspace, its register, and the meeting in hand."""

    store: Store
    places: Places
    register: Register
    meeting: Meeting
    at: datetime = AT

    def write(self) -> Path:
        """Makes the meeting's workbook."""
        path = write_decisions(self.store, self.places, self.register, form("application"), self.meeting)
        assert path is not None
        return path

    def read(self) -> tuple[Finding, ...]:
        """Reads all workbooks back."""
        return read_back(self.store, self.places, self.register, self.at)

    def codes(self) -> list[str]:
        """Codes of what the reading finds."""
        return [each.code for each in self.read()]

    def fill(self, own: Mapping[str, Any] | None = None, **by_case: Mapping[str, Any]) -> None:
        """Types into the workbook's boxes, found by their hidden keys, and saves it as another program would."""
        path = path_of(self.places, self.meeting.meeting_id)
        book = openpyxl.load_workbook(path)
        fill_in(book, {**CONFIRMED, "held_on": self.meeting.day, **(own or {})}, by_case)
        save(book, path)

    def change(self, change: Any) -> None:
        """Does something else to the workbook."""
        path = path_of(self.places, self.meeting.meeting_id)
        book = openpyxl.load_workbook(path)
        change(book)
        save(book, path)

    def newer(self, pence: int, **more: date) -> None:
        """A newer version of the only request, accepted an hour after its pack was released, asks another amount.

        ``more``: what else it answers, such as ``start_date``.
        """
        with self.store.transaction():
            (asked,) = applications.everything(self.store)
            told = {"application_ref": asked.application_ref, "judged_at": AT + timedelta(hours=1)}
            unit = keep(self.store, b"EXAMPLE newer", "F-TEST-0001", state=units.State.ACCEPTED, **told)
            self.store.write("UPDATE cluster.unit SET form_ref = ?", [(asked.form_ref,)])
            first = "UPDATE cluster.unit SET judged_at = received_at, state = 'set-aside' WHERE unit_id = ?"
            self.store.write(first, [(asked.current_unit,)])
            answers.put_many(self.store, [(unit.unit_id, Record({"amount_requested": pence, **more}, {}))])
            newest = replace(asked, asked_pence=pence, minimum_pence=None, current_unit=unit.unit_id)
            applications.save_many(self.store, [newest])


CONFIRMED: Mapping[str, Any] = {"present": 13, "chair_name": "EXAMPLE Amina Vane", "confirmed": "Yes"}


def fill_in(book: Workbook, own: Mapping[str, Any], by_case: Mapping[str, Mapping[str, Any]]) -> None:
    """Types answers into an open decisions workbook."""
    for sheet in book.worksheets:
        names: list[str] = []
        for row in sheet.iter_rows():
            key = str(row[0].value or "")
            if key in own:
                row[2].value = own[key]
            if key.startswith(("table:", "end:")):
                names = [str(cell.value) for cell in row[1:] if key.startswith("table:")]
            by_name = dict(zip(names, row[1:], strict=False))
            said = by_case.get(str(by_name["case_ref"].value), {}) if by_name else {}
            for name in said.keys() & by_name.keys():
                by_name[name].value = said[name]


def save(book: Workbook, path: Path) -> None:
    """Saves a workbook in place."""
    held = io.BytesIO()
    book.save(held)
    path.write_bytes(held.getvalue())


def lay(
    store: Store, meeting: Meeting, bids: tuple[Bid, ...], first: int = 1, state: PackState = PackState.RELEASED
) -> None:
    """Puts applications before a meeting, in a pack of that state."""
    with store.transaction():
        issued = [
            forms.IssuedForm(f"F-TEST-{first + at:04d}", "999001", "CEN", SP1, first + at, "2026.1", "ab" * 16, AT)
            for at in range(len(bids))
        ]
        forms.issue_many(store, issued)
        for at, (bid, told) in enumerate(zip(bids, issued, strict=True)):
            _lay_one(store, meeting, bid, told, first + at)
        packs.save(store, pack(meeting.meeting_id, state))


def pack(meeting: str, state: PackState = PackState.RELEASED, version: int = 1) -> Pack:
    """A version of a meeting's pack."""
    return Pack(meeting, version, state, "hash", "00", f"panel/{meeting}/pack.xlsx", AT, AT, AT)


def _lay_one(store: Store, meeting: Meeting, bid: Bid, told: forms.IssuedForm, number: int) -> None:
    ref = f"CEN-2627-{number:04d}"
    unit = keep(store, f"EXAMPLE {ref}".encode(), told.form_id, state=units.State.ACCEPTED, application_ref=ref)
    said: dict[str, int | date | None] = {
        "start_date": bid.start,
        "end_date": bid.end,
        "amount_requested": bid.asked,
        "minimum_viable": bid.least,
    }
    record = Record(said, bid.tables or {})
    answers.put_many(store, [(unit.unit_id, record)])
    redactions.put_many(store, [(unit.unit_id, {"request_title": f"EXAMPLE request {number}"})])
    applied = applications.Application(
        ref, forms.form_ref(store, told.form_id), "CEN", SP1, bid.purpose, bid.applicant, "PUPIL_GROUP", bid.pot,
        bid.asked, bid.least, "VALID", meeting.meeting_id, unit.unit_id,
    )  # fmt: skip
    applications.save_many(store, [applied])
    cases.save_many(store, [cases.Case(meeting.meeting_id, ref, bid.case_ref, number, 1)])


@contextmanager
def desk(
    root: Path,
    *bids: Bid,
    meeting: str = SP1,
    register: Register = REGISTER,
    state: PackState = PackState.RELEASED,
) -> Iterator[Desk]:
    """A workspace whose meeting has these bids in its released pack, and a blank decisions workbook."""
    before = register.meeting(meeting)
    assert before is not None
    with made(root) as store:
        lay(store, before, bids, state=state)
        found = Desk(store, Places(root), register, before)
        found.write()
        yield found


def with_budget(main: int, contingency: int, later: int = 40000000) -> Register:
    """The register with other amounts for 2026-27, and one for the year after."""
    amounts = {("2026-27", "MAIN"): main, ("2026-27", "CONTINGENCY"): contingency}
    lines = tuple(replace(each, opening_pence=amounts.get((each.la_fy, each.pot), later)) for each in REGISTER.budget)
    signed = {
        key: sum(each.opening_pence for each in lines if (each.cluster, each.la_fy) == key) for key in REGISTER.signed
    }
    return replace(REGISTER, budget=lines, signed=signed)
