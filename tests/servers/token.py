"""A sign-in service: gives access tokens over https to the apps it knows, and signs what else a test wants signed.

It speaks as much of OpenID Connect as a client-credentials sign-in asks for: the configuration document, and the token
address. A real service's token does not name the mailbox; ours does (``upn``), for that is what Dovecot looks at.
"""

import time
from dataclasses import dataclass, field
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.servers.ca import HOST, Authority
from tests.servers.web import Answering, Web

TENANT = "example-tenant"
MAIL, GRAPH = "https://outlook.office365.com", "https://graph.microsoft.com"
"""What a token may be for."""
SIGNED_BY = "key-1"


@dataclass
class App:
    """One client that may sign in."""

    secret: str
    mailbox: str
    """The mailbox its tokens are for."""


@dataclass
class Tokens:
    """The service; a context manager."""

    authority: Authority
    apps: dict[str, App] = field(default_factory=dict)
    lives: int = 3600
    """Seconds that the tokens given out from now on are good for."""
    given: list[str] = field(default_factory=list)
    """Every token given out over https."""
    refused: int = 0

    def __post_init__(self) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._voided: set[str] = set()
        self._web = Web(self._handler(), self.authority)

    @property
    def url(self) -> str:
        """The ``authority`` of an app's sign-in."""
        return f"https://{HOST}:{self._web.port}/{TENANT}"

    @property
    def issuer(self) -> str:
        """Who the tokens say gave them."""
        return f"{self.url}/v2.0"

    @property
    def public_key(self) -> bytes:
        """What a server checks a token by."""
        pem, form = serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        return self._key.public_key().public_bytes(pem, form)

    def __enter__(self) -> "Tokens":
        self._web.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._web.stop()

    def app(self, client_id: str, secret: str, mailbox: str) -> None:
        """From now on knows an app."""
        self.apps[client_id] = App(secret, mailbox)

    def token(self, mailbox: str, **claims: object) -> str:
        """A token for a mailbox, with other claims where a test wants them; None leaves one out."""
        now = int(time.time())
        told: dict[str, object] = {
            "iss": self.issuer, "aud": MAIL, "sub": "example-app", "upn": mailbox, "iat": now, "nbf": now,
            "exp": now + self.lives, "jti": f"{len(self.given)}-{time.monotonic_ns()}",
        }  # fmt: skip
        told = {name: value for name, value in (told | claims).items() if value is not None}
        return jwt.encode(told, self._key, algorithm="RS256", headers={"kid": SIGNED_BY})

    def void(self) -> None:
        """Every token given out so far is good for nothing from now on, whatever it says of itself."""
        self._voided.update(self.given)

    def accepts(self, mailbox: str, token: str, audience: str = MAIL) -> bool:
        """Whether a token opens a mailbox."""
        if token in self._voided:
            return False
        try:
            told = jwt.decode(token, self.public_key, algorithms=["RS256"], audience=audience, issuer=self.issuer)
        except jwt.InvalidTokenError:
            return False
        return bool(told.get("upn") == mailbox)

    def _asked(self, form: dict[str, list[str]]) -> tuple[int, dict[str, object]]:
        """The answer to a request for a token."""
        one = {name: values[0] for name, values in form.items()}
        app = self.apps.get(one.get("client_id", ""))
        if app is None or one.get("client_secret") != app.secret or one.get("grant_type") != "client_credentials":
            self.refused += 1
            return 401, {
                "error": "invalid_client",
                "error_description": "EXAMPLE: no such client, or another secret.",
            }
        audience = GRAPH if GRAPH in one.get("scope", "") else MAIL
        token = self.token(app.mailbox, aud=audience)
        self.given.append(token)
        return 200, {"token_type": "Bearer", "expires_in": self.lives, "access_token": token}

    def _configuration(self) -> dict[str, object]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.url}/oauth2/v2.0/authorize",
            "token_endpoint": f"{self.url}/oauth2/v2.0/token",
            "jwks_uri": f"{self.url}/discovery/v2.0/keys",
            "tenant_discovery_endpoint": f"{self.url}/v2.0/.well-known/openid-configuration",
            "metadata": [],
        }

    def _handler(self) -> type[Answering]:
        service = self

        class Handler(Answering):
            def do_GET(self) -> None:  # noqa: N802 - http.server's name
                known = self.path.partition("?")[0].endswith(("/openid-configuration", "/discovery/instance"))
                self.answer(200 if known else 404, service._configuration() if known else {"error": "not found"})

            def do_POST(self) -> None:  # noqa: N802 - http.server's name
                self.answer(*service._asked(parse_qs(self.body().decode())))

        return Handler
