"""Each rule that is not about one answer alone, broken once: exactly one finding, at the right cell."""

from datetime import date
from functools import cache

import pytest

from cluster_sheets.base.finding import Finding
from cluster_sheets.checks.world import Arrival
from tests.checks.batch import codes, judged, places, raw, world
from tests.requests import (
    KINDS,
    OWN,
    PARTNER,
    RECEIVED,
    ROUND,
    THIRD,
    Answers,
    Request,
    counts,
    cycle,
    day,
    outcome,
    partner,
    prose,
    pupil,
    upn,
)  # fmt: skip

P, U, W, G, A = (KINDS[name] for name in ("project", "unforeseen", "whole school", "group", "advice"))
COSTS = P.tables["costs"]
TWO = KINDS["pupils of two schools"]
REFERRED = P.but(applied_before="Yes", earlier_reference="CEN-2526-0018")
MISSHAPEN = P.but(applied_before="Yes", earlier_reference="CEN-2528-0017")
BEFORE_KNOWN = U.but(cannot_wait_until=day("06/09/2026"))
NO_PUPILS = counts() | {"with_plan": 0.0, "on_sen_support": 0.0}
FULL_CYCLE = cycle("07/01/2026", "27/03/2026") | {name: prose(150) for name in ("assess", "plan", "do", "review")}
FULL = P.but(summary=prose(500), need=prose(1000), plan=prose(1000), evidence_base=prose(500), sustain=prose(500))
FULL = FULL.but_lines("support", [FULL_CYCLE] * 2)
FULL = FULL.but_lines("outcomes", [outcome() | {"outcome": prose(200), "measure": prose(120)}] * 2)


def dear(request: Request, pounds: float) -> Request:
    """The request for another amount, with a cost line that comes to it."""
    line: Answers = {
        "category": "Equipment",
        "description": "Kit",
        "quantity": 1.0,
        "unit_cost": pounds,
        "paid_by": "Cluster",
    }
    return request.but(amount_requested=pounds, school_contribution=0.0).but_lines("costs", [line])


