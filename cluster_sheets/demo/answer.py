"""Answer: what the admin and the chair do by hand, done by the demo: review questions, and a meeting's decisions.

In: the workbooks as the night left them. Out: the same with answers in their boxes, saved as a person would.
"""

import io
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from cluster_sheets.anonymise.kinds import TAKE_OUT
from cluster_sheets.anonymise.review_view import ACCEPT, BLUR, BY_KIND, FACT, HELD, NAME, READY, REDACTION, RETURN, YES
from cluster_sheets.form.kind import Raw
from cluster_sheets.form.shipped import schema_text
from cluster_sheets.panel.decisions.book import made
from cluster_sheets.panel.decisions.view import ADVICE, Asked, Typed, View
from cluster_sheets.panel.decisions.workbook import declared
from cluster_sheets.store.file import PRIVATE, write_whole

_ANSWERS = {HELD: ACCEPT, REDACTION: TAKE_OUT, FACT: BLUR, READY: YES}
_SENT_BACK = "VAT"
"""A held request whose findings speak of it goes back to the school."""
_SHARE = 80
"""Per cent of what is left of a fund that may go in one meeting."""


@cache
def _words() -> Mapping[str, Any]:
    told: Mapping[str, Any] = tomllib.loads(schema_text("demo/common.toml"))["meeting"]
    return told


def review(path: Path) -> Counter[str]:
    """Answers every open question of a review workbook; how many of each kind."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    given: Counter[str] = Counter()
    for sheet in book.worksheets:
        sort = BY_KIND.get(str(sheet["A1"].value or ""))
        for row in sheet.iter_rows(min_row=5):
            key = str(row[0].value or "")
            if key == NAME:
                row[2].value = _words()["admin"]
            if sort and "|" in key and key.endswith("|"):
                back = sort.kind == HELD and any(_SENT_BACK in str(cell.value or "") for cell in row)
                row[len(sort.headings) + 2].value = sort.shown(RETURN if back else _ANSWERS[sort.kind])
                given[sort.kind] += 1
    if given:
        saved = io.BytesIO()
        book.save(saved)
        write_whole(path, saved.getvalue(), PRIVATE)
    return given


def decide(path: Path, view: View, key: bytes, present: int) -> Counter[str]:
    """Types a meeting's example decisions into its workbook; how many of each outcome.

    The workbook is written anew with them, as Excel would save it: every sum beside a box is worked out again.
    """
    form = declared()
    labels = form.field("decided.outcome")
    decided = decisions(view.cases, _room(view))
    lines = {
        case.case_ref: each | {"outcome": labels.label_of(str(each["outcome"]))}
        for case, each in zip(view.cases, decided, strict=True)
    }
    own = {
        "held_on": view.meeting.day,
        "present": float(present),
        "chair_name": _words()["chair"],
        "confirmed": "Yes",
    }
    write_whole(path, made(form, view, view.mark(key), Typed(own, lines)))
    return Counter(str(each["outcome"]) for each in decided)


def _room(view: View) -> dict[tuple[str, str], int]:
    """Pence of each fund that this meeting may give: a part of what is left in the year that has least."""
    room: dict[tuple[str, str], int] = {}
    for (cluster, pot, _), pence in view.left.items():
        room[cluster, pot] = min(room.get((cluster, pot), pence), pence)
    return {fund: pence * _SHARE // 100 for fund, pence in room.items()}


def decisions(cases: Sequence[Asked], room: Mapping[tuple[str, str], int]) -> list[dict[str, Raw]]:
    """EXAMPLE decisions on cases in their order: most agreed, some for less, some not, none beyond its fund."""
    left = dict(room)
    made = []
    for place, case in enumerate(cases):
        decided = _decided(place, case, left.get(case.fund, 0) if case.fund else 0)
        award = decided.get("award")
        if case.fund and isinstance(award, float):
            left[case.fund] -= round(award * 100)
        made.append(decided)
    return made


def _decided(place: int, case: Asked, left: int) -> dict[str, Raw]:
    if case.purpose == ADVICE or case.fund is None:
        return {"outcome": "ADVICE_ONLY"}
    if case.asked_pence > left:
        return {"outcome": "DEFERRED", "feedback": _one_of("deferred", place)}
    if place % 9 == 4:
        return {"outcome": "NOT_AGREED", "feedback": _one_of("not_agreed", place)}
    if place % 5 == 2 and case.least_pence and case.least_pence < case.asked_pence:
        return {"outcome": "AGREED_LESS", "award": case.least_pence / 100, "feedback": _one_of("less", place)}
    if place % 7 == 5:
        conditions = _one_of("conditions", place)
        return {"outcome": "AGREED_WITH_CONDITIONS", "award": case.asked_pence / 100, "conditions": conditions}
    return {"outcome": "AGREED", "award": case.asked_pence / 100}


def _one_of(name: str, place: int) -> str:
    choices: list[str] = _words()[name]
    return choices[place % len(choices)]
