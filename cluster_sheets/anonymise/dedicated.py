"""Dedicated: church schools by what they are dedicated to, where nothing says school: moved to Our Lady of the Weir.

In: a cleaned text. Out: stretches that are such a dedication.
"""

import re
from collections.abc import Iterator

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.normal import Clean

_DEDICATED = re.compile(
    r"\b(?:Our Lady(?:'s)?(?: (?:and|of) (?:the |St )?[A-Z][\w']+(?: [A-Z][\w']+)?)?"
    r"|Holy (?:Trinity|Family|Cross|Rosary|Name|Rood)|Sacred Heart|Blessed Sacrament|Corpus Christi|Christ the King"
    r"|Good Shepherd|(?:All|English) (?:Saints|Souls|Martyrs|Hallows))(?![\w\-])"
)


def dedications(text: Clean) -> Iterator[tuple[int, int]]:
    """Where one stands."""
    if not text.words.isdisjoint(words.near("dedication")):
        yield from (match.span() for match in _DEDICATED.finditer(text.text))