BROKEN: list[tuple[str, str, Request]] = [
    ("must-be-yes", "headteacher_agrees", P.but(headteacher_agrees="No")),
    ("must-be-yes", "parents_agreed", P.but(parents_agreed="No")),
    ("must-be-yes", "costs_without_vat", P.but(costs_without_vat="No")),
    ("must-be-yes", "review_agreed", P.but(review_agreed="No")),
    ("must-be-yes", "no_reidentify", P.but(no_reidentify="No")),
    ("must-be-yes", "pupils.parent_agreed", P.but_line("pupils", 2, parent_agreed="No")),
    ("odd-characters", "summary", P.but(summary=prose(200) + "\u200b end")),
    ("upn-temporary", "pupils.upn", P.but_line("pupils", 0, upn="Q99900001501A")),
    ("percent-below-one", "pupils.attendance_pct", P.but_line("pupils", 0, attendance_pct=0.94)),
    ("school-and-urn-apart", "school_urn", P.but(school_urn=PARTNER)),
    ("several-schools-alone", "beneficiary", W.but(beneficiary="Pupils in several schools")),
    ("same-area-twice", "area_second", P.but(area_second="Communication and interaction")),
    ("contingency-for-a-project", "pot_asked", P.but(pot_asked="Contingency")),
    ("earlier-reference-shape", "earlier_reference", MISSHAPEN),
    ("earlier-reference-not-found", "earlier_reference", REFERRED),
    ("known-in-the-future", "became_known_on", U.but(became_known_on=day("29/09/2026"))),
    ("known-long-ago", "became_known_on", U.but(became_known_on=day("29/06/2026"))),
    ("needed-before-known", "cannot_wait_until", BEFORE_KNOWN),
    ("starts-after-it-must", "start_date", U.but(start_date=day("03/11/2026"))),
    ("starts-before-meeting", "start_date", P.but(start_date=day("14/10/2026"))),
    ("starts-before-receipt", "start_date", U.but(start_date=day("27/09/2026"))),
    ("ends-before-it-starts", "end_date", P.but(end_date=day("22/02/2027"))),
    ("ends-after-school-year", "end_date", P.but(end_date=day("01/09/2027"))),
    ("project-under-least", "amount_requested", dear(W, 249.99).but(minimum_viable=1.0)),
    ("project-over-cap-alone", "amount_requested", dear(W, 20000.01)),
    ("project-over-cap-group", "amount_requested", dear(G, 20000.01)),
    ("pupil-over-cap", "amount_requested", dear(U, 8500.01)),
    ("contingency-over-cap", "amount_requested", dear(U, 8500.01).but(pot_asked="Contingency")),
    ("least-over-amount", "minimum_viable", P.but(minimum_viable=3275.61)),
    ("first-spend-not-met", "first_6000", U.but(first_6000="No", first_6000_amount=100.0)),
    ("first-spend-short", "first_6000_amount", U.but(first_6000_amount=5999.99)),
    ("nothing-said", "area_second", P.but(area_second="N/A")),
    ("nothing-said", "ehcna_status", P.but(ehcna_status="N/A")),
    ("only-for-one-pupil", "ehcna_status", P.but(ehcna_status="None")),
    ("only-for-one-pupil", "first_6000", P.but(first_6000="Not applicable")),
    ("plan-answers-apart", "ehcna_status", U.but(ehcna_status="Has a plan")),
    ("capital-asked", "capital", P.but(capital="Yes", capital_amount=100.0)),
    ("capital-over-whole-cost", "capital_amount", P.but(capital="Yes", capital_amount=3585.61)),
    ("comes-again", "recurring", P.but(recurring="Yes")),
    ("narrative-too-long", "summary", FULL),
    ("upn-in-text", "need", P.but(need=f"{prose(200)} R999000015001")),
    ("known-name-in-text", "costs.description", P.but_line("costs", 1, description="Books from Sneyd")),
    ("known-name-in-text", "plan", P.but(plan=f"{prose(200)} Jo Example leads.")),
    ("one-pupil-one-line", "pupils", U.but_lines("pupils", [pupil(1), pupil(2)])),
    ("group-of-pupils-lines", "pupils", P.but_lines("pupils", [pupil(1)])),
    ("group-of-pupils-lines", "pupils", P.but_lines("pupils", [pupil(number) for number in range(1, 32)])),
    ("pupils-not-wanted", "pupils", W.but_lines("pupils", [pupil(1) | {"upn": "R99"}])),
    ("counts-missing", "pupil_counts", W.but_lines("pupil_counts", [])),
    ("counts-not-wanted", "pupil_counts", P.but_lines("pupil_counts", [counts()])),
    ("year-band-twice", "pupil_counts.year_band", W.but_lines("pupil_counts", [counts(), counts()])),
    ("counts-all-nought", "pupil_counts", W.but_lines("pupil_counts", [NO_PUPILS])),
    ("upn-twice", "pupils.upn", P.but_line("pupils", 3, upn=upn(1))),
    ("pupil-at-another-school", "pupils.school_urn", TWO.but_line("pupils", 0, school_urn=THIRD)),
    ("year-not-in-scheme", "pupils.year_group", P.but_line("pupils", 1, year_group="Nursery 2")),
    ("needs-the-same", "pupils.secondary_need", P.but_line("pupils", 0, secondary_need="SLCN")),
    ("unassessed-with-plan", "pupils.primary_need", P.but_line("pupils", 0, sen_provision="E", primary_need="NSA")),
    ("no-sen-recorded", "pupils.sen_provision", P.but_line("pupils", 0, sen_provision="N", primary_need=None)),
    ("parent-agreed-in-the-future", "pupils.parent_agreed_on", P.but_line("pupils", 1, parent_agreed_on="29/09/2026")),
    ("parent-agreed-long-ago", "pupils.parent_agreed_on", P.but_line("pupils", 0, parent_agreed_on=day("31/08/2025"))),
    ("support-too-many-lines", "support", P.but_lines("support", P.tables["support"] * 2)),
    ("support-too-little", "support", P.but_lines("support", P.tables["support"][:1])),
    ("support-too-little-yet", "support", U.but_lines("support", [])),
    ("support-ends-before-it-starts", "support.to_date", P.but_line("support", 0, to_date=day("06/01/2026"))),
    ("support-still-running", "support.to_date", P.but_lines(
        "support", [*P.tables["support"], cycle("01/09/2026", "29/09/2026")])),
    ("agency-seen-in-the-future", "support.agency_seen_on", P.but_line(
        "support", 0, agency="EP", agency_seen_on=day("29/09/2026"))),
    ("costs-lines", "costs", P.but_lines("costs", [])),
    ("costs-lines", "costs", P.but_lines("costs", [COSTS[0] | {"weeks": 1.0}] * 19 + [COSTS[1]] * 7)),
    ("costs-not-for-advice", "costs", A.but_lines("costs", [COSTS[0] | {"rate": "a lot"}])),
    ("cost-worked-out-two-ways", "costs.quantity", P.but_line("costs", 1, weeks=2.0)),
    ("cost-not-worked-out", "costs.quantity", P.but_line("costs", 0, group_size=None)),
    ("line-total-apart", "costs.line_total", P.but_line("costs", 0, line_total=3275.59)),
    ("costs-apart-from-amount", "amount_requested", P.but(amount_requested=3275.61)),
    ("costs-apart-from-school", "school_contribution", P.but(school_contribution=0.0)),
    ("costs-apart-from-other", "other_funding", P.but(other_funding=5.0, other_funding_source="A grant")),
    ("vat-in-a-line", "costs.description", P.but_line("costs", 1, description="Picture cards inc. VAT")),
    ("weeks-longer-than-funding", "costs.weeks", P.but_line("costs", 0, weeks=38.0, hours_per_week=5.0)),
    ("outcomes-lines", "outcomes", P.but_lines("outcomes", [])),
    ("outcomes-lines-advice", "outcomes", A.but_lines("outcomes", [outcome()] * 4)),
    ("outcome-outside-dates", "outcomes.by_when", P.but_line("outcomes", 0, by_when=day("17/07/2027"))),
    ("partners-lines", "partners", G.but_lines("partners", [])),
    ("partners-not-wanted", "partners", P.but_lines("partners", [partner(PARTNER, 100.0)])),
    ("partner-is-yourself", "partners.partner_school", G.but_lines("partners", [partner(OWN, 100.0)])),
    ("partner-twice", "partners.partner_school", G.but_lines("partners", [partner(PARTNER, 1.0)] * 2)),
    ("partner-agreed-in-the-future", "partners.agreed_on", G.but_line("partners", 0, agreed_on=day("29/09/2026"))),
    ("shares-over-amount", "partners.share", G.but_lines("partners", [partner(PARTNER, 3275.61)])),
    ("lead-share-apart", "partners.lead_share", G.but(**{"partners.lead_share": 1775.59})),
    ("headteacher-agreed-in-the-future", "headteacher_agrees_on", P.but(headteacher_agrees_on=day("29/09/2026"))),
    ("declared-by-another", "headteacher_agrees_name", P.but(headteacher_agrees_name="Kim Other")),
]  # fmt: skip
LINES = {
    ("must-be-yes", "pupils.parent_agreed"): 2,
    ("known-name-in-text", "costs.description"): 1,
    ("upn-twice", "pupils.upn"): 3,
    ("year-band-twice", "pupil_counts.year_band"): 1,
    ("year-not-in-scheme", "pupils.year_group"): 1,
    ("parent-agreed-in-the-future", "pupils.parent_agreed_on"): 1,
    ("support-still-running", "support.to_date"): 2,
    ("cost-worked-out-two-ways", "costs.quantity"): 1,
    ("vat-in-a-line", "costs.description"): 1,
    ("partner-twice", "partners.partner_school"): 1,
}
"""Line of the slip, counted from nought, where it is not the first."""
ALSO = {
    "ends-before-it-starts": ("outcome-outside-dates", "weeks-longer-than-funding"),
    "capital-over-whole-cost": ("capital-asked",),
    "needed-before-known": ("starts-after-it-must",),
}
"""What the same slip cannot help but say too."""
LATER = Arrival(RECEIVED, RECEIVED, ROUND, date(2026, 12, 3), "CEN", "CEN-2627-A1", "F-AAAA-AAAA")
OF_THE_WORLD = {
    "school-not-a-member": world(is_member=lambda urn, cluster, on: urn != OWN),
    "partner-not-in-cluster": world(is_member=lambda urn, cluster, on: urn != THIRD),
    "upn-in-a-live-award": world(awards_of=lambda told: ((date(2026, 9, 1), date(2027, 2, 22)),) * (told == upn(2))),
    "upn-in-another-request": world(other_forms_of=lambda told, arrival: told == upn(2)),
}


