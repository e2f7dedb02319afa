"""One invented request, written out: answers and lines as a school would type them, all in agreement."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from cluster_sheets.demo import pupils, texts
from cluster_sheets.demo.costs import Costs, costs
from cluster_sheets.demo.days import Days, days
from cluster_sheets.demo.texts import ADVICE, MULTI_SCHOOL, PROJECT, PUPIL, PUPIL_GROUP, UNFORESEEN, Theme
from cluster_sheets.demo.who import Who, teller
from cluster_sheets.form.kind import Raw
from cluster_sheets.form.shipped import form
from cluster_sheets.register.model import Meeting, Register, School
from cluster_sheets.register.settings import Settings

Line = dict[str, Raw]
CONTINGENCY = "CONTINGENCY"


@dataclass(slots=True)
class Written:
    """Answers of one request, as typed."""

    answers: dict[str, Raw] = field(default_factory=dict)
    lines: dict[str, list[Line]] = field(default_factory=dict)
    hides: tuple[str, ...] = ()
    """What its texts say of schools, people and places."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for what, when."""

    number: int
    theme: Theme
    title: str
    school: School
    partners: tuple[School, ...]
    meeting: Meeting
    sent: date


@dataclass(frozen=True, slots=True)
class Style:
    """How a request is written."""

    share: float
    """How much of its room each narrative takes, from 0 to 1."""
    telling: int = 0
    """How many sentences say who somebody is."""
    contingency: float = 0.5
    """How many unforeseen needs ask for contingency, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the answers of one request must agree on."""

    asking: Asking
    days: Days
    costs: Costs | None
    pupils: int
    slots: texts.Slots
    pot: str


def written(asking: Asking, register: Register, rng: Random, style: Style) -> Written:
    """A request that no rule has anything against.

    Args:
        asking: who asks for what.
        register: settings and people.
        rng: where the choices come from.
        style: how it is written.
    """
    facts = _facts(asking, register.settings, rng, style.contingency)
    made = Written()
    who = teller(asking.school, asking.partners, register, asking.sent, rng)
    made.answers |= (
        _short(facts, who, rng) | _money(facts, rng) | _narratives(facts, rng, style.share) | _declared(facts, who)
    )
    made.lines = {
        "pupils": _pupil_lines(facts, rng),
        "pupil_counts": _count_lines(facts, rng),
        "support": _rounds(facts, rng),
        "costs": list(facts.costs.lines) if facts.costs else [],
        "outcomes": _outcomes(facts, rng),
        "partners": _partners(facts, who, rng),
    }
    made.hides = _tell(made.answers, who, rng, style.telling)
    return made


def label(key: str, code: str) -> str:
    """The form's words for a code."""
    return form("application").field(key).label_of(code)


