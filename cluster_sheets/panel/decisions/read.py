"""Reads the decisions workbooks back: what each meeting decided, once its chair has said that it is final.

In: ``panel/<meeting>/decisions-<meeting>.xlsx`` of any meeting, if it changed since it was last taken.
Out: decisions in the store, or findings that say what to mend: all of a meeting or nothing of it.
Never: changes a workbook.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial

from cluster_sheets.base.date import year_start
from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.base.period import asked_for
from cluster_sheets.form.kind import Readers
from cluster_sheets.intake.limits import limits
from cluster_sheets.panel.decisions.check import CaseFacts, World, is_begun, judged
from cluster_sheets.panel.decisions.fund import left_before
from cluster_sheets.panel.decisions.keep import KIND, keep
from cluster_sheets.panel.decisions.spent import Spent
from cluster_sheets.panel.decisions.unread import Unread, beside, elsewhere
from cluster_sheets.panel.decisions.view import ADVICE, eligible
from cluster_sheets.panel.decisions.workbook import declared, lying, made_anew, path_of
from cluster_sheets.panel.gone_on import gone_on_to
from cluster_sheets.reading.raw import RawForm
from cluster_sheets.reading.typed import TypedForm, Typing, Window
from cluster_sheets.register.calendar import years
from cluster_sheets.register.model import CANCELLED, CITY, Meeting, Register
from cluster_sheets.store import applications, cases, decisions, packs, seen_files
from cluster_sheets.store.applications import Application
from cluster_sheets.store.asked import Asked, as_read
from cluster_sheets.store.awards import of_decision
from cluster_sheets.store.cases import Case
from cluster_sheets.store.database import Store
from cluster_sheets.store.decisions import DEFERRED, TO_CONTINGENCY, Decision
from cluster_sheets.store.places import Places


def read_back(store: Store, places: Places, register: Register, as_of: datetime) -> tuple[Finding, ...]:
    """Takes what meetings have decided; findings on workbooks that cannot be taken as they are, meetings in order."""
    found: list[Finding] = []
    for meeting in sorted(register.meetings, key=lambda each: (each.day, each.meeting_id)):
        path = path_of(places, meeting.meeting_id)
        if path.exists() and not _decides_nothing(store, meeting):
            found += _Reading(store, register, meeting, as_of, path.name).findings(path.read_bytes())
    return tuple(found)


def _decides_nothing(store: Store, meeting: Meeting) -> bool:
    """Whether a meeting is not held, so that its cases have gone on; what was decided before stays to be corrected."""
    return meeting.status == CANCELLED and not decisions.of_meeting(store, meeting.meeting_id)


class _Reading:
    """The reading of one meeting's workbook."""

    def __init__(self, store: Store, register: Register, meeting: Meeting, as_of: datetime, file: str) -> None:
        self.store, self.register, self.meeting, self.as_of, self.file = store, register, meeting, as_of, file
        self.form = declared()

    def findings(self, data: bytes) -> tuple[Finding, ...]:
        sha256 = hashlib.sha256(data).hexdigest()
        read_when = seen_files.read_when(self.store, KIND, self.meeting.meeting_id, sha256)
        # The very night that took it takes it again when it is run again: nothing changes, and its notes are told.
        if read_when is not None and read_when != self.as_of:
            return ()
        lies = lying(data, limits(self.register.settings.whole))
        if lies is None:
            return (self._finding("decisions-unreadable"),)
        raw = lies.raw
        lost = tuple(self._lost(raw)) or self._unread(elsewhere(lies))
        if lost:
            return lost
        typed = self._typed(raw)
        place = Place(self.file, *(typed.own.place("confirmed") or ("", "")))
        if "confirmed" in typed.own.faulty:
            return tuple(each for each in typed.findings if each.field == "confirmed")
        if typed.value("confirmed") != "YES":
            return (self._finding(self._not_confirmed(), place, "confirmed"),) if is_begun(typed) else ()
        if packs.released(self.store, self.meeting.meeting_id) is None:
            return (self._finding("decisions-not-released", place, "confirmed"),)
        told = judged(self.form, typed, self._world())
        new = partial(made_anew, self.store, self.register, self.meeting, lies)
        found = (*self._unread(beside(lies, new)), *told.findings)
        if not any(each.severity is Severity.RETURN for each in found):
            keep(self.store, self.meeting, told, sha256, self.as_of)
        return found

    def _not_confirmed(self) -> str:
        """What to say of a workbook whose last box does not say Yes: before it was taken once, or after."""
        taken = decisions.of_meeting(self.store, self.meeting.meeting_id)
        return "decisions-stand" if taken else "decisions-not-confirmed"

    def _finding(self, code: str, place: Place | None = None, about: str = "", **detail: str) -> Finding:
        told = tuple(sorted(detail.items()))
        return Finding(place or Place(self.file), code, self.form.severity(code), about, told)

    def _unread(self, found: Iterable[Unread]) -> tuple[Finding, ...]:
        return tuple(self._finding(code, Place(self.file, *spot), about) for code, *spot, about in found)

    def _lost(self, raw: RawForm) -> Iterator[Finding]:
        """What makes the workbook another meeting's, or not whole."""
        told = [each for each in raw.stamp.get("round", ()) if each]
        if told and told != [self.meeting.meeting_id]:
            yield self._finding("decisions-of-another-meeting", other=told[0])
            return
        gone = [table.name for table in self.form.tables if table.sheet in raw.missing_sheets]
        for key in dict.fromkeys((*raw.missing, *raw.headless, *raw.gone, *gone)):
            yield self._finding("decisions-lost", about=key)

    def _typed(self, raw: RawForm) -> TypedForm:
        settings, today = self.register.settings, self.register.day_of(self.as_of)
        span = settings.whole("date_window_years")
        first = year_start(today, (1, 1))
        window = Window(first.replace(year=first.year - span), first.replace(year=first.year + span + 1), span)
        typing = Typing(self.form, Readers(settings.number, lambda _: ()))
        return typing.typed(self.meeting.meeting_id, self.file, raw, window)

    # What it is held against

    def _world(self) -> World:
        settings = self.register.settings
        return World(
            meeting=self.meeting,
            today=self.register.day_of(self.as_of),
            members=lambda day: eligible(self.register, self.meeting, day),
            cases=self._cases(),
            left=left_before(self.store, self.register, self.meeting.meeting_id),
            years=years(settings),
            large_over=settings.pence("large_award_over"),
            contingency_cap=settings.pence("contingency_cap"),
        )

    def _cases(self) -> Mapping[str, CaseFacts]:
        """The cases of the released pack."""
        pack = packs.released(self.store, self.meeting.meeting_id)
        version = pack.version if pack else 0
        listed = cases.of_version(self.store, self.meeting.meeting_id, version)
        refs = [each.application_ref for each in listed]
        asked = applications.get_many(self.store, refs)
        read = as_read(self.store, [(self.meeting.meeting_id, ref) for ref in refs])
        awarded = self._awarded()
        kept = {each.application_ref: each for each in decisions.of_meeting(self.store, self.meeting.meeting_id)}
        gone_on = gone_on_to(self.store, self.register, self.meeting, refs)
        now = cases.of_applications(self.store, refs)
        made = {}
        for each in listed:
            told, earlier = asked[each.application_ref], kept.get(each.application_ref)
            shown = read[self.meeting.meeting_id, each.application_ref]
            made[each.case_ref] = CaseFacts(
                case_ref=each.case_ref,
                application_ref=each.application_ref,
                purpose=told.purpose,
                fund=(told.cluster, earlier.pot if earlier and told.purpose != ADVICE else told.pot),
                asked_pence=shown.pence,
                least_pence=shown.least,
                period=asked_for(shown.record, self.meeting.day),
                later={outcome: self._later(outcome, told) for outcome in (DEFERRED, TO_CONTINGENCY)},
                gone_on_to=gone_on.get(each.application_ref, ""),
                went_to="" if earlier else self._went_to(each, now.get(each.application_ref)),
                recorded=earlier.outcome if earlier else "",
                gave=self._gave(told, earlier, shown),
                awarded=awarded.get(each.application_ref),
            )
        return made

    def _went_to(self, case: Case, stands: Case | None) -> str:
        """The meeting a case waits for that left this one's pack, as when its school asked another fund."""
        elsewhere = stands is not None and stands.meeting != self.meeting.meeting_id
        return stands.meeting if stands and elsewhere and case.version_out is not None else ""

    def _gave(self, told: Application, earlier: Decision | None, shown: Asked) -> Spent | None:
        """What this meeting has given an application so far."""
        if earlier is None or not earlier.amount_pence:
            return None
        award = of_decision(earlier, told, shown, self.register.day_of)
        return Spent((award.cluster, award.pot), award.time(years(self.register.settings)), award.pence)

    def _awarded(self) -> dict[str, tuple[str, int]]:
        """What other meetings gave each application: which, and how much."""
        return {
            each.application_ref: (each.meeting, each.amount_pence)
            for each in decisions.standing(self.store)
            if each.meeting != self.meeting.meeting_id and each.outcome in decisions.GIVES
        }

    def _later(self, outcome: str, application: Application) -> str | None:
        """The next meeting of a kind after this one: its own kind where a case is deferred, else the city's."""
        kind = CITY if outcome == TO_CONTINGENCY else self.meeting.kind
        # It has been heard: what it came in time for plays no part any more.
        after = self.register.next_of(kind, application.cluster, self.meeting.day + timedelta(days=1))
        return after.meeting_id if after else None
