"""Reach: what a network says when it fails, as a sentence that says what to look at."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from cluster_sheets.connect.error import UnreachableError

SECONDS = 60.0
"""How long a server may take over one answer."""


@contextmanager
def reaching(place: str) -> Iterator[None]:
    """Whatever the network says meanwhile is told as UnreachableError; ``place`` is the server's host and port."""
    try:
        yield
    except (OSError, EOFError) as failed:
        raise UnreachableError(why(place, failed)) from failed


def why(place: str, failed: Exception) -> str:
    """Why a server was not reached, and what to look at."""
    if isinstance(failed, ssl.SSLCertVerificationError):
        what = getattr(failed, "verify_message", "") or "it does not fit"
        return (
            f"{place} shows a certificate that is not trusted here ({what}). Look at host in cluster-sheets.toml; where"
            " your council signs its own, name the file of its authority there as ca_file."
        )
    if isinstance(failed, ssl.SSLError):
        return f"{place} answers, but not by TLS as asked: look at port and tls in cluster-sheets.toml."
    if isinstance(failed, socket.gaierror):
        return f"Nobody knows where {place} is: look at host in cluster-sheets.toml, and at this computer's network."
    if isinstance(failed, TimeoutError):
        return f"{place} did not answer in time: try again later, or ask whether a firewall stands between."
    if isinstance(failed, ConnectionRefusedError):
        return f"Nothing answers at {place}: look at host and port in cluster-sheets.toml, or ask whether it is down."
    return f"The connection to {place} broke off: try again later, or ask whether it is down."


def busy(place: str, code: str = "") -> str:
    """A server that is there and takes nobody in for now."""
    told = f" (code {code})" if code else ""
    return f"{place} is busy or about to close{told}: try again later, or ask whether it is down."
