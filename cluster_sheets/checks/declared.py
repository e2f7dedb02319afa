"""The rules that are data: asked of a whole batch at once, as one true-or-false column each."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cluster_sheets.checks.sight import Sight, compared, everywhere
from cluster_sheets.form.declared import Field, Form
from cluster_sheets.form.rule import Comparison, Rule, Term, Unique
from cluster_sheets.reading.frames import FIGURE_TYPE, Mask, series
from cluster_sheets.reading.typed import FORM


@dataclass(frozen=True, slots=True)
class Judged:
    """What one rule found at one level: where it is broken, and what its sentence needs."""

    code: str
    level: str
    key: str
    """The answer, or the table, a finding points at."""
    broken: Mask
    limit: pd.Series | None = None
    """A date to name in the sentence, by form; other limits are the same for all."""
    other: pd.Series | None = None
    """Pence of the figure it should agree with, by line of the level."""


def level_of(form: Form, rule: Rule) -> str:
    """The table a rule is asked of line by line, or FORM where it speaks of the form or of a table as a whole."""
    table, _, name = rule.about.rpartition(".")
    if not name or not form.has(rule.about) or not isinstance(rule.test, Comparison):
        return FORM if not (isinstance(rule.test, Unique) and table) else table
    whole = any(term.kind in ("sum", "rows", "characters") for term in rule.test.terms)
    return FORM if whole else table


def judged(sight: Sight) -> Iterator[Judged]:
    """Every rule of the declaration that has a test."""
    for rule in sight.form.rules:
        if isinstance(rule.test, Unique):
            yield Judged(rule.code, level_of(sight.form, rule), rule.about, _repeated(sight, rule.test))
        elif rule.test is not None:
            yield _compared(sight, rule, rule.test)


def emptied(sight: Sight) -> Iterator[tuple[str, Judged]]:
    """(table, finding) of each rule that says a table must be empty: nothing else is judged in one that is not."""
    for rule in sight.form.rules:
        match rule.test:
            case Comparison(terms=(Term(kind="rows", name=table), Term(kind="number", number=0)), operators=("=",)):
                yield table, _compared(sight, rule, rule.test)
            case _:
                continue


def out_of_place(sight: Sight) -> Iterator[Judged]:
    """Answers that must be blank; each counts as not parsed from then on, so those declared first are judged first."""
    for field in sight.form.fields:
        if not field.forbidden.never:
            holds, _ = sight.holds(field.forbidden, field.table)
            given = ~sight.has_none(field.key, field.table) | sight.is_faulty(field.key, field.table)
            wrong = _found(sight, field, holds & given)
            sight.faulty[field.table][field.name] |= wrong
            yield Judged("must-be-blank", field.table, field.key, wrong)


def left_blank(sight: Sight) -> Iterator[Judged]:
    """Answers that are wanted and not given."""
    for field in sight.form.fields:
        if not field.required.never:
            holds = everywhere(sight.index(field.table), holds=True)
            if not field.required.always:
                holds, _ = sight.holds(field.required, field.table)
            yield Judged("blank", field.table, field.key, holds & sight.is_blank(field.key, field.table))


def answered_no(sight: Sight) -> Iterator[Judged]:
    """Answers that must be Yes and are No."""
    for key in sight.form.rule("must-be-yes").fields:
        level, _ = sight.split(key)
        no = compared(sight.value(key, level), "=", "NO")
        yield Judged("must-be-yes", level, key, no & sight.parsed(key, level))


def _found(sight: Sight, field: Field, lines: Mask) -> Mask:
    """Those of ``lines`` that have the question: where it has gone from the form, that is all there is to say of it."""
    table = sight.frames.tables[field.table]
    kept = lines.copy()
    for row in np.flatnonzero(lines):
        form = sight.frames.forms[table.unit[row]]
        kept[row] = field.name in form.lines[field.table][table.line[row]].row
    return kept


def _repeated(sight: Sight, test: Unique) -> Mask:
    """Lines whose value stands on an earlier line of the same form."""
    table, name = sight.split(test.column)
    values = sight.cells[table][name].where(sight.parsed(test.column, table))
    seen = pd.DataFrame({"unit": sight.unit(table), "value": values})
    return (seen.duplicated(keep="first") & values.notna()).to_numpy()


def _compared(sight: Sight, rule: Rule, test: Comparison) -> Judged:
    level = level_of(sight.form, rule)
    asked = sight.all_parsed(rule.needs, level)
    if rule.when is not None:
        holds, _ = sight.holds(rule.when, level)
        asked &= holds
    good = everywhere(sight.index(level), holds=True)
    values = [_value(sight, term, test, level) for term in test.terms]
    for value in values:
        if isinstance(value, pd.Series):
            asked &= value.notna().to_numpy()
    for operator, left, right in zip(test.operators, values, values[1:], strict=False):
        good &= _holds(left, operator, right, sight.index(level))
    broken = asked & ~good
    limit = _limit(sight, rule) if broken.any() else None
    other = values[0] if test.terms[0].kind == "sum" and isinstance(values[0], pd.Series) else None
    return Judged(rule.code, level, rule.about, broken, limit, other)


def _holds(left: object, operator: str, right: object, index: pd.Index) -> Mask:
    first = left if isinstance(left, pd.Series) else pd.Series([left] * len(index), index)
    if operator == "in":
        return first.isin(right).to_numpy() if isinstance(right, tuple) else everywhere(index, holds=False)
    return compared(first, operator, right)


def _limit(sight: Sight, rule: Rule) -> pd.Series | None:
    """The dates a sentence names, where the limit is one."""
    if rule.limit is None or rule.limit.kind not in ("environment", "year_end"):
        return None
    if rule.limit.kind == "environment":
        return sight.environment(rule.limit.name)
    return sight.year_end(sight.value(rule.limit.name, FORM))


def _value(sight: Sight, term: Term, test: Comparison, level: str) -> object:
    """A term as one value, a tuple (a list of a setting), or a series of the level."""
    match term.kind:
        case "number":
            return term.number
        case "code":
            return term.name
        case "setting":
            listed = test.operators == ("in",)
            return sight.world.listed(term.name) if listed else sight.world.number(term.name)
        case _:
            return _series(sight, term, level)


def _series(sight: Sight, term: Term, level: str) -> pd.Series:
    match term.kind:
        case "answer":
            value, faulty = sight.value(term.name, level), sight.is_faulty(term.name, level)
            return value.mask(faulty) if faulty.any() else value
        case "environment":
            return sight.at(level, sight.environment(term.name))
        case "rows":
            return sight.at(level, sight.rows(term.name))
        case "days":
            until = _series(sight, Term(_kind(term.second), term.second), level)
            since = _series(sight, Term(_kind(term.name), term.name), level)
            return (until - since).dt.days.astype("Int64")
        case "year_end":
            return sight.year_end(sight.value(term.name, level))
        case "characters":
            return _characters(sight, term)
        case _:
            return summed(sight, term.name, term)


def _kind(name: str) -> str:
    return "environment" if name in ("received_on", "first_received_on") else "answer"


def summed(sight: Sight, key: str, term: Term | None = None) -> pd.Series:
    """Sum of a column over the used lines of each form, of those alone that the term's condition holds for."""
    table, name = sight.split(key)
    values, unit = sight.cells[table][name].to_numpy(dtype="int64", na_value=0), sight.unit(table)
    if term is not None and not term.where.never:
        holds, _ = sight.holds(term.where, table)
        values, unit = values[holds], unit[holds]
    total = np.zeros(sight.size, "int64")
    np.add.at(total, unit, values)
    return sight.counted(table, total)


def _characters(sight: Sight, term: Term) -> pd.Series:
    """All the text in the boxes and tables a term names, a box over its own limit too."""
    counts = []
    for form in sight.frames.forms:
        own = sum(form.own.lengths.get(name, 0) for name in term.names)
        lines = [line for name in term.names for line in form.lines.get(name, ())]
        counts.append(own + sum(sum(line.lengths.values()) for line in lines))
    return series(counts, FIGURE_TYPE, pd.RangeIndex(sight.size))
