"""Conditions of the declaration: ``purpose=UNFORESEEN and other_funding>0 or given(pot_asked)``.

``and`` binds tighter than ``or``. A blank answer makes ``given`` false, ``blank`` true and every comparison false,
``!=`` too. Where an answer did not parse the condition is unknown (None), and nothing that hangs on it is judged.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from cluster_sheets.base.record import Value

Look = Callable[[str], "Value | Faulty"]
"""What an answer is: its typed value, None where blank, Faulty where it did not parse."""
_NAME = r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?"
_CALL = re.compile(rf"(given|blank)\(({_NAME})\)")
_COMPARISON = re.compile(rf"({_NAME})\s*(!=|>=|<=|=|>|<)\s*([A-Za-z0-9_|.\-]+)")


class Faulty:
    """The answer of a cell that did not parse."""


@dataclass(frozen=True, slots=True)
class Test:
    """One test of one answer."""

    name: str
    operator: str
    """``given``, ``blank``, or one of = != >= <= > <."""
    values: tuple[str, ...] = ()
    """Codes of ``=`` (one of them) and ``!=`` (none of them)."""
    number: int | None = None
    """The figure a comparison is with, as a person writes it (pounds for money)."""
    scale: int = 1
    """How many of the kind's own units one of those is (100 for money: it is kept in pence)."""

    def holds(self, look: Look) -> bool | None:
        """True or false; None where the answer did not parse."""
        answer = look(self.name)
        if isinstance(answer, Faulty):
            return None
        if self.operator in ("given", "blank"):
            return (answer is None) == (self.operator == "blank")
        if answer is None:
            return False
        if self.number is not None:
            return compared(answer, self.operator, self.number * self.scale)
        return (str(answer) in self.values) == (self.operator == "=")


@dataclass(frozen=True, slots=True)
class Condition:
    """Tests joined by ``and`` within, by ``or`` between; no alternatives at all never hold, an empty one always."""

    alternatives: tuple[tuple[Test, ...], ...]
    text: str

    @property
    def always(self) -> bool:
        """True where the condition does not depend on any answer and holds."""
        return any(not tests for tests in self.alternatives)

    @property
    def never(self) -> bool:
        """True where the condition can never hold."""
        return not self.alternatives

    def tests(self) -> Iterator[Test]:
        """Each test in turn."""
        for tests in self.alternatives:
            yield from tests

    def names(self) -> tuple[str, ...]:
        """The answers it depends on."""
        return tuple(dict.fromkeys(test.name for test in self.tests()))

    def holds(self, look: Look) -> bool | None:
        """True or false; None as soon as one answer it names did not parse."""
        if any(isinstance(look(name), Faulty) for name in self.names()):
            return None
        return any(all(test.holds(look) for test in tests) for tests in self.alternatives)

    def scaled(self, scale_of: Callable[[str], int]) -> "Condition":
        """The condition with its figures in the units that answers are kept in."""
        return replace(
            self,
            alternatives=tuple(
                tuple(replace(test, scale=scale_of(test.name)) for test in tests) for tests in self.alternatives
            ),
        )

    def to_excel(self, cell_of: Callable[[str], str], shown: Callable[[str, str], str]) -> str:
        """The condition as a formula without its leading ``=``.

        Args:
            cell_of: address of the answer of a name.
            shown: what the cell shows for (name, code): the label of a choice.
        """
        if self.always:
            return "TRUE"
        if self.never:
            return "FALSE"
        ors = [_joined("AND", [_excel(test, cell_of, shown) for test in tests]) for tests in self.alternatives]
        return _joined("OR", ors)


def _joined(function: str, parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{function}({','.join(parts)})"


def _excel(test: Test, cell_of: Callable[[str], str], shown: Callable[[str, str], str]) -> str:
    cell = cell_of(test.name)
    if test.operator == "given":
        return f'{cell}<>""'
    if test.operator == "blank":
        return f'{cell}=""'
    if test.number is not None:
        operator = "<>" if test.operator == "!=" else test.operator
        return f"AND(ISNUMBER({cell}),{cell}{operator}{test.number})"
    same = _joined("OR", [f'{cell}="{shown(test.name, value)}"' for value in test.values])
    return same if test.operator == "=" else f'AND({cell}<>"",NOT({same}))'


def compared(left: object, operator: str, right: object) -> bool:
    """``left operator right`` for two values of one kind."""
    match operator:
        case "=":
            return left == right
        case "!=":
            return left != right
        case ">=":
            return left >= right  # type: ignore[operator,no-any-return]
        case "<=":
            return left <= right  # type: ignore[operator,no-any-return]
        case ">":
            return left > right  # type: ignore[operator,no-any-return]
        case _:
            return left < right  # type: ignore[operator,no-any-return]


ALWAYS = Condition(((),), "always")
NEVER = Condition((), "never")


def parse(text: str) -> Condition:
    """The condition that ``text`` says. Raises ValueError with a sentence where it says none."""
    words = " ".join(text.split())
    if words == "always":
        return ALWAYS
    if words in ("never", ""):
        return NEVER
    return Condition(
        tuple(tuple(_test(part) for part in either.split(" and ")) for either in words.split(" or ")), words
    )


def _test(text: str) -> Test:
    if call := _CALL.fullmatch(text):
        return Test(call[2], call[1])
    found = _COMPARISON.fullmatch(text)
    if not found:
        raise ValueError(
            f"cannot read the condition “{text}”: write name=CODE, name>=number, given(name) or blank(name)"
        )
    name, operator, value = found.groups()
    if re.fullmatch(r"-?\d+", value) and operator not in ("=", "!="):
        return Test(name, operator, number=int(value))
    if operator not in ("=", "!="):
        raise ValueError(f"cannot read the condition “{text}”: {operator} wants a whole number after it")
    if value == "0":
        return Test(name, operator, number=0)
    return Test(name, operator, tuple(value.split("|")))
