"""Mail, second thoughts, decisions and kills in whatever order: a workspace ends as its twin that nothing befell.

Hypothesis draws the order; each step is done to both, but only one of them is killed.
"""

import os
import shutil
import signal
import time
from atexit import register as at_exit
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from cluster_sheets.demo import answer, bulk, deliver
from cluster_sheets.demo.fill import Blank
from cluster_sheets.demo.play import CLUSTER, KEY, START
from cluster_sheets.demo.requests import BENCH, Sample, rounds, samples
from cluster_sheets.night import init, run
from cluster_sheets.night.workspace import opened
from cluster_sheets.panel.decisions.view import View, view
from cluster_sheets.panel.decisions.workbook import path_of
from cluster_sheets.panel.release import release
from cluster_sheets.register.make import made as register_workbook
from cluster_sheets.report.run import Exit
from cluster_sheets.store import file, integrity, packs
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.units import State
from tests.night.faults import Fork, night
from tests.night.made import state
from tests.servers.process import REQUIRED
from tests.store.asked import every_unit

pytestmark = [pytest.mark.real, pytest.mark.skipif(os.name == "nt", reason="kills a fork, which is POSIX")]
SIZE = 6
STANDS = (State.ACCEPTED, State.RETURNED, State.HELD)
"""States of which every form that came has a submission, whatever else came."""
WHOLE = 0.7
"""About as many seconds as a night of a few mails takes."""


@cache
def issued() -> tuple[Path, tuple[tuple[Sample, bytes], ...], str, str]:
    """A workspace whose forms are issued, each form filled in, the mailbox and the zone."""
    folder = Path(mkdtemp(prefix="cluster-sheets-order-"))
    at_exit(shutil.rmtree, folder, ignore_errors=True)
    places = init(folder / "central", register=register_workbook({"mail_authserv_name": deliver.EXCHANGER}), key=KEY)
    with opened(places, START) as begun:
        register = begun.register
        made = samples(register, SIZE, 3, CLUSTER, START, BENCH)
        filled = bulk.filled(begun.store, register, begun.form, CLUSTER, SIZE, 3, START)
        forms = tuple((sample, data) for sample, (_, data) in zip(made, filled, strict=True))
    return places.root, forms, register.mailbox(CLUSTER), register.zone


