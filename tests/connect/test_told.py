from pathlib import Path

import pytest

from cluster_sheets.connect.error import ConfigError
from cluster_sheets.connect.told import told

SAYS = '[send]\nkind = "folder"\n'


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", ""),
        (b"\xef\xbb\xbf# remarks\r\n\r\n  # more\n", ""),
        (SAYS.encode(), SAYS),
        (b"\xef\xbb\xbf" + SAYS.encode(), SAYS),
        ("# für alle\n".encode(), ""),
        (b"\n\n x", "\n\n x"),
    ],
)
def test_remarks_alone_say_nothing(tmp_path: Path, content: bytes, text: str) -> None:
    path = tmp_path / "c.toml"
    path.write_bytes(content)
    assert told(path) == text


def test_a_file_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert told(tmp_path / "c.toml") == ""


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "c.toml").write_bytes(b"\xff\xfe[")
    with pytest.raises(ConfigError, match=r"c\.toml can't be read"):
        told(tmp_path / "c.toml")
