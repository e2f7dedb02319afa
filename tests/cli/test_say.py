import pytest

from cluster_sheets.base.progress import silent
from cluster_sheets.cli.say import bars, document, say


def test_human_words_and_documents_part_ways(capsys: pytest.CaptureFixture[str]) -> None:
    say("words")
    document("{}\n")
    assert capsys.readouterr() == ("{}\n", "words\n")


def test_no_bars_where_nobody_looks() -> None:
    with bars() as progress:
        assert progress is silent
