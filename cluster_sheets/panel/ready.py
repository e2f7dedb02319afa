"""Ready: one question a case, whether the admin has read it as the panel will; asked again when the case changes."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from cluster_sheets.anonymise.review_whose import PARTNERS
from cluster_sheets.base import columns
from cluster_sheets.base.reference import digest
from cluster_sheets.register.model import Meeting
from cluster_sheets.store import answers, cases, packs, questions
from cluster_sheets.store.database import Store
from cluster_sheets.store.questions import Question

if TYPE_CHECKING:
    from cluster_sheets.panel.gather import Gathered
    from cluster_sheets.panel.view import Changes

READY = "ready"
"""Kind of the question; its answer is ``yes``."""


def question_of(key: bytes, meeting: Meeting, case_ref: str, case_hash: str) -> str:
    """Id of the question about a case as it now reads."""
    return digest(key, READY, meeting.meeting_id, case_ref, case_hash).hex()[:24]


def ask_ready(store: Store, meeting: Meeting, found: "Gathered") -> int:
    """Asks about each case as it now reads; gives how many questions of the meeting wait for an answer.

    An open question about a case as it no longer reads is withdrawn; an answer stays and counts if it reads so again.
    """
    wanted: list[tuple[Question, dict[str, str]]] = []
    for each in found.cases:
        unit, application = found.units[each.case_ref]
        question_id = question_of(store.key, meeting, each.case_ref, found.hashes[each.case_ref])
        asked = Question(question_id, meeting.meeting_id, unit, application, READY, READY)
        fits = found.fits[each.case_ref].in_words()
        wanted.append((asked, {"case": each.case_ref, "title": each.title, "kind": each.kind, "fits": fits}))
    mine = [each for each in questions.of_meeting(store, meeting.meeting_id) if each.kind == READY]
    about = {each.unit_id for each in mine} | {each.unit_id for each, _ in wanted}
    questions.drop_unasked(store, READY, about, [each.question_id for each, _ in wanted])
    known = {each.question_id for each in mine}
    new = [each for each in wanted if each[0].question_id not in known]
    partners = _partners(store, [asked.unit_id for asked, _ in new])
    questions.add_many(store, [(asked, words | partners.get(asked.unit_id, {})) for asked, words in new])
    _told_anew(store, [each for each in wanted if each[0].question_id in known])
    return questions.left_open(store).get(meeting.meeting_id, 0)


def _told_anew(store: Store, asked: Sequence[tuple[Question, dict[str, str]]]) -> None:
    """Mends the words of questions that stand already: a case may read as before and fit another number of schools."""
    told = questions.texts(store, [each.question_id for each, _ in asked])
    anew = [(each, told[each.question_id] | words) for each, words in asked if each.question_id in told]
    changed = [(each.question_id, each.unit_id, words) for each, words in anew if words != told[each.question_id]]
    questions.put_texts(store, changed)


def _partners(store: Store, units: Collection[str]) -> dict[str, dict[str, str]]:
    """URNs of the partner schools of each unit that has any: for the admin, who must know whose a case is."""
    table, _, name = columns.PARTNER.partition(".")
    found = {
        unit: " ".join(str(row[name]) for row in record.rows(table) if row.get(name))
        for unit, record in answers.get_many(store, units).items()
    }
    return {unit: {PARTNERS: urns} for unit, urns in found.items() if urns}


def changes_in(
    store: Store, meeting: Meeting, version: int, found: "Gathered", left: Sequence[tuple[str, int, int]] = ()
) -> "Changes | None":
    """What a version changed against the released one before it; None where there is none before it.

    ``left``: funds of which another sum is left now than the released one tells.
    """
    from cluster_sheets.panel.view import Changes

    released = packs.released(store, meeting.meeting_id, below=version)
    if version == 1 or released is None or released.released_at is None:
        return None
    known = cases.of_meeting(store, meeting.meeting_id)
    answered = {each.question_id: each.answered_at for each in questions.of_meeting(store, meeting.meeting_id)}
    came = {each.case_ref: each for each in known if each.came_in(version)}
    changed = []
    for each in found.cases:
        at = answered.get(question_of(store.key, meeting, each.case_ref, found.hashes[each.case_ref]))
        if each.case_ref not in came and (at is None or at > released.released_at):
            changed.append(each.case_ref)
    were = {ref for ref, each in came.items() if any(each.stood_in(before) for before in range(1, version))}
    new = tuple(each.case_ref for each in found.cases if each.case_ref in came.keys() - were)
    back = tuple(each.case_ref for each in found.cases if each.case_ref in were)
    out = [each.case_ref for each in known if each.went_out(version)]
    return Changes(new, back, tuple(changed), tuple(out), tuple(left))
