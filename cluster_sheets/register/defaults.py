"""What ships for the pilot: its 25 schools and every setting with its default and a note."""

import csv
from functools import cache

from cluster_sheets.form.shipped import schema_text
from cluster_sheets.register.settings import Setting

_SOURCES = {"S": "The guide", "F": "Published", "J": "Judgement"}
"""Where a default comes from: the council's guide, a page seen elsewhere, or our own judgement."""


@cache
def settings() -> tuple[Setting, ...]:
    """Every setting the program knows, with its default."""
    return tuple(Setting(each["name"], each["type"], each["value"], each["unit"], each["note"]) for each in _settings())


def sources() -> dict[str, str]:
    """Where each setting's default comes from, in words."""
    return {each["name"]: _SOURCES[each["source"]] for each in _settings()}


def _settings() -> list[dict[str, str]]:
    return list(csv.DictReader(schema_text("central-2025/settings.csv").splitlines()))


def schools() -> tuple[dict[str, str], ...]:
    """Lines of the Schools sheet for the pilot."""
    return tuple(csv.DictReader(schema_text("central-2025/schools.csv").splitlines()))
