"""Judging: a chunk of units from raw bytes to verdicts, kept in one transaction.

Units of a chunk that bear on one another (two submissions of one form, one pupil in two forms) are judged in waves,
one after the other, so that no verdict depends on how a night was cut into chunks.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from cluster_sheets.anonymise.known import Finder
from cluster_sheets.base import columns
from cluster_sheets.base.text import folded
from cluster_sheets.checks.judge import findings as checked
from cluster_sheets.checks.judge import in_order
from cluster_sheets.form.declared import Form
from cluster_sheets.intake.again import LET_OUT
from cluster_sheets.intake.arrived import Arrived, arrived
from cluster_sheets.intake.take_in import MailRules
from cluster_sheets.reading.frames import frames
from cluster_sheets.reading.raw import RawForm
from cluster_sheets.reading.typed import TypedForm
from cluster_sheets.register.model import Register
from cluster_sheets.store import findings, forms, questions, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict import circumstances, decided
from cluster_sheets.verdict.keep import Keeper
from cluster_sheets.verdict.sender import who_sent
from cluster_sheets.verdict.settled import settle, settle_again
from cluster_sheets.verdict.submission import ACCEPT, RETURN, Submission
from cluster_sheets.verdict.titles import Titles
from cluster_sheets.verdict.understanding import Told, Understanding, arrival
from cluster_sheets.verdict.vouched import vouched
from cluster_sheets.verdict.world import world

Read = Callable[[Sequence[tuple[str, bytes]]], Mapping[str, Told]]
"""(unit, bytes) of workbooks in; what a worker read in each, or why it was refused."""

KEPT = 40
"""Forms sent back whose raw answers stay in memory until they are answered."""


class Judge:
    """Judges units under one register, as of one moment. Made once a night."""

    def __init__(
        self, store: Store, register: Register, form: Form, finder: Finder, rules: MailRules, as_of: datetime
    ) -> None:
        self.store, self.register, self.form, self.finder = store, register, form, finder
        self.rules, self.as_of = rules, as_of
        self.titles = Titles(store)
        self._understanding = Understanding(register, form)
        self._keeper = Keeper(store, register, form, as_of)
        self.returned: dict[str, RawForm] = {}
        """Raw answers of what was sent back, for their marked-up copies; no more than KEPT: others are read again."""

    @property
    def traces(self) -> list[tuple[str, str]]:
        """(unit, where our reader broke on it) of all that was judged so far."""
        return self._understanding.traces

    def judge(self, waiting: Sequence[Unit], read: Read) -> None:
        """Judges these units and keeps the verdicts, all of them or, where something breaks, none."""
        batch = self._gathered(waiting)
        settle(self.store, self.form, self.register.settings, batch)
        unread = [each for each in batch if each.settled is None]
        told = read([(each.unit.unit_id, each.arrived.data) for each in unread]) if unread else {}
        issued = self._understanding.read(unread, told)
        self._understanding.look(unread, self.store.key, forms.get_many(self.store, issued))
        try:
            self._verdicts(batch)
        except BaseException:
            # Nothing was kept, so nothing of it may be remembered.
            self.titles = Titles(self.store)
            raise

    def _verdicts(self, batch: Sequence[Submission]) -> None:
        with self.store.transaction():
            for wave in waves(batch):
                for each in wave:
                    # Wave by wave: the same request may have been accepted without its mark a wave before.
                    # What goes back does so in a form of its school, so that the next version says whose it is.
                    counts = each.answer == ACCEPT or (each.answer == RETURN and each.urn)
                    if counts and each.typed and not each.form:
                        each.form = vouched(self.store, self.register, each, self.as_of)
                settle_again(self.store, self.form, self.register, wave)
                self._judge([each for each in wave if each.settled is None])
                self._keeper.keep(wave)
        for each in batch:
            if each.raw and each.state is State.RETURNED and len(self.returned) < KEPT:
                self.returned[each.unit.unit_id] = each.raw

    def _gathered(self, waiting: Sequence[Unit]) -> list[Submission]:
        came: dict[str, Arrived] = {each.unit_id: each for each in arrived(self.store, waiting, self.rules)}
        # One that is judged anew, as it came at another time, was perhaps held once: what was said of it holds.
        held = [each.unit_id for each in waiting if each.state is State.HELD or each.version]
        said = {
            each.unit_id: ACCEPT if each.answer == questions.REMEMBER else each.answer
            for each in (questions.of_units(self.store, held) if held else ())
            if each.kind == "held"
        }
        let_out = findings.units_with(self.store, LET_OUT, came)
        return [
            Submission(
                unit=unit,
                arrived=came[unit.unit_id],
                sender=who_sent(self.register, came[unit.unit_id], self.register.day_of(unit.received_at)),
                let_out=unit.unit_id in let_out,
                answer=said.get(unit.unit_id),
            )
            for unit in waiting
        ]

    def _judge(self, wave: Sequence[Submission]) -> None:
        """Every rule asked of the forms of one wave."""
        today = self.register.day_of(self.as_of)
        refs = {each.unit.unit_id: forms.form_ref(self.store, each.form.form_id) for each in wave if each.form}
        known = units.of_forms(self.store, set(refs.values()))
        heard = decided.heard(self.store, known)
        readable: list[tuple[Submission, TypedForm]] = []
        for each in wave:
            ref = refs.get(each.unit.unit_id, "")
            circumstances.place(each, self.register, known.get(ref, ()), today, heard.get(ref))
            if each.typed:
                readable.append((each, each.typed))
        if readable:
            arrivals = [arrival(each, self.register) for each, _ in readable]
            about = world(self.store, self.register, self.finder, {upn for each, _ in readable for upn in each.upns})
            found = checked(self.form, frames(self.form, [typed for _, typed in readable]), arrivals, about)
            for (each, _), more in zip(readable, found, strict=True):
                each.findings += more
        released = circumstances.Released(self.store)
        for each in wave:
            circumstances.spare(each)
            circumstances.ask_anew(each, self.store)
            circumstances.notes(each, self.form, self.register.settings, self.store, self.titles, released)
            circumstances.give_way(each, self.form, self.register.settings, self.store)
            each.findings = list(in_order(self.form, each.findings))


def waves(batch: Sequence[Submission]) -> Iterator[list[Submission]]:
    """``batch`` in order, cut before each submission that an earlier one of the same cut bears on."""
    wave: list[Submission] = []
    seen: set[str] = set()
    for each in batch:
        # A form that a person must still vouch for is not known by its id, so what it claims to be counts.
        claimed = each.form.form_id if each.form else each.stamped.form_id if each.stamped else ""
        # Only what came without its mark may take the place of the same request, by its title.
        titled = f"{each.meant} {folded(each.text(columns.TITLE))}" if each.typed and not each.form else ""
        marks = {each.unit.file_sha256, *each.upns, *filter(None, (claimed, titled))}
        if wave and seen & marks:
            yield wave
            wave, seen = [], set()
        wave.append(each)
        seen |= marks
    if wave:
        yield wave


def set_apart(store: Store, unit: Unit, as_of: datetime) -> None:
    """Holds a unit that our own program could not judge: the admin is told, nothing is lost, the night goes on."""
    with store.transaction():
        units.save_many(store, [replace(unit, state=State.HELD, reason="program-fault", judged_at=as_of)])