def _facts(asking: Asking, settings: Settings, rng: Random, contingency: float) -> _Facts:
    theme = asking.theme
    when = days(asking.sent, asking.meeting.day, settings.day_month("academic_year_start"), rng)
    pot = ""
    if theme.purpose == UNFORESEEN:
        pot = CONTINGENCY if rng.random() < contingency else "MAIN"
    most = settings.pence("pupil_cap" if theme.benefit == PUPIL else "project_cap")
    if pot == CONTINGENCY:
        most = min(most, settings.pence("contingency_cap"))
    asked = None if theme.purpose == ADVICE else costs(theme, when.weeks, most, label, rng)
    count = pupils.how_many(theme, rng)
    fewer = max(1, count // 4)
    slots = {
        "n": count,
        "j": fewer,
        "m": max(2, count // 2),
        "k": max(3, count - fewer),
        "minutes": rng.choice((15, 20, 25)),
        "weeks": when.weeks,
        "hours": asked.hours if asked else "",
        "month": when.month,
        "percent": rng.choice((38, 42, 45, 55, 60)),
        "staff": rng.choice((8, 10, 12, 16)),
    }
    return _Facts(asking, when, asked, count, slots, pot)


def _short(facts: _Facts, who: Who, rng: Random) -> dict[str, Raw]:
    theme = facts.asking.theme
    answers: dict[str, Raw] = {
        "contact_phone": who.phone if rng.random() < 0.6 else None,
        "purpose": label("purpose", theme.purpose),
        "applicant": label("applicant", "GROUP" if facts.asking.partners else "SINGLE"),
        "beneficiary": label("beneficiary", theme.benefit),
        "request_title": facts.asking.title,
        "area_main": label("area_main", theme.area),
        "area_second": label("area_second", theme.second) if theme.second and rng.random() < 0.7 else None,
        "applied_before": "No",
    }
    if theme.purpose == UNFORESEEN:
        answers |= {
            "became_known_on": facts.days.known,
            "cannot_wait_until": facts.days.start + timedelta(days=rng.randrange(0, 12)),
            "immediate_risk": "Yes" if rng.random() < 0.1 else "No",
            "pot_asked": label("pot_asked", facts.pot),
        }
    if theme.benefit == PUPIL:
        answers["ehcna_status"] = label("ehcna_status", rng.choice(("NONE", "CONSIDERING", "REQUESTED", "UNDER_WAY")))
    return answers


def _money(facts: _Facts, rng: Random) -> dict[str, Raw]:
    if facts.costs is None:
        return {}
    theme, asked = facts.asking.theme, facts.costs
    answers: dict[str, Raw] = {
        "start_date": facts.days.start,
        "end_date": facts.days.end,
        "amount_requested": asked.asked / 100,
        "school_contribution": asked.school / 100,
        "other_funding": asked.other / 100,
        "other_funding_source": asked.source or None,
        "capital": "No",
    }
    if theme.purpose == PROJECT:
        answers["minimum_viable"] = float(asked.asked * rng.randrange(60, 86) // 100_000 * 10 or 1)
        answers["recurring"] = "Yes" if rng.random() < 0.1 else "No"
        answers["pot_asked"] = label("pot_asked", "MAIN") if rng.random() < 0.5 else None
    if theme.benefit == PUPIL:
        answers |= {"first_6000": "Yes", "first_6000_amount": 6000.0 + 50 * rng.randrange(0, 12)}
    return answers


def _narratives(facts: _Facts, rng: Random, share: float) -> dict[str, Raw]:
    theme = facts.asking.theme
    boxes = ["summary", "need", "plan"]
    boxes += [] if theme.purpose == ADVICE else ["evidence"]
    boxes += {PROJECT: ["sustain"], UNFORESEEN: ["urgency"]}.get(theme.purpose, [])
    names = {"evidence": "evidence_base", "urgency": "urgency_reason"}
    return {names.get(box, box): texts.told(theme, box, facts.slots, rng, share) for box in boxes}


def _declared(facts: _Facts, who: Who) -> dict[str, Raw]:
    theme = facts.asking.theme
    answers: dict[str, Raw] = {
        "headteacher_agrees": "Yes",
        "headteacher_agrees_name": who.headteacher,
        "headteacher_agrees_on": facts.days.declared,
        "no_reidentify": "Yes",
    }
    if theme.benefit in (PUPIL, PUPIL_GROUP):
        answers["parents_agreed"] = "Yes"
    if theme.purpose != ADVICE:
        answers |= {"costs_without_vat": "Yes", "review_agreed": "Yes"}
    return answers


def _pupil_lines(facts: _Facts, rng: Random) -> list[Line]:
    theme, asking = facts.asking.theme, facts.asking
    if theme.benefit not in (PUPIL, PUPIL_GROUP):
        return []
    years = pupils.years(asking.school, theme)
    made = []
    for upn in pupils.upns(asking.number, facts.pupils):
        plan = theme.benefit == PUPIL_GROUP and rng.random() < 0.12
        line: Line = {
            "year_group": label("pupils.year_group", rng.choice(years)),
            "sen_provision": label("pupils.sen_provision", "E" if plan else "K"),
            "primary_need": label("pupils.primary_need", rng.choice(theme.needs)),
            "attendance_pct": rng.randrange(780, 990) / 10 if rng.random() < 0.8 else None,
            "parent_agreed": "Yes",
            "parent_agreed_on": facts.days.parents_agreed - timedelta(days=rng.randrange(0, 4)),
        }
        if theme.purpose != ADVICE:
            line |= {"upn": upn, "looked_after": "Yes" if rng.random() < 0.04 else "No"}
        made.append(line)
    return made


def _count_lines(facts: _Facts, rng: Random) -> list[Line]:
    theme = facts.asking.theme
    if theme.benefit in (PUPIL, PUPIL_GROUP) or theme.purpose == ADVICE:
        return []
    told = pupils.counts(facts.asking.school, facts.pupils, rng)
    return [
        {
            "year_band": label("pupil_counts.year_band", band),
            "with_plan": float(plans),
            "on_sen_support": float(support),
            "without_sen": float(without),
        }
        for band, plans, support, without in told
    ]


def _rounds(facts: _Facts, rng: Random) -> list[Line]:
    theme = facts.asking.theme
    if theme.purpose == ADVICE:
        return []
    known = [
        each
        for each in texts.common().rounds[theme.area]
        if facts.pupils > 3 or not any("{" in told for told in each.values())
    ]
    wanted = min(len(known), rng.choice((2, 2, 3)))
    made = []
    for (since, until), each in zip(facts.days.rounds[-wanted:], rng.sample(known, wanted), strict=True):
        line: Line = {"from_date": since, "to_date": until, **texts.filled(each, facts.slots)}
        agency = rng.choice(("NONE", "NONE", "EP", "SALT" if theme.area == "CI" else "OT", "SENMAS"))
        line["agency"] = label("support.agency", agency)
        if agency != "NONE":
            line["agency_seen_on"] = until - timedelta(days=rng.randrange(5, 40))
        made.append(line)
    return made


def _outcomes(facts: _Facts, rng: Random) -> list[Line]:
    chosen = list(facts.asking.theme.outcomes)
    return [
        {
            **texts.filled(each, facts.slots),
            "by_when": facts.days.end - timedelta(days=7 * place),
            "checked_by": label("outcomes.checked_by", rng.choice(("SENCO", "CLASS_TEACHER", "HEADTEACHER"))),
        }
        for place, each in enumerate(chosen)
    ]


def _partners(facts: _Facts, who: Who, rng: Random) -> list[Line]:
    if facts.asking.theme.benefit != MULTI_SCHOOL or facts.costs is None:
        return []
    each_gets = facts.costs.asked // 100 // (len(facts.asking.partners) + 1)
    return [
        {
            "partner_school": partner.name,
            "pupils_benefiting": float(rng.randrange(6, 24)),
            "share": float(each_gets * rng.randrange(70, 101) // 100),
            "agreed_by_name": who.heads[partner.urn],
            "agreed_by_role": label("partners.agreed_by_role", rng.choice(texts.common().partner_roles)),
            "agreed_on": facts.days.declared - timedelta(days=rng.randrange(1, 6)),
        }
        for partner in facts.asking.partners
    ]


def _tell(answers: dict[str, Raw], who: Who, rng: Random, telling: int) -> tuple[str, ...]:
    """Puts sentences in that say who somebody is; gives what must not be seen."""
    hides: list[str] = []
    boxes = [box for box in ("need", "plan", "evidence_base") if answers.get(box)]
    for each in rng.sample(texts.common().tellings, telling):
        box = rng.choice(boxes)
        before = str(answers[box])
        answers[box] = texts.with_more(before, who.said(each.text), box)
        if answers[box] != before:
            hides += [who.said(hidden) for hidden in each.hides]
    return tuple(hides)
