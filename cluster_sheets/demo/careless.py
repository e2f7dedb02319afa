"""Careless: what busy people get wrong, one slip at a time, and what they type in ways that are read all the same."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from cluster_sheets.base.date import in_figures, in_words
from cluster_sheets.demo.texts import ADVICE, PUPIL, PUPIL_GROUP, Theme, most
from cluster_sheets.demo.written import Written
from cluster_sheets.form.kind import Raw

Change = Callable[[Written], None]


@dataclass(frozen=True, slots=True)
class Slip:
    """One thing that goes wrong."""

    code: str
    """Of the rule that is broken."""
    make: Change
    held: bool = False
    """A person at the council looks at it; else the form goes back."""
    needs: str = "anything"
    """money, pupils, one-pupil or anything."""

    def fits(self, theme: Theme) -> bool:
        """Whether a request of this theme can go wrong in this way."""
        fitting = {
            "anything": True,
            "money": theme.purpose != ADVICE,
            "pupils": theme.benefit in (PUPIL, PUPIL_GROUP) and theme.purpose != ADVICE,
            "one-pupil": theme.benefit == PUPIL and theme.purpose != ADVICE,
        }
        return fitting[self.needs]


def _answer(name: str, raw: Raw) -> Change:
    def change(written: Written) -> None:
        written.answers[name] = raw

    return change


def _line(table: str, name: str, raw: Raw) -> Change:
    def change(written: Written) -> None:
        written.lines[table][-1][name] = raw

    return change


def _asks_for_more(written: Written) -> None:
    asked = written.answers["amount_requested"]
    written.answers["amount_requested"] = round((asked if isinstance(asked, float) else 0.0) + 60, 2)


def _runs_too_long(written: Written) -> None:
    end = written.answers["end_date"]
    if isinstance(end, date):
        written.answers["end_date"] = end + timedelta(days=364)


def _writes_too_much(written: Written) -> None:
    text = str(written.answers["summary"])
    written.answers["summary"] = (text + " " + text)[: most("summary") + 140].ljust(most("summary") + 20, ".")


def _mistypes_a_upn(written: Written) -> None:
    upn = str(written.lines["pupils"][0]["upn"])
    written.lines["pupils"][0]["upn"] = upn[:-1] + str((int(upn[-1]) + 1) % 10)


def _adds_vat(written: Written) -> None:
    line = written.lines["costs"][0]
    line["description"] = f"{line['description']} (inc VAT)"


SLIPS = (
    Slip("costs-apart-from-amount", _asks_for_more, needs="money"),
    Slip("blank", _answer("need", None)),
    Slip("not-a-date", _answer("end_date", "Easter 2027"), needs="money"),
    Slip("not-money", _answer("amount_requested", "2,400 + VAT"), needs="money"),
    Slip("too-long", _writes_too_much),
    Slip("upn-check-letter", _mistypes_a_upn, needs="pupils"),
    Slip("ends-after-school-year", _runs_too_long, needs="money"),
    Slip("must-be-yes", _answer("headteacher_agrees", "No")),
    Slip("year-not-in-scheme", _line("pupils", "year_group", "Nursery 2"), needs="pupils"),
    Slip("too-short", _answer("summary", "New laptops for our pupils.")),
    Slip("not-on-list", _line("costs", "category", "Staff"), needs="money"),
)  # fmt: skip
"""After each of these the form goes back."""
DOUBTS = (
    Slip("vat-in-a-line", _adds_vat, held=True, needs="money"),
    Slip("first-spend-not-met", _answer("first_6000", "No"), held=True, needs="one-pupil"),
    Slip("no-sen-recorded", _line("pupils", "sen_provision", "No SEN recorded"), held=True, needs="pupils"),
)
"""Each of these is held until somebody at the council has looked at it."""


def tidied(slip: Slip, written: Written) -> None:
    """Takes back what else a slip would break, so that one slip is one finding."""
    if slip.code == "no-sen-recorded":
        for name in ("primary_need", "secondary_need"):
            written.lines["pupils"][-1][name] = None
    if slip.code == "first-spend-not-met":
        written.answers["first_6000_amount"] = 0.0


def tolerate(written: Written, rng: Random) -> None:
    """Types some answers the way people do, which is read all the same."""
    asked = written.answers.get("amount_requested")
    if isinstance(asked, float) and rng.random() < 0.5:
        written.answers["amount_requested"] = f"£{asked:,.2f}"
    start = written.answers.get("start_date")
    if isinstance(start, date):
        written.answers["start_date"] = rng.choice((in_figures, in_words))(start)
    for line in written.lines["pupils"]:
        if rng.random() < 0.5:
            line["year_group"] = str(line["year_group"]).removeprefix("Year ")
            line["parent_agreed"] = "yes"
    if written.answers.get("summary"):
        written.answers["summary"] = f"{written.answers['summary']}  \n"
