"""Reads a declaration. A faulty one is refused with its file and line, before anything is made from it."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, NoReturn, TypeVar

from cluster_sheets.base import columns
from cluster_sheets.base.finding import Severity, Wording
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
from cluster_sheets.form.rule import Rule

T = TypeVar("T")
SCALES = {"money": 100, "decimal": 100, "percent": 10}
"""How many of the kept unit one written unit is; 1 where a kind is not named."""
_BLANK = re.compile(r"\{([^}]*)\}")
_BLANKS = ("typed", "cell", "field", "limit", "other")
_FIELD_KEYS = {
    "name", "table", "sheet", "section", "label", "hint", "kind", "min", "max", "choices", "list",
    "required", "forbidden", "privacy", "panel", "example", "panel_label", "width",
}  # fmt: skip
_RULE_KEYS = {
    "code", "about", "needs", "severity", "what", "mend", "says", "test", "when", "limit", "fields",
    "silent_where", "admin_only", "total",
}  # fmt: skip


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
        for name in ("name", "title", "version"):
            if name not in self.read:
                self.refuse("", 0, f"the declaration has no {name}")
        fields = self.each("field", self.field)
        self.once("field", [field.key for field in fields], "field")
        sheets = self.sheets(fields)
        rules = self.each("rule", self.rule)
        self.once("rule", [each.code for each in rules], "rule")
        form = Form(self.read["name"], self.read["title"], self.read["version"], sheets, tuple(rules))
        self.check_names(form)
        return scaled(form)

    def refuse(self, block: str, at: int, why: str, word: str = "") -> NoReturn:
        raise DeclarationError(f"{self.source}:{self.line(block, at, word)}: {why}")

    def line(self, block: str, at: int, word: str = "") -> int:
        """Line of the ``at``-th ``[[block]]``, or of ``word = `` within it."""
        lines = self.text.splitlines()
        heads = [number for number, line in enumerate(lines, 1) if line.strip() == f"[[{block}]]"]
        if at >= len(heads):
            return 1
        if word:
            for number in range(heads[at] + 1, len(lines) + 1):
                if lines[number - 1].startswith("[["):
                    break
                if re.match(rf"\s*{word}\s*=", lines[number - 1]):
                    return number
        return heads[at]

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

    def known(self, block: str, at: int, read: Mapping[str, Any], names: set[str]) -> None:
        for name in read:
            if name not in names:
                self.refuse(block, at, f"a {block} has no setting called {name}", name)

    def field(self, at: int, read: dict[str, Any]) -> Field:
        self.known("field", at, read, _FIELD_KEYS)
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
        if not isinstance(given, dict) or not all(isinstance(label, str) for label in given.values()):
            self.refuse("field", at, 'choices are written { CODE = "Label" }', "choices")
        return tuple(Choice(code, label) for code, label in given.items())

    def limit(self, at: int, read: Mapping[str, Any], name: str, kind: str) -> Limit | None:
        given = read.get(name)
        if given is None:
            return None
        if isinstance(given, str) and given.startswith("setting:"):
            return Limit(setting=given.removeprefix("setting:"))
        scaled = given * SCALES.get(kind, 1) if isinstance(given, int | float) else None
        if scaled is None or abs(scaled - round(scaled)) > 1e-9:
            self.refuse("field", at, f"{name} is a number or the name of a setting", name)
        return Limit(literal=round(scaled or 0))

    def condition(self, block: str, at: int, read: Mapping[str, Any], name: str) -> Condition:
        try:
            return condition.parse(self.word(block, at, read, name))
        except ValueError as fault:
            self.refuse(block, at, str(fault), name)

    def sheets(self, fields: list[Field]) -> tuple[Sheet, ...]:
        tables = self.tables(fields)
        names = [sheet["name"] for sheet in self.read.get("sheet", [])]
        for at, field in enumerate(fields):
            if field.sheet not in names:
                self.refuse("field", at, f"there is no sheet called {field.sheet}", "sheet")
            if field.table and field.table not in [table.name for table in tables]:
                self.refuse("field", at, f"there is no table called {field.table}", "table")
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
        computed = self.each(
            "computed",
            lambda _, read: Computed(
                read["name"], read["table"], read["label"], read.get("after", ""), read["width"], read.get("total", "")
            ),
        )
        return self.each(
            "table",
            lambda at, read: Table(
                name=self.word("table", at, read, "name"),
                sheet=self.word("table", at, read, "sheet"),
                title=self.word("table", at, read, "title"),
                lead=read.get("lead", ""),
                lines=read["lines"],
                sums=bool(read.get("sums", False)),
                columns=tuple(field for field in fields if field.table == read["name"]),
                computed=tuple(cell for cell in computed if cell.table == read["name"]),
            ),
        )

    def rule(self, at: int, read: dict[str, Any]) -> Rule:
        self.known("rule", at, read, _RULE_KEYS)
        wording = Wording(self.word("rule", at, read, "what"), self.word("rule", at, read, "mend"))
        for name, sentence in (("what", wording.what), ("mend", wording.mend)):
            for blank in _BLANK.findall(sentence):
                if blank not in _BLANKS or (name == "mend" and blank in ("typed", "other")):
                    self.refuse("rule", at, f"{name} may not hold {{{blank}}}", name)
        try:
            test = rule.parse_test(read["test"]) if "test" in read else None
            limit = rule.parse_term(str(read["limit"])) if "limit" in read else None
        except ValueError as fault:
            self.refuse("rule", at, str(fault), "test")
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

    def check_names(self, form: Form) -> None:
        """Every name that a condition, a rule or the code speaks of is declared."""
        names = {field.key for field in form.fields} | {cell.key for table in form.tables for cell in table.computed}
        for at, read in enumerate(self.read.get("field", [])):
            table = read.get("table", "")
            field = form.field(f"{table}.{read['name']}" if table else read["name"])
            for word, each in (("required", field.required), ("forbidden", field.forbidden)):
                for spoken in each.names():
                    if not names & {f"{table}.{spoken}", spoken}:
                        self.refuse("field", at, f"the condition names {spoken}, which is no field", word)
        for at, told in enumerate(form.rules):
            self.check_rule(at, told, names, {other.code for other in form.rules})
        for name in columns.NAMED_IN_CODE if form.name == "application" else ():
            if name not in names:
                self.refuse("", 0, f"the code speaks of {name}, which is not declared")

    def check_rule(self, at: int, told: Rule, names: set[str], codes: set[str]) -> None:
        spoken_of = (*told.needs, *told.fields, *(rule.names_in(told.test) if told.test else ()))
        for spoken in (*spoken_of, *(told.when.names() if told.when else ())):
            if spoken not in names:
                self.refuse("rule", at, f"the rule {told.code} names {spoken}, which is no field")
        for code in told.silent_where:
            if code not in codes:
                self.refuse("rule", at, f"silent_where names {code}, which is no rule", "silent_where")


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
