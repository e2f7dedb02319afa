"""Addresses of cells: ``C9`` and back."""

import re
from functools import lru_cache

_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """``A`` of 0, ``AA`` of 26."""
    spelt = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        spelt = chr(65 + rest) + spelt
    return spelt


@lru_cache(maxsize=4096)
def address(row: int, column: int) -> str:
    """``C9`` of row 8, column 2 (both counted from nought)."""
    return f"{letters(column)}{row + 1}"


@lru_cache(maxsize=4096)
def position(cell: str) -> tuple[int, int]:
    """(row, column), counted from nought, of an address such as ``C9``. Raises ValueError on anything else."""
    found = _ADDRESS.fullmatch(cell)
    if not found:
        raise ValueError(f"not a cell address: {cell}")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1
