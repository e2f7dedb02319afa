"""Pupils: lines and counts of pupils nobody is. UPNs are of LA 999, which issues none."""

from random import Random

from cluster_sheets.demo.texts import PUPIL, PUPIL_GROUP, Theme
from cluster_sheets.form.kind import UPN_LETTERS, upn_letter
from cluster_sheets.register.model import School

PRIMARY_BANDS, SECONDARY_BANDS = ("EYFS", "KS1", "KS2"), ("KS3", "KS4")
MOST_PUPILS = 30
"""Lines of single pupils that the form takes."""


def is_primary(school: School) -> bool:
    """True of a primary, infant or junior school."""
    return school.phase in ("PS", "MP")


def _is_called(school: School, word: str) -> bool:
    return any(word in name for name in (school.name, *school.aliases))


def years(school: School, theme: Theme) -> tuple[str, ...]:
    """Year groups of a school that a theme is about; all of its own where the theme names none of them."""
    if _is_called(school, "Infant"):
        own: tuple[str, ...] = ("R", "1", "2")
    elif _is_called(school, "Junior"):
        own = ("3", "4", "5", "6")
    else:
        own = ("R", "1", "2", "3", "4", "5", "6") if is_primary(school) else ("7", "8", "9", "10", "11")
    return tuple(each for each in theme.years if each in own) or own


def upn(number: int) -> str:
    """A UPN of LA 999 with the right check letter, another for each number below nine million."""
    rest = f"999{1000 + number // 1000:04d}15{number % 1000:03d}"
    return next(letter for letter in UPN_LETTERS if upn_letter(letter + rest) == letter) + rest


def how_many(theme: Theme, rng: Random) -> int:
    """Pupils a request is for."""
    return {PUPIL: 1, PUPIL_GROUP: rng.choice((4, 6, 6, 8, 9, 12))}.get(theme.benefit, rng.randrange(14, 60))


def upns(number: int, count: int) -> list[str]:
    """UPNs of one request's pupils."""
    return [upn(number * MOST_PUPILS + each) for each in range(count)]


def bands(school: School) -> tuple[str, ...]:
    """Year bands of a school."""
    if _is_called(school, "Infant"):
        return PRIMARY_BANDS[:2]
    if _is_called(school, "Junior"):
        return PRIMARY_BANDS[2:]
    return PRIMARY_BANDS if is_primary(school) else SECONDARY_BANDS


def counts(school: School, total: int, rng: Random) -> list[tuple[str, int, int, int]]:
    """(band, with a plan, on SEN support, without) that come to ``total``, every band named once."""
    names = bands(school)
    left, made = total, []
    for place, band in enumerate(names):
        share = left if place == len(names) - 1 else left // (len(names) - place)
        plans = min(share, rng.randrange(0, 4))
        without = min(share - plans, rng.randrange(0, 3))
        made.append((band, plans, share - plans - without, without))
        left -= share
    return made
