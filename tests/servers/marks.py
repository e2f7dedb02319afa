"""Marks of tests that want a real server; each skips with a reason where the server is not to be had."""

import pytest

from tests.servers.dovecot import PROGRAM, SIEVE
from tests.servers.postfix import MASTER
from tests.servers.process import IS_ROOT, needs

needs_dovecot = needs(PROGRAM)
needs_sieve = needs(PROGRAM, SIEVE)


def needs_postfix(test: object) -> object:
    """Where one is not root, there can be no postfix, and no wish for real programs changes that."""
    if not IS_ROOT:
        return pytest.mark.skip(reason="only root may run a postfix")(test)
    return needs(PROGRAM, MASTER)(test)
