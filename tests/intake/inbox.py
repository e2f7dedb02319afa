"""A workspace with an inbox, for the tests of what is taken in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from cluster_sheets.intake.rules import MailRules
from cluster_sheets.intake.take_in import take_in
from cluster_sheets.store import audit
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.units import Unit
from tests.intake.letters import RULES
from tests.store.asked import every_unit
from tests.store.dump import dump
from tests.store.made import NIGHT, made


class Inbox:
    """One workspace."""

    def __init__(self, store: Store, root: Path) -> None:
        self.store, self.places = store, Places(root)

    def put(self, **files: bytes) -> None:
        """Drops files; ``__`` in a name stands for a dot."""
        self.places.inbox.mkdir(exist_ok=True)
        for name, data in files.items():
            (self.places.inbox / name.replace("__", ".")).write_bytes(data)

    def take(self, as_of: datetime = NIGHT, rules: MailRules = RULES) -> tuple[Unit, ...]:
        """One night's intake; all units there are."""
        take_in(self.store, self.places, rules, as_of)
        return every_unit(self.store)

    def left(self) -> list[str]:
        """Names still in the inbox."""
        return sorted(each.name for each in self.places.inbox.rglob("*") if each.is_file())

    def events(self) -> list[tuple[str, str]]:
        """(event, text) of the audit."""
        return [(line.event, line.text) for line in audit.everything(self.store)]

    def told(self) -> str:
        """All that the store knows, as text."""
        return dump(self.store)


@contextmanager
def inbox(root: Path) -> Iterator[Inbox]:
    """A workspace with a fixed key."""
    with made(root) as store:
        yield Inbox(store, root)
