"""What stands in free text and should not: a pupil's number, the name of a person, a school or a place."""

import re
from collections.abc import Iterator

import pandas as pd

from cluster_sheets.base import columns
from cluster_sheets.base.record import Value
from cluster_sheets.checks.declared import Judged
from cluster_sheets.checks.sight import Sight
from cluster_sheets.form.kind import upn_letter

_UPN = re.compile(r"(?<![A-Z0-9])[A-Z]\s?\d{3}\s?\d{4}\s?\d{4}\s?[A-Z0-9](?![A-Z0-9])", re.IGNORECASE)


def holds_upn(text: str) -> bool:
    """True where a UPN with the right check letter stands in ``text``."""
    found = ("".join(match[0].split()).upper() for match in _UPN.finditer(text))
    return any(len(upn) == 13 and upn_letter(upn) == upn[0] for upn in found)


def judged(sight: Sight) -> Iterator[Judged]:
    """Both rules about free text, for each box of it."""
    own = [_own_names(sight, unit) for unit in range(sight.size)]
    for field in sight.form.fields:
        if field.privacy != "free-text":
            continue
        units = range(sight.size) if not field.table else sight.frames.tables[field.table].unit
        texts = list(zip(sight.value(field.key, field.table), units, strict=True))
        index = sight.index(field.table)
        upns = [isinstance(text, str) and holds_upn(text) for text, _ in texts]
        yield Judged("upn-in-text", field.table, field.key, pd.Series(upns, index, dtype=bool))
        names = [isinstance(text, str) and sight.world.names_known(text, own[unit]) for text, unit in texts]
        yield Judged("known-name-in-text", field.table, field.key, pd.Series(names, index, dtype=bool))


def _own_names(sight: Sight, unit: int) -> frozenset[str]:
    """People this form names, and its own address."""
    form = sight.frames.forms[unit]
    table, agreed_by = sight.split(columns.AGREED_BY)
    own: list[Value] = [
        form.value(key) for key in (columns.HEADTEACHER, columns.CONTACT, columns.SIGNED_BY, columns.CONTACT_EMAIL)
    ]
    own += [line.answers.get(agreed_by) for line in form.lines[table]]
    return frozenset(each for each in own if isinstance(each, str))
