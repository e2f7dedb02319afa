"""What needs a person after a night, from the store as it stands and from how the night went."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from cluster_sheets.base.finding import Finding, Severity
from cluster_sheets.base.reference import APPLICATION, CASE, CLUSTER
from cluster_sheets.form.shipped import form as shipped_form
from cluster_sheets.register.model import Register
from cluster_sheets.report.need import Need, When, plural
from cluster_sheets.report.needed_erased import of_erased
from cluster_sheets.report.needed_letters import of_letters
from cluster_sheets.report.needed_packs import of_packs
from cluster_sheets.report.needed_replies import of_replies
from cluster_sheets.report.needed_requests import of_requests
from cluster_sheets.report.remembered import remembered
from cluster_sheets.store import findings, nights, questions, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.questions import Question
from cluster_sheets.store.units import State, Unit

if TYPE_CHECKING:
    from cluster_sheets.form.declared import Form

_MOST_FINDINGS = 12
"""Things about one workbook that are listed; the rest are counted."""
_HELD, _WORD, _FACT, _CASE, _FAULT, _OTHER = 3.0, 0.4, 1.0, 2.0, 2.0, 2.0
"""Minutes a thing takes, by our own count: only to say what a morning holds."""
_PLAIN = re.compile(
    r"-?£?\d{1,3}(,\d{3}){0,2}(\.\d\d)?|\d{1,4}"
    rf"|(Case )?{CASE}\.?|{APPLICATION}|{CLUSTER}-\d{{4}}-[A-Za-z0-9]{{1,8}}"
    r"|(the main fund|contingency) for \d{4}-\d\d: £[\d,.]+"
)
"""What may stand in the report: an amount, a number, a reference. Nothing else that a person typed.

