"""Limits on what is opened; every figure comes from a setting of the register."""

from collections.abc import Callable
from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of files, mails and the reader; the defaults are those of the settings that ship (bad-input.md)."""

    file_bytes: int = 5 * MB
    inflated_bytes: int = 50 * MB
    part_bytes: int = 20 * MB
    ratio: int = 100
    ratio_above: int = 100 * 1024
    entries: int = 500
    sheets: int = 50
    merged: int = 10_000
    cells: int = 200_000
    strings: int = 100_000
    mail_bytes: int = 25 * MB
    attachments: int = 10
    mime_parts: int = 200
    mime_nesting: int = 3
    cpu_seconds: int = 30
    memory_bytes: int = 1024 * MB


def limits(number: Callable[[str], int]) -> Limits:
    """The limits that the settings state; ``number`` gives a setting's whole number."""
    return Limits(
        file_bytes=number("file_max_mb") * MB,
        inflated_bytes=number("inflated_max_mb") * MB,
        part_bytes=number("part_max_mb") * MB,
        ratio=number("ratio_max"),
        ratio_above=number("ratio_above_kb") * 1024,
        entries=number("zip_entries_max"),
        sheets=number("sheets_max"),
        merged=number("merged_max"),
        cells=number("cells_max"),
        strings=number("strings_max"),
        mail_bytes=number("mail_max_mb") * MB,
        attachments=number("attachments_max"),
        mime_parts=number("mime_parts_max"),
        mime_nesting=number("mime_nesting_max"),
        cpu_seconds=number("cpu_seconds_max"),
        memory_bytes=number("memory_max_mb") * MB,
    )
