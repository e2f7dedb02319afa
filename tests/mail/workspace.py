"""A workspace whose mail comes by IMAP and goes by SMTP, on real servers; and its runs, as somebody starts them."""

import os
import random
import signal
import smtplib
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from cluster_sheets.demo import deliver
from cluster_sheets.demo.play import CLUSTER, KEY
from cluster_sheets.night import init
from cluster_sheets.night.workspace import opened
from cluster_sheets.register.make import made as register_workbook
from cluster_sheets.store import replies
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.replies import Reply
from tests.servers.ca import HOST
from tests.servers.dovecot import Mailbox
from tests.servers.sink import Sink, Taken

_CONFIG = """# EXAMPLE: a mailbox and a mail server of the tests.
[[mail.route]]
kind = "imap"
host = "{host}"
port = {imaps}
user = "{user}"
secret = "file:secret.txt"
ca_file = "{ca}"

[send]
kind = "smtp"
host = "{host}"
port = {starttls}
user = "{user}"
secret = "file:secret.txt"
ca_file = "{ca}"
null_sender = {null_sender}
"""
PLENTY = {"replies_per_run": "5000", "replies_per_sender_a_day": "500"}


def workspace(
    root: Path, mailbox: Mailbox, sink: Sink, *, null_sender: bool = True, settings: dict[str, str] | None = None
) -> Places:
    """A workspace of the pilot's schools, with a mailbox that is not the register's own address."""
    changes = {"mail_authserv_name": deliver.EXCHANGER, **(PLENTY if settings is None else settings)}
    places = init(root, register=register_workbook(changes), key=KEY)
    secret = places.root / "secret.txt"
    secret.write_text(mailbox.password)
    secret.chmod(0o600)
    sink.passwords[mailbox.address] = mailbox.password
    told = _CONFIG.format(
        host=HOST,
        imaps=mailbox.server.imaps,
        user=mailbox.address,
        ca=sink.authority.file,
        starttls=sink.starttls,
        null_sender=str(null_sender).lower(),
    )
    places.config.write_text(told)
    return places


def keeps_sent(sink: Sink, mailbox: Mailbox) -> None:
    """From now on what the sink takes in lies in the mailbox's Sent folder as well, before the sender is told so."""
    with mailbox.opened() as client:
        client.create("Sent")

    def kept(taken: Taken) -> str:
        if taken.raw:
            with smtplib.LMTP(HOST, mailbox.server.lmtp) as lmtp:
                user, _, domain = mailbox.address.partition("@")
                lmtp.sendmail("", [f"{user}+Sent@{domain}"], taken.raw)
        return "250 2.0.0 EXAMPLE taken"

    sink.to_mail = kept


def run(places: Places, at: datetime, after: float | None = None) -> int:
    """Runs the night, to its end or until it is killed, its workers with it; its exit code."""
    words = [sys.executable, "-m", "cluster_sheets", "run", "-w", str(places.root), "--as-of", at.isoformat()]
    said = places.root.parent / "said.txt"
    with said.open("wb") as told:
        night = subprocess.Popen(words, stdout=told, stderr=told, start_new_session=True, cwd=_HERE)
        try:
            code = night.wait(after)
        except subprocess.TimeoutExpired:
            os.killpg(night.pid, signal.SIGKILL)
            return night.wait()
    assert b"Traceback" not in said.read_bytes(), said.read_text()
    return code


def run_until_done(places: Places, at: datetime, kills: int, longest: float, rng: random.Random) -> int:
    """Runs the night, each time killed at some moment, then once to its end; how often it was killed."""
    killed = 0
    for _ in range(kills):
        code = run(places, at, rng.uniform(0.2, longest))
        if code != -signal.SIGKILL:
            break
        killed += 1
    code = run(places, at)
    assert code in (0, 3), (places.root.parent / "said.txt").read_text()
    return killed


def outbox(places: Places) -> tuple[Reply, ...]:
    """Every message of the outbox."""
    with Store.open(places.root) as store:
        return replies.everything(store)


def addresses(places: Places, at: datetime) -> frozenset[str]:
    """Every address that the register holds for the answers to a school."""
    with opened(places, at) as night:
        day = night.register.day_of(at)
        urns = [each.urn for each in night.register.members_on(CLUSTER, day)]
        return frozenset(address for urn in urns for address in night.register.reply_addresses(urn, day))


_HERE = Path(__file__).parents[2]
