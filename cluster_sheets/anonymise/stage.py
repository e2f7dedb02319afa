"""Anonymise, the stage: redacts the cases of a night, asks what is uncertain, applies what was answered.

In: applications with answers in the store, the register and its finder, and a tagger where one has a vote.
Out: redactions and ``redaction`` questions.
Never: asks again what was answered of an unchanged sentence, or keeps a redaction of another register or tagger.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import partial

from cluster_sheets import __version__
from cluster_sheets.anonymise.kinds import KEEP_ALWAYS, KINDS
from cluster_sheets.anonymise.known import Finder
from cluster_sheets.anonymise.normal import spelt
from cluster_sheets.anonymise.redact import Doubt, Redacted, own_values, redacted, texts_of
from cluster_sheets.anonymise.vote import Tagger, votes
from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.base.record import Record
from cluster_sheets.base.reference import digest, keyed_hash
from cluster_sheets.form.declared import Form
from cluster_sheets.register.model import Register
from cluster_sheets.store import answers, applications, audit, cases, meta, moment, questions, redactions, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.questions import Question
from cluster_sheets.store.units import Unit

REDACTION = "redaction"
_UNDER = "redacted-under-"
"""Of a meeting: the register and version its cases were redacted by."""
_VOTED = "tagger-voted"
"""In the audit: a tagger had a vote; among the facts: the last night in which one had."""
_CHUNK = 100
Placed = tuple[Unit, str]
"""A unit and the meeting its case stands in."""


def anonymise(
    store: Store,
    register: Register,
    form: Form,
    finder: Callable[[], Finder],
    application_refs: Collection[str],
    as_of: datetime,
    progress: Progress = silent,
    tagger: Tagger | None = None,
) -> None:
    """Redacts the free text of these applications, keeps it, and asks what is uncertain.

    Done anew where the admin has answered since, where another submission stands, and where the register or the
    tagger changed. The finder is made, and the tagger asked, only if there is something to do.
    """
    placed, rare = _placed(store, application_refs), frozenset(register.settings.listed("rare_needs"))
    never_names = _never_names(store)
    under = f"{register.sha256} {__version__}"
    if never_names:
        under += f" {keyed_hash(store.key, 'never-names', *sorted(never_names))}"
    if tagger is not None:
        under += f" {tagger.mark}"
    _forget_stale(store, under, placed)
    done = redactions.those_kept(store)
    due = [each for each in placed if each[0].unit_id not in done]
    for start in range(0, len(due), _CHUNK):
        chunk = due[start : start + _CHUNK]
        records = answers.get_many(store, [unit.unit_id for unit, _ in chunk])
        with store.transaction():
            redact = partial(redacted, form, finder=finder(), needs=rare, never_names=never_names)
            if tagger is not None:
                _note(store, tagger, as_of)
            some = [each for each in chunk if each[0].unit_id in records]
            _keep(store, form, redact, never_names, some, records, tagger)
        progress("Taking names out", start + len(chunk), len(due))


def own_of_all(store: Store, form: Form) -> frozenset[str]:
    """What the forms of all applications say of people: what no file for the panel may hold."""
    units_of = [each.current_unit for each in applications.everything(store)]
    records = answers.get_many(store, units_of).values()
    return frozenset(value for record in records for value in own_values(form, record))


def _placed(store: Store, application_refs: Collection[str]) -> list[Placed]:
    """The unit that stands for each application, with the meeting it is asked about for."""
    wanted = applications.get_many(store, application_refs)
    found = units.get_many(store, [each.current_unit for each in wanted.values()])
    standing = cases.of_applications(store, application_refs)
    placed = []
    for ref in sorted(wanted):
        if (unit := found.get(wanted[ref].current_unit)) is not None:
            meeting = standing[ref].meeting if ref in standing else wanted[ref].meeting or unit.meeting
            placed.append((unit, meeting or ""))
    return placed


def _forget_stale(store: Store, under: str, placed: Sequence[Placed]) -> None:
    meetings = sorted({meeting for _, meeting in placed})
    stale = {meeting for meeting in meetings if meta.get(store, _UNDER + meeting) != under}
    if not stale:
        return
    with store.transaction():
        redactions.forget_many(store, [unit.unit_id for unit, meeting in placed if meeting in stale])
        for meeting in sorted(stale):
            meta.put(store, _UNDER + meeting, under)


def _note(store: Store, tagger: Tagger, as_of: datetime) -> None:
    """The audit says once a night which tagger had a vote."""
    night = moment.told(as_of)
    if meta.get(store, _VOTED) != night:
        audit.append_many(store, [audit.Line(as_of, audit.NIGHT, _VOTED, str(tagger))])
        meta.put(store, _VOTED, night)


def _never_names(store: Store) -> frozenset[str]:
    """Words that the admin has said to keep in every application, as ``normal`` spells them."""
    return frozenset(spelt(told["words"]) for told in questions.texts_answered(store, KEEP_ALWAYS).values())


def _keep(
    store: Store,
    form: Form,
    redact: Callable[..., Redacted],
    never_names: frozenset[str],
    placed: Sequence[Placed],
    records: Mapping[str, Record],
    tagger: Tagger | None,
) -> None:
    voted = {unit.unit_id: votes(tagger, texts_of(form, records[unit.unit_id])) for unit, _ in placed}
    first = {unit_id: redact(records[unit_id], votes=voted[unit_id]) for unit_id in voted}
    ids = {unit.unit_id: _ids(store, unit, first[unit.unit_id]) for unit, _ in placed}
    given = questions.answers_of(store, [each for told in ids.values() for each in told.values()])
    texts, asked = [], []
    for unit, meeting in placed:
        doubts = ids[unit.unit_id]
        mine = {doubt.key: given[each] for doubt, each in doubts.items() if each in given}
        again = partial(redact, records[unit.unit_id], votes=voted[unit.unit_id])
        final = again(answers=mine) if mine else first[unit.unit_id]
        texts.append((unit.unit_id, final.texts))
        # One that was answered stays: there its answer can be taken back.
        open_ones = {doubt: each for doubt, each in doubts.items() if each in given or not doubt.is_of(never_names)}
        asked += [(_question(unit, meeting, doubt, each), _words(form, doubt)) for doubt, each in open_ones.items()]
    redactions.put_many(store, texts)
    still = [each.question_id for each, _ in asked]
    questions.drop_unasked(store, REDACTION, [unit.unit_id for unit, _ in placed], still)
    questions.add_many(store, asked)


def _ids(store: Store, unit: Unit, found: Redacted) -> dict[Doubt, str]:
    """Id of each doubt: keyed, over form, box, words and sentence, so that an unchanged sentence keeps its answer."""
    whose = unit.form_ref or unit.unit_id
    return {doubt: digest(store.key, "redaction", whose, *doubt.key).hex()[:24] for doubt in found.doubts}


def _question(unit: Unit, meeting: str, doubt: Doubt, question_id: str) -> Question:
    return Question(
        question_id,
        meeting,
        unit.unit_id,
        unit.application_ref,
        REDACTION,
        doubt.kind,
        doubt.box,
        doubt.start,
        doubt.stop,
    )


def _words(form: Form, doubt: Doubt) -> Mapping[str, str]:
    return {
        "question": form.label(doubt.box.partition("#")[0]),
        "sentence": doubt.sentence,
        "words": doubt.words,
        "why": KINDS[doubt.kind].asks,
        "placeholder": doubt.placeholder,
        "proposal": KINDS[doubt.kind].proposal,
    }
