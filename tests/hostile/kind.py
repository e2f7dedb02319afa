"""One hostile file or mail, and what is to become of it."""

from collections.abc import Collection
from dataclasses import dataclass

from cluster_sheets.store.units import State


@dataclass(frozen=True)
class Hostile:
    """A file or mail as it is dropped into the inbox."""

    name: str
    """What it is called there; its kind is told by the words before the dot."""
    data: bytes
    states: Collection[State]
    """Each unit that comes of it ends in one of these."""
    codes: tuple[str, ...] | None = None
    """Of the rules that are broken, in order; None where more than one outcome is right."""
