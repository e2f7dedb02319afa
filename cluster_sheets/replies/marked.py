"""The marked-up copy: our own form again, with a school's answers in it and the faults marked. Pure: values to bytes.

Never: the sender's file itself, or a place in it: every cell named is one of the copy.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cluster_sheets.form.declared import Form
from cluster_sheets.form.filled import Fault, Filled, Scheme, Stamp
from cluster_sheets.form.keys import column_names
from cluster_sheets.form.kind import Percent, Raw, as_text, is_blank
from cluster_sheets.form.layout import Layout, layout
from cluster_sheets.replies import wording
from cluster_sheets.replies.told import Item

if TYPE_CHECKING:
    from cluster_sheets.reading.raw import RawForm

SHOWN = 20
"""Things to mend shown at once; the rest are counted (a longer list is not read)."""


def layout_of(form: Form, raw: "RawForm") -> Layout:
    """Where everything will stand in the copy of these answers."""
    return layout(form, {table: len(lines) for table, lines in raw.lines.items()})


def shown(items: Sequence[Item]) -> tuple[tuple[Item, ...], int]:
    """(the first things to mend, with notes while there is room, in the form's order; how many more are to mend)."""
    first = [each for each in items if each.to_mend][:SHOWN]
    room = SHOWN - len(first)
    kept = {id(each) for each in (*first, *[each for each in items if not each.to_mend][:room])}
    more = sum(each.to_mend for each in items) - len(first)
    return tuple(each for each in items if id(each) in kept), more


@dataclass(frozen=True, slots=True)
class Back:
    """What stands at the head of a copy, and what it takes from elsewhere."""

    scheme: Scheme
    stamp: Stamp
    """Of the form; its id stays the same."""
    lead: str
    """Row 2 of the first sheet."""
    mailbox: str
    """Where it is to be sent."""
    deadline: str
    """By when, in words; empty where there is none."""


def marked_up(form: Form, raw: "RawForm", items: Sequence[Item], back: Back) -> bytes:
    """The copy as a workbook; ``items`` are what it tells, their places those of the copy (``told.as_copied``)."""
    from cluster_sheets.form.template import template

    first, more = shown(items)
    answers, lines = _own(form, raw), _lines(form, raw)
    faults = (*_homeless(form, raw, back.stamp.version), *(_fault(each) for each in first))
    status = wording.returned_status(back.mailbox, back.deadline, _kept(answers, lines, items))
    return template(form, Filled(back.scheme, back.stamp, back.lead, status, answers, lines, faults, more))


def _fault(item: Item) -> Fault:
    first, *also = item.lines
    return Fault(
        key=item.key,
        line=first,
        sheet=item.sheet,
        found=item.found,
        mend=item.mend,
        example=item.example[:1].upper() + item.example[1:] if " " in item.example else item.example,
        only_told=not item.to_mend,
        also=tuple(also),
    )


def _own(form: Form, raw: "RawForm") -> dict[str, Raw]:
    kinds = {each.name: each.kind for sheet in form.sheets for each in sheet.fields}
    percents = {tuple(place) for place in raw.percents}
    return {name: _as_typed(kinds[name], told, percents) for name, told in raw.answers.items() if name in kinds}


def _lines(form: Form, raw: "RawForm") -> dict[str, list[dict[str, Raw]]]:
    percents = {tuple(place) for place in raw.percents}
    made = {}
    for table in form.tables:
        kinds = {each.name: each.kind for each in table.columns}
        made[table.name] = [
            {name: _as_typed(kinds[name], told, percents) for name, told in line.items() if name in kinds}
            for line in raw.lines.get(table.name, ())
        ]
    return made


def _as_typed(kind: str, told: Sequence[Any], percents: set[tuple[str, ...]]) -> Raw:
    """An answer as it goes back: 0.94 in a cell of percentage format read 94% to whoever typed it."""
    sheet, cell, raw = told
    if (sheet, cell) in percents and isinstance(raw, int | float):
        return float(f"{raw * 100:.6f}") if kind == "percent" else as_text(Percent(raw))
    return raw  # type: ignore[no-any-return]


def _kept(answers: Mapping[str, Raw], lines: Mapping[str, Sequence[Mapping[str, Raw]]], items: Sequence[Item]) -> int:
    """How many answers stand as they are."""
    faulty = {(each.key, line) for each in items if each.to_mend for line in each.lines}
    own = sum(not is_blank(raw) and (name, 0) not in faulty for name, raw in answers.items())
    return own + sum(
        not is_blank(raw) and (f"{table}.{name}", number) not in faulty
        for table, rows in lines.items()
        for number, line in enumerate(rows)
        for name, raw in line.items()
    )


def _homeless(form: Form, raw: "RawForm", version: str) -> Iterator[Fault]:
    """A word about answers that this version of the form does not ask for, or that stand outside its tables."""
    computed = {cell.key for table in form.tables for cell in table.computed}
    strange = [told for name, told in raw.answers.items() if not form.has(name) and name not in computed]
    columns = {table.name: set(column_names(table)) for table in form.tables}
    for table, lines in raw.lines.items():
        strange += [told for line in lines for name, told in line.items() if name not in columns.get(table, ())]
    places = [f"‘{sheet}’ {cell}" for sheet, cell, given in strange if not is_blank(given)]
    places += [f"‘{sheet}’ {cell}" for sheet, cell in (*raw.below, *raw.beside, *raw.typed_over(version))]
    if places:
        found, mend = wording.not_in_copy(places)
        yield Fault("", 0, "", found, mend, "", only_told=True)
