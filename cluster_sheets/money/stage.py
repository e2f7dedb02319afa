"""The night's money: decisions into the ledger, the control totals, one statement for each cluster and council year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cluster_sheets.form.declared import Form
from cluster_sheets.money import decided, source
from cluster_sheets.money import entries as posting
from cluster_sheets.money.reckon import Account, reckoned, signed_name
from cluster_sheets.register.calendar import years
from cluster_sheets.register.model import Register
from cluster_sheets.store import audit, entries, meta
from cluster_sheets.store.database import Store
from cluster_sheets.store.entries import Entry
from cluster_sheets.store.file import write_whole
from cluster_sheets.store.places import Places


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The night's money: every cluster and council year."""

    accounts: tuple[Account, ...]

    @property
    def ties(self) -> bool:
        """Whether every control total of every cluster and year ties."""
        return all(each.ties for each in self.accounts)


def post(store: Store, register: Register, as_of: datetime) -> tuple[Entry, ...]:
    """Puts into the ledger what it lacks of the register's budget and of the decisions; gives the new lines."""
    ledger = entries.everything(store)
    awards = decided.awards(store, register)
    unknown = source.unknown(ledger, audit.texts(store, source.POSTED))
    movements = (
        *posting.budget_movements(register.budget, ledger, as_of, unknown),
        *posting.award_movements(awards, ledger, years(register.settings), as_of, unknown),
    )
    signed = {signed_name(*year): str(pence) for year, pence in register.signed.items()}
    changed = {name: value for name, value in signed.items() if meta.get(store, name) != value}
    if not movements and not changed:
        return ()
    with store.transaction():
        kept = entries.append_many(store, movements)
        audit.append_many(store, _lines(kept, as_of))
        for name, value in changed.items():
            meta.put(store, name, value)
    return kept


def _lines(kept: Sequence[Entry], as_of: datetime) -> list[audit.Line]:
    """A line of the audit for each movement."""
    return [
        audit.Line(as_of, audit.NIGHT, source.POSTED, source.told(sides), application_ref=sides[0].application_ref)
        for sides in source.by_movement(kept).values()
    ]


def reconcile(store: Store, places: Places, register: Register, form: Form, as_of: datetime) -> Reconciled:
    """Works out the control totals of every cluster and year, and writes their statements.

    ``form`` is the application form. A statement is written whether or not its totals tie: it says so itself.
    """
    made = reckoned(store, register, as_of)
    _write(store, places, register, form, made, as_of)
    return Reconciled(made)


def _write(
    store: Store, places: Places, register: Register, form: Form, made: Iterable[Account], as_of: datetime
) -> None:
    """Writes the statement of each cluster and year."""
    from cluster_sheets.money.statement import made as statement
    from cluster_sheets.money.statement_view import view as shown

    for account in made:
        books = account.books
        path = places.finance / f"statement-{books.cluster}-{books.la_fy}.xlsx"
        path.parent.mkdir(parents=True, exist_ok=True)
        view = shown(store, register, form, account.controls, account.position, books, as_of)
        write_whole(path, statement(view))
