"""By hand: files looked at as the night would look at them, in a workspace or without one."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime

from cluster_sheets.anonymise.known import Finder
from cluster_sheets.form.declared import Form
from cluster_sheets.form.shipped import form as shipped_form
from cluster_sheets.form.shipped import workbook
from cluster_sheets.intake.limits import limits
from cluster_sheets.intake.pool import Pool
from cluster_sheets.night.workspace import REGISTER, RegisterError
from cluster_sheets.register.model import Register
from cluster_sheets.register.read import register as read_register
from cluster_sheets.register.read import register_of
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.verdict.by_hand import by_hand
from cluster_sheets.verdict.submission import Submission


@dataclass(frozen=True)
class LookedAt:
    """Files looked at by hand, and what they were judged by."""

    register: Register
    form: Form
    submissions: list[Submission]


def looked_at(stack: ExitStack, places: Places, files: Sequence[tuple[str, bytes]], as_of: datetime) -> LookedAt:
    """What the night would find in ``files`` (name, bytes); by the register that ships where there is no workspace.

    Raises RegisterError, StoreError.
    """
    there = places.register.exists()
    register, faults = read_register(places.register) if there else register_of(workbook(REGISTER), REGISTER)
    if register is None:
        raise RegisterError(faults)
    store = stack.enter_context(Store.open(places.root)) if there else None
    pool = stack.enter_context(Pool(limits(register.settings.whole)))
    form = shipped_form("application")
    told = by_hand(files, register, form, Finder.of(register), as_of, pool.read, store)
    return LookedAt(register, form, told)
