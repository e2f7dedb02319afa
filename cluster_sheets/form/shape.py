"""The shape of a declaration: which blocks there are, which keys each may have, and what stands behind a key."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from cluster_sheets.form.fault import Fault

_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "": ("name", "title", "version", "sheet", "table", "computed", "field", "rule"),
        "sheet": ("name", "lead"),
        "table": ("name", "sheet", "title", "lead", "lines", "sums"),
        "computed": ("name", "table", "label", "after", "width", "total"),
        "field": (
            "name", "table", "sheet", "section", "label", "hint", "kind", "min", "max", "choices", "list",
            "required", "forbidden", "privacy", "panel", "example", "panel_label", "width",
        ),
        "rule": (
            "code", "about", "needs", "severity", "what", "mend", "says", "test", "when", "limit", "fields",
            "silent_where", "admin_only", "total",
        ),
    }
)  # fmt: skip
_BLOCKS = tuple(block for block in _KEYS if block)
_LISTS = ("needs", "fields", "silent_where")
_FIGURES = ("width", "lines")
_FLAGS = ("sums", "admin_only")
_OF_THEIR_OWN = ("choices", "min", "max", "limit")
"""Keys that are looked at where they are read."""


def of_shape(read: Mapping[str, Any]) -> Iterator[Fault]:
    """The faults of the blocks of a declaration, as TOML has them."""
    yield from _unknown("", 0, read)
    for block in _BLOCKS:
        given = read.get(block, [])
        if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
            yield Fault("", 0, block, f"each {block} begins with [[{block}]]")
            return
        for at, each in enumerate(given):
            yield from _unknown(block, at, each)
            for name, value in each.items():
                if why := _unfit(name, value):
                    yield Fault(block, at, name, why)


def _unknown(block: str, at: int, read: Mapping[str, Any]) -> Iterator[Fault]:
    for name in read:
        if name not in _KEYS[block]:
            may = ", ".join(_KEYS[block])
            yield Fault(block, at, name, f"a {block or 'declaration'} has no setting called {name}; it may have: {may}")


def _unfit(name: str, value: object) -> str:
    """What is wrong with a value, for what its key is; empty where nothing is."""
    if name in _OF_THEIR_OWN:
        return ""
    if name in _LISTS:
        fits = isinstance(value, list) and all(isinstance(each, str) for each in value)
        return "" if fits else f'{name} is a list of names, such as ["purpose"]'
    if name in _FIGURES:
        return "" if type(value) is int and value >= 0 else f"{name} is a whole number"
    if name in _FLAGS:
        return "" if isinstance(value, bool) else f"{name} is true or false"
    return "" if isinstance(value, str) else f"{name} is a text, in quotes"
