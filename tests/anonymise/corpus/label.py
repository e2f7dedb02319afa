"""Label: a stretch of a text and what it is, as its maker knows."""

from collections.abc import Mapping
from dataclasses import dataclass

PERSON, SCHOOL, TRUST, PLACE, FACT, LEGITIMATE = "person", "school", "trust", "place", "fact", "legitimate"
EMAIL = "e-mail"
PATTERNS = frozenset(
    (
        *(EMAIL, "address", "postcode", "phone", "url", "handle", "upn", "nhs", "urn", "dfe", "dob", "ehc-ref"),
        "vehicle",
    )
)


@dataclass(frozen=True, slots=True)
class Label:
    """A stretch of a text; places count code points."""

    start: int
    stop: int
    words: str
    kind: str
    form: str
    """How it is written, or which kind of legitimate text it is."""
    known: bool = False
    """Whether the anonymiser is told of it, or of the person or school that it belongs to."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, what is known of it, and its labels in order."""

    id: str
    text: str
    known: Mapping[str, object]
    """As ``cluster-sheets anonymise text`` takes it."""
    labels: tuple[Label, ...]
