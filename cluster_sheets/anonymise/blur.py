"""Blur: figures and codes as the panel may see them, so that no child and no school is told by being rare.

In: typed answers, the register's thresholds. Out: words and figures to show.
Never: shows a count below the threshold, or one from which such a count could be worked out. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from cluster_sheets.base.date import month_in_words
from cluster_sheets.register.model import School
from cluster_sheets.register.settings import Settings

FEW = "c"
ANOTHER_AGENCY = "another agency"
_SOCIAL_CARE = "SOCIAL_CARE"
_STAGES = (
    ("Early years", ("N1", "N2", "R", "EYFS")),
    ("Key stage 1", ("1", "2", "KS1")),
    ("Key stage 2", ("3", "4", "5", "6", "KS2")),
    ("Key stage 3", ("7", "8", "9", "KS3")),
    ("Key stage 4", ("10", "11", "KS4")),
    ("Key stage 5", ("12", "13", "14", "KS5")),
)
STAGES = tuple(label for label, _ in _STAGES)
"""Key stages by the age of the children."""
_AREAS = (
    ("Communication and interaction", ("SLCN", "ASD")),
    ("Cognition and learning", ("SPLD", "MLD", "SLD", "PMLD", "DS")),
    ("Social, emotional and mental health", ("SEMH",)),
    ("Sensory and/or physical", ("HI", "VI", "MSI", "PD")),
)
"""Source: domain.md section 1. OTH and NSA belong to none."""
NO_AREA = "No area given"
PRIMARY, OTHERS = "Primary", "Secondary or alternative provision"
_PHASES: Mapping[str, str] = MappingProxyType(
    {
        "NS": PRIMARY,
        "PS": PRIMARY,
        "MP": PRIMARY,
        "MS": OTHERS,
        "SS": OTHERS,
        "AT": OTHERS,
        "PR": OTHERS,
        "SP": "Special",
    }
)
SMALL, MEDIUM, LARGE = "small", "medium", "large"


@dataclass(frozen=True, slots=True)
class Policy:
    """What the register says of small numbers."""

    threshold: int
    k: int
    """Fewest member schools that must share what is shown of a school."""
    small_max: int
    medium_max: int

    @classmethod
    def of(cls, settings: Settings) -> "Policy":
        """The policy of a register's settings."""
        return cls(
            settings.whole("small_number_threshold"),
            settings.whole("k_anonymity"),
            settings.whole("size_band_small_max"),
            settings.whole("size_band_medium_max"),
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """What the panel may know of the school behind a case; empty where it would tell which."""

    phase_group: str = ""
    size_band: str = ""


def count(number: int, threshold: int) -> str:
    """A count of pupils: ``c`` below the threshold, nought as it is."""
    return FEW if 0 < number < threshold else f"{number:,}"


def key_stage(year_group: str) -> str:
    """Key stage of the code of a year group or of a band of them; empty for one that has none."""
    return _listed(year_group, _STAGES)


def area_of_need(code: str) -> str:
    """Area of a need's code."""
    return _listed(code, _AREAS) or NO_AREA


def _listed(code: str, groups: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    return next((label for label, codes in groups if code in codes), "")


def month(day: date) -> str:
    """``February 2027``."""
    return month_in_words(day)


def term(day: date) -> str:
    """``Spring term 2027``: the school term a day lies in; the summer term begins after Easter."""
    if day.month >= 9:
        name = "Autumn"
    elif day <= easter(day.year):
        name = "Spring"
    else:
        name = "Summer"
    return f"{name} term {day.year}"


def terms(since: date, until: date) -> str:
    """The term or terms of a round of support."""
    first, last = term(since), term(until)
    return first if first == last else f"{first} to {last}"


def easter(year: int) -> date:
    """Easter Sunday (the Gregorian computus of Meeus, Jones and Butcher)."""
    century, in_century = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    return date(year, 3, 1) + timedelta(days=epact + weekday - 7 * shift + 21)


def agency(code: str, label: str) -> str:
    """An outside agency; one that tells of a family's troubles is not named."""
    return ANOTHER_AGENCY if code == _SOCIAL_CARE else label


def phase_group(phase: str) -> str:
    """Primary, or secondary and alternative provision together: four such schools among 25 would stand out."""
    return _PHASES.get(phase, "")


def size_band(roll: int | None, policy: Policy) -> str:
    """Small, medium or large; empty where the roll is not known."""
    if roll is None:
        return ""
    return SMALL if roll <= policy.small_max else MEDIUM if roll <= policy.medium_max else LARGE


def standing(school: School, members: Iterable[School], policy: Policy) -> Standing:
    """What may be shown of a school among the ``members`` of its cluster: only what ``k`` of them share."""
    mine = phase_group(school.phase), size_band(school.roll, policy)
    others = [(phase_group(each.phase), size_band(each.roll, policy)) for each in members]
    if not mine[0] or sum(phase == mine[0] for phase, _ in others) < policy.k:
        return Standing()
    if not mine[1] or sum(each == mine for each in others) < policy.k:
        return Standing(mine[0])
    return Standing(*mine)
