"""A workspace whose cases are ready to be collated, and packs made without one; everything in it is invented."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from cluster_sheets.anonymise.known import Finder
from cluster_sheets.anonymise.redact import redacted, texts_of
from cluster_sheets.base.record import Record
from cluster_sheets.panel import stage
from cluster_sheets.panel.collate import Facts, case
from cluster_sheets.panel.position import Position
from cluster_sheets.panel.release import release
from cluster_sheets.panel.scheme import criteria
from cluster_sheets.panel.view import CaseView, Fund, PackView, Policy
from cluster_sheets.store import answers, applications, entries, forms, packs, questions, redactions, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.entries import Entry
from cluster_sheets.store.packs import PackState
from cluster_sheets.store.places import Places
from tests import requests
from tests.checks.batch import FORM, typed
from tests.register.made import REGISTER
from tests.requests import Request
from tests.store.made import keep, made

MEETING, NEXT = "CEN-2627-A1", "CEN-2627-A2"
NIGHT = datetime(2026, 10, 8, 2, 0, tzinfo=UTC)
LATER = datetime(2026, 10, 9, 2, 0, tzinfo=UTC)
FINDER = Finder.of(REGISTER)
WORDS = (
    "Sixteen pupils scored below the sixteenth percentile for understanding of spoken language in September. Most of"
    " them were at the same point a year ago, so what we do now has not been enough. They cannot follow what the whole"
    " class is told, join in play that needs rules, or retell a story. "
)


def prose(characters: int, start: int = 0) -> str:
    """Ordinary words of exactly that length."""
    return (
        ((WORDS[start:] + WORDS * (characters // len(WORDS) + 2))[: characters - 2]).rstrip().ljust(characters - 1, "e")
        + "."
    )


def fullest() -> Request:
    """A request in which every limit is hit: the whole narrative, costs, rounds, outcomes, partners."""
    request = requests.project().but(
        request_title=prose(80, 36),
        applicant="With other schools",
        summary=prose(500),
        need=prose(1000),
        plan=prose(1000, 90),
        evidence_base=prose(500, 20),
        sustain=prose(500, 40),
        amount_requested=19999.99,
        minimum_viable=18999.99,
        other_funding=500.0,
        other_funding_source=prose(200),
        capital="Yes",
        capital_amount=1500.0,
    )
    days = (("07/01/2026", "27/03/2026"), ("13/04/2026", "10/07/2026"), ("07/09/2026", "20/09/2026"))
    texts: requests.Answers = {name: prose(66, 7 * at) for at, name in enumerate(("assess", "plan", "do", "review"))}
    agency: requests.Answers = {"agency": "Speech and language therapist", "agency_seen_on": requests.day("02/03/2026")}
    request.tables["support"] = [
        {**requests.cycle(*each), **texts, **agency, "baseline": prose(18), "result": prose(18, 9)} for each in days
    ]
    request.tables["costs"] = [
        {
            "category": "Assistive technology",
            "description": prose(120, at),
            "hours_per_week": 10.5,
            "weeks": 19.0,
            "rate": 17.24,
            "group_size": 4.0,
            "paid_by": "Cluster",
        }
        for at in range(25)
    ]
    lengths = {"outcome": 100, "measure": 60, "baseline": 20, "target": 20}
    request.tables["outcomes"] = [
        {**requests.outcome(), **{name: prose(length, at) for name, length in lengths.items()}} for at in range(3)
    ]
    years, needs = ("R", "Year 2", "Year 4", "Year 8"), ("SLCN", "MLD", "SEMH", "HI", "OTH")
    request.tables["pupils"] = [
        {**requests.pupil(at), "year_group": years[at % 4], "primary_need": needs[at % 5], "secondary_need": "VI"}
        for at in range(1, 31)
    ]
    request.tables["partners"] = [requests.partner(requests.PARTNER, 500.0) for _ in range(24)]
    return request


def record(request: Request) -> Record:
    """The typed answers of a request."""
    return typed(request).record()


def collated(request: Request, case_ref: str = "K7", **facts: object) -> CaseView:
    """A request as the panel sees it; its texts hold no names, so they stand for themselves."""
    read = record(request)
    pot = str(read.form.get("pot_asked") or "MAIN")
    told = Facts(**{"case_ref": case_ref, "pot": pot, "school": "Primary", "threshold": 5, **facts})  # type: ignore[arg-type]
    return case(FORM, read, texts_of(FORM, read), told)


def pack(cases: Sequence[CaseView], state: PackState = PackState.DRAFT, **changes: object) -> PackView:
    """A pack of these cases."""
    funds = tuple(
        Fund(
            pot,
            at,
            sum(each.asked_pence or 0 for each in cases if each.pot == pot),
            sum(each.pot == pot for each in cases),
        )
        for pot, at in (("MAIN", Position(180_000_00, 96_300_00, 41_500_00)), ("CONTINGENCY", Position(20_000_00)))
    )
    policy = Policy(8, 15, 5, 2, "50", 5, "noon, 14 October", criteria(REGISTER.settings))
    view = PackView(
        MEETING,
        "Central cluster meeting",
        date(2026, 10, 15),
        "2026-27",
        1,
        state,
        date(2026, 10, 8),
        datetime(2026, 10, 8, 9, 12),  # noqa: DTZ001 - shown as local time
        12,
        funds,
        tuple(cases),
        policy,
    )
    return replace(view, **changes)  # type: ignore[arg-type]


def varied() -> tuple[CaseView, ...]:
    """A case of each kind, and the fullest."""
    refs = ("B3", "K7", "M4", "R8", "T5", "V9", "W2")
    views = [collated(request, ref) for ref, request in zip(refs, requests.KINDS.values(), strict=True)]
    return (*views, collated(fullest(), "H6"), collated(requests.unforeseen().but(pot_asked="Contingency"), "C5"))


@contextmanager
def workspace(root: Path) -> Iterator[tuple[Store, Places]]:
    """An empty workspace."""
    with made(root) as store:
        yield store, Places(root)


def accepted(
    store: Store, number: int, request: Request | None = None, meeting: str = MEETING, own: str = requests.OWN
) -> str:
    """Keeps one accepted request of a school and gives its reference; within the caller's transaction."""
    form = forms.IssuedForm(f"F-{number:04d}-AAAA", own, "CEN", MEETING, number, "2026.1", "ab" * 16, NIGHT)
    forms.issue_many(store, [form])
    ref = f"CEN-2627-{number:04d}"
    given = {
        "state": units.State.ACCEPTED,
        "application_ref": ref,
        "form_ref": forms.form_ref(store, form.form_id),
        "meeting": meeting,
    }
    unit = keep(store, f"EXAMPLE workbook {number}".encode(), form.form_id, **given)
    read = record(request or requests.project())
    answers.put_many(store, [(unit.unit_id, read)])
    redactions.put_many(store, [(unit.unit_id, redacted(FORM, read, FINDER).texts)])
    told = read.form
    asked = told.get("amount_requested")
    applications.save_many(
        store,
        [
            applications.Application(
                application_ref=ref,
                form_ref=str(unit.form_ref),
                cluster="CEN",
                round=MEETING,
                purpose=str(told["purpose"]),
                applicant=str(told["applicant"]),
                beneficiary=str(told["beneficiary"]),
                pot=str(told.get("pot_asked") or "MAIN"),
                asked_pence=asked if isinstance(asked, int) else 0,
                minimum_pence=None,
                state="VALID",
                meeting=meeting,
                current_unit=unit.unit_id,
            )
        ],
    )
    return ref


