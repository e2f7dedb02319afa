"""Reads a declaration. A faulty one is refused with its file and line, before anything is made from it."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, NoReturn, TypeVar

from cluster_sheets.base import columns
from cluster_sheets.base.finding import Severity, Wording
from cluster_sheets.base.text import folded
from cluster_sheets.form import condition, rule
from cluster_sheets.form.condition import Condition
from cluster_sheets.form.declared import (
    KINDS,
    PANELS,
    PRIVACIES,
    Choice,
    Computed,
    Field,
    Form,
    Limit,
    Sheet,
    Table,
)
from cluster_sheets.form.error import DeclarationError
from cluster_sheets.form.fault import Known, unknown_setting
from cluster_sheets.form.fault_field import of_fields
from cluster_sheets.form.fault_rule import of_rules
from cluster_sheets.form.rule import Rule
from cluster_sheets.form.shape import of_shape
from cluster_sheets.form.shipped import setting_types

T = TypeVar("T")
SCALES = {"money": 100, "decimal": 100, "percent": 10}
"""How many of the kept unit one written unit is; 1 where a kind is not named."""
_BLANK = re.compile(r"\{([^}]*)\}")
_MOST = 10**12
"""No limit is as high: a figure above it is a slip."""
_BLANKS = ("typed", "cell", "field", "limit", "other")


def load(text: str, source: str) -> Form:
    """The form that ``text`` declares; ``source`` is what a message calls it.

    Raises:
        DeclarationError: the first thing wrong with it, at ``source:line``.
    """
    return _Loader(text, source).form()


class _Loader:
    def __init__(self, text: str, source: str) -> None:
        self.text, self.source = text, source
        try:
            self.read = tomllib.loads(text)
        except tomllib.TOMLDecodeError as fault:
            found = re.search(r"at line (\d+)", str(fault))
            raise DeclarationError(f"{source}:{found[1] if found else 1}: {fault}") from fault

    def form(self) -> Form:
        for fault in of_shape(self.read):
            self.refuse(fault.block, fault.at, fault.why, fault.word)
        for name in ("name", "title", "version"):
            if not isinstance(self.read.get(name), str):
                self.refuse("", 0, f"the declaration has no {name}")
        fields = self.each("field", self.field)
        self.once("field", [field.key for field in fields], "field")
        sheets = self.sheets(fields)
        rules = self.each("rule", self.rule)
        self.once("rule", [each.code for each in rules], "rule")
        form = Form(self.read["name"], self.read["title"], self.read["version"], sheets, tuple(rules))
        self.check_names(form, fields)
        return scaled(form)

    def refuse(self, block: str, at: int, why: str, word: str = "") -> NoReturn:
        raise DeclarationError(f"{self.source}:{self.line(block, at, word)}: {why}")

    def line(self, block: str, at: int, word: str = "") -> int:
        """Line of the ``at``-th ``[[block]]``, or of ``word = `` within it; no block is what stands above them all."""
        lines = self.text.splitlines()
        heads = [number for number, line in enumerate(lines, 1) if line.strip() == f"[[{block}]]"]
        if block and at >= len(heads):
            return 1
        first = heads[at] if block else 0
        for number, line in enumerate(lines[first:] if word else (), first + 1):
            if re.match(rf"\s*(?:\[\[?{word}\]|{word}\s*=)", line):
                return number
            if block and line.startswith("[["):
                break
        return max(first, 1)

    def each(self, block: str, made: "Callable[[int, dict[str, Any]], T]") -> list[T]:
        return [made(at, read) for at, read in enumerate(self.read.get(block, []))]

    def once(self, block: str, names: list[str], what: str) -> None:
        for at, name in enumerate(names):
            if name in names[:at]:
                self.refuse(block, at, f"the {what} {name} is declared twice")

    def word(self, block: str, at: int, read: Mapping[str, Any], name: str, among: Iterable[str] = ()) -> str:
        given = read.get(name)
        if not isinstance(given, str) or not given:
            self.refuse(block, at, f"{block} {read.get('name', read.get('code', at + 1))} has no {name}")
        if among and given not in among:
            self.refuse(block, at, f"{name} is {given}; it may be: {', '.join(among)}", name)
        return str(given)

    def field(self, at: int, read: dict[str, Any]) -> Field:
        kind = self.word("field", at, read, "kind", KINDS)
        choices = self.choices(at, read)
        if (kind == "choice") != bool(choices):
            self.refuse("field", at, "a choice, and nothing else, has choices", "kind")
        minimum, maximum = (self.limit(at, read, name, kind) for name in ("min", "max"))
        name = self.word("field", at, read, "name")
        label = self.word("field", at, read, "label")
        return Field(
            name=name,
            table=read.get("table", ""),
            sheet=self.word("field", at, read, "sheet"),
            section=read.get("section", ""),
            label=label,
            hint=self.word("field", at, read, "hint"),
            kind=kind,
            minimum=minimum,
            maximum=maximum,
            choices=choices,
            list_of=read.get("list", ""),
            required=self.condition("field", at, read, "required"),
            forbidden=self.condition("field", at, {"forbidden": "never"} | read, "forbidden"),
            privacy=self.word("field", at, read, "privacy", PRIVACIES),
            panel=self.word("field", at, read, "panel", PANELS),
            example=read.get("example", ""),
            panel_label=read.get("panel_label", "") or label,
            width=read.get("width", 0),
        )

    def choices(self, at: int, read: Mapping[str, Any]) -> tuple[Choice, ...]:
        given = read.get("choices", {})
        if not isinstance(given, dict) or not all(isinstance(label, str) and label for label in given.values()):
            self.refuse("field", at, 'choices are written { CODE = "Label" }', "choices")
        labels = [folded(label) for label in given.values()]
        for label in given.values():
            if labels.count(folded(label)) > 1:
                self.refuse("field", at, f"two choices read alike: {label}", "choices")
        return tuple(Choice(code, label) for code, label in given.items())

    def limit(self, at: int, read: Mapping[str, Any], name: str, kind: str) -> Limit | None:
        given = read.get(name)
        if given is None:
            return None
        if isinstance(given, str) and given.startswith("setting:"):
            return Limit(setting=given.removeprefix("setting:"))
        # TOML knows true, inf and nan too: none of them is a bound.
        figure = not isinstance(given, bool) and isinstance(given, int | float) and abs(given) < _MOST
        scaled = given * SCALES.get(kind, 1) if figure else None
        if scaled is None or abs(scaled - round(scaled)) > 1e-9:
            self.refuse("field", at, f"{name} is a number or the name of a setting", name)
        return Limit(literal=round(scaled or 0))

    def parsed(self, block: str, at: int, read: Mapping[str, Any], name: str, made: Callable[[Any], T]) -> T | None:
        try:
            return made(read[name]) if name in read else None
        except ValueError as fault:
            self.refuse(block, at, str(fault), name)

    def condition(self, block: str, at: int, read: Mapping[str, Any], name: str) -> Condition:
        try:
            return condition.parse(self.word(block, at, read, name))
        except ValueError as fault:
            self.refuse(block, at, str(fault), name)

    def sheets(self, fields: list[Field]) -> tuple[Sheet, ...]:
        names = self.each("sheet", lambda at, read: self.word("sheet", at, read, "name"))
        self.once("sheet", names, "sheet")
        tables = self.tables(fields)
        for block in ("field", "table"):
            for at, read in enumerate(self.read.get(block, [])):
                if read["sheet"] not in names:
                    self.refuse(block, at, f"there is no sheet called {read['sheet']}", "sheet")
        self.check_places(fields, tables)
        return tuple(
            Sheet(
                name=sheet["name"],
                lead=sheet.get("lead", ""),
                fields=tuple(field for field in fields if field.sheet == sheet["name"] and not field.table),
                tables=tuple(table for table in tables if table.sheet == sheet["name"]),
            )
            for sheet in self.read.get("sheet", [])
        )

    def tables(self, fields: list[Field]) -> list[Table]:
        computed = self.each("computed", self.computed)
        tables = self.each(
            "table",
            lambda at, read: Table(
                name=self.word("table", at, read, "name"),
                sheet=self.word("table", at, read, "sheet"),
                title=self.word("table", at, read, "title"),
                lead=read.get("lead", ""),
                lines=self.figure("table", at, read, "lines"),
                sums=read.get("sums", False),
                columns=tuple(field for field in fields if field.table == read["name"]),
                computed=tuple(cell for cell in computed if cell.table == read["name"]),
            ),
        )
        names = [table.name for table in tables]
        self.once("table", names, "table")
        for block, told in (
            ("field", [each.table for each in fields]),
            ("computed", [each.table for each in computed]),
        ):
            for at, name in enumerate(told):
                if name and name not in names:
                    self.refuse(block, at, f"there is no table called {name}", "table")
        return tables

    def check_places(self, fields: list[Field], tables: list[Table]) -> None:
        """A column stands on the sheet of its table, and a computed cell behind a column of its own."""
        keys = [field.key for field in fields]
        on = {table.name: table.sheet for table in tables}
        for at, field in enumerate(fields):
            if field.table and field.sheet != on[field.table]:
                self.refuse("field", at, f"the table {field.table} stands on the sheet {on[field.table]}", "sheet")
        for at, cell in enumerate(self.each("computed", self.computed)):
            if cell.after and f"{cell.table}.{cell.after}" not in keys:
                self.refuse("computed", at, f"the table {cell.table} has no column called {cell.after}", "after")
            if cell.key in keys:
                self.refuse("computed", at, f"the column {cell.key} is declared twice")
            keys.append(cell.key)

    def computed(self, at: int, read: Mapping[str, Any]) -> Computed:
        name, table, label = (self.word("computed", at, read, word) for word in ("name", "table", "label"))
        width = self.figure("computed", at, read, "width")
        return Computed(name, table, label, read.get("after", ""), width, read.get("total", ""))

    def figure(self, block: str, at: int, read: Mapping[str, Any], name: str) -> int:
        if name not in read:
            self.refuse(block, at, f"{block} {read.get('name', at + 1)} has no {name}")
        return int(read[name])

    def rule(self, at: int, read: dict[str, Any]) -> Rule:
        wording = Wording(self.word("rule", at, read, "what"), self.word("rule", at, read, "mend"))
        for name, sentence in (("what", wording.what), ("mend", wording.mend)):
            for blank in _BLANK.findall(sentence):
                if blank not in _BLANKS or (name == "mend" and blank in ("typed", "other")):
                    self.refuse("rule", at, f"{name} may not hold {{{blank}}}", name)
        test = self.parsed("rule", at, read, "test", rule.parse_test)
        limit = self.parsed("rule", at, read, "limit", lambda text: rule.parse_term(str(text)))
        return Rule(
            code=self.word("rule", at, read, "code"),
            about=self.word("rule", at, read, "about"),
            needs=tuple(read.get("needs", ())),
            severity=Severity(self.word("rule", at, read, "severity", [each.value for each in Severity])),
            wording=wording,
            says=self.word("rule", at, read, "says"),
            test=test,
            when=self.condition("rule", at, read, "when") if "when" in read else None,
            limit=limit,
            fields=tuple(read.get("fields", ())),
            silent_where=tuple(read.get("silent_where", ())),
            detail_for_admin_only=bool(read.get("admin_only", False)),
            total=read.get("total", ""),
        )

    def check_names(self, form: Form, fields: list[Field]) -> None:
        """Every name, code and setting that a condition, a rule or the code speaks of is declared."""
        known = Known(form, setting_types())
        if form.version_setting not in known.settings:
            self.refuse("", 0, unknown_setting(form.version_setting), "version")
        for fault in (*of_fields(known, fields), *of_rules(known, form.rules)):
            self.refuse(fault.block, fault.at, fault.why, fault.word)
        names = known.names
        for name in columns.NAMED_IN_CODE if form.name == "application" else ():
            if name not in names:
                self.refuse("", 0, f"the code speaks of {name}, which is not declared")


def scaled(form: Form) -> Form:
    """``form`` with the figures of its conditions in the units that answers are kept in (pounds become pence)."""

    def each(told: Condition, table: str) -> Condition:
        return told.scaled(lambda name: SCALES.get(form.kind_of(name, table), 1))

    def field(told: Field) -> Field:
        return replace(told, required=each(told.required, told.table), forbidden=each(told.forbidden, told.table))

    sheets = tuple(
        replace(
            sheet,
            fields=tuple(field(told) for told in sheet.fields),
            tables=tuple(
                replace(table, columns=tuple(field(told) for told in table.columns)) for table in sheet.tables
            ),
        )
        for sheet in form.sheets
    )
    rules = tuple(replace(told, when=each(told.when, "")) if told.when else told for told in form.rules)
    return replace(form, sheets=sheets, rules=rules)
