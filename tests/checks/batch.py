"""A batch of made-up requests judged without a workbook: answers go in as if a reader had found them."""

from collections.abc import Sequence
from datetime import date

from cluster_sheets.base.cell import address
from cluster_sheets.base.finding import Finding
from cluster_sheets.base.text import folded
from cluster_sheets.checks.judge import findings
from cluster_sheets.checks.world import Arrival, World
from cluster_sheets.form import keys
from cluster_sheets.form.kind import Readers
from cluster_sheets.form.shipped import form
from cluster_sheets.reading.frames import frames
from cluster_sheets.reading.raw import RawForm
from cluster_sheets.reading.typed import TypedForm, Typing, Window
from tests.requests import NAMES, OWN, RECEIVED, ROUND, Request

FORM = form("application")
NUMBERS = {
    "weeks_max": 39, "known_within_days": 90, "project_min": 25000, "project_cap": 2000000, "pupil_cap": 850000,
    "contingency_cap": 500000, "first_spend": 600000, "cycles_wanted": 2,
}  # fmt: skip
LISTS = {"years_accepted": ("R", *map(str, range(1, 14))), "cluster_codes": ("CEN", "N", "S", "E")}


def schools_named(typed: str) -> tuple[str, ...]:
    """URNs a name could mean, in the tests' register."""
    if typed == "Academy":
        return ("1", "2")
    return tuple(urn for urn, name in NAMES.items() if folded(name) == folded(typed))


def world(**changes: object) -> World:
    """A world in which every school is a member and nothing else has been asked for."""
    told: dict[str, object] = {
        "number": NUMBERS.__getitem__,
        "listed": LISTS.__getitem__,
        "words": lambda name: str(NUMBERS[name]),
        "year_start": (1, 9),
        "is_member": lambda urn, cluster, on: True,
        "earlier_schools": lambda reference: frozenset({OWN}) if reference == "CEN-2526-0017" else frozenset(),
        "awards_of": lambda upn: (),
        "other_forms_of": lambda upn, arrival: False,
        "names_known": lambda texts, own: [any(name in text for name in {"Sneyd", *own}) for text in texts],
    }
    return World(**{**told, **changes})  # type: ignore[arg-type]


def raw(request: Request) -> RawForm:
    """The request as a reader finds it: one row a question, one row a line."""
    made = RawForm(ours=True, sheets={sheet.name: sheet.name for sheet in FORM.sheets})
    for sheet in FORM.sheets:
        for row, each in enumerate(sheet.fields, start=4):
            made.answers[each.name] = [sheet.name, address(row, keys.ANSWER_COLUMN), request.form.get(each.name)]
        for number, table in enumerate(sheet.tables):
            names = keys.column_names(table)
            top = 100 * (number + 1)
            for cell in table.computed:
                if not cell.after and cell.key in request.form:
                    made.answers[cell.key] = [sheet.name, address(top + 60, keys.ANSWER_COLUMN), request.form[cell.key]]
            made.first_line[table.name] = [sheet.name, address(top, 1)]
            made.lines[table.name] = [
                {name: [sheet.name, address(top + at, 1 + column), line.get(name)] for column, name in enumerate(names)}
                for at, line in enumerate(request.tables.get(table.name, []))
            ]
    return made


def typed(request: Request | RawForm, received: date = RECEIVED) -> TypedForm:
    """The request, typed."""
    typing = Typing(FORM, Readers(NUMBERS.__getitem__, schools_named))
    window = Window(received.replace(year=received.year - 3), received.replace(year=received.year + 3), 3)
    return typing.typed("u1", "request.xlsx", request if isinstance(request, RawForm) else raw(request), window)


def judged(
    *requests: Request | RawForm, arrival: Arrival | None = None, about: World | None = None
) -> list[tuple[Finding, ...]]:
    """Findings of each request."""
    batch: Sequence[TypedForm] = [typed(request) for request in requests]
    told = arrival or Arrival(RECEIVED, RECEIVED, ROUND, ROUND, "CEN", "CEN-2627-A1", "F-AAAA-AAAA")
    return findings(FORM, frames(FORM, batch), [told] * len(batch), about or world())


def codes(
    request: Request | RawForm, arrival: Arrival | None = None, about: World | None = None
) -> list[tuple[str, str]]:
    """(code, field) of each finding of one request."""
    return [(finding.code, finding.field) for finding in judged(request, arrival=arrival, about=about)[0]]


def codes_of_each(requests: Sequence[Request]) -> list[list[tuple[str, str]]]:
    """The same of each of several requests, judged as one batch: it takes no longer than one."""
    return [[(finding.code, finding.field) for finding in found] for found in judged(*requests)]


def places(request: Request, key: str) -> list[tuple[str, str]]:
    """(sheet, cell) of an answer as the reader found it; of a table's column, on each line; of a table, its first."""
    found, (table, _, name) = raw(request), key.rpartition(".")
    if key in found.answers:
        return [(found.answers[key][0], found.answers[key][1])]
    if not table:
        return [(found.first_line[key][0], found.first_line[key][1])]
    return [(line[name][0], line[name][1]) for line in found.lines[table]]
