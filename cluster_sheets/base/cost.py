"""Cost: what one line of the costs comes to, worked out from its own figures alone."""

from collections.abc import Mapping

from cluster_sheets.base import columns
from cluster_sheets.base.money import half_up_of

TIME = tuple(key.partition(".")[2] for key in (columns.HOURS, columns.WEEKS, columns.RATE, columns.SHARED_BY))
THINGS = tuple(key.partition(".")[2] for key in (columns.QUANTITY, columns.EACH))


def line_total(row: Mapping[str, object]) -> int | None:
    """Pence of one cost line, rounded half up once; None where its parts do not make one amount."""
    time = [row.get(name) for name in TIME]
    things = [row.get(name) for name in THINGS]
    if all(isinstance(each, int) for each in time) and not any(each is not None for each in things):
        hours, weeks, rate, shared_by = (each for each in time if isinstance(each, int))
        return half_up_of(hours * weeks * rate, 100 * shared_by)
    if all(isinstance(each, int) for each in things) and not any(each is not None for each in time):
        quantity, price = (each for each in things if isinstance(each, int))
        return half_up_of(quantity * price, 100)
    return None
