"""Made-up requests, as answers: one good one of each kind, to be spoilt one answer at a time.

Everything here is invented. UPNs are of LA 999, which issues none.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime

from cluster_sheets.form.kind import UPN_LETTERS, Raw, upn_letter

OWN, PARTNER, THIRD = "146487", "142257", "143324"
"""URNs of three schools the tests' register knows."""
NAMES = {OWN: "Own Primary School", PARTNER: "Partner Junior School", THIRD: "Third Academy"}
RECEIVED, ROUND = date(2026, 9, 28), date(2026, 10, 15)
Answers = dict[str, Raw]


@dataclass
class Request:
    """Answers of one request, as typed."""

    form: Answers
    tables: dict[str, list[Answers]] = field(default_factory=dict)

    def but(self, **changes: Raw) -> "Request":
        """The same with some of the form's own answers changed."""
        changed = deepcopy(self)
        changed.form.update(changes)
        return changed

    def but_line(self, table: str, line: int, **changes: Raw) -> "Request":
        """The same with a line of a table changed."""
        changed = deepcopy(self)
        changed.tables[table][line].update(changes)
        return changed

    def but_lines(self, table: str, lines: list[Answers]) -> "Request":
        """The same with all lines of a table replaced."""
        changed = deepcopy(self)
        changed.tables[table] = deepcopy(lines)
        return changed


def upn(number: int) -> str:
    """A UPN of LA 999 with the right check letter."""
    rest = f"999000015{number:03d}"
    return next(letter for letter in UPN_LETTERS if upn_letter(letter + rest) == letter) + rest


def day(text: str) -> datetime:
    """A date cell as a workbook holds it."""
    return datetime.strptime(text, "%d/%m/%Y")  # noqa: DTZ007 - Excel dates have no zone


