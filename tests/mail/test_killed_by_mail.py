"""A night by IMAP and SMTP, killed at its system calls: all it does, on disk and at servers, is done once all the same.

The mailbox is put back as it was before each kill, its numbers with it, so that all ends can be compared.
"""

import os
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import click
import pytest

from cluster_sheets.demo.play import CLUSTER, START
from cluster_sheets.demo.requests import rounds
from cluster_sheets.night.workspace import opened
from cluster_sheets.store.places import Places
from tests.mail.post import Kind, Post, numbers
from tests.mail.workspace import keeps_sent, workspace
from tests.night import faults
from tests.night.faults import KILL, Point, night
from tests.night.made import state
from tests.servers.dovecot import Mailbox
from tests.servers.dovecot_conf import FOLDERS
from tests.servers.marks import needs_dovecot
from tests.servers.process import REQUIRED
from tests.servers.sink import Sink

pytestmark = [pytest.mark.real, needs_dovecot, pytest.mark.skipif(os.name == "nt", reason="strace is Linux's")]
COUNTS = {Kind.GOOD: 3, Kind.SPOOFED: 1, Kind.AWAY: 1, Kind.BROKEN: 1}
EVERY = bool(os.environ.get("CLUSTER_SHEETS_EVERY_FAULT"))
DIFFERS = ('"found among sent mail"', "cluster.audit", "audit_head")
"""Whether a message was told as taken, or was found among sent mail by the next run, the audit may say."""


@dataclass
class Night:
    """One night, that can be had again and again."""

    base: Path
    mailbox: Mailbox
    sink: Sink
    at: datetime
    turn: int = 0

    @property
    def _maildir(self) -> Path:
        return self.mailbox.server.root / "mail" / self.mailbox.address / "Maildir"

    def keep(self) -> None:
        """This is how it begins."""
        self.mailbox.counted()
        shutil.copytree(self._maildir, self.base / "Maildir")

    def again(self) -> Places:
        """The workspace and the mailbox as they were."""
        self.turn += 1
        shutil.rmtree(self._maildir)
        shutil.copytree(self.base / "Maildir", self._maildir)
        self.mailbox.server.give(self._maildir, *self._maildir.rglob("*"))
        self.sink.taken.clear()
        root = self.base / "now" / "central"
        shutil.rmtree(root.parent, ignore_errors=True)
        shutil.copytree(self.base / "central", root)
        return Places(root)

    def ended(self, places: Places) -> tuple[str, dict[str, list[int]], Counter[str]]:
        """All that is left: in the workspace, in the mailbox, at the mail server."""
        shutil.rmtree(places.private / "traces", ignore_errors=True)
        kept = (line for line in state(places).splitlines() if not line.startswith(DIFFERS))
        lying = {folder: numbers(list(self.mailbox.mails(folder).values())) for folder in ("INBOX", *FOLDERS)}
        # The server's own code is not known of what was found among sent mail.
        told = "\n".join(kept).replace('"250 2.0.0"', '""')
        return told, lying, Counter(each.message_id for each in self.sink.taken)


@pytest.fixture
def by_mail(tmp_path: Path, mailbox: Mailbox, sink: Sink) -> Night:
    places = workspace(tmp_path / "central", mailbox, sink)
    keeps_sent(sink, mailbox)
    with opened(places, START) as begun:
        letters = Post(begun, sum(COUNTS.values())).mails(COUNTS)
        at = rounds(begun.register, CLUSTER, START)[0].closes_at - timedelta(hours=20)
    for letter in letters:
        mailbox.deliver(letter.raw, letter.sender)
    made = Night(tmp_path, mailbox, sink, at)
    made.keep()
    return made


def tried(points: list[Point]) -> list[Point]:
    """Calls to be killed at: some to servers, some to disk, some between what a server did and its note on disk."""
    if EVERY:
        return points
    to_servers = [each for each in points if each.where == "socket"]
    after = [now for before, now in pairwise(points) if before.where == "socket" != now.where]
    to_disk = faults.sampled([each for each in points if each.where != "socket"], 1)
    picked = {*spaced(to_servers, 12), *spaced(after, 12), *spaced(to_disk, 12)}
    return [each for each in points if each in picked][:: 1 if REQUIRED else 3]


def spaced(points: list[Point], most: int) -> list[Point]:
    return points[:: max(1, -(-len(points) // most))]


def test_killed_at_a_call_to_a_server_or_to_disk_the_next_night_does_the_rest(
    by_mail: Night, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faults.strace()
    first = by_mail.again()
    assert night(first, by_mail.at)() in (0, 3)
    expected = by_mail.ended(first)
    again = by_mail.again()
    points = faults.recorded(night(again, by_mail.at), again.root, tmp_path)
    assert by_mail.ended(again) == expected
    assert set(expected[2].values()) == {1}
    picked, apart = tried(points), []
    for point in picked:
        places, said = by_mail.again(), tmp_path / "said"
        code = faults.ended(night(places, by_mail.at), said, watched=["-o", "/dev/null", *KILL.at(point)])
        code_after = faults.ended(night(places, by_mail.at), said)
        if (code, code_after in (0, 3), by_mail.ended(places)) != (-9, True, expected):
            apart.append(f"{point}: {code}, then {code_after}: {said.read_text()}")
    with capsys.disabled():
        to_servers = sum(point.where == "socket" for point in picked)
        click.echo(f"\n  {len(points)} calls by mail; killed at {len(picked)}, {to_servers} of them to servers")
    assert not apart, "\n".join(apart)
