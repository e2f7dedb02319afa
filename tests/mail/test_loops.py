"""Fifty nights with machines at the other end, polite and rude, and one that bounces: few answers, all explained."""

import smtplib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import click
import pytest

from cluster_sheets.demo import bulk, deliver
from cluster_sheets.demo.fill import Blank
from cluster_sheets.demo.play import CLUSTER, START
from cluster_sheets.demo.requests import BENCH, Sample, samples
from cluster_sheets.night import run
from cluster_sheets.night.workspace import opened
from cluster_sheets.report.run import Exit, Run
from cluster_sheets.store.places import Places
from cluster_sheets.store.replies import OutboxState
from tests.mail.post import bounce
from tests.mail.workspace import outbox, workspace
from tests.servers.ca import HOST
from tests.servers.dovecot import Dovecot, Mailbox
from tests.servers.marks import needs_dovecot, needs_postfix, needs_sieve
from tests.servers.postfix import Postfix
from tests.servers.process import REQUIRED
from tests.servers.sieve import away
from tests.servers.sink import Sink, Taken
from tests.servers.test_servers import wait_until

pytestmark = pytest.mark.real
NIGHTS = 50 if REQUIRED else 10
SIZE = 40


@dataclass
class Office:
    """The cluster's mailbox, its workspace, and a faulty form of each of some schools, ready to be sent."""

    places: Places
    cluster: Mailbox
    to: str
    zone: str
    forms: Iterator[tuple[Sample, bytes]]

    def sends(self, at: datetime) -> str:
        """The next school sends its form; who that is."""
        sample, data = next(self.forms)
        self.says(sample.sender, at, sample.title, [("form.xlsx", data)])
        return sample.sender

    def says(
        self, who: str, at: datetime, subject: str, files: list[tuple[str, bytes]], more: dict[str, str] | None = None
    ) -> None:
        """Somebody writes."""
        self.cluster.deliver(deliver.mail(who, self.to, at, subject, "EXAMPLE.", files, self.zone, more), who)


def office(root: Path, cluster: Mailbox, sink: Sink) -> Office:
    places = workspace(root, cluster, sink, null_sender=False, settings={})
    with opened(places, START) as night:
        register = night.register
        made = samples(register, SIZE, 1, CLUSTER, START, BENCH)
        filled = bulk.filled(night.store, register, night.form, CLUSTER, SIZE, 1, START)
        forms = {sample.sender: (sample, data) for sample, (_, data) in zip(made, filled, strict=True)}
    return Office(places, cluster, register.mailbox(CLUSTER), register.zone, map(_faulty, forms.values()))


def _faulty(form: tuple[Sample, bytes]) -> tuple[Sample, bytes]:
    sample, data = form
    return sample, Blank(data).filled({**sample.typed.answers, "headteacher_name": ""}, sample.typed.lines)


@dataclass
class World:
    """Who is at the other end of each address, and how often each was answered."""

    office: Office
    sink: Sink
    people: dict[str, Callable[[Taken, datetime], None]] = field(default_factory=dict)
    seen: int = 0
    answers: Counter[str] = field(default_factory=Counter)

    def day(self, at: datetime) -> None:
        """What the day brings: each has read what came at night."""
        fresh, self.seen = self.sink.taken[self.seen :], len(self.sink.taken)
        for taken in fresh:
            (to,) = taken.to
            self.answers[to] += 1
            self.people[to](taken, at)

    def rude(self, taken: Taken, at: datetime) -> None:
        """A program that has heard of no header: our own subject, and all we sent, once more."""
        self.office.says(taken.to[0], at, f"Re: {message_from_bytes(taken.raw)['Subject']}", _forms(taken))

    def marked(self, taken: Taken, at: datetime) -> None:
        """A program that says it is one, and brings back another workbook each time, in two mails."""
        ours = message_from_bytes(taken.raw)
        marks = {"In-Reply-To": str(ours["Message-ID"]), "Auto-Submitted": "auto-replied"}
        changed = [(name, _but(data, f"EXAMPLE {len(self.sink.taken)}")) for name, data in _forms(taken)]
        for files in (_forms(taken), changed):
            self.office.says(taken.to[0], at, "Away", files, marks)

    def bounces(self, taken: Taken, at: datetime) -> None:
        """A mail server that has no such mailbox."""
        self.office.cluster.deliver(bounce(self.office.to, taken.message_id, at, taken.to[0]), "")


