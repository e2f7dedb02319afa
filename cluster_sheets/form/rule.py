"""Rules of the declaration: the ones that are data, and the wording of all of them.

A test is one of::

    start_date >= round.date              two terms and = != >= <= > < or ``in`` (a setting that is a list) between them
    1 <= rows(costs) <= 25                a value between two others
    unique(pupils.upn)                    no value stands twice in the form

A term is the name of an answer, a CODE, one of ENVIRONMENT, ``setting:NAME``, a whole number, ``rows(table)``,
``days(date, date)``, ``school_year_end(date)``, ``sum(table.column where condition)`` or ``characters(name, table)``:
the length of all the text in those boxes and tables together.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from cluster_sheets.base.finding import Severity, Wording
from cluster_sheets.form.condition import NEVER, Condition, parse

OPERATORS = ("=", "!=", ">=", "<=", ">", "<", "in")
ENVIRONMENT = ("received_on", "first_received_on", "round.date", "later_meeting.date", "school_year_before")
"""What a rule may speak of beside answers. ``later_meeting.date`` is known only where a form waits for a meeting after
its own round's; ``school_year_before`` is the first day of the school year before the one of receipt."""
_NAME = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?"
_UNIQUE = re.compile(rf"unique\(({_NAME})\)")
_SPLIT = re.compile(r"\s(=|!=|>=|<=|>|<|in)\s")


@dataclass(frozen=True, slots=True)
class Term:
    """One side of a comparison."""

    kind: str
    """answer, code, environment, setting, number, rows, days, year_end, sum or characters."""
    name: str = ""
    second: str = ""
    """The later date of ``days``."""
    number: int = 0
    where: Condition = NEVER
    """Of ``sum``: which rows count; NEVER means all of them."""
    names: tuple[str, ...] = ()
    """Of ``characters``: the boxes and tables counted."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two terms, or three with the same operator twice (``1 <= rows(costs) <= 25``)."""

    terms: tuple[Term, ...]
    operators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unique:
    """No value of the column stands twice in the form."""

    column: str


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it is about, what must have parsed for it to be asked, and what it says when it fails."""

    code: str
    about: str
    needs: tuple[str, ...]
    severity: Severity
    wording: Wording
    says: str
    """What is true of a good form, in words, for docs/findings.md."""
    test: Comparison | Unique | None
    """None: judged while reading (formats, files) or by a function in ``checks``."""
    when: Condition | None
    limit: Term | None
    fields: tuple[str, ...]
    """Keys of the answers a rule about ``any`` is for; none: all of the kind it fits."""
    silent_where: tuple[str, ...]
    """Codes of rules; where one of them speaks of the same row this one keeps silent."""
    detail_for_admin_only: bool
    total: str
    """Of a rule that a sum equals an answer: what the sum is called where it is shown."""


def parse_test(text: str) -> Comparison | Unique:
    """The test that ``text`` says. Raises ValueError with a sentence where it says none."""
    words = " ".join(text.split())
    if unique := _UNIQUE.fullmatch(words):
        return Unique(unique[1])
    parts = _SPLIT.split(words)
    if len(parts) not in (3, 5):
        raise ValueError(
            f"cannot read the test “{text}”: write two terms with one of {' '.join(OPERATORS)} between them"
        )
    return Comparison(tuple(parse_term(part) for part in parts[::2]), tuple(parts[1::2]))


_TERMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Term]], ...] = (
    (re.compile(r"-?\d+"), lambda found: Term("number", number=int(found[0]))),
    (re.compile(r"setting:([a-z0-9_]+)"), lambda found: Term("setting", found[1])),
    (re.compile("|".join(ENVIRONMENT).replace(".", r"\.")), lambda found: Term("environment", found[0])),
    (re.compile(r"[A-Z][A-Z0-9_]*"), lambda found: Term("code", found[0])),
    (re.compile(rf"school_year_end\(({_NAME})\)"), lambda found: Term("year_end", found[1])),
    (
        re.compile(rf"characters\(({_NAME}(?:, {_NAME})*)\)"),
        lambda found: Term("characters", names=tuple(found[1].split(", "))),
    ),
    (
        re.compile(rf"sum\(({_NAME})(?: where ([^)]+))?\)"),
        lambda found: Term("sum", found[1], where=parse(found[2]) if found[2] else NEVER),
    ),
    (re.compile(rf"days\(({_NAME}), ({_NAME})\)"), lambda found: Term("days", found[1], second=found[2])),
    (re.compile(r"rows\(([a-z_]+)\)"), lambda found: Term("rows", found[1])),
    (re.compile(_NAME), lambda found: Term("answer", found[0])),
)


def parse_term(text: str) -> Term:
    """The term that ``text`` says. Raises ValueError with a sentence where it says none."""
    for pattern, made in _TERMS:
        if found := pattern.fullmatch(text):
            return made(found)
    raise ValueError(f"cannot read the term “{text}”")


def names_in(test: Comparison | Unique) -> tuple[str, ...]:
    """The answers a test speaks of."""
    if isinstance(test, Unique):
        return (test.column,)
    spoken: list[str] = []
    for term in test.terms:
        if term.kind in ("answer", "sum", "days", "year_end"):
            spoken += [name for name in (term.name, term.second) if name and name not in ENVIRONMENT]
            spoken += [f"{term.name.split('.')[0]}.{name}" for name in term.where.names()]
    return tuple(dict.fromkeys(spoken))
