"""The sums of a decisions workbook as we work them out: what Excel's formulas beside the boxes must come to as well.

In: what the workbook shows and what is typed in it so far. Out: the value of every formula.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import floor

from cluster_sheets.base.money import half_up, in_parts, pounds
from cluster_sheets.form.declared import Field, Form
from cluster_sheets.form.kind import Raw, as_text, is_blank
from cluster_sheets.panel.decisions.fund import Fund, Purse
from cluster_sheets.panel.decisions.place import DECIDED, IN_WORDS
from cluster_sheets.panel.decisions.view import ADVICE, Asked, Typed, View
from cluster_sheets.store.decisions import (
    ADVICE_ONLY,
    AGREED,
    DEFERRED,
    GIVES,
    LESS,
    NOT_AGREED,
    TO_CONTINGENCY,
    WITH_CONDITIONS,
    WITHDRAWN,
)

OF_ADVICE = (ADVICE_ONLY, DEFERRED, WITHDRAWN)
"""Outcomes that a case without money can have."""
NEEDS_FEEDBACK = (NOT_AGREED, DEFERRED)
PUT_OFF = (DEFERRED, TO_CONTINGENCY)
TO_DECIDE, TYPE_IT, ABOVE, NOT_AS_ASKED, NOT_LESS = (
    "To decide",
    "Type the award",
    "More than asked",
    "Not as asked",
    "Not less",
)
BELOW, OVERDRAWN, IN_FULL, IN_PART = "Below the least", "More than is left", "In full", "In part"
CLEAR, NO_MONEY, ADVISE, NOT_ADVICE = "Clear the award", "No money", "Choose Advice only", "Not for advice"
BETWEEN = (" ", ",", "\u00a0", "\u2007", "\u2009", "\u202f")
"""What may stand between the digits of an amount typed as text."""
_AMOUNT = re.compile(r"[0-9]*\.?[0-9]*")
_MOST_DIGITS = 15
"""Excel keeps no more of a figure."""
FITS = "Fits"
CONDITIONS, FEEDBACK, NOTHING = "Conditions", "Feedback", "Nothing"
ALL_WRITTEN = "Nothing is left to write."
HELD = "Every fund holds what is given from it."
NOT_HELD = "More is given than is left: look for it in the lines below."
FINE = (TO_DECIDE, IN_FULL, IN_PART, NO_MONEY)
"""Of ``stands``: what needs nobody to look again."""


@dataclass(frozen=True)
class Sums:
    """Values of the formulas of one workbook."""

    view: View
    typed: Typed
    form: Form
    """The workbook as declared."""

    @property
    def outcome(self) -> Field:
        """The box for it."""
        return self.form.field(f"{DECIDED}.outcome")

    def label(self, code: str) -> str:
        """What the list of outcomes calls it."""
        return self.outcome.label_of(code)

    def chosen(self, case: Asked) -> str:
        """The outcome as it stands in its box."""
        return as_text(self.typed.of(case.case_ref, "outcome"))

    def award(self, case: Asked) -> int:
        """Pence of the award in its box, typed as a number or as text; nought where it is neither."""
        raw = self.typed.of(case.case_ref, "award")
        if isinstance(raw, str):
            return _pence(as_text(raw))
        return floor(raw * 100 + 0.5) if isinstance(raw, int | float) and not isinstance(raw, bool) else 0

    def parts(self, case: Asked) -> Mapping[str, int]:
        """Pence of the award in each council year."""
        if not case.days:
            return {}
        shares = in_parts(self.award(case), [days for _, days in case.days])
        return {year: share for (year, _), share in zip(case.days, shares, strict=True)}

    @cached_property
    def given(self) -> Mapping[Purse, int]:
        """Pence of all awards from each fund in each year."""
        found = dict.fromkeys(self.view.purses, 0)
        for each in self.view.cases:
            for year, pence in self.parts(each).items():
                purse = (*(each.fund or ("", "")), year)
                if purse in found:
                    found[purse] += pence
        return found

    def given_from(self, fund: Fund) -> int:
        """Pence of all awards from a fund."""
        return sum(self.award(each) for each in self.view.cases if each.fund == fund)

    def left(self, purse: Purse) -> int:
        """Pence left once all of them are given."""
        return self.view.left.get(purse, 0) - self.given[purse]

    def left_after(self, line: int) -> int | None:
        """Pence left of the meeting's year after the case on ``line``; None where it asks for no money."""
        return self._left_after[line]

    @cached_property
    def _left_after(self) -> tuple[int | None, ...]:
        left, found = dict(self.view.left), list[int | None]()
        for each in self.view.cases:
            purse = (*each.fund, self.view.year) if each.fund else None
            if purse:
                left[purse] = left.get(purse, 0) - self.parts(each).get(self.view.year, 0)
            found.append(left[purse] if purse else None)
        return tuple(found)

    def decided(self) -> int:
        """How many cases have an outcome in their box."""
        return sum(not is_blank(self.typed.of(each.case_ref, "outcome")) for each in self.view.cases)

    def is_any(self, chosen: str, codes: tuple[str, ...]) -> bool:
        """Whether an outcome, as its box shows it, is one of some; Excel's ``=`` does not tell capitals apart."""
        return chosen.casefold() in {self.label(code).casefold() for code in codes}

    def stands(self, line: int) -> str:
        """How a case stands, in two or three words."""
        case = self.view.cases[line]
        chosen, award = self.chosen(case), self.award(case)
        if not chosen:
            return TO_DECIDE
        if case.purpose == ADVICE:
            return ADVISE if not self.is_any(chosen, OF_ADVICE) else CLEAR if award else NO_MONEY
        if self.is_any(chosen, GIVES):
            return self._gives(case, line)
        return CLEAR if award else NOT_ADVICE if self.is_any(chosen, (ADVICE_ONLY,)) else NO_MONEY

    def _gives(self, case: Asked, line: int) -> str:
        award, chosen = self.award(case), self.chosen(case)
        tests = (
            (award <= 0, TYPE_IT),
            (award > case.asked_pence, ABOVE),
            (award != case.asked_pence and self.is_any(chosen, (AGREED,)), NOT_AS_ASKED),
            (award == case.asked_pence and self.is_any(chosen, (LESS,)), NOT_LESS),
            (award < (case.least_pence or 0), BELOW),
            ((self.left_after(line) or 0) < 0, OVERDRAWN),
            (award == case.asked_pence, IN_FULL),
        )
        return next((words for true, words in tests if true), IN_PART)

    def wanted(self, case: Asked) -> str:
        """Which words are still to be written about a case."""
        chosen = self.chosen(case)
        if not chosen:
            return ""
        written = {name: _characters(self.typed.of(case.case_ref, name)) for name in ("conditions", "feedback")}
        if self.is_any(chosen, (WITH_CONDITIONS,)) and written["conditions"] < fewest(self.form, "conditions"):
            return CONDITIONS
        if self.is_any(chosen, NEEDS_FEEDBACK) and written["feedback"] < fewest(self.form, "feedback"):
            return FEEDBACK
        return NOTHING

    def to_write(self) -> str:
        """How many texts the chair has still to write."""
        short = sum(self.wanted(each) in (CONDITIONS, FEEDBACK) for each in self.view.cases)
        return f"{short} still to write." if short else ALL_WRITTEN

    def all_fits(self) -> str:
        """Whether every fund holds what is given from it."""
        return HELD if all(self.left(purse) >= 0 for purse in self.view.purses) else NOT_HELD

    def progress(self) -> str:
        """How far the chair has come, and what is left of each fund for this year."""
        told = [f"{self.decided()} of {len(self.view.cases)} cases decided"]
        for fund, words in self.view.funds.items():
            told.append(f"{words}: {pounds(self.left((*fund, self.view.year)))} left of {self.view.year}")
        return ". ".join(told) + "."


def fewest(form: Form, name: str) -> int:
    """Characters that a text about a case has at least, as its box is declared."""
    limit = form.field(f"{IN_WORDS}.{name}").minimum
    return limit.literal or 0 if limit else 0


def _pence(typed: str) -> int:
    """Pence of an amount typed as text, read as the formula beside it reads it; nought where it is none."""
    told = typed.replace("£", "", 1)
    for gap in BETWEEN:
        told = told.replace(gap, "")
    digits = told.replace(".", "", 1)
    amount = _AMOUNT.fullmatch(told) and 0 < len(digits) <= _MOST_DIGITS
    return half_up(Decimal(told) * 100) if amount else 0


def _characters(raw: Raw) -> int:
    """Length as LEN(TRIM()) has it: runs of blanks count once."""
    return len(" ".join(word for word in as_text(raw).split(" ") if word))
