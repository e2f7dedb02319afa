"""Each rule that no answer breaks is broken once, by a real file or mail in the inbox of a real night."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import openpyxl
import pytest

from cluster_sheets.demo import answer as by_hand
from cluster_sheets.demo import deliver
from cluster_sheets.demo.fill import Blank
from cluster_sheets.demo.forms import Forms
from cluster_sheets.demo.play import CLUSTER, KEY, START
from cluster_sheets.demo.requests import Habits, Sample, rounds, samples
from cluster_sheets.demo.texts import PROJECT
from cluster_sheets.form.kind import Raw
from cluster_sheets.intake import mail, mime, msg, pool
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.rules import MailRules
from cluster_sheets.night import init, opened, run
from cluster_sheets.panel.release import release
from cluster_sheets.register.make import made as register_workbook
from cluster_sheets.store import findings, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import State
from cluster_sheets.verdict.quarantine import release as let_out
from cluster_sheets.verdict.word import Word
from tests.checks.test_elsewhere import GIVEN_BY
from tests.requests import day, upn
from tests.store.asked import every_unit
from tests.whole.spoilt import CASES, NO_MAIL, SUSTAIN, Made, Spoilt, bare

HABITS = Habits(careless_every=0, specials=False, tolerated=0, telling=(0, 0), purposes=((PROJECT, 1.0),))
QUIET: dict[str, Raw] = {"recurring": "No"}
"""What a good request says, so that nothing at all is said of it."""
LATE: dict[str, Raw] = {"start_date": day("07/12/2026"), "end_date": day("20/07/2027")}
"""Dates that can wait for the next meeting."""
AFTER_RELEASE = ("changed-after-release", "mended-too-late")
LET_OUT = ("sender-unclear", "set-apart-at-first")
"""Rules of what a person has let out of quarantine."""
OVERTAKEN = "newer-version-here"
"""The rule of what is read on a later night than a newer one of its form."""
EARLIER = "earlier-version-again"
"""The rule of an earlier version that is sent once more: tests/verdict/test_settled.py breaks it."""
LATER = ("came-after-closing", "mended-too-late", "changed-after-release")
"""Rules of a calendar and of a pack that is out: each has a night of its own."""
DECIDED = ("decided-already", "not-agreed-already", "heard-before")
"""Rules of what a meeting has decided: tests/verdict/test_decided.py breaks them."""


@dataclass(frozen=True)
class Came:
    """What a dropped file became."""

    state: State
    codes: tuple[str, ...]
    places: tuple[str, ...]
    """``sheet!cell`` of each finding."""


class Workspace:
    """A workspace with a form for each of so many good requests."""

    def __init__(self, root: Path, size: int, domain_of: int | None = None) -> None:
        self.places = init(root, register=register_workbook({"mail_authserv_name": deliver.EXCHANGER}), key=KEY)
        with opened(self.places, START) as night:
            self.register, self.meeting = night.register, rounds(night.register, CLUSTER, START)[0]
            made = samples(night.register, size + size // 9 + 1, 3, CLUSTER, START, HABITS)
            self.samples = [each for each in made if each.meeting == self.meeting.meeting_id][:size]
            self._forms = Forms()
            self._forms.issue(night, self.samples, self.meeting.meeting_id, START)
        if domain_of is not None:
            self._with_domain(self.samples[domain_of].urn)
        self.dropped: dict[str, tuple[str, bytes]] = {}

    def _with_domain(self, urn: str) -> None:
        """Gives a school a mail domain in the register that its people do not write from."""
        book = openpyxl.load_workbook(self.places.register)
        sheet = book["Schools"]
        names = {str(cell.value): number for row in sheet.iter_rows(max_row=5) for number, cell in enumerate(row)}
        (row,) = (row for row in sheet.iter_rows() if str(row[0].value) == urn)
        row[names["E-mail domains"]].value = "moved.example"
        book.save(self.places.register)

    def made(self, code: str, number: int, at: datetime, **answers: Raw) -> Made:
        """What the spoilt file of a rule is made of."""
        sample = self.samples[number]
        good = Blank(self._forms.filled(sample)[1]).filled(QUIET | answers, {})
        return Made(code, sample, good, lambda: self._another(sample), self.register, at)

    def _another(self, sample: Sample) -> bytes:
        """A second form of the same school, with other words in it."""
        folder = self.places.templates(self.meeting.meeting_id)
        blanks = {Blank(path.read_bytes()).stamp("form_id"): path for path in sorted(folder.glob("*.xlsx"))}
        used = {Blank(self._forms.filled(each)[1]).stamp("form_id") for each in self.samples}
        for form_id, path in blanks.items():
            blank = Blank(path.read_bytes())
            if blank.stamp("urn") == sample.urn and form_id not in used:
                lines = {table: [dict(line) for line in given] for table, given in sample.meant.lines.items()}
                for number, line in enumerate(lines.get("pupils", ()), start=900):
                    line["upn"] = upn(number)
                return blank.filled(sample.meant.answers | QUIET, lines)
        raise AssertionError("every form of the school is used")

    def drop(self, case: Spoilt, made: Made) -> None:
        """Drops what breaks a rule into the inbox."""
        files = case.send(made)
        for number, (name, data) in enumerate(files):
            (self.places.inbox / f"{number} {name}").write_bytes(data)
        self.dropped[case.code] = files[-1]

    def came(self, code: str) -> Came:
        """What became of the last file dropped for a rule."""
        sha256 = hashlib.sha256(self.dropped[code][1]).hexdigest()
        with Store.open(self.places.root) as store:
            (unit,) = (each for each in every_unit(store) if each.mail_sha256 == sha256)
            found = findings.of_units(store, [unit.unit_id]).get(unit.unit_id, ())
        places = tuple(f"{each.place.sheet}!{each.place.cell}" for each in found)
        return Came(unit.state, tuple(each.code for each in found), places)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    number_of = {case.code: number for number, case in enumerate(CASES)}
    root = tmp_path_factory.mktemp("rules") / "central"
    made = Workspace(root, len(CASES), number_of["sender-domain-not-the-schools"])
    at = made.meeting.closes_at - timedelta(hours=20)
    for number, case in enumerate(CASES):
        made.drop(case, made.made(case.code, number, at))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "Pool", partial(pool.Pool, target="tests.whole.targets:read"))
        patch.setattr(mail, "mime", _Breaking)
        patch.setattr(msg, "_LIBRARY", "an extra that is not installed")
        run(root, at)
    return made


class _Breaking:
    """A parser that breaks on one mail."""

    headers = staticmethod(mime.headers)

    @staticmethod
    def parts(raw: bytes, limits: Limits) -> Iterator[mime.Part]:
        if raw.startswith(NO_MAIL):
            raise RecursionError
        return mime.parts(raw, limits)


def expected_place(case: Spoilt, data: bytes) -> str:
    """Where the finding is to stand."""
    if isinstance(case.place, str):
        return case.place or "!"
    return case.place(openpyxl.load_workbook(io.BytesIO(data)))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_it_is_one_finding_at_its_place_and_the_unit_in_its_state(desk: Workspace, case: Spoilt) -> None:
    came = desk.came(case.code)
    name, data = desk.dropped[case.code]
    assert (came.codes, came.state) == ((case.code,), case.state)
    if name.endswith(".xlsx"):
        assert came.places[0] == expected_place(case, data)


def test_each_rule_that_is_not_about_an_answer_is_broken_here() -> None:
    elsewhere = {code for codes in GIVEN_BY.values() for code in codes.split()}
    assert {case.code for case in CASES} | set(LATER) | set(LET_OUT) | set(DECIDED) | {OVERTAKEN, EARLIER} == elsewhere
    assert len(CASES) == len({case.code for case in CASES})


@pytest.fixture(scope="module")
def calendar(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A round from its closing to the release of its pack and a night beyond, with a form for each rule of it."""
    made = Workspace(tmp_path_factory.mktemp("calendar") / "central", 3)
    closes, fix_by = made.meeting.closes_at, made.meeting.fix_by
    late, mended, after = (made.made(code, number, closes, **LATE) for number, code in enumerate(LATER))
    root, inbox = made.places.root, made.places.inbox
    (inbox / "mended first.xlsx").write_bytes(mended.but(summary="Too short."))
    (inbox / "after first.xlsx").write_bytes(after.good)
    run(root, closes - timedelta(hours=20))
    made.drop(Spoilt(late.code, bare(lambda it: it.good), State.ACCEPTED), late)
    run(root, closes + timedelta(hours=1))
    made.drop(Spoilt(mended.code, bare(lambda it: it.good), State.ACCEPTED), mended)
    at = fix_by + timedelta(hours=1)
    run(root, at)
    while by_hand.review(made.places.review / f"{made.meeting.meeting_id}.xlsx"):
        at += timedelta(minutes=10)
        run(root, at)
    with opened(made.places, at) as night:
        meeting = made.meeting.meeting_id
        release(night.store, night.places, night.register, night.form, lambda: night.finder, meeting, night.as_of)
    made.drop(Spoilt(after.code, bare(lambda it: it.but(sustain=SUSTAIN)), State.HELD), after)
    run(root, at + timedelta(hours=3))
    return made


