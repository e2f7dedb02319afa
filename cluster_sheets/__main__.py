"""``python -m cluster_sheets``, and the command ``cluster-sheets``."""

from cluster_sheets.cli.main import cli


def main() -> None:
    """Runs the command that was typed."""
    cli(prog_name="cluster-sheets")


if __name__ == "__main__":
    main()
