"""``python -m cluster_sheets``, and the command ``cluster-sheets``."""

import gc

from cluster_sheets.cli.main import cli

_VALUES = 500_000
"""How many more values there are before Python looks which can go."""


def main() -> None:
    """Runs the command that was typed.

    Python looks for rings of dead values seldom, and not at the end: a night makes millions of values and hardly a
    ring, and looking as often as usual would cost it an eighth.
    """
    gc.set_threshold(_VALUES, *gc.get_threshold()[1:])
    try:
        cli(prog_name="cluster-sheets")
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
