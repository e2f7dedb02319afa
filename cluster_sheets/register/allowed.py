"""What each setting may be, as ``schemas/register.toml`` declares it: least and most, codes, how a text is written.

In: settings, as they stand in a register. Out: what is wrong with one, or with two that must go together.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from cluster_sheets.form.condition import compared
from cluster_sheets.form.fault import FIGURES, codes_of
from cluster_sheets.form.rule import Comparison, parse_test
from cluster_sheets.form.shipped import form, schema_text
from cluster_sheets.register.settings import Setting, Settings, fault

_ORDER: Mapping[str, str] = {"<": "less than", "<=": "no more than", "in": "one of"}
"""How a comparison reads in a sentence."""
_SHARE = re.compile(r"([0-9]{1,4})/([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Allowed:
    """What is declared of one setting; empty where nothing is."""

    min: str = ""
    max: str = ""
    like: str = ""
    """A regular expression that a text, or each entry of a list, fits."""
    example: str = ""
    codes: str = ""
    """``form:field`` whose codes the entries are."""
    holds: str = ""
    """``time-zone`` or ``share``."""
    blank: bool = False
    """Whether a text or a list may be left out."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong with a setting."""

    code: str
    typed: str
    limit: str = ""
    """What it may be, for the sentence."""


@cache
def _declared() -> Mapping[str, Any]:
    return tomllib.loads(schema_text("register.toml"))


@cache
def allowed() -> Mapping[str, Allowed]:
    """What is declared, by the setting's name."""
    return {name: _allowed(each) for name, each in _declared()["setting"].items()}


def _allowed(each: Mapping[str, Any]) -> Allowed:
    told: dict[str, Any] = {word: each[word] if word == "blank" else str(each[word]) for word in each}
    return Allowed(**told)


@cache
def together() -> tuple[Comparison, ...]:
    """The settings that must go together."""
    tests = (parse_test(each["test"]) for each in _declared()["together"])
    return tuple(test for test in tests if isinstance(test, Comparison))


def told_of(setting: Setting) -> Told | None:
    """What is wrong with a setting by itself; None where it may be used."""
    code = fault(setting)
    if code:
        return Told(code, setting.value, setting.type.partition(":")[2].replace("|", " or "))
    may = allowed()[setting.name]
    entries = Settings({setting.name: setting}).listed(setting.name) if setting.type == "list" else (setting.value,)
    if not any(entries):
        return None if may.blank else Told("register-blank", "")
    return _unfit(setting, may, entries)


def _unfit(setting: Setting, may: Allowed, entries: Collection[str]) -> Told | None:
    if may.holds == "time-zone":
        return None if _is_zone(setting.value) else Told("register-not-a-time-zone", setting.value)
    if may.holds == "share":
        return None if _is_share(setting.value, may) else Told("register-not-a-share", setting.value, _range(may))
    for entry in entries:
        if may.codes and entry not in codes(may):
            return Told("register-no-such-code", entry, ", ".join(codes(may)))
        if may.like and not re.fullmatch(may.like, entry):
            return Told("register-written-otherwise", entry, may.example)
        if may.min and (told := _out_of_range(setting, may, entry)):
            return told
    return None


def codes(may: Allowed) -> tuple[str, ...]:
    """The codes of the field that a setting's entries are."""
    name, _, field = may.codes.partition(":")
    return codes_of(form(name).field(field))


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _is_share(text: str, may: Allowed) -> bool:
    found = _SHARE.fullmatch(text)
    if not found or not int(found[2]):
        return False
    return Fraction(may.min) <= Fraction(text) <= Fraction(may.max)


def _range(may: Allowed) -> str:
    return f"from {may.min} to {may.max}"


def _out_of_range(setting: Setting, may: Allowed, entry: str) -> Told | None:
    """A figure, or an entry of a list of whole numbers, that is too little or too much."""
    typed = replace(setting, value=entry, type=setting.type if setting.type in FIGURES else "whole-number")
    if code := fault(typed):
        return Told(code, entry)
    least, figure, most = (_settings(replace(typed, value=value)) for value in (may.min, entry, may.max))
    if least.number(typed.name) <= figure.number(typed.name) <= most.number(typed.name):
        return None
    limit = f"from {least.words(typed.name)} to {most.words(typed.name)}"
    return Told("register-out-of-range", entry, limit)


def _settings(setting: Setting) -> Settings:
    return Settings({setting.name: setting})


def apart(settings: Settings, sound: Collection[str]) -> Iterator[tuple[str, Told]]:
    """(setting, what is wrong) of each two that do not go together; only those that are ``sound`` are looked at."""
    for test in together():
        first, second = (term.name for term in test.terms)
        (operator,) = test.operators
        if first in sound and second in sound and not _go_together(settings, first, operator, second):
            limit = f"{_ORDER[operator]} {second}, which is {settings.words(second)}"
            yield first, Told("register-settings-apart", settings.words(first), limit)


def _go_together(settings: Settings, first: str, operator: str, second: str) -> bool:
    if operator == "in":
        return settings.text(first) in settings.listed(second)
    return compared(settings.number(first), operator, settings.number(second))
