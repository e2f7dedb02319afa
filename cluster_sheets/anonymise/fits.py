"""Fits: how many member schools fit all that a case shows of its school, and what to blur where they are too few.

In: what is shown, the member schools as anybody can look them up. Out: a number of schools, facts to blur.
Never: holds against a school what the register does not know of it; docs/intruder.md says what that leaves. Pure.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType

from cluster_sheets.anonymise.blur import STAGES, Policy, phase_group, size_band
from cluster_sheets.register.model import School

SIZE_BAND, PHASE_GROUP, KEY_STAGE = "size-band", "phase-group", "key-stage"
FACTS = (SIZE_BAND, PHASE_GROUP, KEY_STAGE)
"""What can be blurred, in the order of what the panel loses by it: where the key stage is told, the phase group adds
little; the age of the children a panel misses most."""
_TEACHES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "NS": STAGES[:1],
        "PS": STAGES[:3],
        "MP": STAGES[2:4],
        "MS": STAGES[2:4],
        "SS": STAGES[3:],
        "AT": STAGES,
        "SP": STAGES,
        "PR": STAGES,
    }
)
"""Stages that a school of a phase may teach: both kinds of middle school lie across the end of key stage 2."""
_ANY_PUPILS = ("SP", "PR")
"""Phases of schools that take whoever is sent to them: none of their stages is sure to have pupils."""
_SOMETIMES = (STAGES[0], STAGES[-1])
"""Stages that a school may have no pupils in, or name none, whatever it teaches: nursery and reception, sixth form."""
_PART = re.compile(r"\b(infant|junior)s?\b", re.IGNORECASE)
_PARTS: Mapping[str, tuple[str, ...]] = MappingProxyType({"infant": STAGES[:2], "junior": STAGES[2:3]})


@dataclass(frozen=True, slots=True)
class Shown:
    """What a case shows that can be held against a list of schools; what is empty is not shown."""

    phase_group: str = ""
    size_band: str = ""
    stages: tuple[str, ...] = ()
    """Key stages that its school teaches; none of a request by several schools, for any of them may."""
    are_all: bool = False
    """The stages are those of a whole school: one that has others too does not fit."""

    @property
    def facts(self) -> tuple[str, ...]:
        """Those that are shown, in the order of ``FACTS``."""
        return tuple(fact for fact in FACTS if self.told(fact))

    def told(self, fact: str) -> str:
        """What is shown of one fact, in words."""
        return {SIZE_BAND: self.size_band, PHASE_GROUP: self.phase_group, KEY_STAGE: ", ".join(self.stages)}[fact]

    def without(self, facts: Collection[str]) -> "Shown":
        """The same with these blurred: not shown."""
        return replace(
            self,
            phase_group="" if PHASE_GROUP in facts else self.phase_group,
            size_band="" if SIZE_BAND in facts else self.size_band,
            stages=() if KEY_STAGE in facts else self.stages,
        )


def stages_taught(school: School) -> tuple[str, ...]:
    """Stages that a school may teach by its phase, and by a name that says infants or juniors."""
    taught = _TEACHES.get(school.phase, STAGES)
    names = " ".join((school.name, *school.aliases, *school.ambiguous))
    parts = sorted({part.casefold() for part in _PART.findall(names)})
    return _PARTS[parts[0]] if school.phase == "PS" and len(parts) == 1 else taught


def stages_sure(school: School) -> tuple[str, ...]:
    """Stages that a school can be relied on to name where it speaks of all its pupils."""
    return tuple(each for each in stages_taught(school) if each not in _SOMETIMES and school.phase not in _ANY_PUPILS)


@dataclass(frozen=True, slots=True)
class _Known:
    """A school as anybody can look it up."""

    urn: str
    phase_group: str
    size_band: str
    taught: tuple[str, ...]
    sure: tuple[str, ...]

    def fits(self, shown: Shown) -> bool:
        return (
            shown.phase_group in ("", self.phase_group)
            and shown.size_band in ("", self.size_band)
            and (not shown.stages or self._teaches(shown))
        )

    def _teaches(self, shown: Shown) -> bool:
        others = shown.are_all and any(stage not in shown.stages for stage in self.sure)
        return not others and all(stage in self.taught for stage in shown.stages)


class Members:
    """The member schools of a cluster, as a reader of the pack knows them."""

    def __init__(self, schools: Iterable[School], policy: Policy) -> None:
        self._known = [
            _Known(
                each.urn,
                phase_group(each.phase),
                size_band(each.roll, policy),
                stages_taught(each),
                stages_sure(each),
            )
            for each in schools
        ]

    def fitting(self, shown: Shown, own: str) -> int:
        """How many fit all that is shown: its ``own`` school by its URN, whatever it is, and those like it.

        A school whose roll is not known is of no size.
        """
        return sum(known.urn == own or known.fits(shown) for known in self._known)


def to_blur(shown: Shown, fitting: Callable[[Shown], int], k: int, kept: Collection[str] = ()) -> tuple[str, ...]:
    """The facts to blur so that ``k`` schools fit: as few as will do, then those least missed; none where ``k`` fit.

    Where no blurring brings ``k``, those that bring most. Facts that are ``kept`` stay shown.
    """
    may = [fact for fact in shown.facts if fact not in kept]
    best: tuple[str, ...] = ()
    most = fitting(shown)
    for count in range(1, len(may) + 1):
        for facts in combinations(may, count):
            if most >= k:
                return best
            if (found := fitting(shown.without(facts))) > most:
                best, most = facts, found
    return best