def _forms(taken: Taken) -> list[tuple[str, bytes]]:
    parts = message_from_bytes(taken.raw).walk()
    forms = [part for part in parts if str(part.get_filename() or "").endswith(".xlsx")]
    return [("form.xlsx", bytes(part.get_payload(decode=True))) for part in forms]


def _but(data: bytes, contact: str) -> bytes:
    return Blank(data).filled({"contact_name": contact}, {})


@needs_sieve
def test_fifty_nights_with_machines_bring_few_answers_all_explained(
    tmp_path: Path, answering: Dovecot, sink: Sink, capsys: pytest.CaptureFixture[str]
) -> None:
    here = office(tmp_path / "central", answering.mailbox(), sink)
    world, at = World(here, sink), START + timedelta(days=10)
    away_, rude, bouncing, chatty, insisting, marked = (here.sends(at) for _ in range(6))
    person = answering.mailbox(away_)
    answering.away(person, away(away_))
    world.people = {
        away_: lambda taken, _: person.deliver(taken.raw, here.to),
        rude: world.rude,
        marked: world.marked,
        bouncing: world.bounces,
        chatty: lambda _, at: here.says(chatty, at, "Thank you for your message", []),
        insisting: lambda *_: None,
    }
    told: list[Run] = []
    for _ in range(NIGHTS):
        at += timedelta(days=1)
        told.append(run(here.places.root, at))
        assert told[-1].exit_code in (Exit.CLEAN, Exit.NEEDED), told[-1].why
        assert told[-1].in_all.conserves
        world.day(at + timedelta(hours=8))
        here.says(insisting, at + timedelta(hours=9), "Is it four pages or five?", [])
    with capsys.disabled():
        click.echo(
            f"\n  {NIGHTS} nights; mails in {told[-1].in_all.received}; answers {sorted(world.answers.values())}"
        )
    # One answer to the form; one to the first mail without one; the same again no sooner than a week later.
    assert world.answers == {away_: 1, rude: 1, marked: 1, bouncing: 1, chatty: 2, insisting: 1 + -(-(NIGHTS - 1) // 7)}
    rows = outbox(here.places)
    assert {each.message_id for each in rows} == {each.message_id for each in sink.taken}
    assert Counter(each.state for each in rows) == {OutboxState.SENT: len(rows) - 1, OutboxState.UNDELIVERABLE: 1}
    whys = [{need.what for need in each.needs} for each in told]
    assert any("came back" in what for what in whys[-1])
    explained = sum(any("brings nothing new" in what or "bring nothing new" in what for what in each) for each in whys)
    assert explained >= NIGHTS - 1 - world.answers[insisting]


@needs_dovecot
@needs_postfix
def test_a_real_bounce_is_linked_to_the_message_it_is_about(
    tmp_path: Path, mailbox: Mailbox, sink: Sink, postfix: Postfix
) -> None:
    here, at = office(tmp_path / "central", mailbox, sink), START + timedelta(days=10)
    gone = here.sends(at)
    run(here.places.root, at + timedelta(days=1))
    (taken,) = sink.taken
    sink.to_recipient = lambda address: "550 5.1.1 EXAMPLE no such mailbox" if address == gone else ""
    with smtplib.SMTP(HOST, postfix.port, timeout=10) as client:
        client.sendmail(mailbox.address, [gone], taken.raw)
    wait_until(lambda: mailbox.counted()["INBOX"])
    told = run(here.places.root, at + timedelta(days=2))
    assert [each.state for each in outbox(here.places)] == [OutboxState.UNDELIVERABLE]
    assert [each.what for each in told.needs if "came back" in each.what] == [
        "A form sent back to be mended is undeliverable: it came back, and the school does not have it."
    ]
    assert (told.tonight.received, told.tonight.states["set-aside"], len(sink.taken)) == (1, 1, 1)
