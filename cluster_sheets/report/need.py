"""A need: one thing that a person must do, in their own words, with the time it takes."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class When(StrEnum):
    """How soon a thing is wanted."""

    TODAY = "today"
    BEFORE_PACK = "before the pack goes out"
    LATER = "when you can"


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to do."""

    kind: When
    where: str
    """A reference, or a file from the workspace; never a school's name."""
    what: str
    """What happened."""
    do: str
    """One act."""
    minutes: int
    by: date | None = None
    about: str = ""
    """More of ``where``: which sheet, how many."""


def minutes(needs: tuple[Need, ...]) -> int:
    """How long all of it takes."""
    return sum(each.minutes for each in needs)


def plural(count: int, one: str, many: str = "") -> str:
    """``1 form``, ``3 forms``."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def left_in_inbox(where: str, why: Iterable[str]) -> Need:
    """What lies in the inbox and was not taken, counted by why; what it is called may name somebody."""
    counts = Counter(why)
    listed = "; ".join(f"{count} {each}" for each, count in sorted(counts.items()))
    do = "Look at what is there. A file that is whole and open to this program is taken by the next run."
    about = f"{plural(counts.total(), 'thing')} left lying"
    return Need(When.TODAY, where, f"Not taken: {listed}.", do, 5, about=about)


def folder_gone(where: str, folder: str, count: int) -> Need:
    """Mails that lay in a folder of a mailbox that is not there any more; told once."""
    lay = "1 message that lay there counts" if count == 1 else f"{count} messages that lay there count"
    what = f"{folder} is not there any more: {lay} as moved or deleted by you."
    do = "Nothing, if you removed or renamed it or told another in its place: what comes is filed as before."
    return Need(When.LATER, where, what, do, 1)


def left_in_mailboxes(count: int) -> Need:
    """Mails that a mailbox has and does not give, or files too large to be taken from a folder."""
    do = "Look there for what is older than the rest, and save what it holds into inbox by hand."
    return Need(
        When.TODAY, "The mailbox", "It could not be taken, so it stays there.", do, 5, about=plural(count, "message")
    )
