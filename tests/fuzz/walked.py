"""One workbook walked from its bytes to typed answers, as the night does it, in this very process."""

import pickle

from cluster_sheets.form.shipped import form
from cluster_sheets.intake.archive import RefusedError
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.precheck import checked
from cluster_sheets.reading.raw import RawForm, read
from cluster_sheets.reading.typed import TypedForm
from cluster_sheets.verdict import structure
from tests.checks import batch

FORM, LIMITS = form("application"), Limits()


def raw_form(data: bytes) -> RawForm | str:
    """What a workbook holds, or the code of the rule that refuses it. Raises where our program breaks on it."""
    try:
        told = read(data, checked(data, LIMITS))
    except RefusedError as refused:
        return str(refused)
    # From one process to another: only what is plain gets through.
    return RawForm(**pickle.loads(pickle.dumps(told)))


def typed(raw: RawForm) -> TypedForm:
    """Its typed answers, all that is to be said of its shape having been said."""
    structure.findings(FORM, raw, "a.xlsx")
    return batch.typed(raw)
