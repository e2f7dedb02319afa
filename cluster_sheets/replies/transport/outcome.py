"""What may become of a message, and what every transport can do."""

import re
from dataclasses import dataclass
from typing import Protocol, Self

_CODE = re.compile(r"\s*(\d{3})(?:[ -]+(\d\.\d{1,3}\.\d{1,3})(?!\d))?")


@dataclass(frozen=True, slots=True)
class Sent:
    """The mail server has taken it."""

    answer: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """The mail server puts it off."""

    answer: str
    stop: bool = False
    """It takes no other tonight either."""


@dataclass(frozen=True, slots=True)
class Never:
    """The mail server refuses it for good."""

    answer: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """The line broke before the mail server said whether it has it."""


Outcome = Sent | Later | Never | Unsure


class Transport(Protocol):
    """A way out, open for one run: a context manager that closes."""

    def __enter__(self) -> Self:
        """Nothing is reached yet."""

    def __exit__(self, *raised: object) -> None:
        """Lets go of whatever was reached."""

    def reach(self) -> None:
        """Makes sure that the mail server is there and has let us in. Raises UnreachableError, ConfigError."""

    def send(self, raw: bytes, sender: str, to: str) -> Outcome:
        """Hands one message over. Raises UnreachableError only where the mail server surely does not have it."""

    def has_sent(self, message_id: str) -> bool | None:
        """Whether a message of this id was sent before; None where there is no telling. Raises UnreachableError."""


def answer(code: int, words: bytes | str = b"") -> str:
    """``550 5.1.1``: the figures of what a mail server said."""
    told = words.decode("ascii", "replace") if isinstance(words, bytes) else words
    found = _CODE.match(f"{code} {told}")
    return " ".join(part for part in found.groups() if part) if found else str(code)
