"""Web: requests over https, as the extra m365 brings them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cluster_sheets.connect.config import Access
from cluster_sheets.connect.error import ConfigError, UnreachableError

if TYPE_CHECKING:
    from requests import Session

MISSING = "Microsoft 365 needs the extra m365: pip install cluster-sheets[m365]"


def session(access: Access, url: str) -> "Session":
    """A session that trusts what ``access`` says; ``url`` is what it is for."""
    try:
        import requests
    except ImportError as missing:
        raise ConfigError(MISSING) from missing
    made = requests.Session()
    if access.ca_file is not None:
        if not access.ca_file.is_file():
            raise ConfigError(f"{access.ca_file.name} can't be read: ca_file must be a file of certificates (PEM).")
        # The environment may name authorities as well, and they would count in place of the file's; its proxies stay.
        made.proxies.update(requests.utils.get_environ_proxies(url, no_proxy=None))
        made.trust_env = False
        made.verify = str(access.ca_file)
    return made


@contextmanager
def over_the_web(place: str) -> Iterator[None]:
    """Whatever the network says meanwhile is told as UnreachableError."""
    import requests

    try:
        yield
    except requests.exceptions.SSLError as failed:
        raise UnreachableError(
            f"{place} shows a certificate that is not trusted here. Where your council's network looks into https,"
            " name the file of its authority in cluster-sheets.toml as ca_file."
        ) from failed
    except requests.exceptions.Timeout as failed:
        raise UnreachableError(f"{place} did not answer in time: try again later.") from failed
    except requests.exceptions.RequestException as failed:
        raise UnreachableError(
            f"{place} can't be reached: look at this computer's network, its proxy and its firewall."
        ) from failed
