"""What must be true of a meeting's decisions before they are taken: quorum, outcomes, awards, funds, words.

In: a decisions workbook, typed; what is known of its cases. Out: findings at their cells, and the decisions.
Never: takes half of a meeting: whoever calls it takes all of the decisions or, where one finding says RETURN, none.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from cluster_sheets.base.cell import position
from cluster_sheets.base.date import financial_year, in_words
from cluster_sheets.base.finding import Finding, Place
from cluster_sheets.base.money import pounds
from cluster_sheets.base.period import Period, Years
from cluster_sheets.form.declared import Form
from cluster_sheets.panel.decisions.fund import Fund, Purse
from cluster_sheets.panel.decisions.place import DECIDED, DECISIONS, IN_WORDS, WORDS
from cluster_sheets.panel.decisions.spent import Spent, overdrawn
from cluster_sheets.panel.decisions.sums import NEEDS_FEEDBACK, OF_ADVICE, PUT_OFF
from cluster_sheets.panel.decisions.view import ADVICE
from cluster_sheets.reading.typed import Line, TypedForm
from cluster_sheets.register.model import CITY, Meeting
from cluster_sheets.store.decisions import ADVICE_ONLY, AGREED, GIVES, LESS, TO_CONTINGENCY, WITH_CONDITIONS

MAIN, PROJECT = "MAIN", "PROJECT"
AWARDED = "awarded-already"
_BOXES = ("outcome", "award", "conditions", "feedback")
"""What the chair writes about a case."""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known of a case beside what the chair says."""

    case_ref: str
    application_ref: str
    purpose: str
    fund: Fund
    asked_pence: int
    least_pence: int | None
    period: Period
    later: Mapping[str, str | None] = field(default_factory=dict)
    """For each outcome that puts a case off, the meeting it then goes to; None: the register has none."""
    gone_on_to: str = ""
    """The later meeting that has had it in a released pack, or has decided on it."""
    went_to: str = ""
    """The meeting it waits for since it left this one's pack, undecided."""
    recorded: str = ""
    """Outcome kept from this meeting, if any."""
    gave: Spent | None = None
    """The award kept from this meeting, if any."""
    awarded: tuple[str, int] | None = None
    """Another meeting that gave it money already, and how much, in pence."""


