"""Progress: how far a stage has come, told to whoever draws it."""

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""(what is done, how many are, of how many): called now and then by a stage that may take over a second."""


def silent(what: str, done: int, of: int) -> None:
    """Tells nobody."""
