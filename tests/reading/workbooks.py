"""Workbooks of made-up requests, written by the template itself."""

from cluster_sheets.base.money import pounds
from cluster_sheets.form.filled import Fault, Filled, Scheme, Stamp
from cluster_sheets.form.shipped import form
from cluster_sheets.form.template import template
from tests.checks.batch import LISTS, NUMBERS
from tests.requests import NAMES, OWN, Request

STAMP = Stamp("F-AAAA-BBBB", OWN, "CEN", "CEN-2627-A1", "CS-APP 2026.1", "0" * 32)
SCHEME = Scheme(
    tuple(NAMES.values()),
    LISTS["years_accepted"],
    NUMBERS.__getitem__,
    lambda name: pounds(NUMBERS[name]) if name == "first_spend" else str(NUMBERS[name]),
)


def filled(request: Request, faults: tuple[Fault, ...] = ()) -> Filled:
    """What goes into the workbook of a request."""
    return Filled(SCHEME, STAMP, "For Own Primary School", "Send it by then.", request.form, request.tables, faults)


def workbook(request: Request, faults: tuple[Fault, ...] = ()) -> bytes:
    """The workbook of a request."""
    return template(form("application"), filled(request, faults))
