"""All findings of a batch: every rule asked, every broken line brought back to its file, sheet and cell.

One frame of true-or-false columns a level is checked by one pandera schema, lazily: a few milliseconds for a batch of
a thousand, where a schema a workbook would cost most of a second each.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from cluster_sheets.base.cell import position
from cluster_sheets.base.date import in_words
from cluster_sheets.base.finding import Finding, Place
from cluster_sheets.base.money import pounds
from cluster_sheets.checks import costs, declared, pupils, schools, texts
from cluster_sheets.checks.contract import SchemaErrors, pa
from cluster_sheets.checks.declared import Judged
from cluster_sheets.checks.sight import Sight
from cluster_sheets.checks.world import Arrival, World
from cluster_sheets.form.declared import Form
from cluster_sheets.form.kind import shown
from cluster_sheets.reading.frames import Frames, column_type
from cluster_sheets.reading.typed import FORM, Line, TypedForm


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A finding before it is placed: which rule, of which form, at which line (None: of the form as a whole)."""

    judged: Judged
    unit: int
    line: int | None
    row: int
    """Its row in the frame of its level."""


def findings(form: Form, frames: Frames, arrivals: Sequence[Arrival], world: World) -> list[tuple[Finding, ...]]:
    """For each form of the batch, every finding in the order a reader meets its cell."""
    sight = Sight(form, frames, arrivals, world)
    emptied = _empty(sight)
    spoken: list[_Spoken] = []
    rules = list(_all(sight, [each for _, each in emptied]))
    for level in sight.cells:
        spoken += _broken(sight, level, [each for each in rules if each.level == level])
    return _placed(sight, spoken, emptied)


def _all(sight: Sight, emptied: Iterable[Judged]) -> Iterator[Judged]:
    """Every rule, in the order that masks depend on one another."""
    known = {each.code: each for each in emptied}
    yield from declared.out_of_place(sight)
    costs.add_line_totals(sight)
    yield from declared.left_blank(sight)
    yield from declared.answered_no(sight)
    for each in declared.judged(sight):
        yield known.get(each.code, each)
    for room in (costs, schools, pupils, texts):
        yield from room.judged(sight)


def _empty(sight: Sight) -> list[tuple[str, Judged]]:
    """Tables that must be empty and are not: their lines count as not parsed."""
    found = list(declared.emptied(sight))
    for table, each in found:
        wrong = sight.spread(table, each.broken)
        for name in sight.faulty[table]:
            sight.faulty[table][name] |= wrong
    return found


def schema(sight: Sight, level: str, rules: Sequence[str]) -> pa.DataFrameSchema:
    """The contract of one table: the declared type of each column, and that no rule is broken on any line."""
    typed = {
        field.name: pa.Column(column_type(field.kind), nullable=True)
        for field in sight.form.fields
        if field.table == level
    }
    broken = {name: pa.Column(bool, pa.Check(lambda held: held, name=name)) for name in rules}
    return pa.DataFrameSchema({**typed, **broken})


def _broken(sight: Sight, level: str, rules: Sequence[Judged]) -> list[_Spoken]:
    """Where the rules of one level are broken, as pandera tells it; a rule nobody broke needs no column."""
    rules = [each for each in rules if each.broken.any()]
    names = [f"{number}: {each.code}" for number, each in enumerate(rules)]
    held = {name: ~each.broken for name, each in zip(names, rules, strict=True)}
    frame = pd.concat([sight.cells[level], pd.DataFrame(held, index=sight.index(level))], axis=1)
    try:
        schema(sight, level, names).validate(frame, lazy=True)
    except SchemaErrors as refused:
        cases = refused.failure_cases
        if not cases["column"].isin(names).all():
            raise
        by_name = dict(zip(names, rules, strict=True))
        table = sight.frames.tables[level]
        return [
            _Spoken(by_name[column], int(table.unit[row]), None if level == FORM else int(table.line[row]), int(row))
            for column, row in zip(cases["column"], cases["index"], strict=True)
        ]
    return []


