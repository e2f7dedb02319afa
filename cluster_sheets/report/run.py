"""Run: how one night went, as values: by references and codes, no name, nothing typed, no clock.

The same night told again from the same store gives the same text.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from enum import IntEnum

from cluster_sheets import __version__
from cluster_sheets.base.finding import Finding
from cluster_sheets.register.model import Register
from cluster_sheets.report.control import ControlTold
from cluster_sheets.report.folder import folder_of
from cluster_sheets.report.fund import Fund, funds
from cluster_sheets.report.need import Need, When
from cluster_sheets.report.needed import Needed
from cluster_sheets.report.needed_packs import newest
from cluster_sheets.store import cases, decisions, findings, nights, packs, questions, replies, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.units import State

SETTLED = tuple(state for state in State if state is not State.PENDING)
"""The five states a unit ends in."""
BROKE = "The program broke on it; it is {state}."
_AT = re.compile(r'File "[^"]*?(cluster_sheets/[^"]+)", line (\d+)')


class Exit(IntEnum):
    """How a command ended (design §6)."""

    CLEAN = 0
    FAILED = 1
    SET_UP = 2
    NEEDED = 3
    BUSY = 4
    UNREACHABLE = 5
    INTEGRITY = 6


@dataclass(frozen=True, slots=True)
class Crash:
    """A fault of ours on one unit; the trace may hold what was typed, so only its place goes into the report."""

    unit_id: str
    trace: str
    of_reply: bool = False
    """It rose while the answer to it was made; that waits, and all else about the unit stands."""

    @property
    def told(self) -> str:
        """Kind of the fault, and where in our program it rose."""
        kind = self.trace.strip().rpartition("\n")[2].partition(":")[0]
        places = _AT.findall(self.trace)
        return f"{kind} at {places[-1][0]}:{places[-1][1]}" if places else kind


@dataclass(frozen=True, slots=True)
class Received:
    """Units of one night, or of all."""

    received: int
    states: Mapping[str, int]
    """Each of the five, by name."""

    @property
    def conserves(self) -> bool:
        """Whether every unit that was received ended in one of the five states."""
        return self.received == sum(self.states.values())


@dataclass(frozen=True, slots=True)
class PackTold:
    """One meeting's pack."""

    meeting: str
    version: int
    state: str
    cases: int
    path: str
    open_questions: int
    asked: int = 0
    """Questions about words, answered or not."""
    few: int = 0
    """Cases that fit fewer schools than the register wants, as the panel reads them."""


@dataclass(frozen=True, slots=True)
class Run:
    """One night."""

    as_of: datetime
    local_day: date
    exit_code: Exit
    why: str
    """What stopped it, in a sentence; empty where nothing did."""
    tonight: Received
    in_all: Received
    replies: Mapping[str, Mapping[str, int]]
    """How many of each kind have come how far, of all there ever were."""
    findings: Mapping[str, int]
    """How often each code was found in what came tonight."""
    packs: tuple[PackTold, ...]
    questions: Mapping[str, int]
    """Open questions of each meeting."""
    decisions: Mapping[str, Mapping[str, int]]
    """How many cases of each meeting had each outcome."""
    funds: tuple[Fund, ...]
    needs: tuple[Need, ...]
    crashes: tuple[Crash, ...]
    files: tuple[str, ...]
    """What there is to open, from the workspace."""
    replies_tonight: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """The same, of those about tonight's verdicts."""
    controls: tuple[ControlTold, ...] = ()
    """Of every cluster and council year, as far as the night came to the money."""
    tagger: Mapping[str, str] = field(default_factory=dict)
    """The model that has a vote on names: name, version, licence, author, hash; empty where none has."""

    def to_json(self) -> str:
        """One JSON document, names in order."""
        told = {
            "as_of": self.as_of.isoformat(),
            "controls": [asdict(each) for each in self.controls],
            "conserves": self.tonight.conserves and self.in_all.conserves,
            "crashes": [{"told": each.told, "unit": each.unit_id} for each in self.crashes],
            "decisions": self.decisions,
            "exit_code": int(self.exit_code),
            "files": self.files,
            "findings": self.findings,
            "funds": [asdict(each) for each in self.funds],
            "needs": [asdict(each) for each in self.needs],
            "packs": [asdict(each) for each in self.packs],
            "questions": self.questions,
            "replies": self.replies,
            "replies_tonight": self.replies_tonight,
            "tagger": dict(self.tagger) or None,
            "units": {"in_all": _told(self.in_all), "tonight": _told(self.tonight)},
            "version": __version__,
            "why": self.why,
        }
        return json.dumps(told, indent=2, sort_keys=True, default=str) + "\n"


def _told(received: Received) -> dict[str, int]:
    return {"received": received.received, **received.states}


@dataclass(frozen=True, slots=True)
class Met:
    """What a night met on its way that the store does not know of."""

    stopped: Exit = Exit.CLEAN
    """How a stage ended it; CLEAN where none did."""
    why: str = ""
    """What stopped it."""
    findings: Sequence[Finding] = ()
    """In workbooks that the admin or the chair filled in."""
    crashes: Sequence[Crash] = ()
    """Faults of ours on single units."""
    controls: Sequence[ControlTold] = ()
    """The control totals, tied or not."""
    too_large: int = 0
    """Files that were too large to be taken from the inbox."""
    unreachable: Sequence[str] = ()
    """A sentence for each mailbox or mail server that could not be reached."""
    needs: Sequence[Need] = ()
    """What the stages themselves have found to be needed."""
    tagger: Mapping[str, str] = field(default_factory=dict)
    """Which model has a vote on names."""


