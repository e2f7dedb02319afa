"""Collate: from a form's declaration, one application's answers and its redacted texts to what the panel may see.

In: values. Out: a ``CaseView``. A field declared ``as-is`` or ``redacted`` shows without a word of code about it; the
few that are put together into one line are named in ``base.columns``.
Never: touches a file or a clock, or shows an answer by any other way than ``words.told``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from cluster_sheets.base import columns
from cluster_sheets.base.money import pounds
from cluster_sheets.base.pupils import PUPIL, WHOLE_SCHOOL, benefiting, by_line
from cluster_sheets.base.record import Record, Row, Value, box
from cluster_sheets.form.declared import Field, Form, Table
from cluster_sheets.panel import costs
from cluster_sheets.panel.view import ADVICE, CONTINGENCY, MAIN, CaseView, Line, Section
from cluster_sheets.panel.words import DOES_NOT_APPLY, FEW, NOT_KNOWN, REST, counted, rounds, sentence, spans, told

Boxes = Mapping[str, str]
_FROM = {MAIN: "the main fund", CONTINGENCY: "contingency"}
_TITLES = {"support": "Support so far", "costs": "Costs", "outcomes": "What will change"}
"""What the panel calls some tables; another goes by its own title."""
_PUT_TOGETHER = frozenset(
    {
        columns.PURPOSE, columns.APPLICANT, columns.BENEFICIARY, columns.TITLE, columns.POT, columns.AREA,
        columns.START, columns.END, columns.AMOUNT, columns.LEAST,
    }
)  # fmt: skip
NOT_SINGLY = "counts of single schools are not shown"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a case beside its answers."""

    case_ref: str
    pot: str
    """Code of the fund it asks."""
    school: str
    """Such as ``Primary, medium-sized``: as much of the school as may be told."""
    threshold: int
    """Counts of pupils below it are not told."""
    blurred: tuple[str, ...] = ()
    """Ways of telling an answer (the ``panel`` word of its declaration) that tell nothing in this case."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a form's own answers are put together, worked out once for all its cases."""

    short: tuple[tuple[Field, ...], ...]
    """Each short answer with those that follow from it."""
    prose: tuple[Field, ...]
    """Answers in the school's own words, the title apart."""

    @classmethod
    def of(cls, form: Form) -> "Plan":
        """The plan of a declaration."""
        short: list[list[Field]] = []
        prose: list[Field] = []
        before: Field | None = None
        for field in (each for sheet in form.sheets for each in sheet.fields if each.panel != "no"):
            follows = before is not None and _follows(field, before)
            if follows and short and short[-1][-1] is before:
                short[-1].append(field)
            elif field.panel == "redacted" and field.key != columns.TITLE:
                prose.append(field)
            elif field.key not in _PUT_TOGETHER:
                short.append([field])
            before = field
        return cls(tuple(map(tuple, short)), tuple(prose))


def case(form: Form, record: Record, boxes: Boxes, facts: Facts, plan: Plan | None = None) -> CaseView:
    """An application as the panel may see it; ``plan`` is the form's, where it is worked out already."""
    return _Case(form, record, boxes, facts, plan or Plan.of(form)).view()


