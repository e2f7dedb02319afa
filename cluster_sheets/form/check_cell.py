"""The check beside each question: required, done, how many characters, whether it ties; live, with its value."""

from collections.abc import Mapping

from cluster_sheets.form.condition import Condition
from cluster_sheets.form.declared import Field, Form, Limit
from cluster_sheets.form.kind import Raw, Readers, as_text, is_blank
from cluster_sheets.form.layout import Layout
from cluster_sheets.form.rule import Comparison, Rule

REQUIRED, OPTIONAL, NOT_NEEDED, DONE = "Required", "Optional", "Not needed", "Done"
CLEAR = "CLEAR THIS"
_INITIALS, _SENTENCE = 2, 80
"""Letters: a box that is content with the first or takes less than the second is for a name or a number."""
TIES, APART = "Ties with", "DOES NOT TIE"
APART_WIDEST, COUNT_WIDEST = f"{APART}: £123,456.00 apart", "1,234 of 1,000: 234 over"
"""The longest that a check comes to say, for the height of its row."""


class Checks:
    """Checks of one workbook."""

    def __init__(self, layout: Layout, readers: Readers, answers: Mapping[str, Raw]) -> None:
        self.layout, self.form, self.readers = layout, layout.form, readers
        self._values = {
            each.name: None if is_blank(answers.get(each.name)) else readers.of(each)(answers[each.name])[0]
            for sheet in self.form.sheets
            for each in sheet.fields
        }

    def formula(self, field: Field, tie: Rule | None, total: str) -> str:
        """The formula of one question's check; ``total`` is the cell it must tie with."""
        cell = f"$C{self.layout.rows[field.name] + 1}"
        empty = self._empty(field)
        if is_counted(field):
            given = _counter(cell, *self.readers.bounds(field))
        elif tie is not None:
            sheet = self._sheet_of(tie)
            apart = f'"{APART}: £"&TEXT(ABS({cell}-{total}),"#,##0.00")&" apart"'
            given = f'IF(ISNUMBER({cell}),IF(ROUND({cell}-{total},2)=0,"{TIES} {sheet}",{apart}),"{DONE}")'
        else:
            given = f'"{DONE}"'
        if not field.forbidden.never:
            given = f'IF({self.excel(field.forbidden, field.sheet)},"{CLEAR}",{given})'
        return f'=IF({cell}="",{empty},{given})'

    def _empty(self, field: Field) -> str:
        if field.required.always:
            return f'"{REQUIRED}"'
        missing = f'"{OPTIONAL}"'
        if not field.forbidden.never:
            missing = f'IF({self.excel(field.forbidden, field.sheet)},"{NOT_NEEDED}",{missing})'
        if field.required.never:
            return missing
        return f'IF({self.excel(field.required, field.sheet)},"{REQUIRED}",{missing})'

    def value(self, field: Field, raw: Raw, tie: Rule | None, total: int) -> str:
        """What the formula shows; ``total`` in pence."""
        holds = {"required": self.holds(field.required), "forbidden": self.holds(field.forbidden)}
        if is_blank(raw):
            if holds["required"]:
                return REQUIRED
            return NOT_NEEDED if holds["forbidden"] else OPTIONAL
        if holds["forbidden"]:
            return CLEAR
        if is_counted(field):
            return _counted(len(as_text(raw)), *self.readers.bounds(field))
        if tie is not None and isinstance(raw, int | float):
            apart = abs(round(raw * 100) - total)
            return f"{TIES} {self._sheet_of(tie)}" if not apart else f"{APART}: £{apart / 100:,.2f} apart"
        return DONE

    def holds(self, condition: Condition) -> bool:
        """Whether a condition about the form's own answers holds now."""
        return condition.always or bool(condition.holds(lambda name: self._values.get(name)))

    def excel(self, condition: Condition, sheet: str) -> str:
        """A condition about the form's own answers, as a formula on ``sheet``."""
        return condition.to_excel(lambda name: self.cell(name, sheet), lambda name, code: label(self.form, name, code))

    def cell(self, name: str, sheet: str) -> str:
        """An answer's cell as a formula on ``sheet`` names it."""
        row = self.layout.rows[name] + 1
        return f"$C${row}" if self.form.field(name).sheet == sheet else f"'{self.form.field(name).sheet}'!$C${row}"

    def _sheet_of(self, tie: Rule) -> str:
        table = tie.test.terms[0].name.partition(".")[0] if isinstance(tie.test, Comparison) else tie.about
        return self.form.table(table).sheet


def is_counted(field: Field) -> bool:
    """True where letters are counted beside the box: all but names and other short answers."""
    if field.maximum is None:
        return False
    words = _literal(field.minimum) > _INITIALS and _literal(field.maximum) >= _SENTENCE
    return field.kind == "long-text" or (field.kind == "text" and words)


def _literal(limit: Limit | None) -> int:
    return (limit.literal or 0) if limit else 0


def label(form: Form, name: str, code: str) -> str:
    """What a cell shows for a code of an answer: Yes, or the label of a choice."""
    field = form.field(name)
    return code.capitalize() if field.kind == "yes-no" else field.label_of(code).replace('"', '""')


def _counter(cell: str, low: int | None, high: int | None) -> str:
    size, least, most = f"LEN({cell})", low or 0, high or 0
    short = f'IF({size}<{least},{size}&" of {least}: "&({least}-{size})&" short",{size}&" of {most}")'
    return f'IF({size}>{most},{size}&" of {most}: "&({size}-{most})&" over",{short})'


def _counted(size: int, low: int | None, high: int | None) -> str:
    least, most = low or 0, high or 0
    if size > most:
        return f"{size} of {most}: {size - most} over"
    return f"{size} of {least}: {least - size} short" if size < least else f"{size} of {most}"