class AnyOrder(RuleBasedStateMachine):
    """One round of a cluster."""

    def __init__(self) -> None:
        super().__init__()
        root, self.forms, self.to, self.zone = issued()
        self.folder = Path(mkdtemp(prefix="cluster-sheets-order-"))
        self.one, self.twin = (Places(self.folder / name / "central") for name in ("one", "twin"))
        for places in (self.one, self.twin):
            shutil.copytree(root, places.root)
        with opened(self.twin, START) as begun:
            self.meeting = rounds(begun.register, CLUSTER, START)[0]
        self.at = self.meeting.closes_at - timedelta(days=2)
        self.came: list[tuple[Sample, bytes]] = []
        self.number = 0
        self.decided = False
        self.received = 0
        self.waits = False

    def teardown(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def drop(self, sample: Sample, data: bytes, *, by_mail: bool = True) -> None:
        """It comes to both."""
        self.number += 1
        name = f"{self.number:03d}.xlsx"
        if by_mail:
            sent = self.at - timedelta(hours=6) + timedelta(minutes=self.number)
            data = deliver.mail(sample.sender, self.to, sent, f"Form {self.number}", "", [(name, data)], self.zone)
            name = f"{self.number:03d}.eml"
        for places in (self.one, self.twin):
            file.write_many(places.inbox, [(name, data)], file.OPEN_TO_GROUP)
        self.received += 1
        self.waits = True

    @precondition(lambda self: len(self.came) < SIZE)
    @rule(by_mail=st.booleans())
    def deliver(self, by_mail: bool) -> None:
        """A school sends a form."""
        self.came.append(self.forms[len(self.came)])
        self.drop(*self.came[-1], by_mail=by_mail)

    @precondition(lambda self: self.came)
    @rule(which=st.integers(0, SIZE))
    def redeliver(self, which: int) -> None:
        """A school sends what it sent before."""
        self.drop(*self.came[which % len(self.came)])

    @precondition(lambda self: self.came)
    @rule(which=st.integers(0, SIZE), faulty=st.booleans())
    def amend(self, which: int, faulty: bool) -> None:
        """A school has second thoughts, good ones or not."""
        sample, data = self.came[which % len(self.came)]
        changed = {"headteacher_name": "" if faulty else f"EXAMPLE Jo Quill {self.number}"}
        self.drop(sample, Blank(data).filled({**sample.typed.answers, **changed}, sample.typed.lines))

    @precondition(lambda self: self.waits)
    @rule(parts=st.lists(st.floats(0.02, 0.95), min_size=1, max_size=3))
    def kill(self, parts: list[float]) -> None:
        """The one's night is killed, perhaps more than once, and run again with the twin's, as of the same moment.

        Only a night with work: after one without, killed just before its note is kept, the statements bear another day.
        """
        for part in parts:
            child = Fork(night(self.one, self.at), self.folder / "said")
            child.go()
            time.sleep(part * WHOLE)
            os.kill(child.pid, signal.SIGKILL)
            assert child.end() in (-signal.SIGKILL, 0, 3)
        self.run()

    @rule()
    def run(self) -> None:
        """Both have their night."""
        for places in (self.one, self.twin):
            told = run(places.root, self.at)
            assert (told.exit_code in (Exit.CLEAN, Exit.NEEDED), told.in_all.conserves) == (True, True), told.why
            assert list(places.inbox.iterdir()) == []
            assert told.in_all.received == self.received
            with Store.open(places.root) as store:
                forms = {each.form_ref for each in every_unit(store) if each.state in STANDS}
            assert len(forms) == len(self.came)
        assert state(self.one) == state(self.twin)
        self.at += timedelta(hours=8)
        self.waits = False

    @rule()
    def answer(self) -> None:
        """The admin answers what is asked."""
        self.run()
        for path in sorted(self.twin.review.glob("*.xlsx")):
            if answer.review(path):
                shutil.copyfile(path, self.one.review / path.name)

    @precondition(lambda self: self.came and not self.decided)
    @rule()
    def decide(self) -> None:
        """The pack is released as soon as it is checked, the meeting is held, and its decisions come back."""
        self.answer()
        self.answer()
        self.run()
        with Store.open(self.twin.root) as store:
            pack = packs.current(store, self.meeting.meeting_id)
        if pack is None or pack.state != packs.PackState.CHECKED:
            return
        self.decided = True
        for places in (self.one, self.twin):
            with opened(places, self.at) as begun:
                finder, meeting = begun.finder, self.meeting.meeting_id
                release(begun.store, places, begun.register, begun.form, lambda: finder, meeting, self.at)  # noqa: B023
        self.at = max(self.at, self.meeting.closes_at + timedelta(days=20))
        shown, key = self._shown()
        path = path_of(self.twin, self.meeting.meeting_id)
        answer.decide(path, shown, key, self.meeting.quorum_needed + 3)
        shutil.copyfile(path, path_of(self.one, self.meeting.meeting_id))
        self.run()

    def _shown(self) -> tuple[View, bytes]:
        with opened(self.twin, self.at) as begun:
            return view(begun.store, begun.register, begun.form, self.meeting), begun.store.key

    @invariant()
    def nothing_is_broken(self) -> None:
        """Whatever was killed, both stores hold together."""
        for places in (self.one, self.twin):
            with Store.open(places.root) as store:
                assert integrity.problems(store) == ()


def test_a_round_in_any_order_ends_as_its_twin() -> None:
    whole = settings(
        max_examples=8 if REQUIRED else 2,
        stateful_step_count=10,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],  # shrinking, a night for each try, would take an hour
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(AnyOrder, settings=whole)