@cache
def all_judged() -> list[tuple[Finding, ...]]:
    """Every broken request, judged as one batch."""
    return judged(*(request for _, _, request in BROKEN))


@pytest.mark.parametrize("at", range(len(BROKEN)), ids=[f"{code} {field}" for code, field, _ in BROKEN])
def test_a_broken_rule_is_told_once(at: int) -> None:
    code, field, _ = BROKEN[at]
    found = [each for each in all_judged()[at] if each.code not in ALSO.get(code, ())]
    assert [(each.code, each.field) for each in found] == [(code, field)]
    assert (found[0].place.sheet, found[0].place.cell) == places(BROKEN[at][2], field)[LINES.get((code, field), 0)]


@pytest.mark.parametrize("code", OF_THE_WORLD)
def test_a_rule_about_other_requests_is_told_once(code: str) -> None:
    request = G if code == "partner-not-in-cluster" else P
    assert [told for told, _ in codes(request, about=OF_THE_WORLD[code])] == [code]


def test_a_project_that_waits_for_a_later_meeting_may_not_start_before_it() -> None:
    early = P.but(start_date=day("02/12/2026"))
    assert codes(early, LATER) == [("starts-before-next-meeting", "start_date")]
    assert codes(P.but(start_date=day("03/12/2026")), LATER) == []
    assert codes(early) == []


def test_a_start_in_a_wrong_year_is_told_and_the_end_is_not_blamed_for_it() -> None:
    assert codes(P.but(start_date=day("02/11/2025"))) == [("starts-before-meeting", "start_date")]


def test_an_amount_beyond_all_bounds_is_told_the_most_we_take() -> None:
    found = judged(P.but(amount_requested=1e12))[0]
    limits = [dict(each.detail)["limit"] for each in found if each.code == "money-out-of-range"]
    assert limits == ["£0.01 to £9,999,999,999.99"]


def test_a_column_that_has_gone_leaves_no_line_blank() -> None:
    told = raw(P)
    for line in told.lines["costs"]:
        del line["paid_by"]
    told.gone = ["costs.paid_by"]
    assert codes(told) == []
