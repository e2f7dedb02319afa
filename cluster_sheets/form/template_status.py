"""Row 3 of a sheet of lines: how many there are, and whether they fit the request; live, with its value."""

from collections.abc import Iterator
from dataclasses import dataclass

from cluster_sheets.base.cell import letters
from cluster_sheets.form.check_cell import APART, Checks
from cluster_sheets.form.condition import compared
from cluster_sheets.form.declared import Sheet, Table
from cluster_sheets.form.filled import Filled
from cluster_sheets.form.kind import is_blank
from cluster_sheets.form.layout import Layout, TablePlace
from cluster_sheets.form.rule import Comparison, Rule
from cluster_sheets.form.template_sums import TIES, tie_value, total_pence

NOT_NEEDED = "Not needed."


@dataclass(frozen=True, slots=True)
class _Saying:
    """One thing the sheet may have to say: when, as a formula and now, and in which words."""

    asked: str
    asked_now: bool
    broken: str
    broken_now: bool
    words: str
    used: str
    used_now: bool
    """Whether there are lines that could be wrong: a sheet nobody has begun is not called wrong."""

    @property
    def when(self) -> str:
        """Formula: it is to be said."""
        return f"AND({self.asked},{self.broken})"

    @property
    def text(self) -> str:
        """Formula: what it says."""
        said = self.words.replace('"', '""')
        return f'IF({self.used},". {APART}: ",". ")&"{said}"'


def status(sheet: Sheet, layout: Layout, filled: Filled, checks: Checks) -> tuple[str, str]:
    """The formula of a sheet's third row, and what it shows."""
    used = {table.name: _used(table, filled) for table in sheet.tables}
    counts = [_counted(layout.tables[name], number, len(used) > 1) for name, number in used.items()]
    sayings = [each for table in sheet.tables for each in _sayings(table, sheet, layout, used[table.name], checks)]
    sums = list(_sums(sheet, layout, filled))
    lines = "+".join(_count(layout.tables[name]) for name in used)
    asked = f"OR({','.join(each.asked for each in sayings)})" if sayings else "FALSE"
    asked_now = any(each.asked_now for each in sayings)
    ties, ties_now = _ties(sums)
    tail = f'IF(AND({asked},{ties}),". Ties with 2 Request.",".")'
    tail_now = ". Ties with 2 Request." if asked_now and ties_now else "."
    for each in reversed((*sayings, *sums)):
        tail = f"IF({each.when},{each.text},{tail})"
        if each.asked_now and each.broken_now:
            tail_now = f". {APART}: {each.words}" if each.used_now else f". {each.words}"
    wrong = ",".join(each.when for each in sayings) or "FALSE"
    formula = (
        f'=IF(AND({lines}=0,{asked},NOT(OR({wrong}))),"{NOT_NEEDED}",{"&".join(each[0] for each in counts)}&{tail})'
    )
    fits = not any(each.asked_now and each.broken_now for each in sayings)
    if not sum(used.values()) and asked_now and fits:
        return formula, NOT_NEEDED
    return formula, "".join(each[1] for each in counts) + tail_now


def _used(table: Table, filled: Filled) -> int:
    """How many lines of a table hold something."""
    given = filled.lines.get(table.name, ())
    return sum(any(not is_blank(line.get(column.name)) for column in table.columns) for line in given)


def _count(place: TablePlace) -> str:
    """Formula for how many lines are used."""
    parts = "+".join(f'({place.span(column.name)}<>"")' for column in place.table.columns)
    return f"SUMPRODUCT(--(({parts})>0))"


def _counted(place: TablePlace, used: int, among_others: bool) -> tuple[str, str]:
    """How many lines a table has: (formula, value). The first of several tables says what is counted."""
    count, first = _count(place), place.title is None
    name = f" in {place.table.title.split(',')[0].lower()}" if among_others else ""
    if not first:
        return f'", "&{count}&"{name}"', f", {used}{name}"
    return f'{count}&IF({count}=1," line{name}"," lines{name}")', f"{used} line{'' if used == 1 else 's'}{name}"


def _sayings(table: Table, sheet: Sheet, layout: Layout, used: int, checks: Checks) -> Iterator[_Saying]:
    """What the rules about a table's number of lines have to say."""
    count = _count(layout.tables[table.name])
    for rule in layout.form.rules:
        test = rule.test
        if rule.about != table.name or not isinstance(test, Comparison) or "{" in rule.wording.what:
            continue
        if not any(term.kind == "rows" for term in test.terms):
            continue
        sides = [(count, used) if term.kind == "rows" else (str(term.number), term.number) for term in test.terms]
        pairs = list(zip(test.operators, sides, sides[1:], strict=False))
        good = ",".join(f"{left[0]}{operator}{right[0]}" for operator, left, right in pairs)
        good_now = all(compared(left[1], operator, right[1]) for operator, left, right in pairs)
        asked, asked_now = _asked(rule, sheet, checks)
        yield _Saying(asked, asked_now, f"NOT(AND({good}))", not good_now, rule.wording.what, f"{count}>0", used > 0)


def _asked(rule: Rule, sheet: Sheet, checks: Checks) -> tuple[str, bool]:
    """Whether a rule is asked of this request: (formula, now)."""
    if rule.when is None:
        return "TRUE", True
    return checks.excel(rule.when, sheet.name), checks.holds(rule.when)


def _sums(sheet: Sheet, layout: Layout, filled: Filled) -> Iterator[_Saying]:
    """What the sums below the lines have to say, each of one cell beside it."""
    for table in sheet.tables:
        place = layout.tables[table.name]
        for number, total in enumerate(place.totals):
            if total.rule is None:
                continue
            cell = f"${letters(place.columns[total.column] + 1)}${place.below + number + 1}"
            value = tie_value(total.rule, filled, total_pence(total, filled))
            yield _Saying(
                asked=f'{cell}<>""',
                asked_now=bool(value),
                broken=f'{cell}<>"{TIES}"',
                broken_now=value != TIES,
                words="see the sums below the lines.",
                used="TRUE",
                used_now=True,
            )


def _ties(sums: list[_Saying]) -> tuple[str, bool]:
    """Whether every sum ties: (formula, now); true where there is none."""
    if not sums:
        return "TRUE", True
    formula = ",".join(f"{each.asked},NOT({each.broken})" for each in sums)
    return f"AND({formula})", all(each.asked_now and not each.broken_now for each in sums)
