"""Where the declarations and workbooks that ship with the program are found: in the wheel, or in a checkout."""

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from cluster_sheets.form.declared import Form
from cluster_sheets.form.load import load


def _room(name: str) -> Traversable:
    """``schemas`` or ``workbooks``: inside the installed package, else beside it in a checkout."""
    within = resources.files("cluster_sheets") / "_shipped" / name
    return within if within.is_dir() else Path(__file__).parents[2] / name


def schema_text(name: str) -> str:
    """Text of a file of ``schemas/``, such as ``register.toml`` or ``words/common.txt``. Raises FileNotFoundError."""
    return _room("schemas").joinpath(*name.split("/")).read_text(encoding="utf-8")


def workbook(name: str) -> bytes:
    """Bytes of a file of ``workbooks/``. Raises FileNotFoundError."""
    return _room("workbooks").joinpath(name).read_bytes()


@cache
def form(name: str) -> Form:
    """The declared form of that name, read once. Raises DeclarationError, FileNotFoundError."""
    return load(schema_text(f"{name}.toml"), f"schemas/{name}.toml")
