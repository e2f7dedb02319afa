"""``python -m cluster_sheets``, and the command ``cluster-sheets``."""

import gc


def main() -> None:
    """Runs the command that was typed.

    While modules are loaded Python need not look for rings of dead values, nor once more when all of it goes: it does
    so from when the command's own module is there (``cli.main``) until it has ended.
    """
    gc.disable()
    from cluster_sheets.cli.main import cli

    try:
        cli(prog_name="cluster-sheets")
    finally:
        gc.freeze()


if __name__ == "__main__":
    main()
