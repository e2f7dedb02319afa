"""Tokens, from msal against a sign-in service of the tests' own."""

import sys
from dataclasses import replace
from pathlib import Path

import jwt
import pytest

from cluster_sheets.connect.config import XOAUTH2, Access
from cluster_sheets.connect.error import ConfigError, UnreachableError
from cluster_sheets.connect.token import token
from tests.connect.made import USER
from tests.servers.ca import Authority
from tests.servers.token import GRAPH, MAIL, Tokens


@pytest.fixture
def access(tokens: Tokens, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Access:
    """An app that the service knows."""
    tokens.app("app-1", "EXAMPLE-app-secret", USER)
    monkeypatch.setenv("EXAMPLE_APP_SECRET", "EXAMPLE-app-secret")
    return Access(
        tmp_path, "imap.example", 993, ca_file=authority.file, user=USER, auth=XOAUTH2,
        secret="env:EXAMPLE_APP_SECRET", client_id="app-1", authority=tokens.url,
    )  # fmt: skip


@pytest.mark.parametrize(("base_url", "audience"), [("", MAIL), ("https://graph.example/v1.0", GRAPH)])
def test_a_token_is_for_mail_or_for_graph(access: Access, tokens: Tokens, base_url: str, audience: str) -> None:
    given = token(replace(access, base_url=base_url))
    assert jwt.decode(given, tokens.public_key, algorithms=["RS256"], audience=audience)["upn"] == USER


def test_one_that_lies_ready_is_taken_as_it_is(access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMPLE_TOKEN", "ready")
    assert token(replace(access, token="env:EXAMPLE_TOKEN")) == "ready"


def test_a_wrong_secret_is_told_without_being_repeated(access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EXAMPLE_APP_SECRET", "hunter2")
    with pytest.raises(UnreachableError, match=r"no token \(invalid_client\): the app's secret is wrong") as told:
        token(access)
    assert "hunter2" not in str(told.value)


def test_a_tenant_nobody_knows_is_told(access: Access, tokens: Tokens) -> None:
    wrong = replace(access, authority=tokens.url.replace("https://localhost", "https://127.0.0.1") + "/nowhere/x")
    with pytest.raises(UnreachableError, match=r"look at tenant|no token"):
        token(replace(wrong, authority=wrong.authority.replace("example-tenant", "no-tenant")))


def test_a_service_that_is_away_is_told(access: Access) -> None:
    with pytest.raises(UnreachableError, match=r"127\.0\.0\.1:1 can't be reached"):
        token(replace(access, authority="https://127.0.0.1:1/tenant"))


def test_without_the_extra_it_is_told_what_to_install(access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "msal.application", None)
    with pytest.raises(ConfigError, match=r"cluster-sheets\[m365\]"):
        token(access)