class _Case:
    def __init__(self, form: Form, record: Record, boxes: Boxes, facts: Facts, plan: Plan) -> None:
        self.form, self.record, self.boxes, self.facts, self.plan = form, record, boxes, facts, plan
        self.money = record.form.get(columns.PURPOSE) != ADVICE
        self.short = tuple(self._short())

    def view(self) -> CaseView:
        purpose = self.record.form.get(columns.PURPOSE)
        sections = (self._glance(), self._request(), *(self._listed(table) for table in self.form.tables))
        return CaseView(
            case_ref=self.facts.case_ref,
            title=self.text(columns.TITLE),
            purpose=str(purpose or ""),
            kind=self.text(columns.PURPOSE),
            pot=self.facts.pot if self.money else "",
            whom=self.text(columns.BENEFICIARY),
            area=self.text(columns.AREA),
            pupils=self._pupils(),
            asked_pence=self._pence(columns.AMOUNT),
            least_pence=self._pence(columns.LEAST),
            sections=tuple(section for section in sections if section and section.lines),
        )

    def text(self, key: str) -> str:
        """What the panel reads of one of the form's own answers."""
        return self._told(self.form.field(key), self.record.form)

    def _told(self, field: Field, row: Row, line: int = 0) -> str:
        if field.panel in self.facts.blurred:
            return ""
        key = box(field.table, field.name, line) if field.table else field.name
        return told(field, row.get(field.name), self.boxes.get(key), self.facts.threshold)

    def _pence(self, key: str) -> int | None:
        value = self._seen(key)
        return value if isinstance(value, int) else None

    def _seen(self, key: str) -> Value:
        """The value of an answer that is shown as it is."""
        return self.record.form.get(key) if self.form.field(key).panel == "as-is" else None

    # At a glance

    def _glance(self) -> Section:
        lines = [self._asks(), *self._money_lines(), self._whom(), *self._gathered(), self._also()]
        return Section("At a glance", tuple(line for line in lines if line.text))

    def _asks(self) -> Line:
        asked, start, end = self._pence(columns.AMOUNT), self._seen(columns.START), self._seen(columns.END)
        if not self.money:
            return Line("Asks for", self.text(columns.PURPOSE))
        words = [f"{pounds(asked)} from {_FROM[self.facts.pot]}"] if asked is not None else []
        if isinstance(start, date) and isinstance(end, date):
            words.append(spans(start, end))
        return Line("Asks for", f"{self.text(columns.PURPOSE)}: {', '.join(words)}" if words else "")

    def _money_lines(self) -> Iterator[Line]:
        least = self.form.field(columns.LEAST)
        yield Line(least.panel_label, self.text(columns.LEAST))
        for field, text in self.short:
            if self._is_sum(field):
                yield Line(field.panel_label, text)

    def _whom(self) -> Line:
        pupils = self._pupils()
        whom = self.text(columns.BENEFICIARY)
        if self.record.form.get(columns.BENEFICIARY) != PUPIL and pupils not in (DOES_NOT_APPLY, NOT_KNOWN):
            whom = f"{whom} ({pupils})"
        words = (whom, self.text(columns.APPLICANT), self.facts.school, self.text(columns.AREA))
        return Line("For whom", " ".join(sentence("", each) for each in words if each))

    def _also(self) -> Line:
        others = (sentence(field.panel_label, text) for field, text in self.short if not self._is_sum(field))
        return Line("Also", " ".join(others))

    def _is_sum(self, field: Field) -> bool:
        """Whether an answer is money, and more than nought: it has a line of its own."""
        return field.kind == "money" and self.record.form.get(field.name) != 0

    def _short(self) -> Iterator[tuple[Field, str]]:
        """Each short answer with those that follow from it: ``Building work: Yes, £1,500.00``."""
        for lead, *others in self.plan.short:
            told_of = self._told(lead, self.record.form)
            if told_of:
                words = [told_of, *(self._told(field, self.record.form) for field in others)]
                yield lead, ", ".join(filter(None, words))

    # In their own words

    def _request(self) -> Section:
        lines = [Line(field.panel_label, self._told(field, self.record.form)) for field in self.plan.prose]
        return Section("The request", tuple(line for line in lines if line.text), prose=True)

    # Tables

    def _gathered(self) -> Iterator[Line]:
        """A line for each table that holds an identity: its columns are told apart, never row by row."""
        for table in self.form.tables:
            rows = self.record.rows(table.name)
            if rows and _holds_identity(table):
                words = [self._gathered_column(field, rows) for field in table.columns if field.panel != "no"]
                yield Line(table.sheet.partition(" ")[2], " ".join(filter(None, words)))

    def _gathered_column(self, field: Field, rows: Sequence[Row]) -> str:
        texts = [self._told(field, row, line) for line, row in enumerate(rows, start=1)]
        given = [text for text in texts if text]
        if field.kind in ("choice", "yes-no"):
            return sentence(field.panel_label, counted(_tally(given), self.facts.threshold))
        if field.kind == "whole-number":
            if not self._may_be_told([value for row in rows if isinstance(value := row.get(field.name), int)]):
                return sentence(field.panel_label, NOT_SINGLY)
            given.sort(key=lambda text: (text == FEW, -int(text.replace(",", "")) if text != FEW else 0))
        return sentence(field.panel_label, ", ".join(given))

    def _may_be_told(self, parts: Sequence[int]) -> bool:
        """Whether parts may stand beside the whole: no part is small, nor what is left for the lead school."""
        whole = benefiting(self.record)
        told = list(parts) if whole is None else [*parts, whole - sum(parts)]
        return all(number >= self.facts.threshold for number in told)

    def _listed(self, table: Table) -> Section | None:
        rows = self.record.rows(table.name)
        if not rows or _holds_identity(table):
            return None
        title = _TITLES.get(table.name, table.title)
        if table.name == costs.TABLE:
            return Section(title, costs.lines(table, rows, self._told))
        shown = [field for field in table.columns if field.panel != "no"]
        if shown and shown[0].panel in self.facts.blurred:
            return None  # without what its lines are about, a list of them says it all the same by their number
        hidden = self._hidden(table, rows)
        lines = (self._row(title, shown, row, line, hidden) for line, row in enumerate(rows, start=1))
        return Section(title, tuple(lines), prose=True)

    def _row(self, title: str, shown: list[Field], row: Row, line: int, hidden: frozenset[tuple[int, str]]) -> Line:
        days = _leading_days(shown)
        if days:
            first, *others = (row.get(field.name) for field in days)
            last = others[0] if others else None
            label = rounds(first, last if isinstance(last, date) else None) if isinstance(first, date) else ""
            rest = shown[len(days) :]
        elif shown and shown[0].kind == "choice":
            label, rest = self._told(shown[0], row, line), shown[1:]
        else:
            label, rest = f"{title if title not in _TITLES.values() else 'Outcome'} {line}", shown
        words: list[str] = []
        for place, field in enumerate(rest):
            text = REST if (line, field.name) in hidden else self._told(field, row, line)
            before = rest[place - 1] if place else None
            if before is not None and _follows(field, before) and words and text:
                words[-1] = f"{words[-1].removesuffix('.')}, {text}."
            else:
                bare = place == 0 and rest is shown and field.panel == "redacted"
                words.append(sentence("" if bare else field.panel_label, text))
        return Line(label, " ".join(filter(None, words)))

    def _pupils(self) -> int | str:
        """How many pupils will benefit, as it is told."""
        if self.record.form.get(columns.BENEFICIARY) == WHOLE_SCHOOL:
            return DOES_NOT_APPLY  # the sum of a school's bands is its roll
        number = benefiting(self.record)
        if number is None:
            return NOT_KNOWN
        # A single pupil is told as one (submission.md): For whom says so already.
        single = number == 1 and self.record.form.get(columns.BENEFICIARY) == PUPIL
        return number if single or number >= self.facts.threshold else FEW

    def _hidden(self, table: Table, rows: Sequence[Row]) -> frozenset[tuple[int, str]]:
        """Counts of a table that are told as the rest, so that no c can be worked out, nor a school's roll."""
        if table.name != columns.COUNTS[0].partition(".")[0]:
            return frozenset()
        counts = dict(by_line(self.record))
        found = set()
        if any(0 < number < self.facts.threshold for number in counts.values()):
            found.add(max(counts, key=counts.__getitem__))
        if self.record.form.get(columns.BENEFICIARY) == WHOLE_SCHOOL:
            for line in range(1, len(rows) + 1):
                own = {place: number for place, number in counts.items() if place[0] == line}
                found |= {max(own, key=own.__getitem__)} if any(own.values()) else set()
        return frozenset(found)


def _follows(field: Field, before: Field) -> bool:
    """Whether an answer is asked only because of the one before it, and so is told with it."""
    return before.name in field.required.names()


def _holds_identity(table: Table) -> bool:
    return any(field.privacy == "identity" for field in table.columns)


def _leading_days(shown: Sequence[Field]) -> list[Field]:
    found: list[Field] = []
    for field in shown:
        if field.kind != "date" or field.panel != "broad":
            break
        found.append(field)
    return found


def _tally(texts: Sequence[str]) -> dict[str, int]:
    """How often each text was given, in a steady order."""
    return {text: texts.count(text) for text in sorted(set(texts))}
