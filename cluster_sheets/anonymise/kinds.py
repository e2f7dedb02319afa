"""Kinds: what stands in the panel's copy for each kind of thing taken out, and what a doubt about one is asked as."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

TAKE_OUT, KEEP, KEEP_ALWAYS, IS_NAME = "take-out", "keep", "keep-always", "is-a-name"
"""What the admin may answer. A word may be kept in every application; a name goes wherever its application has it."""
SMALL_COUNT, IDENTIFYING, LOWER_CASE, UNKNOWN, NAME_WORD, RARE_NEED, ILLNESS, HOSPITAL, CARE, TAGGED = (
    *("small-count", "identifying", "lower-case", "unknown-word", "name-word", "rare-need", "illness", "hospital"),
    *("care", "tagged"),
)  # fmt: skip
NAMES = (UNKNOWN, NAME_WORD, TAGGED)
"""What may be somebody's name."""
FACTS = frozenset((IDENTIFYING, ILLNESS, HOSPITAL, CARE))
"""What is said of somebody: a name within it goes with it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing that is taken out."""

    stands: str
    """What stands for it, without its brackets."""
    lettered: bool = False
    """Whether each one of a case has its own letter."""
    asks: str = ""
    """What the admin is told when it is in doubt."""
    proposal: str = TAKE_OUT
    sort: str = "FACT"
    """What it is called where a program reads of it."""
    known: str = ""
    """Why it is taken out where it is in no doubt."""


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "school": Kind(
            "school", True, "The name of a school, or an ordinary word.", sort="SCHOOL",
            known="A way of writing a school that is known.",
        ),
        "trust": Kind(
            "trust", True, "The name of a trust, or an ordinary word.", sort="TRUST",
            known="A way of writing a trust that the register knows.",
        ),
        "person": Kind(
            "person", True, "The name of a person on this form, or an ordinary word.", sort="PERSON",
            known="A way of writing a person who is known, or a name after a title.",
        ),
        "place": Kind(
            "place", False, "The name of a place, or an ordinary word.", sort="PLACE", known="A town or a district."
        ),
        "e-mail": Kind("e-mail", sort="EMAIL", known="An e-mail address."),
        "e-mail-in-words": Kind("e-mail", sort="EMAIL", known="An e-mail address spelt out."),
        "web-address": Kind("web address", sort="URL", known="A web address."),
        "handle": Kind(
            "handle", False, "May be a name on a social network.", sort="HANDLE", known="A name on a social network."
        ),
        "upn": Kind(
            "UPN", False, "Like a pupil's UPN, but its check letter is wrong.", sort="UPN",
            known="A pupil's UPN: its check letter is right, or it is this form's.",
        ),
        "nhs-number": Kind(
            "NHS number", False, "Like an NHS number, but its last figure is wrong.", sort="NHS",
            known="An NHS number: its last figure is right.",
        ),
        "phone": Kind("phone", sort="PHONE", known="A telephone number."),
        "postcode": Kind("postcode", sort="POSTCODE", known="A postcode."),
        "urn": Kind("URN", sort="URN", known="A school's URN."),
        "school-number": Kind(
            "school number", False, "Like a school's number with the DfE, or a score.", sort="DFE",
            known="A school's number with the DfE.",
        ),
        "plan-reference": Kind("plan reference", sort="EHC_REF", known="The reference of an EHC plan."),
        "address": Kind("address", sort="ADDRESS", known="A street."),
        "number-plate": Kind("number plate", sort="VEHICLE", known="The number plate of a car."),
        "date-of-birth": Kind(
            "date of birth", False, "A date that may be a pupil's birthday.", sort="DOB", known="A date of birth."
        ),
        UNKNOWN: Kind("name", True, "May be a name: it is in none of our lists of words.", sort="PERSON"),
        NAME_WORD: Kind("name", True, "An ordinary word that is a name too.", sort="PERSON"),
        TAGGED: Kind("name", True, "The tagger takes it for a name; nothing else here does.", sort="PERSON"),
        SMALL_COUNT: Kind("a few", False, "So few pupils that they may be known."),
        IDENTIFYING: Kind("detail", False, "May tell which child or school it is.", KEEP),
        RARE_NEED: Kind("need", False, "Names a need so rare that the panel is told its area only."),
        ILLNESS: Kind("detail", False, "Tells that a child was in hospital, or of an operation."),
        CARE: Kind("detail", False, "Tells that a child is looked after, adopted or known to social care."),
        HOSPITAL: Kind("hospital", False, "The name of a hospital.", sort="ORGANISATION"),
        LOWER_CASE: Kind("not shown", False, "No capitals in it, so names are hard to see: read all of it.", KEEP),
    }
)  # fmt: skip


def letters(number: int) -> str:
    """``A`` of nought, ``AA`` of 26."""
    spelt = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        spelt = chr(65 + rest) + spelt
    return spelt
