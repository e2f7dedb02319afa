"""Programme: what is bought, used, scored or trained in, so that an unknown word with a capital there is nobody.

In: a cleaned text and the numbers of the first and the last word that may be a name. Never: looks at the word itself.
"""

import re

from cluster_sheets.anonymise.capital import bare_stop
from cluster_sheets.anonymise.normal import Clean

_NEAR = 90
_BEHIND = 90
_DONE = r"(?:done|given|used|repeated|re-?run|administered|scored|completed|taken)"
_LED = re.compile(
    r"(?:\b(?:licen[cs]es?|subscriptions?|log-?ins?) (?:for|to|of)"
    r"|\b(?:used|run|delivered) alongside"
    r"|\b(?:trained|retrained|accredited|certified) (?:in|to deliver)"
    r"|\b(?:purchas(?:e|ed|ing)|pilot(?:ed|ing)|triall(?:ed|ing)|subscrib(?:e|ed|ing) to|licensed"
    r"|installed|renew(?:ed|ing)?)"
    r")\s$",
    re.IGNORECASE,
)
"""Before a thing, and nobody: the licence for Zorby."""
_ENDS_NO_GIFT = re.compile(
    r"(?!'s\b| (?:an?|some|his|her|their|new|two|three) |, (?:who|whose|aged)\b|[ (]+(?:his|her)\b)"
)
"""Not: we purchased Zofia a desk; trained in Zofia's needs."""
_PAIRS = tuple(
    (re.compile(rf"{before}\s$", re.IGNORECASE), re.compile(rf"{after}\b", re.IGNORECASE))
    for before, after in (
        (
            r"\b(?:a|one|each|another|every|two|three|more) (?:half[ -])?(?:terms?|years?|courses?|blocks?"
            r"|rounds?) of",
            r" (?:costs?|is|was|cost|at) ",
        ),
        (r"\b(?:bid|grant|funding|money|premium|award) (?:paid|pays) for", r" and (?:we have|the|it)"),
        (
            r"\b(?:looked (?:at|into)|considered|tried|priced)",
            r",? but (?:it|this) (?:was|is|proved|costs?|cost|would)",
        ),
        (r"\b(?:hoped|thought|found|felt) that", r" (?:would|might|could) be enough"),
        (r"\bwhat (?:has )?worked(?: best| well)?:", r"\. (?:what|it)"),
        (r"(?:^|[.!?\n] ?(?:- )?)(?:is|was)", r" something (?:you|we|that|which)"),
        (r"\bfrom [^.\n]{2,50} and from", r" (?:tell|show|point|agree|say)"),
        (r"\b(?:retest|scores?|scored|baseline) on", r" (?:was|is|at|in|after|before|and|rose|fell|went)"),
    )
)
"""What stands before a thing and after it."""
_SAID = re.compile(
    r"(?:'s)?(?: [A-Z][\w']+){0,3}"
    rf"(?: (?:and|or) (?:the )?[A-Z][\w'\- ]{{1,60}}? are both {_DONE}"
    rf"| (?:are|were) (?:both|each|all) {_DONE}"
    rf"| (?:was|is|were|are) {_DONE} again"
    r"| (?:is|was|are|were) used (?:alongside|daily|weekly|twice|once|by|for|with|in)"
    r"| costs? (?:£|\d)| runs? out (?:in|on|at))\b"
)
"""After a thing: Zorby is used alongside."""


_LEADS = frozenset(
    (
        *("for", "to", "of", "in", "into", "at", "alongside", "deliver", "considered", "tried", "priced", "that", "is"),
        *(
            "was",
            "from",
            "on",
            "worked",
            "well",
            "best",
            "far",
            "licensed",
            "installed",
            "renew",
            "renewed",
            "renewing",
        ),
        *("purchase", "purchased", "purchasing", "piloted", "piloting", "trialled", "trialling", "pilot"),
    )
)
"""What stands right before a thing in each way of telling one."""
_FOLLOWS = frozenset(("and", "or", "is", "are", "was", "were", "cost", "costs", "run", "runs"))
"""What stands right after it where nothing else leads to it."""


def _is_worth_a_look(text: Clean, first: int, last: int) -> bool:
    """A quick look at the words on both sides."""
    if first and text.tokens[first - 1].word in _LEADS:
        return True
    if last + 1 == len(text.tokens):
        return False
    ahead = text.tokens[last + 1]
    return ahead.word in _FOLLOWS or text.text[ahead.start].isupper()


def is_programme(text: Clean, first: int, last: int) -> bool:
    """True of words that stand where a programme or a test would, and nobody could."""
    if not _is_worth_a_look(text, first, last):
        return False
    start, stop = text.tokens[first].start, bare_stop(text, last)
    before, after = text.text[max(0, start - _NEAR) : start], text.text[stop : stop + _BEHIND]
    if _LED.search(before) and _ENDS_NO_GIFT.match(after):
        return True
    if _SAID.match(after):
        return True
    return any(led.search(before) and said.match(after) for led, said in _PAIRS)
