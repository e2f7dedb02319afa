"""Care: what tells that a child is looked after, adopted or known to social care, which the panel never sees.

In: a cleaned text. Out: places of the words that tell it. Source: what is shown of a case (docs/intruder.md).
Never: takes care for it that is no more than kindness, or a school's own: in our care, a care plan, aftercare.
"""

import re
from collections.abc import Iterator

from cluster_sheets.anonymise.normal import Clean
from cluster_sheets.anonymise.ways import Way, Ways

_CHILD = "(?:he|she|they|pupils?|child(?:ren)?|boys?|girls?|siblings?|brothers?|sisters?|twins?|both|sons?|daughters?)"
_IS = r"(?:is|are|was|were|been|being) "
_COMES = r"(?:taken|placed|came|comes?|went|go|goes|now|living|lives|still|put) "
_NO_BODY = r"(?!(?:'s|s')? (?:[a-z]+ )?(?:teams?|services?|nurses?|nursing|agency)\b)"
"""Who works for such children is named as any body is."""
_WAYS = Ways(
    (
        Way(
            r"(?:previously |formerly |currently |a )?looked[ -]after (?:child(?:ren)?|pupils?|boys?|girls?|status)\b"
            rf"{_NO_BODY}",
            "after",
            "looked",
        ),
        Way(
            r"(?:previously|formerly|no longer|currently) (?:been )?looked[ -]after\b(?! by\b)",
            "after",
            "previously formerly longer currently",
        ),
        Way(
            rf"(?:{_IS}|{_COMES})(?:now |still |all |both |back )?(?:in|into) "
            r"(?:local authority |la |foster |residential |kinship |public )?"
            r"care\b(?! (?:of (?!the (?:local|council|la\b))|home|plan|team|staff|work))",
            "in into",
            "care",
        ),
        Way(
            r"(?:in|into) (?:the )?care of (?:the |another |a |our )?(?:local authority|council|la|authority|county)\b",
            "council authority la county",
            "care",
        ),
        Way(
            r"foster(?:ed|ing)?[ -](?:care|carers?|parents?|mums?|mother|dads?|father|famil(?:y|ies)|placements?|homes?"
            r"|child(?:ren)?|brothers?|sisters?|siblings?|agency|carer's)\b",
            "foster fostered fostering",
        ),
        Way(rf"{_IS}(?:now |being )?fostered\b", "fostered"),
        Way(rf"{_CHILD} (?:[\w'\-]+ ){{0,3}}?{_IS}(?:[a-z]+ )?adopted\b", "adopted"),
        Way(
            r"(?:post[ -])?adopti(?:on|ve) (?:famil(?:y|ies)|parents?|mums?|dads?|mother|father|placement|order"
            r"|breakdown)\b",
            "adoption adoptive",
        ),
        Way(r"special guardian(?:s|ship)?(?: orders?)?\b", "guardian guardians guardianship"),
        Way(r"kinship (?:care|carers?|placement|foster\w*)\b", "kinship"),
        Way(
            r"child(?:ren)?[ -](?:protection|in[ -]need) (?:plans?|register|conferences?|meetings?|reviews?|status)\b",
            "plan plans register conference conferences meeting meetings review reviews status",
            "protection need",
        ),
        Way(r"(?:on|under|subject to) (?:a )?child(?: protection| in need)\b", "on under subject", "protection need"),
        Way(r"(?:cp|cin) (?:plans?|conferences?)\b", "cp cin"),
        Way(
            r"(?:full |interim )?(?:care|placement|supervision) orders?\b", "care placement supervision", "order orders"
        ),
    )
)
_SHORT = re.compile(rf"\b(?:LAC|CLA|CLiC|PLAC|CiC|SGO)s?\b(?!-){_NO_BODY}")
"""Looked-after child, child looked after, previously so, special guardianship order."""


def told_of_care(text: Clean) -> Iterator[tuple[int, int]]:
    """Where it is told."""
    yield from _WAYS.told(text)
    yield from (match.span() for match in _SHORT.finditer(text.text))
