"""Schools: who asks, who takes part, and what an earlier request has to do with them."""

import re
from collections.abc import Iterator

import numpy as np

from cluster_sheets.base import columns
from cluster_sheets.base.reference import APPLICATION
from cluster_sheets.base.text import folded
from cluster_sheets.checks.declared import Judged
from cluster_sheets.checks.sight import Sight, compared
from cluster_sheets.checks.world import Arrival
from cluster_sheets.reading.frames import Mask
from cluster_sheets.reading.typed import FORM

_REFERENCE = re.compile(APPLICATION)
_TITLES = ("mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "revd", "rev")


def judged(sight: Sight) -> Iterator[Judged]:
    """Every rule about schools and people that is no comparison."""
    asked = sight.all_parsed((columns.SCHOOL, columns.URN), FORM)
    apart = compared(sight.value(columns.SCHOOL, FORM), "!=", sight.value(columns.URN, FORM))
    yield Judged("school-and-urn-apart", FORM, columns.URN, asked & apart)
    yield Judged("school-not-a-member", FORM, columns.SCHOOL, _outside(sight, columns.SCHOOL, FORM))
    table, _ = sight.split(columns.PARTNER)
    yield Judged("partner-not-in-cluster", table, columns.PARTNER, _outside(sight, columns.PARTNER, table))
    yield _pupil_elsewhere(sight)
    yield from _earlier(sight)
    yield _declared_by_another(sight)


def _outside(sight: Sight, key: str, level: str) -> Mask:
    """Where a school is no member of the form's cluster on the day of the meeting."""
    schools = sight.value(key, level)

    def outside(school: object, arrival: Arrival) -> bool:
        # Of the meeting that hears it: a form that came late waits for a later one than its own.
        day = arrival.meeting_date or arrival.round_date
        return bool(day and arrival.cluster and not sight.world.is_member(str(school), arrival.cluster, day))

    told = [outside(school, sight.arrivals[unit]) for school, unit in zip(schools, sight.unit(level), strict=True)]
    return np.array(told, dtype=bool) & sight.parsed(key, level)


def _pupil_elsewhere(sight: Sight) -> Judged:
    """Pupils of a school that is neither the lead nor a partner; a blank means the lead."""
    table, _ = sight.split(columns.PUPIL_SCHOOL)
    asked = sight.all_parsed((columns.PUPIL_SCHOOL, columns.URN, columns.PARTNER), table)
    partners_table, partner = sight.split(columns.PARTNER)
    known = [{urn} for urn in sight.cells[FORM][columns.URN]]
    for form, urn in zip(sight.unit(partners_table), sight.cells[partners_table][partner], strict=True):
        known[form].add(urn)
    own = zip(sight.value(columns.PUPIL_SCHOOL, table), sight.unit(table), strict=True)
    elsewhere = np.array([school not in known[form] for school, form in own], dtype=bool)
    return Judged("pupil-at-another-school", table, columns.PUPIL_SCHOOL, elsewhere & asked)


def _earlier(sight: Sight) -> Iterator[Judged]:
    key = columns.EARLIER_REFERENCE
    clusters = sight.world.listed("cluster_codes")
    references = [str(each).upper() for each in sight.value(key, FORM)]

    def ours(reference: str) -> bool:
        found = _REFERENCE.fullmatch(reference)
        return bool(found and found[1] in clusters and (int(found[2]) + 1) % 100 == int(found[3]))

    shaped = np.array([ours(reference) for reference in references], dtype=bool)
    yield Judged("earlier-reference-shape", FORM, key, ~shaped & sight.parsed(key, FORM))
    urns = sight.value(columns.URN, FORM)
    found = [
        bool(ok) and urn in sight.world.earlier_schools(reference)
        for reference, urn, ok in zip(references, urns, shaped, strict=True)
    ]
    asked = sight.all_parsed((key, columns.URN), FORM) & shaped
    yield Judged("earlier-reference-not-found", FORM, key, asked & ~np.array(found, dtype=bool))


def _declared_by_another(sight: Sight) -> Judged:
    asked = sight.all_parsed((columns.HEADTEACHER, columns.SIGNED_BY), FORM)
    pairs = zip(sight.value(columns.HEADTEACHER, FORM), sight.value(columns.SIGNED_BY, FORM), strict=True)
    other = np.array([_bare(head) != _bare(signed) for head, signed in pairs], dtype=bool)
    return Judged("declared-by-another", FORM, columns.SIGNED_BY, other & asked)


def _bare(name: object) -> str:
    """A person's name without title, case and spaces."""
    words = str(name).replace(".", " ").split()
    while words and words[0].casefold() in _TITLES:
        words = words[1:]
    return folded(" ".join(words))
