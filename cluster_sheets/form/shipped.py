"""Where the declarations and workbooks that ship with the program are found: in the wheel, or in a checkout."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cluster_sheets.form.declared import Form


@cache
def _room(name: str) -> Path:
    """``schemas`` or ``workbooks``: inside the installed package, else beside it in a checkout."""
    within = Path(__file__).parents[1] / "_shipped" / name
    return within if within.is_dir() else Path(__file__).parents[2] / name


def schema_text(name: str) -> str:
    """Text of a file of ``schemas/``, such as ``register.toml`` or ``words/common.txt``. Raises FileNotFoundError."""
    return _room("schemas").joinpath(*name.split("/")).read_text(encoding="utf-8")


def workbook(name: str) -> bytes:
    """Bytes of a file of ``workbooks/``. Raises FileNotFoundError."""
    return _room("workbooks").joinpath(name).read_bytes()


@cache
def setting_types() -> Mapping[str, str]:
    """Type of each setting that a register has, by its name."""
    # Its first two columns are names, which need no reader of CSV.
    _, *lines = schema_text("central-2025/settings.csv").splitlines()
    return {name: kind for name, kind, _ in (line.split(",", 2) for line in lines)}


@cache
def form(name: str) -> "Form":
    """The declared form of that name, read once. Raises DeclarationError, FileNotFoundError."""
    from cluster_sheets.form.load import load

    return load(schema_text(f"{name}.toml"), f"schemas/{name}.toml")
