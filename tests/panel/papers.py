"""A decisions workbook with every outcome and every slip in it; titles and amounts are EXAMPLES."""

from datetime import date

from cluster_sheets.form.declared import Form
from cluster_sheets.form.load import load
from cluster_sheets.form.shipped import schema_text
from cluster_sheets.panel.decisions.sums import Sums
from cluster_sheets.panel.decisions.view import Asked, Typed, View
from cluster_sheets.panel.decisions.workbook import declared
from tests.register.made import REGISTER

MEETING = next(each for each in REGISTER.meetings if each.meeting_id == "CEN-2627-Sp1")
MAIN, CONTINGENCY = ("CEN", "MAIN"), ("CEN", "CONTINGENCY")
DAYS = (("2026-27", 38), ("2027-28", 107))
TITLE = "EXAMPLE workshops on sleep and routine that help pupils settle in the mornings"
LEFT = {
    (*MAIN, "2026-27"): 300_000,
    (*MAIN, "2027-28"): 36_000_000,
    (*CONTINGENCY, "2026-27"): 1_000_000,
    (*CONTINGENCY, "2027-28"): 0,
}


def project(case_ref: str, asked: int = 1_420_000, least: int | None = 700_000) -> Asked:
    """A project that asks the main fund."""
    return Asked(case_ref, case_ref, "PROJECT", "Project\nMain fund", TITLE, MAIN, asked, least, DAYS)


NEED = Asked("H3", "H3", "UNFORESEEN", "Unforeseen need\nContingency", TITLE, CONTINGENCY, 480_000, None, DAYS[:1])
ADVICE = Asked("N8", "N8", "ADVICE", "Advice\nNo money", TITLE, None, 0, None)
SAID: dict[str, dict[str, object]] = {
    "D2": {"outcome": "Agreed", "award": 14200.0},
    "K7": {"outcome": "agreed for less", "award": 7000},
    "W1": {"outcome": "Not agreed", "feedback": "EXAMPLE of  feedback."},
    "T6": {"outcome": "Agreed with conditions", "award": 14200.01, "conditions": "EXAMPLE."},
    "M4": {"outcome": "Deferred", "award": 0},
    "B9": {"outcome": "Agreed", "award": "lots"},
    "F5": {"outcome": "Agreed for less", "award": 14200},
    "A2": {"outcome": "Agreed", "award": 10000},
    "C4": {"outcome": "Agreed for less", "award": 6999.99},
    "E6": {"outcome": "Advice only"},
    "J2": {"outcome": "Withdrawn", "award": 5},
    "L8": {"award": 3},
    "P4": {},
    "H3": {"outcome": "Agreed for less", "award": 1234.56},
    "N8": {"outcome": "Agreed"},
    "G7": {"outcome": "Agreed for less", "award": "£7,500"},
}
CASES = tuple(NEED if ref == "H3" else ADVICE if ref == "N8" else project(ref) for ref in SAID)
OWN = {"held_on": date(2027, 2, 4), "present": 13, "chair_name": "EXAMPLE Amina Vane", "confirmed": "Yes"}
TYPED = Typed(OWN, SAID)  # type: ignore[arg-type]


def view(*cases: Asked, left: dict[tuple[str, str, str], int] | None = None) -> View:
    """What the workbook shows."""
    shown = cases or CASES
    words = {MAIN: "Main fund", CONTINGENCY: "Contingency"}
    funds = {fund: words[fund] for fund in words if fund in {each.fund for each in shown}}
    return View(MEETING, 25, "2026-27", shown, LEFT if left is None else left, funds, "31 March")


def sums(typed: Typed = TYPED, *cases: Asked, left: dict[tuple[str, str, str], int] | None = None) -> Sums:
    """Values of its formulas."""
    return Sums(view(*cases, left=left), typed, declared())


def with_longer_words() -> Form:
    """The workbook, declared so that conditions have seven characters at least and feedback thirty."""
    text = schema_text("decisions.toml")
    for least, longer in (("min = 5\n", "min = 7\n"), ("min = 20\n", "min = 30\n")):
        assert text.count(least) == 1
        text = text.replace(least, longer)
    return load(text, "EXAMPLE.toml")
