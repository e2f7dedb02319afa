import io
import re
import sys
from pathlib import PurePosixPath, PureWindowsPath

import pytest

from cluster_sheets.base.progress import silent
from cluster_sheets.cli import say as saying
from cluster_sheets.cli.say import bars, document, say, typed


def test_human_words_and_documents_part_ways(capsys: pytest.CaptureFixture[str]) -> None:
    say("words")
    document("{}\n")
    assert capsys.readouterr() == ("{}\n", "words\n")


def test_what_a_screen_would_obey_is_shown_as_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\x1b]0;OWNED\x07b\u009b31m\u202ec\r\udcff d\n e \u00a3\t")
    assert capsys.readouterr().err == "a\\x1b]0;OWNED\\x07b\\x9b31m\\u202ec\\r\\udcff d\n e \u00a3\t\n"


@pytest.mark.parametrize(
    ("path", "windows", "told"),
    [
        (PurePosixPath("central"), False, "central"),
        (PurePosixPath("my work/central"), False, "'my work/central'"),
        (PurePosixPath("it's/central"), False, "'it'\"'\"'s/central'"),
        (PureWindowsPath("C:\\central"), True, "C:/central"),
        (PureWindowsPath("C:\\my work\\central"), True, '"C:/my work/central"'),
        (PureWindowsPath("C:\\R&D\\central"), True, '"C:/R&D/central"'),
    ],
)
def test_a_path_can_be_typed_as_it_is_told(
    path: PurePosixPath | PureWindowsPath, windows: bool, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(saying, "ON_WINDOWS", windows)
    assert typed(path) == told


def test_no_bars_where_nobody_looks() -> None:
    with bars() as progress:
        assert progress is silent


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """As a terminal would."""
        return True


def test_words_stand_on_lines_of_their_own_above_the_bars(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with bars() as progress:
        progress("Reading", 1, 10)
        say("A line with [brackets] in it, which nobody paints.")
        progress("Reading", 10, 10)
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen.getvalue())
    said = [line for line in shown.replace("\r", "\n").splitlines() if "brackets" in line]
    assert said == ["A line with [brackets] in it, which nobody paints."]
