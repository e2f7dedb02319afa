import socket
import ssl

import pytest

from cluster_sheets.connect.error import UnreachableError
from cluster_sheets.connect.reach import busy, reaching

PLACE = "mail.example:993"


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (ssl.SSLCertVerificationError(1, "EXAMPLE"), "certificate that is not trusted here (it does not fit)"),
        (ssl.SSLError(1, "EXAMPLE"), "not by TLS as asked"),
        (socket.gaierror(-2, "EXAMPLE"), "Nobody knows where mail.example:993 is"),
        (TimeoutError(), "did not answer in time"),
        (ConnectionRefusedError(), "Nothing answers at mail.example:993"),
        (ConnectionResetError(), "broke off"),
        (EOFError(), "broke off"),
        (OSError(113, "No route to host"), "broke off"),
    ],
)
def test_what_the_network_says_becomes_what_to_look_at(raised: Exception, said: str) -> None:
    with pytest.raises(UnreachableError) as told, reaching(PLACE):
        raise raised
    assert said in str(told.value)
    assert PLACE in str(told.value)
    assert "EXAMPLE" not in str(told.value)


def test_a_mistake_of_ours_is_not_the_network_s() -> None:
    with pytest.raises(KeyError), reaching(PLACE):
        raise KeyError


def test_a_server_that_takes_nobody_in_for_now_is_told_with_what_it_said() -> None:
    assert busy(PLACE) == f"{PLACE} is busy or about to close: try again later, or ask whether it is down."
    assert busy(PLACE, "421 4.3.2").startswith(f"{PLACE} is busy or about to close (code 421 4.3.2): ")
