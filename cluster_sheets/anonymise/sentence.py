"""Sentence: where the sentence about a stretch of a text begins and ends, and how the admin is shown it."""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from cluster_sheets.anonymise.identity import TITLES

_LONGEST = 220
"""Characters shown on either side of a stretch."""
_ENDS = re.compile(r"[.!?]+[\"')\]]*(?=\s|$)|\n")
_LONGEST_SHORTENED = 40
_SHORTENED = frozenset((*TITLES, "st", "eg", "ie", "no", "approx", "etc"))


def bounds(text: str, start: int, stop: int) -> tuple[int, int]:
    """Where the sentence about a stretch lies, without the stop that ends it."""
    begins, ends = _ends(text)
    last, next_ = bisect_right(ends, start), bisect_left(begins, stop)
    before = ends[last - 1] if last else 0
    after = begins[next_] if next_ < len(begins) else len(text)
    within = text[before:after]
    return before + len(within) - len(within.lstrip()), before + len(within.rstrip())


@lru_cache(maxsize=16)
def _ends(text: str) -> tuple[list[int], list[int]]:
    """Where each end of a sentence begins, and where it ends; a text is asked about many times in a row."""
    found = [end.span() for end in _ENDS.finditer(text) if not _ends_nothing(text, end)]
    return [begin for begin, _ in found], [end for _, end in found]


def _ends_nothing(text: str, end: re.Match[str]) -> bool:
    """True of the full stop of Mrs. and of St."""
    word = re.split(r"\s", text[max(0, end.start() - _LONGEST_SHORTENED) : end.start()])[-1]
    return end[0] == "." and word.casefold().replace(".", "").lstrip("(\"'") in _SHORTENED


def sentence_at(text: str, start: int, stop: int) -> str:
    """The sentence about a stretch as it is shown: with its stop, and cut where it is very long."""
    before, after = bounds(text, start, stop)
    end = _ENDS.match(text, after)
    after = end.end() if end else after
    return text[max(before, start - _LONGEST) : min(after, stop + _LONGEST)].strip()
