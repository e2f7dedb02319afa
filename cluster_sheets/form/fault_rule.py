"""Faults of a declared rule: what it is about, what its test compares, and what its sentence could not fill in."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cluster_sheets.form.fault import SORTS, Fault, Known, code_fault, codes_of, of_condition, unknown_setting
from cluster_sheets.form.rule import Comparison, Rule, Term, Unique, names_in

ABOUT = ("any", "file", "sheet", "stamp", "table")
"""What a rule may be about beside an answer, a computed cell or a table."""
_COUNTS = ("number", "rows", "days", "characters")
_WHOLE = ("sum", "rows", "characters")
"""Terms that look at a whole table at once."""
_LIMITS = ("setting", "number", "environment", "year_end")
"""Terms that a sentence can name."""
_DAYS = ("received_on", "first_received_on")
_EITHER = ("=", "!=", "in")
"""Operators that ask for no order."""
Told = Iterator[tuple[str, str]]


def of_rules(known: Known, rules: Sequence[Rule]) -> Iterator[Fault]:
    """The faults of each rule, in the order the declaration has them."""
    codes = [rule.code for rule in rules]
    for at, rule in enumerate(rules):
        for word, why in _of(known, rule, codes):
            yield Fault("rule", at, word, why)


def _of(known: Known, rule: Rule, codes: Sequence[str]) -> Told:
    yield from _named(known, rule, codes)
    yield from _told(known, rule)
    level = _level(known, rule)
    if rule.when is not None:
        for why in of_condition(known, rule.when, level):
            yield "when", why
    if isinstance(rule.test, Comparison):
        for why in (*_terms(known, rule.test.terms, level), *_pairs(known, rule.test)):
            yield "test", why
    elif isinstance(rule.test, Unique) and "." not in rule.test.column:
        yield "test", f"unique() looks down a column of a table, and {rule.test.column} is none"


def _named(known: Known, rule: Rule, codes: Sequence[str]) -> Told:
    names = known.names
    if rule.about not in (*names, *known.tables, *(ABOUT if rule.test is None else ())):
        yield "about", f"the rule {rule.code} is about {rule.about}, which is no field and no table"
    tested = names_in(rule.test) if rule.test else ()
    for word, spoken in (("needs", rule.needs), ("fields", rule.fields), ("test", tested)):
        for name in spoken:
            if name not in names:
                yield word, f"the rule {rule.code} names {name}, which is no field"
    for code in rule.silent_where:
        if code not in codes or code == rule.code:
            yield "silent_where", f"silent_where names {code}, which is no other rule"


def _told(known: Known, rule: Rule) -> Told:
    """What its sentences speak of and nothing would fill in."""
    if rule.limit is not None:
        for why in _terms(known, (rule.limit,), ""):
            yield "limit", why
        if rule.limit.kind not in _LIMITS:
            yield "limit", "limit is a number, a setting, a day of the scheme or school_year_end(date)"
    sums = isinstance(rule.test, Comparison) and rule.test.terms[0].kind == "sum"
    for word, sentence in (("what", rule.wording.what), ("mend", rule.wording.mend)):
        if rule.test is not None and rule.limit is None and "{limit}" in sentence:
            yield word, f"{word} holds {{limit}}, and the rule has no limit"
        if rule.test is not None and not sums and "{other}" in sentence:
            yield word, f"{word} holds {{other}}, and the test does not begin with a sum"
    if rule.total and not (sums and isinstance(rule.test, Comparison) and rule.test.operators == ("=",)):
        yield "total", "total names the sum of a test that says a sum is an answer"


def _level(known: Known, rule: Rule) -> str:
    """The table whose lines the rule is asked of; empty where it is asked of the form."""
    if not isinstance(rule.test, Comparison) or not known.form.has(rule.about):
        return ""
    whole = any(term.kind in _WHOLE for term in rule.test.terms)
    return "" if whole else known.form.field(rule.about).table


def _terms(known: Known, terms: Sequence[Term], level: str) -> Iterator[str]:
    for term in terms:
        match term.kind:
            case "setting" if term.name not in known.settings:
                yield unknown_setting(term.name)
            case "rows" if term.name not in known.tables:
                yield f"rows({term.name}) counts a table, and there is none of that name"
            case "characters":
                yield from _characters(known, term)
            case "sum":
                yield from _sum(known, term)
            case "days" | "year_end":
                yield from _dates(known, term, level)
            case "answer" if "." in term.name and term.name.partition(".")[0] != level:
                yield f"{term.name} is a column of another table; sum() or rows() look at one as a whole"
            case _:
                continue


def _characters(known: Known, term: Term) -> Iterator[str]:
    counted = (*known.tables, *(field.key for field in known.form.fields if not field.table))
    for name in term.names:
        if name not in counted:
            yield f"characters() counts boxes and tables, and {name} is neither"


def _sum(known: Known, term: Term) -> Iterator[str]:
    table = term.name.partition(".")[0]
    if "." not in term.name:
        yield f"sum() adds up a column of a table, and {term.name} is none"
    elif known.form.has(term.name) and _sort(known, term) not in ("money", "decimal", "percent", "whole-number"):
        yield f"sum() adds up figures, and {term.name} holds none"
    yield from of_condition(known, term.where, table)


def _dates(known: Known, term: Term, level: str) -> Iterator[str]:
    environment = _DAYS if term.kind == "days" else ()
    for name in filter(None, (term.name, term.second)):
        kind = known.form.kind_of(name)
        if name not in environment and kind != "date":
            yield f"{name} is not a date of the form"
        elif "." in name and name.partition(".")[0] != level:
            yield f"{name} is a column of another table"


def _sort(known: Known, term: Term) -> str:
    """What sort of value a term is; empty where the declaration does not say (a computed cell)."""
    if term.kind in _COUNTS:
        return "whole-number"
    match term.kind:
        case "environment" | "year_end":
            return "date"
        case "setting":
            return known.settings.get(term.name, "")
        case "code":
            return "choice"
    kind = known.form.kind_of(term.name)
    return SORTS.get(kind, kind)


def _pairs(known: Known, test: Comparison) -> Iterator[str]:
    """What two terms beside an operator do not have in common."""
    for operator, (left, right) in zip(test.operators, pairwise(test.terms), strict=True):
        first, second = _sort(known, left), _sort(known, right)
        if operator == "in":
            if right.kind != "setting" or second not in ("list", ""):
                yield "in wants a setting that is a list after it"
            continue
        if first and second and first != second:
            yield f"a {first} and a {second} cannot be compared"
        elif operator not in _EITHER and first in ("choice", "text", "urn", "list"):
            yield f"a {first} is neither more nor less than another; write = or !="
        for answer, code in ((left, right), (right, left)):
            if code.kind == "code" and (why := _code(known, answer, code)):
                yield why


def _code(known: Known, answer: Term, code: Term) -> str:
    if answer.kind != "answer" or not known.form.has(answer.name):
        return f"{code.name} is compared with no answer, and so is no code of a list"
    field = known.form.field(answer.name)
    return code_fault(field, (code.name,)) if codes_of(field) else ""
