"""``python -m cluster_sheets``, and the command ``cluster-sheets``."""

import gc
import os

_VALUES = 500_000
"""How many more values there are before Python looks which can go: a night makes millions, and hardly a ring.

Looking as often as usual would cost it an eighth of its time.
"""


def main() -> None:
    """Runs the command that was typed.

    While modules are loaded Python need not look for rings of dead values, nor once more when all of it goes: it does
    so, seldom, from when the command's own module is there (``cli.main``) until it has ended.
    """
    # numpy starts threads for large matrices as it is loaded, a tenth of a second of them; there is no matrix here.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.disable()
    gc.set_threshold(_VALUES, *gc.get_threshold()[1:])
    from cluster_sheets.cli.main import cli

    try:
        cli(prog_name="cluster-sheets")
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
