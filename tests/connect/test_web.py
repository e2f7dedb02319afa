import re
import sys
from pathlib import Path

import pytest
import requests

from cluster_sheets.connect.config import Access
from cluster_sheets.connect.error import ConfigError, UnreachableError
from cluster_sheets.connect.web import over_the_web, session
from tests.servers.ca import Authority

URL = "https://graph.example"


def test_a_file_of_authorities_counts_in_place_of_the_environment_s_and_its_proxies_stay(
    authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/elsewhere.pem")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    own = session(Access(tmp_path, ca_file=authority.file), URL)
    settings = own.merge_environment_settings(URL, {}, None, None, None)
    assert settings["verify"] == str(authority.file)
    assert settings["proxies"]["https"] == "http://proxy.example:3128"
    usual = session(Access(tmp_path), URL)
    assert usual.merge_environment_settings(URL, {}, None, None, None)["verify"] == "/elsewhere.pem"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"ca\.pem can't be read"):
        session(Access(tmp_path, ca_file=tmp_path / "ca.pem"), URL)


def test_without_the_extra_it_is_told_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "requests", None)
    with pytest.raises(ConfigError, match=r"cluster-sheets\[m365\]"):
        session(Access(tmp_path), URL)


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (requests.exceptions.SSLError("EXAMPLE"), "certificate that is not trusted here"),
        (requests.exceptions.ReadTimeout("EXAMPLE"), "did not answer in time"),
        (requests.exceptions.ProxyError("EXAMPLE"), "its proxy and its firewall"),
        (requests.exceptions.ChunkedEncodingError("EXAMPLE"), "can't be reached"),
        (requests.exceptions.JSONDecodeError("EXAMPLE", "EXAMPLE", 0), "can't be reached"),
    ],
)
def test_what_the_network_says_becomes_what_to_look_at(raised: Exception, said: str) -> None:
    with pytest.raises(UnreachableError, match=said) as told, over_the_web("graph.example"):
        raise raised
    assert "EXAMPLE" not in str(told.value)


def test_the_extra_is_pinned_as_the_tests_ran_it() -> None:
    folder = Path(__file__).parents[2] / "requirements"
    pins = [set(re.findall(r"(?m)^(\S+==\S+)", (folder / name).read_text())) for name in ("m365.txt", "test.txt")]
    assert pins[0] <= pins[1]
    assert {pin.partition("==")[0] for pin in pins[0]} >= {"msal", "requests"}
