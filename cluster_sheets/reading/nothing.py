"""Boxes that say there is nothing to say: a dash, n/a, none, or a nought where a nought is no answer.

In: what stands in a box that this request need not fill in. Out: whether it means that the box is blank.
Never: of a box that must be filled in, nor of words that are an answer of the box: ``None`` may stand on its list.
"""

from cluster_sheets.base.text import folded, trimmed
from cluster_sheets.form.condition import Look
from cluster_sheets.form.declared import Field
from cluster_sheets.form.kind import Raw

CODE = "nothing-said"
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212.")
_WORDS = frozenset(folded(words) for words in ("n/a", "na", "none", "nil", "nothing", "not applicable"))
_FIGURES = ("money", "whole-number", "decimal", "percent")
_LONGEST = 16
"""Characters; whatever is longer says something."""


def says_nothing(field: Field, raw: Raw) -> bool:
    """Whether what stands in a box is a way to say that it is meant to be blank."""
    if isinstance(raw, str):
        words = trimmed(raw) if len(raw) <= _LONGEST else "more"
        return bool(words) and (_DASHES.issuperset(words) or folded(words) in _WORDS or _is_nought(field, words))
    return raw == 0 and not isinstance(raw, bool) and field.kind in _FIGURES


def is_left_aside(field: Field, look: Look, *, reads: bool) -> bool:
    """Whether such a box counts as blank: this request need not have it or, where it ``reads`` as an answer, may not.

    What is not known, because an answer it hangs on did not parse, does not count.
    """
    return field.forbidden.holds(look) is True if reads else field.required.holds(look) is False


def _is_nought(field: Field, words: str) -> bool:
    return field.kind in _FIGURES and words.strip("£ ").replace(".", "", 1).strip("0") == "" and "0" in words
