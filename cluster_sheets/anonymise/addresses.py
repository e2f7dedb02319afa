"""Addresses: how streets are written, with a number or a postcode beside them or by themselves.

In: nothing; ``pattern`` searches a text for these and ``judged`` looks at what they find.
"""

STREETS = "Street|Road|Rd|Avenue|Ave|Lane|Crescent|Terrace|Mews"
MAYBE_STREETS = (
    "Close|Drive|Way|Gardens|Place|Court|Square|Row|Bank|Walk|View|Rise|Grove|Hill|Park|Green|Fold|Croft|Parade|Yard|Brow"
    "|Gate|Wharf|Villas|Cottages|Buildings|Heights|Meadow|Meadows|Orchard|Paddock|Vale|Circle|Chase|End|Side|House|Steps"
    "|Mount|Dene|Mead|Garth|Causeway|Quay|Wynd|Ginnel|Snicket|Passage|Entry|Bottoms?|Nook|Broadway|Boulevard|Hollow|Ridge"
    "|Ridgeway|Leys?|Leas|Acres?|Common|Bridge|Mill|Edge|Corner|Dingle|Holme|Fields?|Woods?|Moor|Dale|Top|Approach|Loan"
)
"""Streets where a house number stands before: a hundred square and a safe place are none."""
_SMALL_MAYBE = "close|drive|way|gardens|place|court|grove|rise|view|walk|row|croft|fold|mews|hill|park|green"
_SORTS = (
    "School|Academy|Primary|Pupil|Infant|Junior|Nursery|High|College|Alternative|Special|Catholic|CofE|CE|Community"
)
_NO_SCHOOL = rf"(?! (?:{_SORTS}|Education|Learning|Multi|Trust|Federation))"
_NAMED = r"(?<![\w'])(?:[A-Z][a-z']+ ){1,2}"
_CODE = r"\(?[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}(?!\w)"
"""A postcode, in brackets or without."""
WITH_CAPITALS = (
    rf"(?<![\w'])(?:(?:(?<![£.,])\d+[A-Za-z]?,? )?(?:[A-Z][a-z']+ ){{1,2}}(?:{STREETS})"
    rf"|\d+[A-Za-z]?,? (?:[A-Z][a-z']+ ){{1,2}}(?:{MAYBE_STREETS}))\b{_NO_SCHOOL}"
)
BEFORE_A_POSTCODE = rf"{_NAMED}(?:{MAYBE_STREETS})(?=,? (?:[A-Z][a-z]+,? ){{0,2}}{_CODE})"
_TO_A_HOME = (
    r"\b(?:address|home|letters?|lives?|living|rent(?:s|ed|ing)?|stay(?:s|ed|ing)?|(?:re)?housed|parcels?|visit(?:s|ed)?)"
    r"\b[a-z :]{0,20}?(?:(?<=:)|\b(?:at|to|is)) "
)
_TWO_WORDS = r"(?P<first>[a-z']{1,29})(?: [a-z']{1,29})?"
IN_SMALL_LETTERS = (
    rf"(?<![\w'£.,])(?:flat \d+[a-z]?,? )?\d+[a-z]?,? {_TWO_WORDS}?"
    rf" (?:(?:{STREETS.lower()}|drive|gardens|grove)\b(?! (?:school|academy|primary|infant|junior|nursery))"
    rf"|(?:{MAYBE_STREETS.lower()})(?=,? (?:[a-z']+,? ){{0,4}}{_CODE}))"
)
IN_SMALL_LETTERS_AT_HOME = (
    rf"(?:(?<![\w'£.,])flat \d+[a-z]?,? |{_TO_A_HOME})(?P<it>\d+[a-z]?,? {_TWO_WORDS} (?:{_SMALL_MAYBE}))\b"
)
"""Letters to 5 kiln way: streets that are ordinary words, where only an address would stand."""
_NO_NAME = (
    r"(?!(?:the|a|an|this|that|his|her|their|our|my|main|busy|same|other|side|back|high|long|narrow|quiet|local|memory|bus"
    r"|hard|slow|fast|cycle|each|every|any|one|two|right|wrong|dual|to|of|off|on|up|in|and) )"
)
WHISPERED = "drive|gardens|grove|close|court"
"""Ordinary words that are taken for streets in a text without any capital."""
_AT_HOME = r"(?:lives?|lived|living|stays?|staying|housed|rehoused) (?:on|in|at|off)|(?:re)?housed to|moved (?:out )?to"
HOME_ENDS = "bank|bridge|croft|fold|mews|parade|brow|wharf|cottages"
"""More of them, behind what says where somebody lives."""
WITHOUT_A_NUMBER = (
    rf"\b(?:(?:{_AT_HOME}) (?P<that>{_NO_NAME}{_TWO_WORDS.replace('first', 'home')}"
    rf" (?:{HOME_ENDS}))\b(?! (?:school|academy))"
    r"|(?:home is|lives? (?:on|in|at|off)|address (?:we have )?is|moved (?:out )?to|rehoused (?:from|to)|sent to"
    r"|park(?:ed|s|ing) on|go to|walks? (?:along|down|up)|house on|home on|home to|visits? to)"
    rf" (?P<it>{_NO_NAME}{_TWO_WORDS}"
    rf" (?:{STREETS.lower()}|{WHISPERED}))\b)"
)
"""Of a text without any capital: home is kiln street."""
SHOUTED = (
    r"(?<![\w'])(?:\d+[A-Z]?,? )?(?:[A-Z][A-Z']+ ){1,2}"
    rf"(?:(?:{STREETS.upper()})\b(?! (?:SCHOOL|ACADEMY|PRIMARY|PUPIL))"
    rf"|(?:{MAYBE_STREETS.upper()})(?=,? (?:[A-Z]+,? ){{0,4}}{_CODE}))"
)
LABEL = r"\b(?:address|accommodation|home|house|residence)\b[a-z ()]{0,24}[:=] ?"
LABELLED = (
    rf"(?i:{LABEL})(?P<it>(?:[A-Z][a-zA-Z']+ ){{1,3}}"
    rf"(?:{MAYBE_STREETS}|{MAYBE_STREETS.upper()}))\b{_NO_SCHOOL}(?!,? (?:[A-Z][a-z]+,? ){{0,2}}{_CODE})"
)
"""Home address: Kiln Bank."""
LABELLED_IN_SMALL_LETTERS = (
    rf"{LABEL}(?P<it>{_NO_NAME}{_TWO_WORDS} (?:{STREETS.lower()}|{MAYBE_STREETS.lower()}))\b(?! (?:school|academy))"
)
NEEDED_LABELLED = "[:=]"
NEEDED = rf" (?:{STREETS}|{MAYBE_STREETS}|{STREETS.upper()})\b"
"""A part of every way with capitals."""
NEEDED_SMALL = rf"\d[a-z]?,? [a-z' ]{{1,60}} (?:{STREETS.lower()}|{MAYBE_STREETS.lower()})\b"
NEEDED_WITHOUT_A_NUMBER = rf"[a-z'] (?:{STREETS.lower()}|{WHISPERED}|{HOME_ENDS})\b"
NEEDED_SMALL_AT_HOME = rf"\d[a-z]?,? [a-z' ]{{1,60}} (?:{_SMALL_MAYBE})\b"
NEEDED_SHOUTED = rf"[A-Z'] (?:{STREETS.upper()}|{MAYBE_STREETS.upper()})\b"
