"""What goes into a workbook of the form: who it is for, what is answered already, what is to be mended."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from cluster_sheets.form.kind import Raw

_SETTING = re.compile(r"\{setting:([a-z0-9_]+)\}")


@dataclass(frozen=True, slots=True)
class Scheme:
    """What a form takes from the register."""

    schools: tuple[str, ...]
    """Names to choose from, in order."""
    years: tuple[str, ...]
    """Codes of year groups that are in the scheme."""
    bound: Callable[[str], int]
    """A setting's figure in the units answers are kept in."""
    words: Callable[[str], str]
    """How a setting reads in a sentence."""

    def told(self, text: str) -> str:
        """A label or hint with the settings it names filled in."""
        return _SETTING.sub(lambda found: self.words(found[1]), text)


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a form is an answer to, and the keyed mark over it; all empty on a blank form."""

    form_id: str = ""
    urn: str = ""
    cluster: str = ""
    round: str = ""
    version: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend, as the school reads it."""

    key: str
    """The answer, a table, or empty: the whole file."""
    line: int
    sheet: str
    found: str
    mend: str
    example: str
    only_told: bool = False
    """A note: nothing need be done."""
    also: tuple[int, ...] = ()
    """Further lines of the table on which the very same is to be mended."""
    whole: bool = False
    """About a whole sheet or table: the box it is shown at is only where to begin."""


@dataclass(frozen=True)
class Filled:
    """Contents of one workbook."""

    scheme: Scheme
    stamp: Stamp
    lead: str
    """Row 2 of the first sheet: for whom, which meeting."""
    status: str
    """Row 3 of the first sheet: by when to send it, and where."""
    answers: Mapping[str, Raw] = field(default_factory=dict)
    lines: Mapping[str, Sequence[Mapping[str, Raw]]] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    more_faults: int = 0
    """Faults beyond those shown."""

    @property
    def reference(self) -> str:
        """What the foot of each page says beside the marking: which form, of which version."""
        return " ".join(part for part in (self.stamp.form_id, self.stamp.version) if part)

    def faults_at(self, key: str, line: int = 0) -> list[tuple[int, Fault]]:
        """(number on What to mend, fault) of one cell."""
        return self._by_cell.get((key, line), [])

    def faulty_lines(self, table: str) -> Iterator[int]:
        """Lines of a table that something is to be mended on."""
        return (line for key, line in self._by_cell if key.startswith(f"{table}."))

    @cached_property
    def _by_cell(self) -> Mapping[tuple[str, int], list[tuple[int, Fault]]]:
        found: dict[tuple[str, int], list[tuple[int, Fault]]] = {}
        for number, each in enumerate(self.faults, start=1):
            for line in dict.fromkeys((each.line, *each.also)) if not each.only_told else ():
                found.setdefault((each.key, line), []).append((number, each))
        return found

    def faults_on(self, sheet: str) -> list[tuple[int, Fault]]:
        """(number on What to mend, fault) of all that is to be mended on a sheet."""
        return [
            (number, each)
            for number, each in enumerate(self.faults, start=1)
            if each.sheet == sheet and not each.only_told
        ]
