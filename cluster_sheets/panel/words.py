"""One answer as the panel may read it, by the ``panel`` word of its declaration; pure.

In: a field, its typed value, the redacted text of its box. Out: words, empty where there is nothing to see.
Never: lets an answer through that is declared ``no``, or a free text that was not redacted.
"""

from collections.abc import Mapping
from datetime import date

from cluster_sheets.anonymise import blur
from cluster_sheets.base.date import in_words
from cluster_sheets.base.record import Value
from cluster_sheets.form.declared import Field
from cluster_sheets.form.kind import shown

WITHHELD = "[not shown: this text has not been through the anonymiser]"
REST = "the rest"
FEW, NOT_KNOWN, DOES_NOT_APPLY = blur.FEW, "x", "z"


def told(field: Field, value: Value, redacted: str | None, threshold: int) -> str:
    """What the panel reads of one answer."""
    if value is None or field.panel == "no":
        return ""
    match field.panel:
        case "redacted":
            return WITHHELD if redacted is None else redacted
        case "key-stage":
            return blur.key_stage(str(value))
        case "area-of-need":
            return blur.area_of_need(str(value))
        case "broad":
            return _broad(field, value, threshold)
    return in_words(value) if isinstance(value, date) else shown(field, value)


def _broad(field: Field, value: Value, threshold: int) -> str:
    if isinstance(value, date):
        return blur.month(value)
    if isinstance(value, int):
        return blur.count(value, threshold)
    return blur.agency(str(value), shown(field, value))


def rounds(first: date, last: date | None) -> str:
    """``Autumn term 2025``: a round of support, without its days."""
    return blur.terms(first, last or first)


def counted(counts: Mapping[str, int], threshold: int) -> str:
    """``SEN support: the rest, EHC plan: c``: shares of a number that is told elsewhere.

    Where one share is a c, the largest is told as the rest, so that nobody can take the others away from the whole.
    A whole that is itself a c is told without any counts.
    """
    shares = {label: number for label, number in counts.items() if number}
    if len(shares) < 2 or sum(shares.values()) < threshold:
        return ", ".join(shares)
    figures = {label: blur.count(number, threshold) for label, number in shares.items()}
    if FEW in figures.values():
        figures[max(shares, key=shares.__getitem__)] = REST
    return ", ".join(f"{label}: {figure}" for label, figure in figures.items())


def spans(first: date, last: date) -> str:
    """``22 February to 23 July 2027``."""
    start = in_words(first)
    return f"{start.rpartition(' ')[0] if first.year == last.year else start} to {in_words(last)}"


def sentence(label: str, text: str) -> str:
    """``Before: 10 of 16.``; nothing of an empty text."""
    if not text:
        return ""
    stop = "" if text[-1] in ".!?…" else "."
    return f"{label}: {text}{stop}" if label else f"{text}{stop}"
