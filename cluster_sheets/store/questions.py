"""Questions: what the admin is asked in the review workbook, and what the answer was; their words lie sealed."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cluster_sheets.store import drawer, moment
from cluster_sheets.store.database import Store
from cluster_sheets.store.keys import listed
from cluster_sheets.store.table import Table

REMEMBER = "accept-and-remember"
"""Answer to a held submission: accept it, and propose its sender's address for the register."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of one meeting's review."""

    question_id: str
    """The same on every run for the same unit, box and words, so that no answer is lost."""
    meeting: str
    unit_id: str
    application_ref: str | None
    kind: str
    """``redaction``, ``held`` (accept or return?), ``fact`` (blur or show?) or ``ready`` (has the admin read it?)."""
    code: str
    """Of the finding, the pattern or the fact."""
    box: str = ""
    start: int = 0
    stop: int = 0
    answer: str | None = None
    """A code; an answer in words goes into the text."""
    answered_at: datetime | None = None


_TABLE = Table(
    "cluster.question", Question, ("question_id",), {"answered_at": (moment.told_or_none, moment.read_or_none)}
)
_IN_ORDER = "ORDER BY kind, application_ref, unit_id, box, start, question_id"
_ANSWER = "UPDATE cluster.question SET answer = ?, answered_at = ? WHERE question_id = ?"


def add_many(store: Store, questions: Iterable[tuple[Question, Mapping[str, str]]]) -> int:
    """Keeps new questions with their words (such as the sentence about it); a known one keeps its answer.

    How many were new. A known one is moved to the meeting now named.
    """
    wanted = list(questions)
    new = store.write(_TABLE.insert_new, _TABLE.written([each for each, _ in wanted]))
    moved = [(each.meeting, each.application_ref, each.question_id) for each, _ in wanted]
    store.write("UPDATE cluster.question SET meeting = ?, application_ref = ? WHERE question_id = ?", moved)
    put_texts(store, [(each.question_id, each.unit_id, text) for each, text in wanted])
    return new


def put_texts(store: Store, texts: Iterable[tuple[str, str, Mapping[str, str]]]) -> None:
    """Keeps the words of questions (question, unit, text by name), in place of earlier ones."""
    told = ((question_id, unit_id, json.dumps(dict(text))) for question_id, unit_id, text in texts)
    drawer.put_many(store, drawer.QUESTION_TEXT, told)


def texts(store: Store, question_ids: Collection[str]) -> dict[str, dict[str, str]]:
    """The words of these questions; those erased are left out."""
    return {each: json.loads(text) for each, text in drawer.get_many(store, drawer.QUESTION_TEXT, question_ids).items()}


def answer_many(store: Store, answers: Iterable[tuple[str, str | None]], at: datetime) -> None:
    """Keeps answers (question, code); None takes an answer back."""
    told = moment.told(at)
    store.write(_ANSWER, [(answer, None if answer is None else told, question_id) for question_id, answer in answers])


def get_many(store: Store, question_ids: Collection[str]) -> dict[str, Question]:
    """The questions of these ids; unknown ids are left out."""
    rows = store.ask(f"{_TABLE.select} WHERE question_id IN (SELECT value FROM json_each(?))", (listed(question_ids),))
    return {each.question_id: each for each in _TABLE.read(rows)}


def how_many(store: Store) -> dict[str, int]:
    """How many questions of each meeting are kept, answered or not, by id; blank where no meeting was to come."""
    return dict(store.ask("SELECT meeting, COUNT(*) FROM cluster.question GROUP BY 1 ORDER BY 1"))


def of_meeting(store: Store, meeting: str) -> tuple[Question, ...]:
    """All questions of a meeting, answered or not, in the order of its review."""
    return _TABLE.read(store.ask(f"{_TABLE.select} WHERE meeting = ? {_IN_ORDER}", (meeting,)))


def of_units(store: Store, unit_ids: Collection[str]) -> tuple[Question, ...]:
    """All questions about these units."""
    return _TABLE.read(
        store.ask(f"{_TABLE.select} WHERE unit_id IN (SELECT value FROM json_each(?)) {_IN_ORDER}", (listed(unit_ids),))
    )


def answered_so(store: Store, answer: str) -> tuple[tuple[str, datetime], ...]:
    """(unit, when) of the questions with this answer, in the order they were answered."""
    rows = store.ask(
        "SELECT unit_id, answered_at FROM cluster.question WHERE answer = ? ORDER BY answered_at, question_id",
        (answer,),
    )
    return tuple((unit_id, moment.read(at)) for unit_id, at in rows)


def texts_answered(store: Store, answer: str) -> dict[str, dict[str, str]]:
    """The words of every question with this answer, in whatever meeting; those erased are left out."""
    rows = store.ask("SELECT question_id FROM cluster.question WHERE answer = ? ORDER BY question_id", (answer,))
    return texts(store, [question_id for (question_id,) in rows])


def answers_of(store: Store, question_ids: Collection[str]) -> dict[str, str]:
    """The answers to these questions; those without one are left out."""
    rows = store.ask(
        "SELECT question_id, answer FROM cluster.question WHERE answer IS NOT NULL"
        " AND question_id IN (SELECT value FROM json_each(?))",
        (listed(question_ids),),
    )
    return dict(rows)


def left_open(store: Store) -> dict[str, int]:
    """How many questions of each meeting wait for an answer; meetings without any are left out."""
    return dict(store.ask("SELECT meeting, COUNT(*) FROM cluster.question WHERE answer IS NULL GROUP BY 1 ORDER BY 1"))


def drop_open(store: Store, unit_ids: Collection[str]) -> None:
    """Removes the unanswered questions about units that were superseded."""
    open_ones = [(each.question_id,) for each in of_units(store, unit_ids) if each.answer is None]
    store.write("DELETE FROM question_text WHERE question_id = ?", open_ones)
    store.write("DELETE FROM cluster.question WHERE question_id = ?", open_ones)


def drop_unasked(store: Store, kind: str, unit_ids: Collection[str], asked: Collection[str]) -> None:
    """Removes the unanswered questions of a kind about these units that are no longer asked."""
    still = set(asked)
    gone = [
        (each.question_id,)
        for each in of_units(store, unit_ids)
        if each.kind == kind and each.answer is None and each.question_id not in still
    ]
    store.write("DELETE FROM question_text WHERE question_id = ?", gone)
    store.write("DELETE FROM cluster.question WHERE question_id = ?", gone)


def of_kind(store: Store, kind: str) -> dict[str, int]:
    """How many questions of a kind were asked for each meeting, answered or not."""
    rows = store.ask("SELECT meeting, COUNT(*) FROM cluster.question WHERE kind = ? GROUP BY 1 ORDER BY 1", (kind,))
    return dict(rows)