The id of a meeting as a rule looks like CEN-2627-A1. The register lets in what a name may look like too: any other
id is told where it is one of the register's.
"""
_MOST_WHYS = 4
_SHOW = "cluster-sheets quarantine show"
_NOT_TAKEN, _MENDS = "It could not be taken.", "Answers in it are to be mended."
OWN_REASONS = {
    "no-meeting": "The calendar has no meeting that it could wait for: put the next one into the sheet Meetings.",
    "program-fault": "The program broke on it.",
}
"""Why a submission is held, where no rule of the form says it."""
_FORMS = ("decisions", "application")
"""Declarations whose rules speak of workbooks that people fill in."""


class Needed:
    """Finds what needs a person. Made once a night."""

    def __init__(
        self, store: Store, register: Register, places: Places, as_of: datetime, *, finished: bool = True
    ) -> None:
        """``finished``: the night came to its end, and so has written the workbooks to answer in."""
        self.store, self.register, self.places, self.as_of = store, register, places, as_of
        self.finished = finished
        self.today = register.day_of(as_of)

    def everything(
        self, findings: Sequence[Finding], too_large: int = 0, more: Sequence[Need] = ()
    ) -> tuple[Need, ...]:
        """All of it and ``more``, the most urgent first; ``too_large`` files in the inbox could not be taken."""
        found = (
            *self._filled_in(findings), *self._questions(findings),
            *of_packs(self.store, self.register, self.places, self.as_of, finished=self.finished),
            *of_replies(self.store, self.register, self.as_of),
            *of_letters(self.store, self.register, self.as_of), *self._apart(), *self._left(too_large),
            *of_erased(self.store, self.register, self.as_of),
            *of_requests(self.store, self.register, self.as_of, finished=self.finished),
            *remembered(self.store, self.register, self.places, self.today), *more,
        )  # fmt: skip
        order = list(When)
        return tuple(sorted(found, key=lambda need: order.index(need.kind)))

    def _filled_in(self, findings: Sequence[Finding]) -> Iterator[Need]:
        """What is to be mended in workbooks that the admin or the chair filled in."""
        meetings = {each.meeting_id for each in self.register.meetings}
        by_file: dict[str, list[Finding]] = {}
        for each in findings:
            by_file.setdefault(each.place.file, []).append(each)
        for file, found in by_file.items():
            for each in found[:_MOST_FINDINGS]:
                what, mend = told(each, meetings)
                about = ", ".join(part for part in (each.place.sheet, each.place.cell) if part)
                when = When.LATER if each.severity == Severity.NOTE else When.TODAY
                yield Need(when, _name(file), what, mend, round(_FAULT), about=about)
            more = len(found) - _MOST_FINDINGS
            if more > 0:
                do = "Mend those above first; the next run lists the rest."
                yield Need(
                    When.TODAY, _name(file), f"{plural(more, 'more thing')} like these.", do, round(more * _FAULT)
                )

    def _questions(self, findings: Sequence[Finding]) -> Iterator[Need]:
        """Questions of the review workbooks that wait for an answer."""
        odd = {each.place.file for each in findings if each.severity != Severity.NOTE}
        for meeting_id in questions.left_open(self.store):
            left = [each for each in questions.of_meeting(self.store, meeting_id) if each.answer is None]
            path, name = self.places.review_of(meeting_id), meeting_id or "No meeting"
            if not (self.finished or path.exists()):
                yield _not_written_yet(name, len(left))
                continue
            book = self.places.told(path)
            if path.name in odd:
                yield _not_brought_up_to_date(name, len(left), book)
                continue
            meeting = self.register.meeting(meeting_id)
            out = meeting.pack_out if meeting else None
            for code, count in Counter(each.code for each in left if each.kind == "held").items():
                do = f"Open {book}, sheet Held, and choose accept or return."
                what = _sentence(code) or OWN_REASONS.get(code, "It waits for your word.")
                about = f"{plural(count, 'submission')} held"
                yield Need(When.TODAY, name, what, do, round(count * _HELD), self.today, about)
            words = [each for each in left if each.kind == "redaction"]
            if words:
                of = plural(len({each.unit_id for each in words}), "case")
                what = f"Words or numbers in {of} may tell who it is."
                do = f"Open {book}, sheet Redactions, and choose take out or keep for each."
                about = f"{plural(len(words), 'word or number', 'words or numbers')} to decide"
                yield Need(When.BEFORE_PACK, meeting_id, what, do, _up(len(words) * _WORD), out, about)
            yield from self._facts([each for each in left if each.kind == "fact"], meeting_id, book, out)
            ready = sum(each.kind == "ready" for each in left)
            if ready:
                what = f"{plural(ready, 'case')} of the pack {'waits' if ready == 1 else 'wait'} for your tick."
                them = "it" if ready == 1 else "each"
                do = f"Read {them} in the panel workbook, then open {book}, sheet Ready, and say yes."
                about = f"{plural(ready, 'case')} to read"
                yield Need(When.BEFORE_PACK, meeting_id, what, do, round(ready * _CASE), out, about)

    def _facts(self, left: Sequence[Question], meeting_id: str, book: str, out: date | None) -> Iterator[Need]:
        """Facts of schools that too few schools share."""
        if left:
            cases_ = len({each.unit_id for each in left})
            k = self.register.settings.whole("k_anonymity")
            what = f"{plural(cases_, 'case')} would fit fewer than {k} schools; what points to them is left out."
            do = f"Open {book}, sheet Facts, and choose blur or show for each."
            about = f"{plural(len(left), 'fact')} to decide"
            yield Need(When.BEFORE_PACK, meeting_id, what, do, _up(len(left) * _FACT), out, about)

    def _apart(self) -> Iterator[Need]:
        """What came tonight and could not be taken: told to its school, or to nobody where none is known."""
        night = nights.span(self.store, self.as_of)
        untold = units.untold_of_night(self.store, night)
        if untold:
            yield self._untold(untold)
        groups: dict[str, list[Unit]] = {}
        for each in units.unread_of_night(self.store, night):
            if each not in untold:
                groups.setdefault(each.reason, []).append(each)
        for reason, found in sorted(groups.items()):
            yield self._set_apart(reason, found)

    def _set_apart(self, reason: str, found: Sequence[Unit]) -> Need:
        where = f"Unit {found[0].unit_id}"
        about = f"and {len(found) - 1} more" if len(found) > 1 else ""
        if reason == "bounce":
            do = "Look in the mailbox for what it says, and check the address in register.xlsx, Members."
            what = "A mail server says that a message could not be delivered. Which one is not clear."
            return Need(When.TODAY, where, what, do, _up(len(found) * _OTHER), self.today, about)
        what = f"{_sentence(reason) or _NOT_TAKEN} The school was told."
        return Need(When.LATER, where, what, f"Nothing unless no new one comes; to see it: {_SHOW}.", 1, None, about)

    def _untold(self, found: Sequence[Unit]) -> Need:
        """What goes back or was refused, and nobody is told: none is known, or the mail must not be answered."""
        told_ = findings.of_units(self.store, [each.unit_id for each in found])
        whys = Counter(why for each in found for why in _whys(each, told_.get(each.unit_id, ())))
        listed = " ".join(f"{why} ({count})" if len(found) > 1 else why for why, count in whys.most_common(_MOST_WHYS))
        where = f"Unit {found[0].unit_id}"
        about = f"and {len(found) - 1} more" if len(found) > 1 else ""
        them, they = ("it", "it is") if len(found) == 1 else ("them", "they are")
        why_not = "nobody is known who could be told, or a program or a list sent it"
        what = f"{plural(len(found), 'thing')} could not be taken, and not answered ({why_not}). {listed}"
        do = f"Ask whoever sent {them} or put {them} into the inbox; {they} kept."
        if any(each.state is State.QUARANTINED for each in found):
            do = f"{do} To see who that may be: {_SHOW}."
        return Need(When.TODAY, where, what, do, _up(len(found) * _OTHER), self.today, about)

    def _left(self, count: int) -> Iterator[Need]:
        """Files that stay in the inbox; what they are called may name somebody, so it is not told here."""
        if count:
            what = "They are too large to be taken, so they stay there."
            if count == 1:
                what = "It is too large to be taken, so it stays there."
            do = "Sort the folder by size, ask whoever sent it for the form alone, and take the file out."
            about = plural(count, "file")
            yield Need(
                When.TODAY, self.places.told(self.places.inbox), what, do, _up(count * _OTHER), self.today, about
            )


def _not_written_yet(meeting_id: str, count: int) -> Need:
    """Questions whose workbook a night that broke off did not come to."""
    what = f"{plural(count, 'question')} {'waits' if count == 1 else 'wait'}, and the workbook for answers is not made."
    return Need(When.TODAY, meeting_id, what, "Run the night again first: it makes the workbook.", 1)


def _not_brought_up_to_date(meeting_id: str, count: int, book: str) -> Need:
    """Questions of a workbook with an answer that cannot be taken: until it is mended, none is put into it."""
    what = f"{plural(count, 'question')} {'waits' if count == 1 else 'wait'}; those that came since are not in it yet."
    do = f"Mend first what is said of {book}; the next run puts in what came since."
    return Need(When.TODAY, meeting_id, what, do, 1)


def _whys(unit: Unit, found: Sequence[Finding]) -> Iterator[str]:
    """Why a unit was not taken, in words, each once; what is wrong with single answers is one why."""
    codes = [unit.reason] if unit.reason else [each.code for each in found if each.severity == Severity.RETURN]
    yield from dict.fromkeys(_whole(code) or _MENDS for code in codes or [""])


def _whole(code: str) -> str:
    """The sentence of a rule about the whole file; empty for one about an answer."""
    form = shipped_form("application")
    return _sentence(code) if form.has_rule(code) and form.rule(code).about in ("file", "stamp") else ""


def told(finding: Finding, meetings: Collection[str] = ()) -> tuple[str, str]:
    """(what we found, what to do) of a finding in a workbook that people fill in; nothing that was typed.

    ``meetings`` are ids that may be named.
    """
    from cluster_sheets.anonymise.review_read import WORDINGS

    cell = finding.place.cell
    if finding.code in WORDINGS:
        # Of the review workbook: its blanks are our own words and names of our own files.
        return WORDINGS[finding.code].told({**dict(finding.detail), "cell": cell})
    form = _of(finding.code)
    if form is None:
        return f"Something is to be mended ({finding.code}).", f"Look at {cell or finding.place.sheet}."
    wording = form.wording(finding.code)
    detail = {
        name: said for name, said in finding.detail if name == "limit" or said in meetings or _PLAIN.fullmatch(said)
    }
    blanks = {"typed": f"what stands in {cell or 'it'}", "other": "", **detail, "cell": cell}
    what, mend = wording.told({**blanks, "field": form.label(finding.field)})
    if "{other}" in wording.what and "other" not in detail and any(name == "other" for name, _ in finding.detail):
        what = f"What stands in {cell or 'it'} does not fit."
    return f"{what[:1].upper()}{what[1:]}".strip(), mend


def _of(code: str) -> "Form | None":
    return next((form for name in _FORMS if (form := shipped_form(name)).has_rule(code)), None)


def _sentence(code: str) -> str:
    """What a rule of the application says, where it says so without naming a cell or what was typed."""
    form = shipped_form("application")
    if not form.has_rule(code):
        return ""
    what = form.wording(code).what
    return "" if "{" in what else what


def _name(file: str) -> str:
    return PurePosixPath(file).name


def _up(minutes: float) -> int:
    return -int(-minutes // 1)
