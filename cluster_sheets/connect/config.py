"""Config: the ways in and the way out that cluster-sheets.toml tells of, and whether a tagger has a vote.

Where there is no such file, or all of it is remarks, mail comes by the inbox folder and answers lie in the outbox.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cluster_sheets.connect.error import ConfigError
from cluster_sheets.connect.told import told
from cluster_sheets.store.places import Places

IMPLICIT, STARTTLS = "implicit", "starttls"
PASSWORD, XOAUTH2 = "password", "xoauth2"


class Kind(StrEnum):
    """Of a way in or out."""

    FOLDER = "folder"
    MAILDIR = "maildir"
    MBOX = "mbox"
    IMAP = "imap"
    SMTP = "smtp"
    GRAPH = "graph"


@dataclass(frozen=True, slots=True)
class Access:
    """How a server is reached and signed in to."""

    home: Path
    """The workspace: files that hold a secret are named from here."""
    host: str = ""
    port: int = 0
    tls: str = IMPLICIT
    ca_file: Path | None = None
    """Authorities to trust in place of this computer's."""
    user: str = ""
    """The mailbox's address."""
    auth: str = PASSWORD
    secret: str = ""
    """Where the password or the app's secret lies; never the secret."""
    token: str = ""
    """Where a token lies that somebody else renews."""
    tenant: str = ""
    client_id: str = ""
    authority: str = ""
    scope: str = ""
    base_url: str = ""
    """Of Graph."""

    @property
    def place(self) -> str:
        """The server, as people are told of it."""
        return f"{self.host}:{self.port}" if self.host else self.base_url.partition("://")[2].partition("/")[0]


@dataclass(frozen=True, slots=True)
class Route:
    """One way in."""

    kind: Kind
    access: Access
    where: str = ""
    """File and line it is told at."""
    path: Path | None = None
    """Of a folder, a Maildir or an mbox."""
    mailbox: str = "INBOX"
    processed: str = "Processed"
    held: str = "Held"
    quarantine: str = "Quarantine"

    @property
    def name(self) -> str:
        """The mailbox as the store knows it: its mails are known by their numbers in it."""
        if self.path is not None:
            return f"{self.kind} {self.path.as_posix()}"
        return f"{self.kind} {self.access.user} at {self.access.place} {self.mailbox}"


@dataclass(frozen=True, slots=True)
class Transport:
    """The way out."""

    kind: Kind
    access: Access
    where: str = ""
    null_sender: bool = True
    """No address to return a message to: what can't be delivered is then not answered by anybody's program."""


@dataclass(frozen=True, slots=True)
class Config:
    """What cluster-sheets.toml tells; ``routes`` are those beside the inbox folder, which is always looked at."""

    transport: Transport
    routes: tuple[Route, ...] = ()
    tagger: str = ""
    """The model that has a vote on names: a package or, with a stroke in it, a folder; empty: none has."""
    tagger_at: str = ""
    """File and line it is told at."""

    @property
    def sends(self) -> bool:
        """Whether a mail server sends the answers; else they lie in the outbox for a person to send."""
        return self.transport.kind is not Kind.FOLDER


def config(places: Places) -> Config:
    """What is set up for a workspace. Raises ConfigError with every fault at its file and line."""
    text, home = told(places.config), places.root.absolute()
    if not text:
        return Config(Transport(Kind.FOLDER, Access(home)))
    from cluster_sheets.connect.config_read import read

    return read(text, places.config.name, home)


def ready(config: Config) -> None:
    """Raises ConfigError where a secret that is named can't be read; so a night never stops half-way for want of it."""
    ways = [(each.where, each.access) for each in config.routes]
    for where, access in (*ways, (config.transport.where, config.transport.access)):
        try:
            secrets_lie_there(access)
        except ConfigError as wrong:
            raise ConfigError(f"{where}: {wrong}") from wrong


def secrets_lie_there(access: Access) -> None:
    """Raises ConfigError where a secret that is named for this server can't be read."""
    for lies in filter(None, (access.secret, access.token)):
        from cluster_sheets.connect.secret import secret

        secret(lies, access.home)


def example() -> str:
    """What a new workspace's cluster-sheets.toml says: examples of every kind, all of them remarks."""
    from importlib import resources

    return resources.files("cluster_sheets.connect").joinpath("example.toml").read_text(encoding="utf-8")
