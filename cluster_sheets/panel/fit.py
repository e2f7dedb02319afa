"""Fit: how many schools each case of a pack could be of, with what is blurred for it, and the questions about that.

In: the register on the day of the meeting, typed answers, what the admin answered. Out: a ``Fit`` a case; questions.
Never: shows a fact that makes a case fit too few schools before the admin has said so.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cluster_sheets.anonymise import blur
from cluster_sheets.anonymise.fits import KEY_STAGE, PHASE_GROUP, SIZE_BAND, Members, Shown, to_blur
from cluster_sheets.anonymise.review_view import BLUR, FACT, SHOW
from cluster_sheets.base import columns
from cluster_sheets.base.pupils import WHOLE_SCHOOL
from cluster_sheets.base.record import Record
from cluster_sheets.base.reference import digest
from cluster_sheets.form.declared import Form
from cluster_sheets.register.model import Meeting, Register, School
from cluster_sheets.store import questions
from cluster_sheets.store.database import Store
from cluster_sheets.store.questions import Question

if TYPE_CHECKING:
    from cluster_sheets.panel.gather import Gathered

_CALLED: Mapping[str, str] = {SIZE_BAND: "size band", PHASE_GROUP: "phase group", KEY_STAGE: "key stages"}
_GROUP = "GROUP"


@dataclass(frozen=True, slots=True)
class Known:
    """A case as far as it tells of its school, before anything is blurred for it."""

    form_ref: str
    urn: str
    shown: Shown
    fits: int

    def question_of(self, key: bytes, fact: str) -> str:
        """Id of the question about one of its facts: another one where what is shown beside it, or the number, is."""
        told = (self.shown.phase_group, self.shown.size_band, str(self.shown.are_all), *self.shown.stages)
        return digest(key, FACT, self.form_ref, fact, str(self.fits), *told).hex()[:24]


@dataclass(frozen=True, slots=True)
class Asked:
    """One fact that the admin is asked about, or was."""

    fact: str
    question_id: str
    told: str
    """What is shown of it, in words."""
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """How many schools a case could be of."""

    shown: Shown
    """What the panel reads of its school."""
    fits: int
    """Member schools that fit what the panel reads."""
    whole: int
    """Those that would fit, were nothing blurred."""
    k: int
    """Fewest that should."""
    asked: tuple[Asked, ...] = ()

    @property
    def blurred(self) -> tuple[str, ...]:
        """The facts that are left out: those proposed, until the admin has answered, and those answered so."""
        return tuple(each.fact for each in self.asked if each.answer != SHOW)

    def in_words(self) -> str:
        """``16 schools``, or ``2 schools: blur the size band``: what the admin reads beside the case."""
        if any(each.answer is None for each in self.asked):
            return f"{schools(self.whole)}: blur {listed(self.blurred)}\nthen {schools(self.fits)}"
        words = [schools(self.fits)]
        if self.blurred:
            words.append(f"{listed(self.blurred)} blurred")
        elif self.fits < self.k:
            words.append("shown by your word" if self.asked else "nothing to blur")
        return "\n".join(words)


def schools(count: int) -> str:
    """``1 school``, ``16 schools``."""
    return f"{count} school{'' if count == 1 else 's'}"


def listed(facts: Collection[str]) -> str:
    """``the size band and the phase group``."""
    return " and ".join(f"the {_CALLED[fact]}" for fact in facts)


class Clusters:
    """The register as the readers of one pack know it."""

    def __init__(self, register: Register, form: Form, meeting: Meeting) -> None:
        self._register, self._meeting = register, meeting
        self.policy = blur.Policy.of(register.settings)
        self._told_as_stages = [field for field in form.fields if field.panel == KEY_STAGE]
        self._schools: dict[str, tuple[School, ...]] = {}
        self._members: dict[str, Members] = {}

    def known(self, form_ref: str, urn: str, record: Record) -> Known:
        """What a case tells of its school as long as nothing is blurred for it."""
        school, cluster = self._register.schools.get(urn), self._cluster(urn)
        standing = blur.standing(school, self._schools[cluster], self.policy) if school else blur.Standing()
        are_all = record.form.get(columns.BENEFICIARY) == WHOLE_SCHOOL
        shown = Shown(standing.phase_group, standing.size_band, self._stages(record), are_all)
        return Known(form_ref, urn, shown, self.fitting(urn, shown))

    def fitting(self, urn: str, shown: Shown) -> int:
        """How many members of a school's cluster fit what is shown of it."""
        return self._members[self._cluster(urn)].fitting(shown, self._register.now(urn))

    def fit(self, case: Known, ids: Mapping[str, str], given: Mapping[str, str]) -> Fit:
        """The case with what was answered about its facts; ``ids`` are those of the questions, by fact."""
        k = self.policy.k
        if case.fits >= k:
            return Fit(case.shown, case.fits, case.fits, k)
        answers = {fact: given.get(question_id) for fact, question_id in ids.items()}
        so = [fact for fact, answer in answers.items() if answer == BLUR]
        kept = [fact for fact, answer in answers.items() if answer == SHOW]
        more = to_blur(case.shown.without(so), lambda shown: self.fitting(case.urn, shown), k, kept)
        shown = case.shown.without((*so, *more))
        asked = tuple(
            Asked(fact, ids[fact], case.shown.told(fact), answers[fact])
            for fact in case.shown.facts
            if fact in more or answers[fact]
        )
        return Fit(shown, self.fitting(case.urn, shown), case.fits, k, asked)

    def _cluster(self, urn: str) -> str:
        """The cluster whose schools a case is held against; its members are at hand after this."""
        school, day = self._register.schools.get(urn), self._meeting.day
        times = school.memberships if school else ()
        cluster = self._meeting.cluster or next((each.cluster for each in times if each.covers(day)), "")
        if cluster not in self._schools:
            self._schools[cluster] = self._register.members_on(cluster, day)
            self._members[cluster] = Members(self._schools[cluster], self.policy)
        return cluster

    def _stages(self, record: Record) -> tuple[str, ...]:
        """Key stages of a case's pupils; none of a request by several schools: they may be at any of them."""
        if record.form.get(columns.APPLICANT) == _GROUP:
            return ()
        told = {
            blur.key_stage(str(row[field.name]))
            for field in self._told_as_stages
            for row in (record.rows(field.table) if field.table else (record.form,))
            if row.get(field.name) is not None
        }
        return tuple(stage for stage in blur.STAGES if stage in told)


