"""A real Dovecot: mailboxes that mail is delivered to by LMTP and fetched from by IMAP, over TLS or in the clear.

As root it runs as ``nobody``; as anybody else, as oneself. One a test run is enough: each test has its own mailbox.
"""

import grp
import imaplib
import os
import pwd
import shutil
import smtplib
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers.ca import Authority
from tests.servers.dovecot_conf import FOLDERS, Wanted, files
from tests.servers.process import IS_ROOT, Process, free_ports, greeting
from tests.servers.token import MAIL, SIGNED_BY, Tokens

PROGRAM = "/usr/sbin/dovecot"
SIEVE = "/usr/bin/sievec"
INBOX = "INBOX"
DOMAIN, PASSWORD = "council.test", "EXAMPLE-password"
_SPARE = 500
"""Mailboxes that a server has from its start."""


class Dovecot:
    """One server; a context manager."""

    def __init__(self, authority: Authority, tokens: Tokens, submission: int = 0, sieve: bool = False) -> None:
        # Not pytest's folder: a socket's path may have 107 letters, and nobody must be able to walk there.
        self.root = Path(tempfile.mkdtemp(prefix="cs-dovecot-", dir="/tmp"))
        self.imap, self.imaps, self.lmtp = free_ports(3)
        self._tokens, self._owner = tokens, pwd.getpwnam("nobody") if IS_ROOT else pwd.getpwuid(os.getuid())
        for name in ("run", "state", "mail", "keys/default/RS256"):
            (self.root / name).mkdir(parents=True)
        for path in (authority.certificate, authority.key):
            shutil.copy(path, self.root / path.name)
        (self.root / "keys/default/RS256" / SIGNED_BY).write_bytes(tokens.public_key)
        for name, text in files(version(), self._wanted(submission, sieve)).items():
            (self.root / name).write_text(text)
        # Dovecot looks at this file once a second at most: what a test may want now has to stand in it from the start.
        self._spare = [f"cluster{number}@{DOMAIN}" for number in range(1, _SPARE + 1)]
        (self.root / "users").write_text("".join(_line(address) for address in self._spare))
        self.give()

    def _wanted(self, submission: int, sieve: bool) -> Wanted:
        group = grp.getgrgid(self._owner.pw_gid).gr_name
        return Wanted(
            self.root, self._owner.pw_name, group, self._owner.pw_uid, self._owner.pw_gid, self.imap, self.imaps,
            self.lmtp, submission, self._tokens.issuer, MAIL, sieve,
        )  # fmt: skip

    def give(self, *paths: Path) -> None:
        """Makes what root wrote the server's own."""
        for path in paths or (self.root, *self.root.rglob("*")):
            if IS_ROOT:
                os.chown(path, self._owner.pw_uid, self._owner.pw_gid)

    def __enter__(self) -> "Dovecot":
        who: dict[str, Any] = {}
        if IS_ROOT:
            who = {"user": self._owner.pw_uid, "group": self._owner.pw_gid, "extra_groups": []}
        config = str(self.root / "dovecot.conf")
        self._process = Process([PROGRAM, "-F", "-c", config], self.root / "dovecot.log", cwd=self.root, **who)
        self._process.wait_for(lambda: greeting(self.imap).startswith(b"* OK"))
        return self

    def __exit__(self, *_: object) -> None:
        self._process.end()
        shutil.rmtree(self.root, ignore_errors=True)

    def told(self) -> str:
        """Its log."""
        return self._process.told()

    def mailbox(self, address: str = "") -> "Mailbox":
        """A mailbox nobody else has, of this address if one is given; its folders come with its first login."""
        if not address:
            return Mailbox(self, self._spare.pop(0), PASSWORD)
        with (self.root / "users").open("a") as users:
            users.write(_line(address))
        end = time.monotonic() + 5
        while not self._knows(address) and time.monotonic() < end:
            time.sleep(0.1)
        return Mailbox(self, address, PASSWORD)

    def _knows(self, address: str) -> bool:
        with smtplib.LMTP("127.0.0.1", self.lmtp) as lmtp:
            lmtp.ehlo()
            lmtp.mail("")
            return lmtp.rcpt(address)[0] == 250

    def away(self, mailbox: "Mailbox", script: str) -> None:
        """From now on a mailbox answers by a sieve script; of a server that was made with ``sieve``."""
        home = self.root / "mail" / mailbox.address
        home.mkdir(exist_ok=True)
        (home / "away.sieve").write_text(script)
        self.give(home, home / "away.sieve")


