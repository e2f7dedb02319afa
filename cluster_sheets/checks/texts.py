"""What stands in free text and should not: a pupil's number, the name of a person, a school or a place."""

import re
from collections.abc import Iterator, Sequence

from cluster_sheets.base import columns
from cluster_sheets.base.record import Value
from cluster_sheets.checks.declared import Judged
from cluster_sheets.checks.sight import Sight, everywhere
from cluster_sheets.form.declared import Field
from cluster_sheets.form.kind import upn_letter

_UPN = re.compile(r"(?<![A-Z0-9])[A-Z]\s?\d{3}\s?\d{4}\s?\d{4}\s?[A-Z0-9](?![A-Z0-9])", re.IGNORECASE)
_FIGURES = re.compile(r"\d\d\d\s?\d{4}")
"""Part of every UPN; far quicker to look for."""
_ELEVEN = b"0" * 11
"""Figures of a UPN in plain English, once each figure there is a nought and blanks are gone: quicker still."""
_NOUGHTS = bytes.maketrans(b"0123456789", b"0" * 10)
_BLANKS = bytes(number for number in range(128) if chr(number).isspace())


def holds_upn(text: str) -> bool:
    """True where a UPN with the right check letter stands in ``text``."""
    if not (_ELEVEN in text.encode().translate(_NOUGHTS, _BLANKS) if text.isascii() else _FIGURES.search(text)):
        return False
    found = ("".join(match[0].split()).upper() for match in _UPN.finditer(text))
    return any(len(upn) == 13 and upn_letter(upn) == upn[0] for upn in found)


def judged(sight: Sight) -> Iterator[Judged]:
    """Both rules about free text, for each box of it."""
    boxes = [field for field in sight.form.fields if field.privacy == "free-text"]
    upns, names = ([everywhere(sight.index(box.table), holds=False) for box in boxes] for _ in range(2))
    for unit, texts in enumerate(_texts(sight, boxes)):
        told = [text for _, _, text in texts]
        known = sight.world.names_known(told, _own_names(sight, unit)) if told else ()
        for (number, row, _), named in zip(texts, known, strict=True):
            names[number][row] = named
        # Nearly no form holds one anywhere, so all its boxes are asked at once first.
        if holds_upn("\n".join(told)):
            for number, row, text in texts:
                upns[number][row] = holds_upn(text)
    for number, box in enumerate(boxes):
        yield Judged("upn-in-text", box.table, box.key, upns[number])
        yield Judged("known-name-in-text", box.table, box.key, names[number])


def _texts(sight: Sight, boxes: Sequence[Field]) -> list[list[tuple[int, int, str]]]:
    """What stands in the boxes of each form: number of the box, row of its frame, text."""
    found: list[list[tuple[int, int, str]]] = [[] for _ in range(sight.size)]
    for number, box in enumerate(boxes):
        units, texts = sight.unit(box.table).tolist(), sight.value(box.key, box.table).tolist()
        for row, (unit, text) in enumerate(zip(units, texts, strict=True)):
            if isinstance(text, str):
                found[unit].append((number, row, text))
    return found


def _own_names(sight: Sight, unit: int) -> frozenset[str]:
    """People this form names, and its own address."""
    form = sight.frames.forms[unit]
    table, agreed_by = sight.split(columns.AGREED_BY)
    own: list[Value] = [
        form.value(key) for key in (columns.HEADTEACHER, columns.CONTACT, columns.SIGNED_BY, columns.CONTACT_EMAIL)
    ]
    own += [line.answers.get(agreed_by) for line in form.lines[table]]
    return frozenset(each for each in own if isinstance(each, str))
