"""Pupils: how many of them a request is for, as far as its form tells."""

from cluster_sheets.base import columns
from cluster_sheets.base.record import Record

PUPIL, PUPIL_GROUP, WHOLE_SCHOOL = "PUPIL", "PUPIL_GROUP", "WHOLE_SCHOOL"
"""Codes of who will benefit."""


def benefiting(record: Record) -> int | None:
    """How many pupils will benefit; None where nobody said so, or of a whole school."""
    whom = record.form.get(columns.BENEFICIARY)
    if whom == WHOLE_SCHOOL:
        return None
    if whom in (PUPIL, PUPIL_GROUP):
        return len(record.rows(columns.UPN.partition(".")[0])) or int(whom == PUPIL) or None
    return sum(value for _, value in by_line(record)) or None


def by_line(record: Record) -> list[tuple[tuple[int, str], int]]:
    """Counts of pupils by year or need: ((line, column), how many), of those that are filled in."""
    table, names = columns.COUNTS[0].partition(".")[0], [key.partition(".")[2] for key in columns.COUNTS]
    return [
        ((line, name), value)
        for line, row in enumerate(record.rows(table), start=1)
        for name in names
        if isinstance(value := row.get(name), int)
    ]
