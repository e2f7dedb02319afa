"""300 mails of every kind, runs that are killed, a mailbox numbered anew: nothing is lost, nothing told twice."""

import hashlib
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path

import click
import pytest

from cluster_sheets.demo.play import CLUSTER, START
from cluster_sheets.demo.requests import rounds
from cluster_sheets.night.workspace import opened
from cluster_sheets.store import replies
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.replies import OutboxState
from cluster_sheets.store.units import State
from tests.mail.post import Kind, Letter, Post, number, numbers
from tests.mail.workspace import addresses, keeps_sent, outbox, run, run_until_done, workspace
from tests.servers.dovecot import Mailbox
from tests.servers.dovecot_conf import FOLDERS
from tests.servers.marks import needs_dovecot
from tests.servers.process import REQUIRED
from tests.servers.sink import Sink
from tests.store.asked import every_unit

pytestmark = [pytest.mark.real, needs_dovecot]
COUNTS = {
    Kind.GOOD: 110, Kind.FORWARDED: 15, Kind.SPOOFED: 20, Kind.STRANGER: 15, Kind.AMENDED: 30, Kind.AGAIN: 15,
    Kind.AWAY: 20, Kind.BOUNCE: 15, Kind.QUESTION: 10, Kind.TWO_FROM: 15, Kind.BROKEN: 15, Kind.CROOKED_ID: 5,
    Kind.SAME_ID: 15,
}  # fmt: skip
"""Of each kind, 300 in all; a fifth of them where real programs are not required."""
SILENT = (Kind.AWAY, Kind.BOUNCE, Kind.TWO_FROM)
"""What nobody is told about: machines, and a mail that says two people sent it."""


def delivered(mailbox: Mailbox, letters: list[Letter]) -> None:
    for letter in letters:
        mailbox.deliver(letter.raw, letter.sender)


def answers(places: Places, mailbox: Mailbox, sink: Sink) -> Counter[int]:
    """How many messages at the sink tell what became of each mail, by its number."""
    lying = [raw for folder in FOLDERS for raw in mailbox.mails(folder).values()]
    by_sha256 = {hashlib.sha256(raw).hexdigest(): number(raw) for raw in lying}
    sent = Counter(each.message_id for each in sink.taken)
    found: Counter[int] = Counter()
    with Store.open(places.root) as store:
        for unit in every_unit(store):
            told = {each.message_id for each in replies.verdicts_of(store, [unit.unit_id])}
            found[by_sha256[unit.mail_sha256]] += sum(sent[each] for each in told)
    return found


def test_each_mail_lies_in_one_folder_and_each_submission_is_answered_once(
    tmp_path: Path, mailbox: Mailbox, sink: Sink, capsys: pytest.CaptureFixture[str]
) -> None:
    places = workspace(tmp_path / "central", mailbox, sink)
    keeps_sent(sink, mailbox)
    counts = COUNTS if REQUIRED else {kind: -(-number // 5) for kind, number in COUNTS.items()}
    with opened(places, START) as night:
        letters = Post(night, sum(counts.values())).mails(counts)
        at = rounds(night.register, CLUSTER, START)[0].closes_at - timedelta(hours=20)
    rng, killed = random.Random(2026), 0
    half, longest = len(letters) // 2, 1.5 + len(letters) / 100
    for when, some in ((at, letters[:half]), (at + timedelta(days=1), letters[half:])):
        delivered(mailbox, some)
        killed += run_until_done(places, when, 4, longest, rng)
        mailbox.renumber()
        killed += run_until_done(places, when, 4, longest, rng)
    with capsys.disabled():
        click.echo(f"\n  {len(letters)} mails; runs killed: {killed}")
    after = at + timedelta(days=2)
    assert run(places, after) in (0, 3)
    lying = {folder: numbers(list(mailbox.mails(folder).values())) for folder in ("INBOX", *FOLDERS)}
    expected = {folder: [each.number for each in letters if each.kind.folder == folder] for folder in FOLDERS}
    assert lying == {"INBOX": [], **expected}
    sent = Counter(each.message_id for each in sink.taken)
    assert set(sent.values()) == {1}
    assert {each.message_id for each in outbox(places) if each.state is OutboxState.SENT} == set(sent)
    told = answers(places, mailbox, sink)
    once = [each for each in letters if each.kind is not Kind.QUESTION]
    assert {each.number: (each.kind, told[each.number]) for each in once} == {
        each.number: (each.kind, int(each.kind not in SILENT)) for each in once
    }
    # Who asks again within the week is not told again that there was no form in it.
    asked = [each for each in letters if each.kind is Kind.QUESTION]
    by_sender = {each.sender: 0 for each in asked}
    for each in asked:
        by_sender[each.sender] += told[each.number]
    assert set(by_sender.values()) == {1}
    with Store.open(places.root) as store:
        judged = [each for each in every_unit(store) if each.state in (State.ACCEPTED, State.RETURNED)]
    assert len({each.form_ref for each in judged if each.form_ref}) == counts[Kind.GOOD] + counts[Kind.FORWARDED]
    known = addresses(places, after)
    assert {to for each in sink.taken for to in each.to} <= known