def prose(characters: int) -> str:
    """Plain words of about that length, without a name in them."""
    words = "The adult leads a small group each day and writes down what the pupils can do now. "
    return (words * (characters // len(words) + 1))[:characters].strip()


def project() -> Request:
    """A project of one school for a group of four pupils."""
    return Request(
        {
            "school_name": NAMES[OWN],
            "school_urn": OWN,
            "headteacher_name": "Jo Example",
            "contact_name": "Sam Example",
            "contact_role": "SENCO",
            "contact_email": "senco@own.example",
            "contact_phone": "01632 960123",
            "purpose": "Project",
            "applicant": "On our own",
            "beneficiary": "A group of pupils",
            "request_title": "Daily language groups",
            "area_main": "Communication and interaction",
            "area_second": "Cognition and learning",
            "applied_before": "No",
            "pot_asked": "Main fund",
            "start_date": day("22/02/2027"),
            "end_date": day("16/07/2027"),
            "amount_requested": 3275.6,
            "minimum_viable": 2000.0,
            "school_contribution": 310.0,
            "other_funding": 0.0,
            "capital": "No",
            "recurring": "No",
            "summary": prose(200),
            "need": prose(400),
            "plan": prose(400),
            "evidence_base": prose(150),
            "sustain": prose(150),
            "headteacher_agrees": "Yes",
            "headteacher_agrees_name": "Jo Example",
            "headteacher_agrees_on": day("21/09/2026"),
            "parents_agreed": "Yes",
            "costs_without_vat": "Yes",
            "review_agreed": "Yes",
            "no_reidentify": "Yes",
        },
        {
            "pupils": [pupil(number) for number in range(1, 5)],
            "pupil_counts": [],
            "support": [cycle("07/01/2026", "27/03/2026"), cycle("13/04/2026", "10/07/2026")],
            "costs": [
                {
                    "category": "TA time",
                    "description": "Leading the groups",
                    "hours_per_week": 10.0,
                    "weeks": 19.0,
                    "rate": 17.24,
                    "group_size": 1.0,
                    "paid_by": "Cluster",
                },
                {
                    "category": "Resources",
                    "description": "Picture cards",
                    "quantity": 1.0,
                    "unit_cost": 310.0,
                    "paid_by": "School",
                },
            ],
            "outcomes": [outcome()],
            "partners": [],
        },
    )


def pupil(number: int) -> Answers:
    """One pupil's line."""
    return {
        "upn": upn(number),
        "year_group": "Year 2",
        "sen_provision": "SEN support",
        "primary_need": "SLCN",
        "looked_after": "No",
        "attendance_pct": 94.0,
        "parent_agreed": "Yes",
        "parent_agreed_on": day("16/09/2026"),
    }


def cycle(since: str, until: str) -> Answers:
    """One finished round of support."""
    return {
        "from_date": day(since),
        "to_date": day(until),
        "assess": prose(60),
        "plan": prose(60),
        "do": prose(60),
        "review": prose(60),
        "baseline": "10 of 16",
        "result": "11 of 16",
        "agency": "None",
    }


def outcome() -> Answers:
    """One outcome."""
    return {
        "outcome": prose(80),
        "measure": "The same test again",
        "baseline": "5 of 16",
        "target": "10 of 16",
        "by_when": day("09/07/2027"),
        "checked_by": "SENCO",
    }


def counts(band: str = "Years 1 and 2") -> Answers:
    """One line of counts by year band."""
    return {"year_band": band, "with_plan": 1.0, "on_sen_support": 12.0, "without_sen": 0.0}


def unforeseen() -> Request:
    """An unforeseen need of one pupil, from the main fund."""
    request = project()
    for name in ("minimum_viable", "recurring", "sustain"):
        del request.form[name]
    request.form |= {
        "purpose": "Unforeseen need",
        "beneficiary": "One pupil",
        "became_known_on": day("07/09/2026"),
        "cannot_wait_until": day("02/11/2026"),
        "immediate_risk": "No",
        "ehcna_status": "Considering",
        "start_date": day("02/11/2026"),
        "first_6000": "Yes",
        "first_6000_amount": 6000.0,
        "urgency_reason": prose(150),
    }
    request.tables["pupils"] = request.tables["pupils"][:1]
    return request


def whole_school() -> Request:
    """A project for a whole school."""
    request = project().but(beneficiary="The whole school")
    del request.form["parents_agreed"]
    request.tables |= {"pupils": [], "pupil_counts": [counts(), counts("Years 3 to 6")], "support": []}
    return request


def group() -> Request:
    """A project of three schools for pupils in all of them."""
    request = whole_school().but(applicant="With other schools", beneficiary="Pupils in several schools")
    request.tables["partners"] = [partner(PARTNER, 1000.0), partner(THIRD, 500.0)]
    return request


def partner(urn: str, share: float) -> Answers:
    """One partner's line."""
    return {
        "partner_school": NAMES[urn],
        "pupils_benefiting": 14.0,
        "share": share,
        "agreed_by_name": "Kim Example",
        "agreed_by_role": "Headteacher",
        "agreed_on": day("21/09/2026"),
    }


def advice() -> Request:
    """A case brought for advice, with no money asked."""
    asked = project().form
    kept = [
        *(
            "school_name",
            "school_urn",
            "headteacher_name",
            "contact_name",
            "contact_role",
            "contact_email",
            "applicant",
        ),
        *("beneficiary", "request_title", "area_main", "applied_before", "summary", "need", "plan", "parents_agreed"),
        *("headteacher_agrees", "headteacher_agrees_name", "headteacher_agrees_on", "no_reidentify"),
    ]
    line = {name: raw for name, raw in pupil(1).items() if name not in ("upn", "looked_after")}
    request = Request({name: asked[name] for name in kept} | {"purpose": "Advice, no money"})
    request.form["beneficiary"] = "One pupil"
    request.form["ehcna_status"] = "None"
    request.tables = {"pupils": [line], "pupil_counts": [], "support": [], "costs": [], "outcomes": [], "partners": []}
    return request


def pupils_of_two() -> Request:
    """A project of two schools for a group of pupils who are at both."""
    request = project().but(applicant="With other schools")
    for number, line in enumerate(request.tables["pupils"]):
        line["school_urn"] = (OWN, PARTNER)[number % 2]
    request.tables["partners"] = [partner(PARTNER, 1000.0)]
    return request


def advice_together() -> Request:
    """A case that two schools bring for advice."""
    request = advice().but(applicant="With other schools")
    request.tables["pupils"][0]["school_urn"] = PARTNER
    request.tables["partners"] = [{name: raw for name, raw in partner(PARTNER, 0.0).items() if name != "share"}]
    return request


KINDS: Mapping[str, Request] = {
    "project": project(),
    "unforeseen": unforeseen(),
    "whole school": whole_school(),
    "group": group(),
    "advice": advice(),
    "pupils of two schools": pupils_of_two(),
    "advice together": advice_together(),
}
