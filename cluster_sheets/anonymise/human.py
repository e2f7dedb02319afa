"""Human: what is said of nobody but a person, so that any word with a capital is one there: if Pink is off sick.

In: a cleaned text and the number of one of its words. Never: asks what the word itself means.
"""

import re

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.normal import Clean

_NEAR = 48
_BEFORE = re.compile(
    r"(?:\baccording to"
    r"|\b(?:nobody|no one|no-one|somebody|someone|who|has|have|had|having) (?:has |had )?(?:told|taught"
    r"|rung|messaged|hugged)"
    r"|\b(?:toileting|feeding|dressing|changing|pairing|partnering|sitting|working one to one) (?:of|with)"
    r"|\b(?:for the )?attention of|\bon behalf of|\bparent of|\bmessaged|\btexted|\bmessaging|\btexting"
    r"|\bhugs|\bhugged"
    r"|\bwaved to|\bfriends? with|\bfriends of)\s$",
    re.IGNORECASE,
)
"""Before somebody: according to Shire."""
_TAUGHT = re.compile(
    r"\b(?:taught|teaching|helped|encouraged|helping|got|asked|told|reminded|wants?|wanted|wished|allow(?:s|ed|ing)?"
    r"|enabl(?:e|es|ed|ing)|encourag(?:e|es|ing)|expect(?:s|ed)?|helps|teach|teaches|would like) $",
    re.IGNORECASE,
)
_TO_DO = re.compile(
    r" (?:to|how to|not to) (?:read|write|sit|talk|speak|swim|count|use|eat|sign|ask|walk|wait|spell|go"
    r"|come|stop|try|be|have|feel|join|stay|play|learn|sleep|calm|cope|dress|listen|smile|settle|make friends|leave)\b"
)
"""Who was taught to read."""
_STATE = (
    r"(?:off (?:sick|ill|school|work|today)|off(?=[.,;!]|$)|absent|unwell|poorly|worn out|exhausted|upset|in tears"
    r"|away (?:ill|sick|today)|on leave"
    r"|on maternity|off on|(?:very |quite |really |so |too )?(?:tired|anxious|popular|shy|happy|sad"
    r"|frightened|angry|hungry|cross"
    r"|clingy|chatty|proud|excited|lonely|nervous)|doing (?:a bit |much |so )?(?:well|better|worse)"
    r"|(?:a|such a) (?:\w+ )?(?:lad|lass|boy|girl|child|pupil|learner|character|delight|joy)|known to"
    r"|in (?:year|reception)"
    r"|the (?:only |one )?(?:child|pupil|boy|girl|one) who|not coping|on roll|looked after|adopted"
    r"|able to (?:read|write|say|sit)"
    r"|toilet trained|non-?verbal|pre-?verbal)\b"
)
_SAID = re.compile(
    rf"(?:,)? (?:(?:is|was|has been|had been|gets|seems|looks) (?:now |still |often |also |always )?{_STATE}"
    r"|has (?:been (?:messaging|texting|hitting|biting|crying|refusing|seen by|excluded|asking)"
    r"|needed an adult|one good friend"
    r"|an? (?:diagnosis|plan|EHCP|older|younger|twin|brother|sister|one to one|tutor))"
    r"|would (?:happily|rather|love|sooner)|(?:said|says|told|asked|wrote|writes|knows|copies|cries|cried"
    r"|laughs|smiled|smiles"
    r"|struggles|sleeps|slept|hid|hides|wets|weeps|whispers|giggles|sobs|shouts|shouted|screams|screamed"
    r"|bites|bit|kicks|kicked"
    r"|punched|punches|walks in|wrote on|sits by|eats|ate|drinks|needs an? (?:adult|hug|wee|friend)|loves"
    r"|hates|wants|thinks|feels|will (?:ask|say|tell|cry|eat|smile|laugh|shout|run|often ask|only eat|deliver|lead"
    r"|teach|cover|attend|train|oversee|mark|observe|be trained)"
    r"|finds it|cannot (?:cope|sit|read|write|tie|tell|wait)|can now|will sit|won't|wont|refuses|arrives|lashes)\b)",
)
"""After somebody: Pink is off sick, Hope is worn out."""


def may_tell_somebody(text: Clean) -> bool:
    """False of a text without any word that matters here; a quick look."""
    return not words.near("may-tell").isdisjoint(text.words)


def is_led_to_somebody(text: Clean, number: int) -> bool:
    """True of a word behind what leads to nobody but a person."""
    token = text.tokens[number]
    if number == 0 or text.tokens[number - 1].word not in words.near("leads-to"):
        return False
    before = text.text[max(0, token.start - _NEAR) : token.start]
    if _BEFORE.search(before):
        return True
    return _TAUGHT.search(before) is not None and _TO_DO.match(text.text, token.stop) is not None


def acts_as_somebody(text: Clean, number: int) -> bool:
    """True of a word before what is said of nobody but a person."""
    ahead = number + 1
    if ahead == len(text.tokens) or text.tokens[ahead].word not in words.near("said-of"):
        return False
    return _SAID.match(text.text, text.tokens[number].stop) is not None
