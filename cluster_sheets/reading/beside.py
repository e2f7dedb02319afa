"""Beside: what is written on a sheet of the form where it has no box: to the right of all, in a table's gaps, under it.

In: the rows of a sheet and what its keys say of them. Out: (row, column) of the first such cell of each row.
Never: tells what the template itself has written, or a key; what stands below a table is told with the table.
"""

from collections.abc import Collection, Iterable, Sequence

from cluster_sheets.form.kind import is_blank
from cluster_sheets.reading.plan import Block, Plan, Rows
from cluster_sheets.reading.typed_over import Columns


def beside(
    rows: Rows, plan: Plan, named: Sequence[tuple[Block, Collection[int]]], where: Columns
) -> list[tuple[int, int]]:
    """Cells that hold something though nothing is asked there; ``named`` are the columns that each table has.

    ``where`` are the columns of questions.

    On a good form hardly a row is looked at: no row is wider than the template's.
    """
    if not plan.answers and not named:
        return []
    ends = [max(columns) + 1 for _, columns in named]
    edge = max([_questions_end(rows, where.check + 1, plan), *ends])
    found: dict[int, int] = {}
    if edge < len(rows[0]):
        below = {row for block in plan.blocks for row in block.below}
        found |= _written(rows, (row for row in range(len(rows)) if row not in below), edge)
    for (block, columns), last in zip(named, ends, strict=True):
        if last < edge:
            found |= _written(rows, block.lines, last)
        if last - min(columns) > len(columns):
            found |= _written_between(rows, block, columns)
    if not plan.blocks:
        found |= _among_questions(rows, plan, where)
    return sorted(found.items())


def _among_questions(rows: Rows, plan: Plan, where: Columns) -> dict[int, int]:
    found: dict[int, int] = {}
    for row, start in plan.loose:
        written = _written(rows, (row,), where.label - 1 + start)
        # A question that has lost its key still has its help and its check: it is told as lost.
        if written and all(map(is_blank, rows[row][where.answer + 1 : where.check + 1])):
            found |= written
    return found


def _questions_end(rows: Rows, end: int, plan: Plan) -> int:
    """The column behind the last of a sheet's questions, wherever a column that was put in has moved it."""
    if not plan.answers:
        return 0
    edge = end
    asked = [rows[row] for _, row in plan.answers]
    while edge < len(rows[0]) and 2 * sum(not is_blank(row[edge]) for row in asked) > len(asked) > 1:
        edge += 1
    return edge


def _written(rows: Rows, numbers: Iterable[int], start: int) -> dict[int, int]:
    """The first cell from ``start`` on that holds something, of each row that has one."""
    found = {}
    for number in numbers:
        rest = rows[number][start:]
        if rest.count("") < len(rest):
            column = next((column for column, raw in enumerate(rest, start) if not is_blank(raw)), None)
            if column is not None:
                found[number] = column
    return found


def _written_between(rows: Rows, block: Block, columns: Collection[int]) -> dict[int, int]:
    """The same of the columns that somebody has put into a table."""
    gaps = sorted(set(range(min(columns), max(columns))) - set(columns))
    return {row: column for column in reversed(gaps) for row in block.lines if not is_blank(rows[row][column])}
