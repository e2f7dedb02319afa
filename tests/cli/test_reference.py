from pathlib import Path

from cluster_sheets.cli.reference import page


def test_the_page_of_commands_in_docs_is_as_the_program_tells_it() -> None:
    kept = Path(__file__).parents[2] / "docs" / "cli.md"
    assert kept.read_text(encoding="utf-8") == page()
