"""What cluster-sheets.toml says, if anything: looked at each night, so by itself and with nothing loaded for it."""

from pathlib import Path

from cluster_sheets.connect.error import ConfigError

_MARK = b"\xef\xbb\xbf"
"""What Notepad puts before a text."""


def told(path: Path) -> str:
    """The text of the file; empty where there is none, or all of it is remarks. Raises ConfigError."""
    try:
        text = path.read_bytes().removeprefix(_MARK).decode()
    except FileNotFoundError:
        return ""
    except (OSError, ValueError) as failed:
        raise ConfigError(f"{path.name} can't be read: it must be a text file (UTF-8).") from failed
    return "" if all(line.strip()[:1] in ("", "#") for line in text.splitlines()) else text
