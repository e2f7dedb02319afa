"""By text: one text and what is known of it, in and out as plain values, so that anybody can try it and measure it.

In: a mapping as JSON gives it. Out: the text as the panel would read it, what was taken out and why, and what the admin
would be asked. As if the admin had taken every proposal. Pure: no file, no clock.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cluster_sheets.anonymise.kinds import KINDS
from cluster_sheets.anonymise.known import Finder
from cluster_sheets.anonymise.redact import BOX, Doubt, Redacted, redacted_text
from cluster_sheets.anonymise.span import Span
from cluster_sheets.anonymise.vote import Tagger, votes
from cluster_sheets.register.model import Register, School

SURE, DOUBTFUL = 1.0, 0.5
"""Certainty of what is known, and of what a person would be asked about."""
_LISTS = ("partner_schools", "people", "emails")


class GivenError(ValueError):
    """What was given is no text as it is asked for; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Given:
    """One text, and what it is known to be about."""

    id: Any
    text: str
    schools: tuple[str, ...] = ()
    """Names, of the register or not."""
    own: frozenset[str] = frozenset()
    """People and e-mail addresses."""

    @classmethod
    def of(cls, told: object) -> "Given":
        """What one line of JSON says. Raises GivenError."""
        if not isinstance(told, Mapping) or not isinstance(told.get("text"), str):
            raise GivenError('it has no "text": write it like {"id": 1, "known": {"people": []}, "text": "..."}')
        known = {} if told.get("known") is None else told["known"]
        if not isinstance(known, Mapping) or not isinstance(known.get("school") or "", str):
            raise GivenError('"known" is an object, and its "school" a name')
        lists = {name: known.get(name) or [] for name in _LISTS}
        for name, values in lists.items():
            if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
                raise GivenError(f'"{name}" is a list of texts')
        schools = (known.get("school") or "", *lists["partner_schools"])
        own = frozenset(each for each in (*lists["people"], *lists["emails"]) if each.strip())
        return cls(told.get("id"), told["text"], tuple(each for each in schools if each.strip()), own)


class ByText:
    """Anonymises texts under one register. Made once for many."""

    def __init__(self, register: Register, year: int, tagger: Tagger | None = None) -> None:
        """``year`` is the one the texts were written in; a ``tagger`` has a vote."""
        self._register, self._year, self._tagger = register, year, tagger
        self._finder = Finder.of(register)
        self._needs = frozenset(register.settings.listed("rare_needs"))

    def redacted(self, given: Given) -> Redacted:
        """The text with everything taken out that the admin would be proposed to take out."""
        strange = [name for name in given.schools if not self._register.urns_named(name)]
        finder = self._finder.knowing(School(name, name, "", ()) for name in strange) if strange else self._finder
        voted = votes(self._tagger, {BOX: given.text} if given.text else {})
        return redacted_text(given.text, given.own, finder, self._year, self._needs, voted)

    def told(self, given: Given) -> dict[str, Any]:
        """The same as plain values; offsets count the code points of the text as given."""
        found = self.redacted(given)
        return {
            "id": given.id,
            "text": found.texts.get(BOX, ""),
            "spans": [_span(span) for span in found.spans],
            "review": list(_review(found.doubts)),
        }


def why(span: Span) -> str:
    """Why a stretch is taken out, or asked about."""
    kind = KINDS[span.kind]
    return (kind.known or kind.asks) if span.sure else kind.asks


def _span(span: Span) -> dict[str, Any]:
    return {
        "start": span.start,
        "end": span.stop,
        "type": KINDS[span.kind].sort,
        "reason": why(span),
        "certainty": SURE if span.sure else DOUBTFUL,
    }


def _review(doubts: Sequence[Doubt]) -> Iterator[dict[str, Any]]:
    reach: dict[str, int] = {}
    spans = {span for each in doubts for span in each.spans}
    for span in sorted(spans, key=lambda each: (each.start, -each.stop, each.kind)):
        # Half of a name is asked about with the whole of it.
        if span.stop > reach.get(span.kind, 0):
            reach[span.kind] = span.stop
            yield {"start": span.start, "end": span.stop, "reason": why(span)}
