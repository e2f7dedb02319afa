"""What checks may ask about the world outside the form: settings, memberships, what other requests hold."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class World:
    """Answers from the register and the store, as functions, so that checks stay pure."""

    number: Callable[[str], int]
    """A setting's figure, in the units answers are kept in (pence for money)."""
    listed: Callable[[str], tuple[str, ...]]
    """A setting that is a list."""
    words: Callable[[str], str]
    """How a setting reads in a sentence: ``£20,000.00``."""
    year_start: tuple[int, int]
    """(day, month) on which a school year starts."""
    is_member: Callable[[str, str, date], bool]
    """Whether the school of a URN is a member of a cluster on a day."""
    earlier_schools: Callable[[str], frozenset[str]]
    """URNs, lead and partners, of the application that an earlier reference names; none where there is none."""
    awards_of: Callable[[str], tuple[tuple[date, date], ...]]
    """Dates (first, last) of awards in force for the pupil of a UPN."""
    other_forms_of: Callable[[str, "Arrival"], bool]
    """Whether another unsuperseded form of its round or its meeting than the one that came so holds the UPN."""
    names_known: Callable[[Sequence[str], frozenset[str]], Sequence[bool]]
    """Which texts of a form hold a known name, school, e-mail or postcode of the register, or one of its own names."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is known of one form's coming, beside its answers. None: not known, and nothing that needs it is judged."""

    received_on: date
    first_received_on: date
    round_date: date | None = None
    """Day of the meeting the form was made for."""
    meeting_date: date | None = None
    """Day of the meeting it waits for."""
    cluster: str = ""
    round: str = ""
    meeting: str = ""
    """Id of the meeting it waits for, which may be a later one than its round's."""
    form_id: str = ""
    unit_id: str = ""
    """What came: a form without its mark is known by nothing else."""