def _placed(
    sight: Sight, spoken: Sequence[_Spoken], emptied: Sequence[tuple[str, Judged]]
) -> list[tuple[Finding, ...]]:
    silenced = _silenced(sight.form, spoken)
    closed = {(unit, table) for table, each in emptied for unit in np.flatnonzero(each.broken).tolist()}
    emptying = {each.code for _, each in emptied}
    made: list[dict[tuple[int, int, int, str], Finding]] = [{} for _ in sight.frames.forms]
    order = _Order(sight.form)
    out_of_place = set()
    for each in spoken:
        if (each.judged.code, each.unit, each.line) in silenced:
            continue
        table, _, _ = each.judged.key.rpartition(".")
        about = table or (each.judged.key if each.judged.key in sight.cells else FORM)
        if (each.unit, about) in closed and each.judged.code not in emptying:
            continue
        finding = _finding(sight, each)
        made[each.unit][order.of(finding)] = finding
        if finding.code == "must-be-blank":
            out_of_place.add((each.unit, finding.place))
    for unit, form in enumerate(sight.frames.forms):
        for finding in form.findings:
            shut = (unit, finding.field.rpartition(".")[0]) in closed and "." in finding.field
            hushed = (unit, finding.place.sheet, finding.place.cell) in sight.hushed
            if not shut and not hushed and (unit, finding.place) not in out_of_place:
                made[unit][order.of(finding)] = finding
    return [tuple(found[key] for key in sorted(found)) for found in made]


def _silenced(form: Form, spoken: Sequence[_Spoken]) -> set[tuple[str, int, int | None]]:
    """Findings that keep silent because another rule has said it of the same line, or of the form."""
    said = {(each.judged.code, each.unit, each.line) for each in spoken}
    return {
        (each.judged.code, each.unit, each.line)
        for each in spoken
        for other in form.rule(each.judged.code).silent_where
        if (other, each.unit, each.line) in said or (other, each.unit, None) in said
    }


class _Order:
    """The order of a reader: sheets as declared, then rows, then columns."""

    def __init__(self, form: Form) -> None:
        sheets = {sheet.name: number for number, sheet in enumerate(form.sheets, start=1)}
        self._sheets = {field.key: sheets[field.sheet] for field in form.fields}
        for table in form.tables:
            self._sheets[table.name] = sheets[table.sheet]
            self._sheets |= {cell.key: sheets[table.sheet] for cell in table.computed}

    def of(self, finding: Finding) -> tuple[int, int, int, str]:
        """Where a finding stands among the others of its form."""
        row, column = position(finding.place.cell) if finding.place.cell else (-1, -1)
        return self._sheets.get(finding.field, 0), row, column, f"{finding.code} {finding.field}"


def in_order(form: Form, found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings of one form in the order of a reader; those about the whole file first."""
    listed = tuple(found)
    return tuple(sorted(listed, key=_Order(form).of)) if len(listed) > 1 else listed


def _finding(sight: Sight, spoken: _Spoken) -> Finding:
    form, judged = sight.frames.forms[spoken.unit], spoken.judged
    sheet, cell = _spot(form, spoken)
    finding = Finding(Place(form.file, sheet, cell), judged.code, sight.form.severity(judged.code), judged.key)
    what = "".join(sight.form.wording(judged.code).told({"typed": "{typed}", "limit": "{limit}", "other": "{other}"}))
    blanks = {"typed": _typed(sight, spoken), "limit": _limit(sight, spoken), "other": _other(spoken)}
    return replace(
        finding, detail=tuple((name, told) for name, told in blanks.items() if f"{{{name}}}" in what and told)
    )


def _spot(form: TypedForm, spoken: _Spoken) -> tuple[str, str]:
    table, _, name = spoken.judged.key.rpartition(".")
    if spoken.line is not None:
        line: Line | None = form.lines[spoken.judged.level][spoken.line]
    elif table and spoken.judged.key not in form.own.row:
        line = next(iter(form.lines[table]), None)
    else:
        line, name = form.own, spoken.judged.key
    if line is not None and (place := line.place(name)):
        return place
    return form.first.get(table or spoken.judged.key, ("", ""))


def _typed(sight: Sight, spoken: _Spoken) -> str:
    key, level = spoken.judged.key, spoken.judged.level
    if not sight.form.has(key) or sight.form.field(key).table != level:
        return ""
    field = sight.form.field(key)
    line = sight.frames.forms[spoken.unit].lines[level][spoken.line or 0]
    text = line.typed.get(field.name) or shown(field, line.answers.get(field.name))
    return text if field.kind == "money" or text.startswith("‘") else f"‘{text}’"


def _limit(sight: Sight, spoken: _Spoken) -> str:
    limit = sight.form.rule(spoken.judged.code).limit
    if limit is None:
        return ""
    if spoken.judged.limit is not None:
        day = spoken.judged.limit[spoken.unit]
        return in_words(day.date()) if isinstance(day, pd.Timestamp) else ""
    return sight.world.words(limit.name) if limit.kind == "setting" else f"{limit.number:,}"


def _other(spoken: _Spoken) -> str:
    if spoken.judged.other is None or pd.isna(spoken.judged.other[spoken.row]):
        return ""
    return pounds(int(spoken.judged.other[spoken.row]))
