"""Each rule of the decisions workbook is broken once, and told in whole sentences: no blank in them stays empty."""

import zipfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from openpyxl.workbook.workbook import Workbook

from cluster_sheets.base.finding import Finding
from cluster_sheets.panel.decisions.left import left_as_they_are
from cluster_sheets.panel.decisions.workbook import declared, path_of
from cluster_sheets.register.model import Register
from cluster_sheets.report.needed import told
from cluster_sheets.store import cases, packs
from cluster_sheets.store.packs import PackState
from tests.decided import (
    A2,
    ADVICE,
    CITY,
    CONTINGENT,
    FEEDBACK,
    LARGE,
    NEED,
    PROJECT,
    SP1,
    Bid,
    Desk,
    desk,
    lay,
    pack,
    with_budget,
)  # fmt: skip
from tests.panel.decisions.test_unread import another_line, charted, hidden, noted, renamed_copy, worked_in_a_copy
from tests.register.made import REGISTER

AGREED: Mapping[str, Any] = {"outcome": "Agreed", "award": 4960}
PUT_OFF: Mapping[str, Any] = {"outcome": "Deferred", "award": None, "feedback": FEEDBACK}
Change = Callable[[Desk], object]


@dataclass(frozen=True)
class Broken:
    """How a rule is broken: by what is said of one case, or by what is done to the workbook after it."""

    bid: Bid = PROJECT
    said: Mapping[str, Any] = field(default_factory=lambda: AGREED)
    own: Mapping[str, Any] | None = None
    then: Change | None = None
    meeting: str = SP1
    register: Register = REGISTER
    state: PackState = PackState.RELEASED
    days: int = 0
    """So many days after the meeting it is read."""


def _cell(sheet: str, cell: str, value: str) -> Change:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return lambda at: at.change(change)


def _done(change: Callable[[Workbook], object]) -> Change:
    return lambda at: at.change(change)


def _without_words(at: Desk) -> None:
    at.change(lambda book: book.remove(book["Conditions and feedback"]))


def _damaged(at: Desk) -> None:
    path_of(at.places, SP1).write_bytes(b"PK")


def _moved(at: Desk) -> None:
    there = path_of(at.places, A2)
    there.parent.mkdir(parents=True)
    path_of(at.places, SP1).rename(there)