def built(store: Store, places: Places, as_of: datetime = NIGHT) -> None:
    """Assigns and builds, as a night does."""
    stage.assign(store, REGISTER, as_of)
    stage.build(store, places, REGISTER, FORM, lambda: FINDER, as_of)


def checked(store: Store, places: Places, as_of: datetime = NIGHT) -> None:
    """Two nights with all answered after each: the pack is checked, and nothing is left to ask."""
    for _ in range(2):
        built(store, places, as_of)
        answer_all(store, as_of)


def released(store: Store, places: Places, as_of: datetime = NIGHT) -> None:
    """Releases the pack of the meeting."""
    release(store, places, REGISTER, FORM, lambda: FINDER, MEETING, as_of)


def answer_all(store: Store, as_of: datetime = NIGHT, meeting: str = MEETING) -> None:
    """Answers every open question of a meeting."""
    asked = [each for each in questions.of_meeting(store, meeting) if each.answer is None]
    with store.transaction():
        questions.answer_many(store, [(each.question_id, "yes") for each in asked], as_of)


def current(store: Store) -> packs.Pack:
    """The newest version of the meeting's pack."""
    found = packs.current(store, MEETING)
    assert found is not None
    return found


def moved(store: Store, account: str, pence: int, kind: str, to: str, at: datetime, meeting: str | None = None) -> None:
    """A movement of the ledger into an account."""
    line = Entry(account, pence, "CEN", "2026-27", "2026/27", "MAIN", kind, at, meeting=meeting)
    if account.startswith("award"):
        line = replace(line, application_ref="CEN-2627-0001")
    with store.transaction():
        entries.append_many(store, [[line, replace(line, account=to, amount_pence=-pence)]])