_NOTHING = Met()


def collected(store: Store, register: Register, places: Places, as_of: datetime, met: Met = _NOTHING) -> Run:
    """How the night of ``as_of`` went: its store as it left it, and what it ``met`` besides."""
    night = nights.span(store, as_of)
    tonight = units.ids_of_night(store, night)
    needed = Needed(store, register, places, as_of, finished=met.stopped is Exit.CLEAN)
    needs = (
        *_ours(store, met, folder_of(places, as_of).name), *_unreached(met.unreachable),
        *needed.everything(met.findings, met.too_large, met.needs),
    )  # fmt: skip
    counted = Received(len(tonight), _states(store, night)), Received(units.how_many(store), _states(store))
    code, reason = _ended(met, counted[1], needs)
    return Run(
        as_of=as_of,
        local_day=register.day_of(as_of),
        exit_code=code,
        why=reason,
        tonight=counted[0],
        in_all=counted[1],
        replies=replies.counted(store),
        replies_tonight=replies.counted(store, night),
        findings=findings.counted(store, tonight),
        packs=_packs(store, places),
        questions=questions.left_open(store),
        decisions=_decisions(store),
        funds=funds(store),
        needs=needs,
        crashes=tuple(met.crashes),
        files=_files(store, places),
        controls=tuple(met.controls),
        tagger=met.tagger,
    )


def _ended(met: Met, received: Received, needs: Sequence[Need]) -> tuple[Exit, str]:
    if met.stopped is not Exit.CLEAN:
        return met.stopped, met.why
    if not received.conserves:
        lost = received.received - sum(received.states.values())
        return Exit.FAILED, f"{lost} of what came has no verdict. Run the night again."
    if met.unreachable:
        return Exit.UNREACHABLE, met.why
    wanted = any(each.kind is not When.LATER for each in needs)
    return (Exit.NEEDED if wanted else Exit.CLEAN), met.why


def _ours(store: Store, met: Met, night: str) -> list[Need]:
    """What went wrong with the program itself."""
    needs = []
    if met.stopped is not Exit.CLEAN:
        do = "Look at it before anything else; nothing was released tonight."
        needs.append(Need(When.TODAY, "The night", met.why, do, 10))
    stand = units.get_many(store, [each.unit_id for each in met.crashes])
    for each in met.crashes:
        state = stand[each.unit_id].state if each.unit_id in stand else units.State.HELD
        do = f"Pass private/traces/{trace_name(night, each)} on to whoever looks after the program."
        what = "The program broke on the reply to it; that waits." if each.of_reply else BROKE.format(state=state)
        needs.append(Need(When.TODAY, f"Unit {each.unit_id}", what, do, 5))
    return needs


def _unreached(unreachable: Sequence[str]) -> Iterator[Need]:
    for sentence in unreachable:
        yield Need(When.TODAY, "Mail", sentence, "Mend that, then run the night again: nothing is lost meanwhile.", 10)


def trace_name(night: str, crash: Crash) -> str:
    """Name of the file that holds what the program said when it broke on a unit; ``night`` as its report is called."""
    return f"{night}-{crash.unit_id}{'-reply' if crash.of_reply else ''}.txt"


def _states(store: Store, night: nights.Span | None = None) -> dict[str, int]:
    counts = units.counts(store, night)
    return {str(state): counts[state] for state in SETTLED}


def _packs(store: Store, places: Places) -> tuple[PackTold, ...]:
    left, asked = questions.left_open(store), questions.of_kind(store, "redaction")
    made = []
    for meeting, pack in sorted(newest(packs.everything(store)).items()):
        # Of one that went out, as many as its file holds; of a draft, as many as stand in it now.
        is_out = pack.state is packs.PackState.RELEASED
        held = cases.of_version(store, meeting, pack.version) if is_out else cases.standing(store, meeting)
        told = (left.get(meeting, 0), asked.get(meeting, 0), packs.few(store, meeting))
        # A draft that went with its cases is told of no more.
        if is_out or held or told[0] or packs.lies(places.root, pack) is not packs.Lies.GONE:
            made.append(PackTold(meeting, pack.version, str(pack.state), len(held), pack.path, *told))
    return tuple(made)


def _decisions(store: Store) -> dict[str, dict[str, int]]:
    newest_of = {(each.meeting, each.application_ref): each for each in decisions.everything(store)}
    told: dict[str, Counter[str]] = {}
    for each in newest_of.values():
        told.setdefault(each.meeting, Counter())[each.outcome] += 1
    return {meeting: dict(outcomes) for meeting, outcomes in told.items()}


def _files(store: Store, places: Places) -> tuple[str, ...]:
    there = [places.root / each.path for each in newest(packs.everything(store)).values()]
    for folder, pattern in (
        (places.root / "panel", "*/decisions-*.xlsx"), (places.finance, "statement-*.xlsx"), (places.review, "*.xlsx"),
    ):  # fmt: skip
        there += [path for path in folder.glob(pattern) if not path.name.startswith(("~$", "."))]
    return tuple(sorted(places.told(path) for path in there if path.exists()))