@dataclass(frozen=True, slots=True)
class World:
    """What decisions are held against."""

    meeting: Meeting
    today: date
    members: Callable[[date], int]
    """Member schools on a day."""
    cases: Mapping[str, CaseFacts]
    """Cases of the released pack, by reference."""
    left: Mapping[Purse, int]
    years: Years
    large_over: int
    contingency_cap: int
    """The most that one request may ask of contingency."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What the chair says of one case."""

    facts: CaseFacts
    outcome: str
    pence: int
    conditions: str = ""
    feedback: str = ""
    carried_to: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What a workbook says, and what is amiss."""

    findings: tuple[Finding, ...]
    decided: tuple[Decided, ...]
    held_on: date
    present: int
    eligible: int


def is_begun(typed: TypedForm) -> bool:
    """Whether the chair has typed anything."""
    own = any(value is not None for value in typed.own.answers.values()) or bool(typed.own.faulty)
    lines = (line for table in (DECIDED, IN_WORDS) for line in typed.lines.get(table, ()))
    return own or any(_is_used(line) for line in lines)


def _is_used(line: Line) -> bool:
    return any(line.answers.get(name) is not None or name in line.faulty for name in _BOXES)


def judged(form: Form, typed: TypedForm, world: World) -> Judged:
    """The decisions of a workbook that the chair has confirmed; ``form`` is its declaration."""
    return _Judge(form, typed, world).judged()


class _Judge:
    def __init__(self, form: Form, typed: TypedForm, world: World) -> None:
        self.form, self.typed, self.world = form, typed, world
        self.found = list(typed.findings)
        self.words: dict[str, Line] = {}
        held_on = typed.value("held_on")
        self.held_on = held_on if isinstance(held_on, date) else world.meeting.day
        self.eligible = world.members(self.held_on)

    def judged(self) -> Judged:
        self._meeting()
        self.words = self._by_case(IN_WORDS)
        lines = self._by_case(DECIDED)
        told = (self._line(line, self.world.cases[case_ref]) for case_ref, line in lines.items())
        decided = [each for each in told if each is not None]
        for case_ref in self.world.cases:
            if case_ref not in lines:
                self._without_a_line(DECIDED, case_ref)
        self._funds(decided)
        present = self.typed.value("present")
        number = present if isinstance(present, int) else 0
        return Judged(tuple(self._in_order()), tuple(decided), self.held_on, number, self.eligible)

    def _add(self, code: str, place: Place, about: str, **detail: str) -> None:
        self.found.append(Finding(place, code, self.form.severity(code), about, tuple(sorted(detail.items()))))

    def _at(self, line: Line, name: str) -> Place:
        return Place(self.typed.file, *(line.place(name) or ("", "")))

    def _in_order(self) -> list[Finding]:
        order = {sheet.name: at for at, sheet in enumerate(self.form.sheets)}

        def place(each: Finding) -> tuple[int, tuple[int, int]]:
            at = position(each.place.cell) if each.place.cell else (-1, -1)
            return order.get(each.place.sheet, len(order)), at

        return sorted(self.found, key=place)

    # The meeting

    def _meeting(self) -> None:
        own = self.typed.own
        for each in self.form.sheets[0].fields:
            if own.answers.get(each.name) is None and each.name not in own.faulty:
                self._add("decisions-blank", self._at(own, each.name), each.key)
        self._day()
        present, needed = own.answers.get("present"), self.world.meeting.quorum_needed
        if isinstance(present, int):
            told = {"typed": str(present), "limit": str(needed)}
            if present > self.eligible:
                told["limit"] = str(self.eligible)
                self._add("present-above-members", self._at(own, "present"), "present", **told)
            elif present < needed:
                self._add("quorum-not-met", self._at(own, "present"), "present", **told)

    def _day(self) -> None:
        day, place = self.world.meeting.day, self._at(self.typed.own, "held_on")
        year, shown = (financial_year(each, self.world.years.council) for each in (self.held_on, day))
        if self.held_on > self.world.today:
            self._add("held-after-today", place, "held_on")
        elif year != shown:
            # The balances beside the awards are those of the council year of the register's day.
            self._add("held-in-another-year", place, "held_on", limit=in_words(day))
        elif self.held_on != day:
            self._add("held-on-another-day", place, "held_on", limit=in_words(day))

    # One case

    @staticmethod
    def _ref(line: Line) -> str:
        return str(line.answers.get("case_ref") or "").upper()

    def _by_case(self, table: str) -> dict[str, Line]:
        """The line of each case of the pack in a list: the first, where it stands on two."""
        found: dict[str, Line] = {}
        for line in self.typed.lines.get(table, ()):
            case_ref, place, about = self._ref(line), self._at(line, "case_ref"), f"{table}.case_ref"
            if case_ref in found:
                self._add("case-twice", place, about, other=case_ref)
            elif case_ref in self.world.cases:
                found[case_ref] = line
            elif _is_used(line):
                self._add("case-not-in-pack", place, about, typed=f"‘{case_ref}’")
        return found

    def _without_a_line(self, table: str, case_ref: str) -> None:
        sheet = self.form.sheets[DECISIONS if table == DECIDED else WORDS].name
        self._add("case-without-a-line", Place(self.typed.file, sheet), table, other=case_ref)

    def _line(self, line: Line, facts: CaseFacts) -> Decided | None:
        outcome = line.answers.get("outcome")
        if not isinstance(outcome, str):
            if "outcome" not in line.faulty:
                about = f"Case {facts.case_ref}."
                self._add("decisions-blank", self._at(line, "outcome"), f"{DECIDED}.outcome", other=about)
            return None
        code = self._outcome_code(facts, outcome)
        if code:
            told = {"other": facts.case_ref, **self._outcome_told(code, facts)}
            self._add(code, self._at(line, "outcome"), f"{DECIDED}.outcome", **told)
            return None  # an award or feedback of an outcome that cannot be is not looked at: one fault, one finding
        award = self._award(line, facts, outcome)
        conditions, feedback = self._said(facts, outcome)
        carried_to = facts.later.get(outcome) if outcome in PUT_OFF else None
        return Decided(facts, outcome, award, conditions, feedback, carried_to)

    def _outcome_code(self, facts: CaseFacts, outcome: str) -> str:
        """The rule that an outcome breaks by itself: at most one, the first of them."""
        city, is_main = self.world.meeting.kind == CITY, facts.fund[1] == MAIN
        advice, gives = facts.purpose == ADVICE, outcome in GIVES
        passes_on = outcome == TO_CONTINGENCY
        tests = (
            (bool(facts.went_to), "case-went"),
            (bool(facts.gone_on_to) and outcome != facts.recorded, "gone-on"),
            (gives and facts.awarded is not None, AWARDED),
            (advice and outcome not in OF_ADVICE, "advice-only"),
            (not advice and outcome == ADVICE_ONLY, "not-for-advice"),
            (passes_on and city, "already-in-contingency"),
            (passes_on and facts.purpose == PROJECT, "project-to-contingency"),
            (passes_on and facts.asked_pence > self.world.contingency_cap, "contingency-above-cap"),
            (gives and not is_main and not city, "contingency-at-a-cluster-meeting"),
            (gives and is_main and city, "main-at-a-city-meeting"),
            (outcome in PUT_OFF and not facts.later.get(outcome), "no-later-meeting"),
        )
        return next((code for broken, code in tests if broken), "")

    def _outcome_told(self, code: str, facts: CaseFacts) -> dict[str, str]:
        """What the sentence of a broken rule says beside the case."""
        if code == AWARDED and facts.awarded:
            return {"limit": facts.awarded[0], "typed": pounds(facts.awarded[1])}
        if code == "contingency-above-cap":
            return {"typed": pounds(facts.asked_pence), "limit": pounds(self.world.contingency_cap)}
        to = {"gone-on": facts.gone_on_to, "case-went": facts.went_to}
        return {"limit": to[code]} if code in to else {}

    def _award(self, line: Line, facts: CaseFacts, outcome: str) -> int:
        value = line.answers.get("award")
        if "award" in line.faulty:
            return 0
        place, about, other = self._at(line, "award"), f"{DECIDED}.award", facts.case_ref
        if value is None and outcome in GIVES:
            self._add("decisions-blank", place, about, other=f"Case {other}.")
        pence = value if isinstance(value, int) else 0
        if outcome not in GIVES:
            if pence:
                self._add("award-where-none", place, about, other=other)
            return 0
        if value is not None:
            code, limit = self._award_code(facts, outcome, pence)
            if code:
                self._add(code, place, about, other=other, limit=pounds(limit), typed=pounds(pence))
            if pence > self.world.large_over:
                self._add("large-award", place, about, other=other, limit=pounds(self.world.large_over))
        return pence

    @staticmethod
    def _award_code(facts: CaseFacts, outcome: str, pence: int) -> tuple[str, int]:
        asked, least = facts.asked_pence, facts.least_pence or 0
        tests = (
            (pence <= 0, "award-of-nothing", 0),
            (pence > asked, "award-above-asked", asked),
            (outcome == AGREED and pence != asked, "award-not-as-asked", asked),
            (outcome == LESS and pence == asked, "award-not-less", asked),
            (pence < least, "award-below-least", least),
        )
        return next(((code, limit) for broken, code, limit in tests if broken), ("", 0))

    def _said(self, facts: CaseFacts, outcome: str) -> tuple[str, str]:
        line = self.words.get(facts.case_ref)
        wanted = {"conditions": outcome == WITH_CONDITIONS, "feedback": outcome in NEEDS_FEEDBACK}
        if line is None:
            # Without a line there is no box to point at.
            if any(wanted.values()):
                self._without_a_line(IN_WORDS, facts.case_ref)
            return "", ""
        said = {name: str(line.answers.get(name) or "") for name in ("conditions", "feedback")}
        for name, text in said.items():
            if wanted[name] and not text and name not in line.faulty:
                self._add(f"{name}-wanted", self._at(line, name), f"{IN_WORDS}.{name}", other=facts.case_ref)
        return said["conditions"], said["feedback"]

    # All of them together

    def _funds(self, decided: list[Decided]) -> None:
        """R3: a fund holds what is given from it, in each council year."""
        cells = {self._ref(line): self._at(line, "award") for line in self.typed.lines.get(DECIDED, ())}
        given = [each for each in decided if each.pence > 0]
        of_award = self.world.years.of_award
        spent = [Spent(each.facts.fund, of_award(each.facts.period, self.held_on), each.pence) for each in given]
        recorded = [each.gave for each in self.world.cases.values() if each.gave]
        for each in overdrawn(spent, self.world.left, self.world.years, recorded):
            words = "the main fund" if each.purse[1] == MAIN else "contingency"
            # A year of which nobody has told a budget looks like one that is spent.
            known = each.purse in self.world.left
            has = pounds(each.left) if known else "the register's sheet Budget has no line for it yet"
            told = {"other": f"{words} for {each.purse[2]}: {has}", "limit": pounds(each.most)}
            self._add("more-than-is-left", cells[given[each.at].facts.case_ref], f"{DECIDED}.award", **told)
