"""Faults of a declared field: who may see it, its limits, and the answers and codes that its conditions name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from cluster_sheets.form.declared import Field
from cluster_sheets.form.fault import FIGURES, Fault, Known, of_condition, unknown_setting

_SEEN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "identity": ("no",),
        "withheld": ("no",),
        "free-text": ("no", "redacted"),
        "small-number": ("no", "broad", "key-stage", "area-of-need"),
        "safe": ("no", "as-is", "broad", "key-stage", "area-of-need"),
    }
)
"""What the panel may be shown of an answer, by its privacy (design section 3)."""
_FITS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "redacted": ("text", "long-text"),
        "key-stage": ("choice",),
        "area-of-need": ("choice",),
        "broad": ("choice", "date", "whole-number"),
    }
)
"""The kinds that a way of showing an answer is made for; the others show any."""
_WHO = ("email", "upn", "urn", "school")
"""Kinds that say who it is, whatever the question."""
_TEXTS = ("text", "long-text")
_UNBOUNDED = ("choice", "yes-no", "date")
_BLANK = re.compile(r"\{([^}:]*):([^}]*)\}")


def of_fields(known: Known, fields: Sequence[Field]) -> Iterator[Fault]:
    """The faults of each field, in the order the declaration has them."""
    for at, field in enumerate(fields):
        told = (*_privacy(field), *_limits(known, field), *_conditions(known, field), *_blanks(known, field))
        for word, why in told:
            yield Fault("field", at, word, why)


def _privacy(field: Field) -> Iterator[tuple[str, str]]:
    if field.kind in _WHO and field.privacy not in ("identity", "withheld"):
        yield "privacy", f"a field of kind {field.kind} says who it is; its privacy is identity or withheld"
    if field.kind == "long-text" and field.privacy in ("safe", "small-number"):
        yield "privacy", "a long-text may hold a name; its privacy is free-text, withheld or identity"
    if field.panel not in _SEEN[field.privacy]:
        may = ", ".join(_SEEN[field.privacy])
        yield "panel", f"panel is {field.panel}, and privacy is {field.privacy}; panel may be: {may}"
    elif field.kind not in _FITS.get(field.panel, (field.kind,)):
        yield "panel", f"panel {field.panel} shows {', '.join(_FITS[field.panel])}, and this is a {field.kind}"
    if field.list_of not in ("", "SCHOOLS") or (field.list_of and field.kind != "school"):
        yield "list", "list may be SCHOOLS, of a field of kind school"


def _limits(known: Known, field: Field) -> Iterator[tuple[str, str]]:
    kind = field.kind if field.kind in FIGURES else "whole-number"
    for word, limit in (("min", field.minimum), ("max", field.maximum)):
        if limit is None:
            continue
        if field.kind in _UNBOUNDED:
            yield word, f"a field of kind {field.kind} has no {word}; take it out, or write a rule"
        elif limit.setting and limit.setting not in known.settings:
            yield word, unknown_setting(limit.setting)
        elif limit.setting and known.settings[limit.setting] != kind:
            yield word, f"the setting {limit.setting} is a {known.settings[limit.setting]}, and {word} wants a {kind}"
        elif field.kind in _TEXTS and (limit.literal or 0) < 0:
            yield word, f"{word} counts characters, and so is 0 or more"
    low, high = (limit.literal if limit else None for limit in (field.minimum, field.maximum))
    if low is not None and high is not None and low > high:
        yield "min", "min is more than max, so that no answer would fit; change one of them"


def _conditions(known: Known, field: Field) -> Iterator[tuple[str, str]]:
    for word, condition in (("required", field.required), ("forbidden", field.forbidden)):
        for why in of_condition(known, condition, field.table):
            yield word, why


def _blanks(known: Known, field: Field) -> Iterator[tuple[str, str]]:
    """The settings that the school's and the panel's words speak of: ``{setting:first_spend}``."""
    for word, text in (("label", field.label), ("hint", field.hint), ("panel_label", field.panel_label)):
        for what, name in _BLANK.findall(text):
            if what != "setting":
                yield word, f"{word} holds {{{what}:{name}}}; write {{setting:NAME}}"
            elif name not in known.settings:
                yield word, unknown_setting(name)
