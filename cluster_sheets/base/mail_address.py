"""A mail address: what the register may hold, a message may come from and an answer may go to, told once.

Letters beyond ASCII are none: neither mail server nor mail program can be relied on to carry them.
"""

import re

PATTERN = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_ONE = re.compile(PATTERN)
_LONGEST = 320


def is_address(text: str) -> bool:
    """True of one plain address, without a name beside it or anything before it."""
    return len(text) <= _LONGEST and _ONE.fullmatch(text) is not None
