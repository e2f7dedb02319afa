"""One hostile file or mail, and what is to become of it."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cluster_sheets.store.units import State

if TYPE_CHECKING:
    from tests.hostile.desk import Good


@dataclass(frozen=True)
class Hostile:
    """A file or mail as it is dropped into the inbox."""

    name: str
    """What it is called there; its kind is told by the words before the dot."""
    data: bytes
    states: Collection[State]
    """Each unit that comes of it ends in one of these."""
    codes: tuple[str, ...] | None = None
    """Of the rules that are broken, in order, each once; None where more than one outcome is right."""


@dataclass(frozen=True)
class Kind:
    """A way to spoil a good workbook."""

    name: str
    make: Callable[["Good"], bytes]
    state: State
    codes: tuple[str, ...] = ()
    """Of what is found in it, in order, each once."""
