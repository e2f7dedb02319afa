"""A workspace with ways in, for the tests of what is fetched and filed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from cluster_sheets.connect.config import Route
from cluster_sheets.intake.fetch import Filed, Told, fetch, file_away
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.opening import open_mails
from cluster_sheets.store import blobs, mails, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.fetched import Lies
from cluster_sheets.store.units import State, Unit
from tests.intake.letters import RULES
from tests.store.asked import every_unit, where_mails_lie
from tests.store.dump import dump
from tests.store.made import NIGHT, made

SMALL = Limits(mail_bytes=1024, file_bytes=1024)
"""The least there is: what is larger than four times a megabyte is not fetched whole."""


class Postbox:
    """One workspace."""

    def __init__(self, store: Store, *routes: Route) -> None:
        self.store, self.routes = store, routes

    def fetch(self, as_of: datetime = NIGHT, limits: Limits = SMALL) -> Told:
        """Looks into every mailbox."""
        return fetch(self.store, self.routes, limits, as_of)

    def night(self, state: State = State.ACCEPTED, as_of: datetime = NIGHT) -> Told:
        """Looks into every mailbox, opens what came, settles it, and files it."""
        told = self.fetch(as_of)
        self.open(as_of)
        self.settle(state)
        assert file_away(self.store, self.routes, told.unreachable) == Filed()
        return told

    def open(self, as_of: datetime = NIGHT) -> tuple[Unit, ...]:
        """Opens what was fetched."""
        open_mails(self.store, mails.unopened(self.store), RULES, as_of)
        return every_unit(self.store)

    def settle(self, state: State, *only: State) -> None:
        """Gives units a verdict: those that wait, or are in one of the states ``only``."""
        waiting = only or (State.PENDING,)
        with self.store.transaction():
            told = [replace(each, state=state) for each in every_unit(self.store) if each.state in waiting]
            units.save_many(self.store, told)

    def file_away(self) -> Mapping[str, str]:
        """Files what is settled."""
        return self.filed().unreachable

    def filed(self) -> Filed:
        """Files what is settled, and tells all of it."""
        return file_away(self.store, self.routes)

    def lies(self) -> dict[Lies, int]:
        """How many mails lie where, by what the store knows."""
        found: dict[Lies, int] = {}
        for counts in where_mails_lie(self.store).values():
            for lies, count in counts.items():
                found[lies] = found.get(lies, 0) + count
        return found

    def kept(self) -> list[bytes]:
        """What was fetched, as it lies in the store."""
        sha256s = [sha256 for (sha256,) in self.store.ask("SELECT DISTINCT sha256 FROM fetched ORDER BY sha256")]
        return sorted(raw for _, raw in blobs.read_many(self.store, sha256s))

    def told(self) -> str:
        """All that the store knows, as text."""
        return dump(self.store)


@contextmanager
def postbox(root: Path, *routes: Route) -> Iterator[Postbox]:
    """A workspace with a fixed key."""
    with made(root) as store:
        yield Postbox(store, *routes)
