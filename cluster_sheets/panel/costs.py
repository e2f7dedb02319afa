"""The costs of a case: what each line comes to and how, who pays, and what the cluster would pay; pure."""

from collections.abc import Callable, Sequence

from cluster_sheets.base import columns
from cluster_sheets.base.cost import line_total
from cluster_sheets.base.money import pounds
from cluster_sheets.base.record import Row
from cluster_sheets.form.declared import Field, Table
from cluster_sheets.form.kind import shown_as
from cluster_sheets.panel.view import Line
from cluster_sheets.panel.words import sentence

TABLE = "costs"
MOST = 10
"""Lines shown; of more than that, one fewer and how many more there are."""
CLUSTER = "CLUSTER"
_NAMED = {
    columns.CATEGORY, columns.DESCRIPTION, columns.HOURS, columns.WEEKS, columns.RATE, columns.SHARED_BY,
    columns.QUANTITY, columns.EACH, columns.PAID_BY,
}  # fmt: skip
Told = Callable[[Field, Row, int], str]
"""What the panel reads of a field of a row (counted from 1)."""


def lines(table: Table, rows: Sequence[Row], told: Told) -> tuple[Line, ...]:
    """What the cluster would pay, line by line, its total, and what others pay."""
    fields = {field.key: field for field in table.columns if field.panel != "no"}
    numbered = [(row, _line(fields, row, number, told)) for number, row in enumerate(rows, start=1)]
    payer = columns.PAID_BY.partition(".")[2]
    asked = [line for row, line in numbered if row.get(payer) == CLUSTER]
    found = _shortened(asked, MOST)
    total = sum(line.pence or 0 for line in asked)
    found.append(Line("", "The cluster would pay", pence=total, total=True))
    others = [(row, line) for row, line in numbered if row.get(payer) != CLUSTER]
    room = MOST - min(len(asked), MOST)
    if len(others) <= room:
        return (*found, *(_paid(line, told(fields[columns.PAID_BY], row, 0)) for row, line in others))
    for who in dict.fromkeys(told(fields[columns.PAID_BY], row, 0) for row, _ in others):
        theirs = [line for row, line in others if told(fields[columns.PAID_BY], row, 0) == who]
        words = "1 line" if len(theirs) == 1 else f"{len(theirs)} lines"
        found.append(_paid(Line("", words, pence=sum(line.pence or 0 for line in theirs)), who))
    return tuple(found)


def _shortened(asked: list[Line], most: int) -> list[Line]:
    if len(asked) <= most:
        return list(asked)
    rest = asked[most - 1 :]
    return [*asked[: most - 1], Line("", f"{len(rest)} more lines", pence=sum(line.pence or 0 for line in rest))]


def _paid(line: Line, who: str) -> Line:
    payer = "others pay" if who == "Other" else f"the {who.lower()} pays"
    return Line("", f"{line.text} ({payer})", head=line.head, pence=line.pence)


def _line(fields: dict[str, Field], row: Row, number: int, told: Told) -> Line:
    def text(key: str) -> str:
        return told(fields[key], row, number) if key in fields else ""

    category = text(columns.CATEGORY)
    words = [text(columns.DESCRIPTION), _working(row)]
    others = (sentence(field.panel_label, text(key)) for key, field in fields.items() if key not in _NAMED)
    more = " ".join(filter(None, others))
    told_so_far = ", ".join(each.removesuffix(".") for each in words if each)
    return Line(
        "",
        f"{told_so_far}. {more}" if more else told_so_far,
        head=f"{category}: " if category else "",
        pence=line_total(row),
    )


def _working(row: Row) -> str:
    """``10 hours x 19 weeks x £17.24, shared by 4`` or ``31 x £12.40``."""

    def figure(key: str, kind: str) -> str:
        return shown_as(kind, row.get(key.partition(".")[2]))

    hours, weeks = figure(columns.HOURS, "decimal"), figure(columns.WEEKS, "whole-number")
    quantity, price = figure(columns.QUANTITY, "decimal"), row.get(columns.EACH.partition(".")[2])
    if hours and weeks:
        shared = figure(columns.SHARED_BY, "whole-number")
        among = f", shared by {shared}" if shared not in ("", "1") else ""
        return f"{hours} hours x {weeks} weeks x {figure(columns.RATE, 'money')}{among}"
    if quantity and isinstance(price, int):
        return f"{quantity} x {pounds(price)}"
    return ""
