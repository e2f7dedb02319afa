"""What a pack holds, as values: the writers of its sheets know nothing else, so nothing else can slip in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from cluster_sheets.panel.position import Position
from cluster_sheets.store.packs import PackState

ADVICE = "ADVICE"
MAIN, CONTINGENCY = "MAIN", "CONTINGENCY"
FUNDS: Mapping[str, str] = {MAIN: "Main", CONTINGENCY: "Contingency"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a case: what it is about, and what is said."""

    label: str
    text: str
    head: str = ""
    """Set in bold before the text."""
    pence: int | None = None
    """An amount, in the place of the label."""
    total: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Lines of a case under one heading."""

    title: str
    lines: tuple[Line, ...]
    prose: bool = False
    """Running text, parted by space; else lines parted by rules."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """All that the panel may see of one application."""

    case_ref: str
    title: str
    purpose: str
    """Its code."""
    kind: str
    """Its purpose in words."""
    pot: str
    """Code of the fund it asks; empty where it asks for no money."""
    whom: str
    area: str
    pupils: int | str
    """A count, or one of the signs c, x, z."""
    asked_pence: int | None
    least_pence: int | None
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Short:
    """One cluster's fund of one council year that does not hold what is asked of it."""

    cluster: str
    """Its name; empty in a pack of one cluster."""
    la_fy: str
    """The council year; empty where it is the meeting's own."""
    asked_pence: int
    left_pence: int


@dataclass(frozen=True, slots=True)
class Fund:
    """One fund as the meeting finds it."""

    pot: str
    position: Position
    """Of the meeting's council year; in a pack of several clusters of all of them together."""
    asked_pence: int
    """By the cases of this pack."""
    cases: int
    later_pence: int = 0
    """As much of what is asked as falls in later council years."""
    short: tuple[Short, ...] = ()
    """Where the cases ask for more than is there, of one cluster or one later year."""

    @property
    def now_pence(self) -> int:
        """As much of what is asked as falls in the meeting's council year."""
        return self.asked_pence - self.later_pence

    @property
    def after_pence(self) -> int:
        """Left of the meeting's council year if every case were agreed in full."""
        return self.position.left_pence - self.now_pence


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing a case is scored on."""

    label: str
    project: int
    """Its weight among projects, in tenths; nought: it does not apply."""
    unforeseen: int
    levels: tuple[str, str, str, str]
    """What earns 1, 2, 3 and 4."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a version changed against the released one before it, as case references."""

    added: tuple[str, ...] = ()
    back: tuple[str, ...] = ()
    """Those that an earlier version held, and the one before this did not."""
    changed: tuple[str, ...] = ()
    taken_out: tuple[str, ...] = ()
    left: tuple[tuple[str, int, int], ...] = ()
    """Funds of which another sum is left to promise now: code, pence then, pence now."""


@dataclass(frozen=True, slots=True)
class Policy:
    """Figures of the register that the pack speaks of."""

    read_minutes: int
    warn_over: int
    scores_min: int
    spread_discuss: int
    fundable: str
    threshold: int
    scores_due: str
    """Such as ``noon, 14 October``: by when a case should be read and scored."""
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class PackView:
    """One version of one meeting's pack."""

    meeting_id: str
    name: str
    """Such as ``Central cluster meeting``."""
    day: date
    la_fy: str
    version: int
    state: PackState
    made_on: date
    moment: datetime
    """Local time of the state: when it was made, checked or released."""
    open_questions: int
    funds: tuple[Fund, ...]
    cases: tuple[CaseView, ...]
    policy: Policy
    changes: Changes | None = None
    """None in a first version."""

    @property
    def label(self) -> str:
        """``pack CEN-2627-A1 v1``: in every footer."""
        return f"pack {self.meeting_id} v{self.version}"