def _worked_out(at: Desk) -> None:
    """A formula with its value, as Excel stores it."""
    path = path_of(at.places, SP1)
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = "xl/worksheets/sheet2.xml"
    assert parts[sheet].count(b"<v>4959.75</v>") == 1
    parts[sheet] = parts[sheet].replace(b"<v>4959.75</v>", b"<f>4960-0.25</f><v>4959.75</v>")
    with zipfile.ZipFile(path, "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)


def _unconfirmed(at: Desk) -> None:
    assert at.codes() == []
    at.fill({"confirmed": None}, K7=AGREED)


def _stays(at: Desk) -> None:
    at.change(lambda book: book.create_sheet("Minutes"))
    at.register = with_budget(36000001, 1)
    at.write()


def _gone_on(at: Desk) -> None:
    assert at.codes() == []
    with at.store.transaction():
        cases.save_many(at.store, [cases.Case("CEN-2627-Sp2", "CEN-2627-0001", "P5", 1, 1)])
        packs.save(at.store, pack("CEN-2627-Sp2"))
    at.fill(K7=AGREED)


def _went(at: Desk) -> None:
    """The school asks another fund after the pack went out."""
    with at.store.transaction():
        (case,) = (each for each in cases.of_meeting(at.store, CITY) if each.application_ref == "CEN-2627-0001")
        cases.save_many(at.store, [replace(case, version_out=2, carried_to=SP1)])
        cases.save_many(at.store, [cases.Case(SP1, "CEN-2627-0001", "P5", 1, 1)])


def _awarded_elsewhere(at: Desk) -> None:
    assert at.codes() == []
    later = at.register.meeting(A2)
    assert later is not None
    with at.store.transaction():
        (case,) = (each for each in cases.of_meeting(at.store, SP1) if each.case_ref == "K7")
        cases.save_many(at.store, [replace(case, carried_to=A2), cases.Case(A2, "CEN-2627-0001", "R8", 1, 1)])
        packs.save(at.store, pack(A2))
    at.meeting = later
    at.write()
    at.fill(R8=AGREED)


def _less(award: object) -> Mapping[str, Any]:
    return {"outcome": "Agreed for less", "award": award}


def _no(**words: object) -> Mapping[str, Any]:
    return {"outcome": "Not agreed", "feedback": FEEDBACK, **words}


CAPPED = replace(NEED, asked=500001)
BROKEN: dict[str, Broken] = {
    "decisions-unreadable": Broken(then=_damaged),
    "decisions-of-another-meeting": Broken(then=_moved),
    "decisions-lost": Broken(then=_without_words),
    "decisions-sheet-twice": Broken(then=_done(worked_in_a_copy)),
    "decisions-sheet-hidden": Broken(then=_done(worked_in_a_copy)),
    "decisions-boxes-twice": Broken(then=_done(renamed_copy)),
    "decisions-hidden-sheet": Broken(then=_done(hidden("Minutes"))),
    "decisions-sheet-added": Broken(then=_done(lambda book: book.create_sheet("Minutes"))),
    "decisions-note": Broken(then=_done(noted)),
    "decisions-picture": Broken(then=_done(charted)),
    "decisions-beside": Broken(then=_cell("Decisions", "K6", "EXAMPLE")),
    "decisions-line-of-another": Broken(then=_done(another_line)),
    "decisions-not-released": Broken(state=PackState.CHECKED),
    "decisions-not-confirmed": Broken(own={"confirmed": None}),
    "decisions-stand": Broken(then=_unconfirmed),
    "decisions-left-as-they-are": Broken(own={"confirmed": None}, then=_stays),
    "decisions-blank": Broken(own={"chair_name": None}),
    "cell-error": Broken(then=_cell("Decisions", "H6", "#REF!")),
    "formula-not-worked-out": Broken(then=_cell("Decisions", "H6", "=E6")),
    "formula-given": Broken(said=_less(4959.75), then=_worked_out),
    "odd-characters": Broken(own={"chair_name": "EXAMPLE Amina\u200b Vane"}),
    "too-short": Broken(said=_no(feedback="No.")),
    "too-long": Broken(said=_no(feedback="x" * 501)),
    "not-on-list": Broken(said={"outcome": "Perhaps"}),
    "not-yes-or-no": Broken(own={"confirmed": "Perhaps"}),
    "not-money": Broken(said=_less("lots")),
    "money-part-of-a-penny": Broken(said=_less(3000.001)),
    "money-out-of-range": Broken(said=_less(-5)),
    "not-a-date": Broken(own={"held_on": "Thursday"}),
    "no-such-day": Broken(own={"held_on": "31/11/2026"}),
    "awarded-already": Broken(then=_awarded_elsewhere),
    "date-far-off": Broken(own={"held_on": date(2017, 2, 4)}),
    "not-a-whole-number": Broken(own={"present": "ten"}),
    "whole-number-out-of-range": Broken(own={"present": -1}),
    "held-after-today": Broken(own={"held_on": date(2027, 2, 7)}),
    "held-in-another-year": Broken(own={"held_on": date(2026, 2, 4)}),
    "held-on-another-day": Broken(own={"held_on": date(2027, 2, 5)}),
    "present-above-members": Broken(own={"present": 26}),
    "quorum-not-met": Broken(own={"present": 9}),
    "case-not-in-pack": Broken(then=_cell("Decisions", "B6", "P8")),
    "case-twice": Broken(said=_no(), then=_cell("Conditions and feedback", "B7", "K7")),
    "case-without-a-line": Broken(said=_no(), then=_cell("Conditions and feedback", "B6", "P8")),
    "award-not-as-asked": Broken(said={"outcome": "Agreed", "award": 4959}),
    "award-above-asked": Broken(said={"outcome": "Agreed", "award": 4961}),
    "award-not-less": Broken(said=_less(4960)),
    "award-below-least": Broken(said=_less(2999)),
    "award-of-nothing": Broken(said=_less(0)),
    "award-where-none": Broken(said=_no(award=1)),
    "more-than-is-left": Broken(register=with_budget(0, 0)),
    "large-award": Broken(LARGE, {"outcome": "Agreed", "award": 25000}),
    "contingency-at-a-cluster-meeting": Broken(CONTINGENT, {"outcome": "Agreed", "award": 3000}),
    "main-at-a-city-meeting": Broken(NEED, {"outcome": "Agreed", "award": 4800}, meeting=CITY, days=60),
    "project-to-contingency": Broken(said={"outcome": "To contingency"}),
    "contingency-above-cap": Broken(CAPPED, {"outcome": "To contingency"}),
    "already-in-contingency": Broken(CONTINGENT, {"outcome": "To contingency"}, meeting=CITY, days=60),
    "advice-only": Broken(ADVICE, {"outcome": "Agreed", "award": 10}),
    "not-for-advice": Broken(said={"outcome": "Advice only"}),
    "no-later-meeting": Broken(said=PUT_OFF, meeting="CEN-2627-Su2", days=200),
    "case-went": Broken(CONTINGENT, {"outcome": "Agreed", "award": 3000}, then=_went, meeting=CITY, days=60),
    "gone-on": Broken(said=PUT_OFF, then=_gone_on),
    "conditions-wanted": Broken(said={"outcome": "Agreed with conditions", "award": 4960}),
    "feedback-wanted": Broken(said={"outcome": "Not agreed"}),
}


def test_every_rule_is_broken_here() -> None:
    assert set(BROKEN) == {each.code for each in declared().rules}


@pytest.mark.parametrize("code", BROKEN)
def test_a_broken_rule_is_told_in_whole_sentences(tmp_path: Path, code: str) -> None:
    found = [each for each in _found(tmp_path, BROKEN[code]) if each.code == code]
    assert len(found) == 1
    assert _empty(found[0]) == []
    words = " ".join(told(found[0]))
    assert not [slip for slip in ("  ", " .", " ,", "‘’", "{", "None") if slip in words], words


def _found(root: Path, broken: Broken) -> tuple[Finding, ...]:
    with ExitStack() as stack:
        more = replace(NEED, case_ref="Z2") if broken.bid is not NEED else PROJECT
        at = stack.enter_context(
            desk(root, broken.bid, meeting=broken.meeting, register=broken.register, state=broken.state)
        )
        if broken.then is not None:
            lay(at.store, at.meeting, (more,), first=7, state=broken.state)
            at.write()
        at.at += timedelta(days=broken.days)
        at.fill(broken.own, **{broken.bid.case_ref: broken.said, more.case_ref: {"outcome": "Withdrawn"}})
        if broken.then is not None:
            broken.then(at)
        return (*at.read(), *left_as_they_are(at.store, at.places, at.register))


def _empty(finding: Finding) -> list[str]:
    """Blanks of a finding's sentences that nothing fills in."""
    wording = declared().wording(finding.code)
    # What a blank box is about stands in a sentence of its own, which the boxes of the meeting do not need.
    said = wording.what.removesuffix(". {other}") + wording.mend
    given = {"cell": finding.place.cell, "field": declared().label(finding.field), **dict(finding.detail)}
    return [name for _, name, _, _ in Formatter().parse(said) if name and not given.get(name)]
