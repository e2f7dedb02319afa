"""What a school is told of its findings: grouped, in the order of the form's sheets, each sentence filled in twice.

In: findings as they were kept, and the school's raw answers where a copy goes back. Out: items.
Once with what was typed, for the copy that only the school sees; once without, for a message.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cluster_sheets.base import columns
from cluster_sheets.base.finding import Finding, Severity
from cluster_sheets.form.declared import Form
from cluster_sheets.form.layout import Layout
from cluster_sheets.replies.wording import listed

if TYPE_CHECKING:
    from cluster_sheets.reading.raw import RawForm

TYPED_IN = ("{typed}", "{other}")
"""A sentence with one of these holds what somebody typed: it never stands in a message."""
OF_THE_QUESTION = (
    "blank", "formula-not-worked-out", "formula-given", "cell-error", "not-on-list", "not-yes-or-no", "not-money",
    "money-out-of-range", "not-a-date", "no-such-day", "date-far-off", "not-a-whole-number",
    "whole-number-out-of-range", "not-a-number", "decimal-out-of-range", "not-a-percentage", "percent-out-of-range",
)  # fmt: skip
"""Rules about any question whose own example would be an answer to another: the question's example is told instead."""
_OF_SHORT_TEXTS = ("too-short", "too-long")
"""Rules whose example fits what is told at length; a name or a number has the question's own."""
_MUST_BE_YES = "must-be-yes"
"""Its example speaks of parents."""
_MOST_EXAMPLE = 110
"""Letters: of a long text, the beginning says what is wanted."""
_EXAMPLE = re.compile(r"(?P<mend>.*?)(?: For example: (?P<said>.+)|, for example (?P<beside>.+?)\.?)", re.DOTALL)
_OF_A_SHEET = ("sheet", "table")
"""What a rule is about that speaks of a sheet of the form as a whole: where to begin is its first box."""
_BARE = " {field}"
"""Where a sentence names a question without quotes of its own."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a finding stands in the workbook that the school will look at."""

    key: str
    line: int
    sheet: str
    """As the form declares it; empty: the whole file."""
    cell: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is told, wherever it stands."""

    code: str
    to_mend: bool
    key: str
    lines: tuple[int, ...]
    sheet: str
    cells: tuple[str, ...]
    label: str
    found: str
    """With what was typed."""
    found_in_mail: str
    """Without; empty where there is no saying it without."""
    mend: str
    example: str
    severity: Severity = Severity.RETURN

    @property
    def where(self) -> str:
        """``2 Request, C14``; empty where it is about the whole file."""
        return ", ".join(part for part in (self.sheet, listed(self.cells)) if part)


def as_sent(form: Form) -> Callable[[Finding], Spot]:
    """Places as they are in the file the school has: its own cells, and its own sheet where no question is meant."""

    def spot(finding: Finding) -> Spot:
        sheet = _sheet(form, finding.field) or finding.place.sheet
        return Spot(finding.field, 0, sheet, finding.place.cell)

    return spot


def as_copied(layout: Layout, raw: "RawForm") -> Callable[[Finding], Spot]:
    """Places in our own copy: whatever the school moved or renamed, an answer stands where the form puts it."""
    lines = {
        (table, str(told[0]), str(told[1])): number
        for table, rows in raw.lines.items()
        for number, line in enumerate(rows)
        for told in line.values()
    }

    tabs = {tab: sheet for sheet, tab in raw.sheets.items()}

    def spot(finding: Finding) -> Spot:
        key, place = finding.field, finding.place
        sheet = _sheet(layout.form, key)
        if key in layout.rows or key in layout.tables:
            return Spot(key, 0, sheet, layout.cell(key))
        table = key.rpartition(".")[0]
        if table in layout.tables:
            line = lines.get((table, place.sheet, place.cell), 0)
            return Spot(key, line, sheet, layout.cell(key, line))
        if layout.form.rule(finding.code).about in _OF_A_SHEET:
            sheet = sheet or tabs.get(place.sheet, place.sheet)
            box = layout.box(key, sheet)
            return Spot("", 0, sheet, place.cell or (layout.cell(box) if box else ""))
        return Spot("", 0, sheet, place.cell)

    return spot


def items(
    form: Form,
    findings: Sequence[Finding],
    spot: Callable[[Finding], Spot],
    words: Callable[[str], str],
    *,
    to_admin: bool = False,
) -> tuple[Item, ...]:
    """What is told of ``findings``: the same thing on several lines is one item; what is the admin's alone is left out.

    To mend is what must be; where nothing must be (the admin sent it back), what was asked about. ``words`` gives a
    label with the settings it names; ``to_admin``: nothing is left out.
    """
    told = [each for each in findings if to_admin or not form.rule(each.code).detail_for_admin_only]
    must = Severity.RETURN if any(each.severity == Severity.RETURN for each in told) else Severity.QUERY
    groups: dict[tuple[object, ...], list[tuple[Finding, Spot]]] = {}
    for each in told:
        at = spot(each)
        groups.setdefault((each.code, each.field, each.detail, at.sheet), []).append((each, at))
    made = [_item(form, group, must, words) for group in groups.values()]
    order = {sheet.name: number for number, sheet in enumerate(form.sheets, start=1)}
    return tuple(sorted(made, key=lambda item: order.get(item.sheet, 0)))


def _item(form: Form, group: Sequence[tuple[Finding, Spot]], must: Severity, words: Callable[[str], str]) -> Item:
    finding, first = group[0]
    cells = tuple(dict.fromkeys(at.cell for _, at in group if at.cell))
    label = words(form.label(finding.field))
    wording = form.wording(finding.code)
    found, mend, example = sentences(form, finding, listed(cells), words)
    return Item(
        code=finding.code,
        to_mend=finding.severity == must,
        key=first.key,
        lines=tuple(dict.fromkeys(at.line for _, at in group)),
        sheet=first.sheet,
        cells=cells,
        label=label if form.has(finding.field) or "." in finding.field else "",
        found=found,
        found_in_mail="" if any(blank in wording.what for blank in TYPED_IN) else found,
        mend=mend,
        example=example,
        severity=finding.severity,
    )


def sentences(form: Form, finding: Finding, cells: str, words: Callable[[str], str]) -> tuple[str, str, str]:
    """(what we found, what to do, an example of it), with what was typed."""
    label = words(form.label(finding.field))
    wording = form.wording(finding.code)
    named = f"‘{label}’" if form.has(finding.field) and _BARE in f" {wording.what}" else label
    found, mend = wording.told({**dict(finding.detail), "cell": cells, "field": named})
    mend, example = split(mend)
    return found, mend, _example(form, finding, example)


def _example(form: Form, finding: Finding, of_rule: str) -> str:
    """The rule's example; where it would be one of another question, the question's own."""
    if finding.code == _MUST_BE_YES:
        return of_rule if finding.field in (columns.PARENTS_AGREED, columns.PARENT_AGREED) else ""
    if not form.has(finding.field):
        return of_rule
    field = form.field(finding.field)
    if finding.code not in OF_THE_QUESTION and (finding.code not in _OF_SHORT_TEXTS or field.kind != "text"):
        return of_rule
    example = field.label_of(field.example)
    if len(example) <= _MOST_EXAMPLE:
        return example
    return example[: _MOST_EXAMPLE - 1].rpartition(" ")[0].rstrip(",.;:") + "…"


def split(mend: str) -> tuple[str, str]:
    """(what to do, an example of it) of a rule's sentence, which ends in its example."""
    found = _EXAMPLE.fullmatch(mend)
    if found is None:
        return mend, ""
    if found["said"]:
        return found["mend"], found["said"]
    return f"{found['mend']}.", found["beside"]


def _sheet(form: Form, key: str) -> str:
    """The declared sheet of an answer, a table or a computed cell; of a sheet its own name; else empty."""
    if form.has(key):
        return form.field(key).sheet
    name = key.rpartition(".")[0] or key
    return next((sheet.name for sheet in form.sheets if name in (sheet.name, *(t.name for t in sheet.tables))), "")
