"""Sentence: where the sentence about a stretch of a text begins and ends, and how the admin is shown it."""

import re

from cluster_sheets.anonymise.identity import TITLES

_LONGEST = 220
"""Characters shown on either side of a stretch."""
_ENDS = re.compile(r"[.!?]+[\"')\]]*(?=\s|$)|\n")
_SHORTENED = frozenset((*TITLES, "st", "eg", "ie", "no", "approx", "etc"))


def bounds(text: str, start: int, stop: int) -> tuple[int, int]:
    """Where the sentence about a stretch lies, without the stop that ends it."""
    before, after = 0, len(text)
    for end in _ENDS.finditer(text):
        if _ends_nothing(text, end):
            continue
        if end.end() <= start:
            before = end.end()
        elif end.start() >= stop:
            after = end.start()
            break
    within = text[before:after]
    return before + len(within) - len(within.lstrip()), before + len(within.rstrip())


def _ends_nothing(text: str, end: re.Match[str]) -> bool:
    """True of the full stop of Mrs. and of St."""
    word = re.split(r"\s", text[: end.start()])[-1].casefold().replace(".", "").lstrip("(\"'")
    return end[0] == "." and word in _SHORTENED


def sentence_at(text: str, start: int, stop: int) -> str:
    """The sentence about a stretch as it is shown: with its stop, and cut where it is very long."""
    before, after = bounds(text, start, stop)
    end = _ENDS.match(text, after)
    after = end.end() if end else after
    return text[max(before, start - _LONGEST) : min(after, stop + _LONGEST)].strip()
