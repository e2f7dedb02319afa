"""A folder's name as IMAP wants it: quoted, and what is not ASCII in the protocol's own UTF-7 (RFC 3501, 5.1.3)."""

import base64
import re

_ODD = re.compile(r"[^\x20-\x7e]+|&")


def encoded(folder: str) -> str:
    """The name in quotes."""
    return '"' + _ODD.sub(_shifted, folder).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _shifted(odd: re.Match[str]) -> str:
    if odd[0] == "&":
        return "&-"
    packed = base64.b64encode(odd[0].encode("utf-16-be")).rstrip(b"=").replace(b"/", b",")
    return f"&{packed.decode()}-"