@dataclass(frozen=True)
class Mailbox:
    """One mailbox of a server."""

    server: Dovecot
    address: str
    password: str

    def deliver(self, mails: bytes | Sequence[bytes], sender: str = "sender@school.test") -> None:
        """Delivers mails by LMTP; the sender is the envelope's, and empty for what machines send."""
        with smtplib.LMTP("127.0.0.1", self.server.lmtp) as lmtp:
            for mail in [mails] if isinstance(mails, bytes) else mails:
                lmtp.sendmail(sender, [self.address], mail)

    @contextmanager
    def opened(self) -> Iterator[imaplib.IMAP4]:
        """Signed in, as a person with a mail program would be."""
        with imaplib.IMAP4("127.0.0.1", self.server.imap) as client:
            client.login(self.address, self.password)
            yield client

    def mails(self, folder: str = INBOX) -> dict[int, bytes]:
        """The mails of a folder by UID, looked at without marking them as seen."""
        with self.opened() as client:
            answer, _ = client.select(_quoted(folder), readonly=True)
            assert answer == "OK", f"{folder} can't be selected"
            found = client.uid("SEARCH", "ALL")[1][0].split()
            return {int(uid): self._mail(client, uid) for uid in found}

    @staticmethod
    def _mail(client: imaplib.IMAP4, uid: bytes) -> bytes:
        told = client.uid("FETCH", uid.decode(), "(BODY.PEEK[])")[1]
        return next(bytes(part[1]) for part in told if isinstance(part, tuple))

    def folders(self) -> dict[str, list[bytes]]:
        """All that lies in the inbox and the three folders mails are moved to."""
        return {folder: list(self.mails(folder).values()) for folder in (INBOX, *FOLDERS)}

    def counted(self) -> dict[str, int]:
        """How many mails lie in each."""
        with self.opened() as client:
            return {folder: _status(client, folder, "MESSAGES") for folder in (INBOX, *FOLDERS)}

    def uidvalidity(self, folder: str = INBOX) -> int:
        """The number that makes its UIDs good."""
        with self.opened() as client:
            return _status(client, folder, "UIDVALIDITY")

    def renumber(self) -> None:
        """Gives the inbox another UIDVALIDITY, and its UIDs to its mails from the last to the first.

        A server restored from backup may do so: what was UID 1 is another mail now. Dovecot keeps both numbers in one
        file of lines; its index, which remembers them as well, goes.
        """
        maildir = self.server.root / "mail" / self.address / "Maildir"
        before = self.uidvalidity()
        path = maildir / "dovecot-uidlist"
        head, *lines = path.read_text().splitlines()
        numbers, names = [line.partition(" :")[0] for line in lines], [line.partition(" :")[2] for line in lines]
        turned = [f"{number} :{name}" for number, name in zip(numbers, reversed(names), strict=True)]
        path.write_text("\n".join([head.replace(f"V{before}", f"V{before + 1000}"), *turned, ""]))
        for index in maildir.glob("dovecot.index*"):
            index.unlink()
        assert self.uidvalidity() != before


def _line(address: str) -> str:
    return f"{address}:{PASSWORD}::::::\n"


def version() -> str:
    """What the Dovecot of this machine says of its version."""
    return subprocess.run([PROGRAM, "--version"], capture_output=True, check=True, text=True).stdout.split()[0]


def _quoted(folder: str) -> str:
    return f'"{folder}"'


def _status(client: imaplib.IMAP4, folder: str, what: str) -> int:
    told = client.status(_quoted(folder), f"({what})")[1][0]
    assert told is not None
    return int(told.split(what.encode())[1].strip(b" )"))
