"""Mail servers of a test as cluster-sheets.toml would tell of them, and a message to hand over."""

from datetime import UTC, datetime
from pathlib import Path

from cluster_sheets.connect.config import PASSWORD, STARTTLS, XOAUTH2, Access, Kind, Transport
from cluster_sheets.replies.eml import Attached, Envelope, eml
from tests.servers.ca import HOST
from tests.servers.sink import Sink
from tests.servers.token import Tokens

BOX, TO, WORD = "cluster@council.test", "senco@own.test", "EXAMPLE-pass-wörd"
APP, APP_SECRET = "example-app", "EXAMPLE-secret"
MESSAGE_ID = "<receipt.1f.1.1@replies.cluster-sheets.example>"


def secret_in(folder: Path, told: str) -> str:
    """Where a secret lies, as the configuration names it."""
    path = folder / "secret.txt"
    path.write_text(told, encoding="utf-8")
    path.chmod(0o600)
    return "file:secret.txt"


def smtp(sink: Sink, folder: Path, word: str = WORD, *, tls: str = STARTTLS, null_sender: bool = True) -> Transport:
    """The sink, with a password."""
    sink.passwords[BOX] = WORD
    return Transport(Kind.SMTP, _access(sink, folder, word, tls, PASSWORD), null_sender=null_sender)


def by_token(sink: Sink, tokens: Tokens, folder: Path, word: str = APP_SECRET) -> Transport:
    """The sink, with a token that the sign-in service gives."""
    tokens.app(APP, APP_SECRET, BOX)
    access = _access(sink, folder, word, STARTTLS, XOAUTH2, client_id=APP, authority=f"{tokens.url}/v2.0")
    return Transport(Kind.SMTP, access)


def _access(sink: Sink, folder: Path, word: str, tls: str, auth: str, **more: str) -> Access:
    port = sink.starttls if tls == STARTTLS else sink.tls
    secret = secret_in(folder, word)
    return Access(folder, HOST, port, tls, sink.authority.file, BOX, auth, secret, **more)


def message(message_id: str = MESSAGE_ID, to: str = TO) -> bytes:
    """A reply with lines that begin with a dot, and a workbook."""
    at = datetime(2026, 9, 29, 1, 0, tzinfo=UTC)
    envelope = Envelope(BOX, "Central cluster", to, "EXAMPLE", at, message_id, "<a@own.test>", "receipt")
    return eml(envelope, ".\n..\n.EXAMPLE\n", "<p>EXAMPLE</p>\n", [Attached("EXAMPLE.xlsx", bytes(range(256)) * 400)])