def test_a_form_that_comes_after_closing_is_told_so_and_waits_for_the_next_meeting(calendar: Workspace) -> None:
    assert calendar.came(LATER[0]) == Came(State.ACCEPTED, ("came-after-closing",), ("!",))


def test_a_form_that_is_mended_too_late_is_told_so_and_waits_for_the_next_meeting(calendar: Workspace) -> None:
    assert calendar.came(LATER[1]) == Came(State.ACCEPTED, ("mended-too-late", "newer-version-kept"), ("!", "!"))


def test_a_form_that_changes_once_its_pack_is_out_is_held(calendar: Workspace) -> None:
    assert calendar.came(LATER[2]) == Came(State.HELD, AFTER_RELEASE, ("!", "!"))


def test_a_mail_that_is_read_after_a_newer_one_of_its_form_is_set_aside_and_told_so(tmp_path: Path) -> None:
    made = Workspace(tmp_path / "central", 1)
    at = made.meeting.closes_at - timedelta(hours=20)
    it = made.made(OVERTAKEN, 0, at)
    made.drop(Spoilt("newer", lambda it: [it.mail((it.name, it.but(sustain=SUSTAIN)))], State.ACCEPTED), it)
    run(made.places.root, at)
    made.drop(Spoilt(OVERTAKEN, lambda it: [it.mail((it.name, it.good), before=5)], State.SET_ASIDE), it)
    told = run(made.places.root, at + timedelta(hours=24))
    assert made.came("newer") == Came(State.ACCEPTED, (), ())
    assert made.came(OVERTAKEN) == Came(State.SET_ASIDE, (OVERTAKEN,), ("!",))
    assert (told.in_all.conserves, told.tonight.received, told.tonight.states["set-aside"]) == (True, 1, 1)
    assert (told.in_all.received, told.in_all.states["accepted"]) == (2, 1)
    receipts, notes = (list(made.places.outbox.glob(f"*-{kind}-*.eml")) for kind in ("receipt", "note"))
    (note,) = notes
    assert len(receipts) == 1
    assert "We have a newer version of this form from you already" in " ".join(note.read_text("utf-8").split())


def test_rule_31_a_mail_of_two_senders_that_was_let_out_is_held(tmp_path: Path) -> None:
    made = Workspace(tmp_path / "central", 1)
    at = made.meeting.closes_at - timedelta(hours=20)
    case = next(each for each in CASES if each.code == "mail-sender-unclear")
    made.drop(case, made.made(case.code, 0, at))
    root = made.places.root
    run(root, at)
    assert made.came(case.code) == Came(State.QUARANTINED, (case.code,), ("!",))
    with opened(made.places, at) as night:
        said = Word("EXAMPLE Admin", "rang the office", at)
        let_out(night.store, MailRules.of(night.register.settings), units.quarantined(night.store), said)
    run(root, at + timedelta(hours=24))
    assert made.came(case.code) == Came(State.HELD, LET_OUT, ("!", "!"))
