"""What the panel scores on and the words it may not know, as ``schemas/panel.toml`` and the register say."""

import tomllib
from functools import cache
from typing import Any

from cluster_sheets.form.shipped import schema_text
from cluster_sheets.panel.view import Criterion
from cluster_sheets.register.settings import Settings


@cache
def _declared() -> dict[str, Any]:
    return tomllib.loads(schema_text("panel.toml"))


def criteria(settings: Settings) -> tuple[Criterion, ...]:
    """What a case is scored on, with the weights of a scheme."""
    return tuple(
        Criterion(
            each["label"],
            settings.number(f"weight_project_{each['name']}"),
            settings.number(f"weight_unforeseen_{each['name']}"),
            tuple(each["earns"]),
        )
        for each in _declared()["criterion"]
    )


def glossary(threshold: int) -> tuple[tuple[str, str], ...]:
    """Each term and what it means."""
    words = {"threshold": "five" if threshold == 5 else str(threshold)}
    return tuple((each["term"], each["means"].format_map(words)) for each in _declared()["word"])