def fits(store: Store, clusters: Clusters, cases: Mapping[str, Known]) -> dict[str, Fit]:
    """How many schools each case fits, by its reference, with all that was answered about it."""
    few = {ref: case for ref, case in cases.items() if case.fits < clusters.policy.k}
    ids = {ref: {fact: case.question_of(store.key, fact) for fact in case.shown.facts} for ref, case in few.items()}
    given = questions.answers_of(store, [each for told in ids.values() for each in told.values()]) if few else {}
    return {ref: clusters.fit(case, ids.get(ref, {}), given) for ref, case in cases.items()}


def ask_facts(store: Store, meeting: Meeting, found: "Gathered") -> None:
    """Asks about each fact that makes a case fit too few schools; withdraws what nobody needs to answer any more."""
    wanted = [
        (Question(each.question_id, meeting.meeting_id, *found.units[ref], FACT, each.fact), _words(ref, fit, each))
        for ref, fit in found.fits.items()
        for each in fit.asked
    ]
    mine = [each for each in questions.of_meeting(store, meeting.meeting_id) if each.kind == FACT]
    about = {each.unit_id for each in mine} | {each.unit_id for each, _ in wanted}
    questions.drop_unasked(store, FACT, about, [each.question_id for each, _ in wanted])
    questions.add_many(store, wanted)


def _words(case_ref: str, fit: Fit, asked: Asked) -> dict[str, str]:
    others = [each for each in fit.blurred if each != asked.fact]
    beside = f" and {listed(others)}" if others else ""
    with_it = f"All that is shown of its school fits {schools(fit.whole)} of the cluster."
    without = f" Without this{beside} it fits {fit.fits}." if asked.fact in fit.blurred else ""
    return {
        "case": case_ref,
        "question": _CALLED[asked.fact].capitalize(),
        "sentence": asked.told,
        "why": f"{with_it}{without}",
    }
