"""Labelled: what stands before somebody's name where a line is about them: Pupil:, Cover:, For May the corridor is.

In: a cleaned text and the number of one of its words. Never: asks whether the word could be a name.
"""

import re

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.capital import bare, has_capital, is_unknown, joined_to
from cluster_sheets.anonymise.human import is_led_to_somebody
from cluster_sheets.anonymise.normal import Clean

_LABEL = 30
_LABELLED = re.compile(
    r"(?:\b(?:pupil|child|name|student|learner|boy|girl|sibling|parent|carer|mum|mother|dad|father|contact|present"
    r"|attended|attendance|attendees|apologies|cc|staff|teacher|assistant|ta|senco|head|scores?|lead|key ?worker"
    r"|back-?up|referrer|cover(?:ed by)?|led by|run by|supervised by|minutes|note-?taker|driver|escort|interpreter"
    r"|key ?adult|(?:class|form) tutor|tutor|adult|client|patient|case|re"
    r"|subject|signed|author|professional|group \w{1,2}|year \w{1,2}|pair|re|mon|tues?|wed|thurs?|fri)"
    r"(?:s|\(s\))?(?: name)?\s?(?::|-|=)\s?|(?:pupil|child|learner|parent|carer"
    r"|student)(?:'?s'?)? (?:voice|views?) \(|(?:regards|wishes|sincerely|thanks),\s|\b\d{1,2}[:.]\d\d\s?(?:-\s?)?)$",
    re.IGNORECASE,
)
"""What is written before the name of somebody whom a line is about."""
_FOR = re.compile(r"(?:^|[.!?\n] ?(?:- )?)For $")
_FOR_WHOM = re.compile(
    r" (?:the (?:corridor|hall|noise|classroom|playground|bus|taxi|walk|day|world|worst|hard)|school"
    r"|lunch|it is|this is) ?"
)
_KIN_OR_NAME = ("nan", "nana")
"""What a grandmother is, and what somebody is called."""


def is_labelled(text: Clean, number: int) -> bool:
    """True of the first word after what is written before somebody's name: Pupil:, Present:, 13:20."""
    start = text.tokens[number].start
    return _LABELLED.search(text.text[max(0, start - _LABEL) : start]) is not None


def is_for_somebody(text: Clean, number: int) -> bool:
    """True of the May of For May the corridor is hard; not of a target for May."""
    token = text.tokens[number]
    led = _FOR.search(text.text[max(0, token.start - _LABEL) : token.start])
    return (led is not None and _FOR_WHOM.match(text.text, token.stop) is not None) or is_led_to_somebody(text, number)


def is_called_so(text: Clean, number: int) -> bool:
    """True of the Nan of The physio, Nan, and of one in a list of names."""
    if bare(text, number) not in _KIN_OR_NAME:
        return False
    before, after = joined_to(text, number)
    if is_led_to_somebody(text, number) or (has_capital(text, number) and is_labelled(text, number)):
        return True
    if before is None or not has_capital(text, number):
        return False
    role = text.tokens[before].word in words.near("role") and not has_capital(text, before)
    return is_unknown(text, before) or (
        role and text.text.startswith(",", text.tokens[number].stop) and after is not None
    )
