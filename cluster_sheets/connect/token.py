"""Tokens: what Microsoft 365 lets an app in by, in place of a password (OAuth 2.0, client credentials)."""

from typing import Any

from cluster_sheets.connect.config import Access
from cluster_sheets.connect.error import ConfigError, UnreachableError
from cluster_sheets.connect.reach import SECONDS
from cluster_sheets.connect.secret import secret
from cluster_sheets.connect.web import MISSING, over_the_web, session

MAIL_SCOPE = "https://outlook.office365.com/.default"
GRAPH_SCOPE = "https://graph.microsoft.com/.default"
SIGN_IN = "https://login.microsoftonline.com"


def token(access: Access) -> str:
    """An access token for a mailbox: one that lies ready, or a new one from the sign-in service.

    Raises ConfigError, UnreachableError.
    """
    if access.token:
        return secret(access.token, access.home)
    try:
        from msal.application import ConfidentialClientApplication
    except ImportError as missing:
        raise ConfigError(MISSING) from missing
    place = (access.authority or SIGN_IN).partition("://")[2].partition("/")[0]
    scope = access.scope or (GRAPH_SCOPE if access.base_url else MAIL_SCOPE)
    kept = secret(access.secret, access.home)
    where = {"oidc_authority": access.authority} if access.authority else {"authority": f"{SIGN_IN}/{access.tenant}"}
    with session(access, f"https://{place}") as web, over_the_web(place):
        try:
            app = ConfidentialClientApplication(
                access.client_id, client_credential=kept, http_client=web, timeout=SECONDS, **where
            )
            told = app.acquire_token_for_client([scope])
        except ValueError as failed:
            # What msal says where there is no such tenant, or something else answers in its place.
            raise UnreachableError(
                f"{place} does not know this council's sign-in: look at tenant in cluster-sheets.toml."
            ) from failed
    return _of(told, place)


def _of(told: dict[str, Any], place: str) -> str:
    if "access_token" in told:
        return str(told["access_token"])
    # The kind of refusal only: its description names the app, and may repeat what was sent.
    kind = str(told.get("error", ""))
    if kind in ("invalid_client", "unauthorized_client"):
        look = "the app's secret is wrong or has run out: ask IT for a new one"
    else:
        look = "look at tenant, client_id and secret in cluster-sheets.toml"
    raise UnreachableError(f"{place} gives us no token ({kind[:40]}): {look}.")
