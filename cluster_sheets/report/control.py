"""Control totals as a night tells them: both figures, the difference, the verdict in words.

In: the accounts of the night's money. Out: values for run.json and the summary. Never: a school's name.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cluster_sheets.base.money import pounds

if TYPE_CHECKING:
    from cluster_sheets.money.reckon import Account

TIES, DOES_NOT = "Ties.", "DOES NOT TIE."


@dataclass(frozen=True, slots=True)
class ControlTold:
    """One control total of one cluster and council year."""

    cluster: str
    la_fy: str
    rule: str
    what: str
    first: int
    second: int
    difference: int
    in_pence: bool
    """Else both figures are counts."""
    ties: bool
    words: str
    """The verdict, and why where it does not tie."""

    @property
    def sentence(self) -> str:
        """The rule, both figures and the difference, for a person."""
        first, second, apart = (
            pounds(figure) if self.in_pence else str(figure) for figure in (self.first, self.second, self.difference)
        )
        figures = f"{self.what}: {first} and {second}, difference {apart}"
        return f"{self.cluster} {self.la_fy}, {self.rule}. {figures}. {self.words}"


def controls(accounts: Iterable["Account"]) -> Iterator[ControlTold]:
    """Every control total of these accounts, in their order."""
    for account in accounts:
        for each in account.controls:
            yield ControlTold(
                cluster=account.books.cluster,
                la_fy=account.books.la_fy,
                rule=each.rule,
                what=each.what,
                first=each.first,
                second=each.second,
                difference=each.apart,
                in_pence=each.money,
                ties=each.ties,
                words=TIES if each.ties else " ".join((DOES_NOT, *each.why)),
            )


def left_apart(told: Iterable[ControlTold]) -> str:
    """Which do not tie: ``R1 and R17 of CEN 2026-27``; empty where all do."""
    rules: dict[str, list[str]] = {}
    for each in told:
        if not each.ties:
            rules.setdefault(f"{each.cluster} {each.la_fy}", []).append(each.rule)
    return "; ".join(f"{_listed(found)} of {where}" for where, found in rules.items())


def _listed(words: list[str]) -> str:
    return " and ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)
