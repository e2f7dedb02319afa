"""Verdicts on a real store: what came, and what it became."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cluster_sheets.anonymise.known import Finder
from cluster_sheets.intake.pool import Refused
from cluster_sheets.intake.take_in import MailRules
from cluster_sheets.reading.raw import RawForm
from cluster_sheets.register.model import Register
from cluster_sheets.store import (
    answers,
    applications,
    blobs,
    findings,
    forms,
    mails,
    provenance,
    questions,
    replies,
    units,
)
from cluster_sheets.store.database import Store
from cluster_sheets.store.forms import IssuedForm
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict.judging import Judge, waves
from cluster_sheets.verdict.understanding import Told
from tests.checks.batch import raw
from tests.requests import Request, day, project, pupil, unforeseen
from tests.verdict.made import FORM, KEY, NIGHT, OTHER, ROUND, URN, issued, register, stamp_of, submission

REGISTER = register(mail_authserv_name="mx.council.example")
FINDER = Finder.of(REGISTER)
HOUR = timedelta(hours=1)
TODAY = REGISTER.day_of(NIGHT)
SCHOOL = REGISTER.schools[URN].name


def asked(request: Request | None = None, **changes: object) -> Request:
    """A good request of the school whose form it is."""
    told = {"school_name": SCHOOL, "school_urn": URN, "start_date": (request or project()).form["start_date"]}
    return (request or project()).but(**{**told, **changes})  # type: ignore[arg-type]


@dataclass
class Desk:
    """A store with issued forms, where workbooks come in one after another."""

    store: Store
    register: Register = REGISTER
    told: dict[str, Told] = field(default_factory=dict)
    now: datetime = NIGHT

    def come(
        self,
        request: Request | Refused,
        form: IssuedForm | None = None,
        sender: str = "",
        verified: bool = True,
        content: bytes = b"",
    ) -> Unit:
        """One workbook comes, by a mail of ``sender`` or as a bare file; an hour after the last."""
        content = content or f"EXAMPLE {len(self.told)}".encode()
        data = mail_of(content, sender, verified) if sender else content
        sha256 = hashlib.sha256(data).hexdigest()
        file_sha256 = hashlib.sha256(content).hexdigest()
        with self.store.transaction():
            blobs.keep_many(self.store, [data])
            mails.add_many(self.store, [mails.Mail(sha256, "mail" if sender else "file", self.now, NIGHT)])
            unit = Unit(sha256[:16], sha256, file_sha256, 0, self.now, NIGHT)
            units.add_many(self.store, [unit])
            provenance.put_many(
                self.store, [provenance.Provenance(unit.unit_id, sha256, None, None, sender, "request.xlsx")]
            )
        self.now += HOUR
        if isinstance(request, Refused):
            self.told[unit.unit_id] = request
        else:
            made = raw(request)
            made.stamp = stamp_of(form) if form else {}
            made.stamp_place = ["Start here", "C20"]
            self.told[unit.unit_id] = made.told()
        return unit

    def read(self, files: Sequence[tuple[str, bytes]]) -> Mapping[str, Told]:
        """Stands for the worker."""
        return {unit_id: self.told[unit_id] for unit_id, _ in files}

    def judge(self, *, at_once: int = 100) -> None:
        """A night's judging of all that waits, or is held and answered."""
        judge = Judge(self.store, self.register, FORM, FINDER, MailRules.of(self.register.settings), self.now)
        waiting = (*units.pending(self.store), *units.held(self.store))
        for start in range(0, len(waiting), at_once):
            judge.judge(waiting[start : start + at_once], self.read)

    def answer(self, unit: Unit, said: str) -> None:
        """The admin answers the question about a held unit."""
        (question,) = (each for each in questions.of_units(self.store, [unit.unit_id]) if each.kind == "held")
        with self.store.transaction():
            questions.answer_many(self.store, [(question.question_id, said)], self.now)

    def of(self, unit: Unit) -> Unit:
        """The unit as it now stands."""
        return units.get_many(self.store, [unit.unit_id])[unit.unit_id]

    def state(self, unit: Unit) -> tuple[State, str]:
        """(state, reason) of a unit."""
        return self.of(unit).state, self.of(unit).reason

    def codes(self, unit: Unit) -> list[str]:
        """Codes of its findings."""
        return [each.code for each in findings.of_units(self.store, [unit.unit_id]).get(unit.unit_id, ())]

    def kinds(self, unit: Unit) -> list[str]:
        """Kinds of the replies about it."""
        return [each.kind for each in replies.of_units(self.store, [unit.unit_id]).get(unit.unit_id, ())]


def mail_of(content: bytes, sender: str, verified: bool) -> bytes:
    """A mail with one workbook, as our exchanger hands it on."""
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["Authentication-Results"] = f"mx.council.example; dmarc={'pass' if verified else 'none'}"
    mail["From"], mail["To"], mail["Subject"] = sender, "cluster@council.example", "Our request"
    mail["Message-ID"] = f"<{hashlib.sha256(content).hexdigest()[:12]}@school.example>"
    mail.set_content("Attached.")
    mail.add_attachment(content, maintype="application", subtype="octet-stream", filename="request.xlsx")
    return mail.as_bytes()


ONE, TWO, THREE = (issued(number=number) for number in (1, 2, 3))
OTHERS = issued(urn=OTHER)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with made(tmp_path) as told:
        yield told


@contextmanager
def made(workspace: Path) -> Iterator[Desk]:
    with Store.open(workspace, create=True, key=KEY) as store:
        with store.transaction():
            forms.issue_many(store, [ONE, TWO, THREE, OTHERS])
        yield Desk(store)


def test_a_good_form_is_accepted_under_a_reference_and_answered(desk: Desk) -> None:
    unit = desk.come(asked(), ONE)
    desk.judge()
    (application,) = applications.everything(desk.store)
    stands = desk.of(unit)
    assert (stands.state, stands.application_ref, stands.meeting) == (State.ACCEPTED, "CEN-2627-0001", ROUND)
    assert (application.asked_pence, application.minimum_pence, application.pot) == (327560, 200000, "MAIN")
    assert (stands.frozen, desk.kinds(unit)) == (True, ["receipt"])
    assert answers.titles(desk.store, [unit.unit_id]) == {unit.unit_id: "Daily language groups"}


def test_a_form_with_something_to_mend_goes_back_and_makes_no_application(desk: Desk) -> None:
    unit = desk.come(asked(headteacher_name=None), ONE)
    desk.judge()
    assert desk.state(unit) == (State.RETURNED, "")
    assert (desk.codes(unit), desk.kinds(unit)) == (["blank"], ["mend"])
    assert applications.everything(desk.store) == ()


def test_a_correction_takes_the_place_of_what_was_sent_back(desk: Desk) -> None:
    first = desk.come(asked(headteacher_name=None), ONE)
    desk.judge()
    second = desk.come(asked(), ONE)
    desk.judge()
    assert desk.state(first) == (State.SET_ASIDE, "superseded")
    assert desk.of(first).superseded_by == second.unit_id
    assert (desk.of(second).state, desk.of(second).version, desk.of(second).supersedes) == (
        State.ACCEPTED,
        2,
        first.unit_id,
    )
    assert desk.codes(second) == ["newer-version-kept"]


def test_a_newer_form_with_something_to_mend_leaves_the_accepted_one_standing(desk: Desk) -> None:
    first = desk.come(asked(), ONE)
    second = desk.come(asked(headteacher_name=None), ONE)
    desk.judge()
    assert (desk.of(first).state, desk.of(second).state) == (State.ACCEPTED, State.RETURNED)
    assert desk.of(first).superseded_by is None
    assert "newer-version-kept" not in desk.codes(second)


def test_a_newer_good_form_keeps_the_reference_of_its_application(desk: Desk) -> None:
    first = desk.come(asked(), ONE)
    desk.judge()
    second = desk.come(asked(minimum_viable=2500.0), ONE)
    desk.judge()
    (application,) = applications.everything(desk.store)
    assert (application.application_ref, application.current_unit) == ("CEN-2627-0001", second.unit_id)
    assert application.minimum_pence == 250000
    assert desk.state(first) == (State.SET_ASIDE, "superseded")


def test_the_same_bytes_again_are_set_aside_and_told_so(desk: Desk) -> None:
    first = desk.come(asked(), ONE)
    unit = desk.come(asked(), ONE, REGISTER.reply_addresses(URN, TODAY)[0], content=b"EXAMPLE 0")
    desk.judge()
    assert desk.state(unit) == (State.SET_ASIDE, "same-file-again")
    assert (desk.codes(unit), desk.kinds(unit)) == (["same-file-again"], ["note"])
    assert desk.of(first).state is State.ACCEPTED


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda form: None, "stamp-missing"),
        (lambda form: replace(form, stamp="0" * 32), "stamp-altered"),
        (lambda form: replace(form, round="CEN-2526-A1"), "stamp-of-another-cluster"),
    ],
)
def test_a_mark_that_does_not_fit_is_held_with_one_query_and_nobody_is_answered(
    desk: Desk, spoil: Callable[[IssuedForm], IssuedForm | None], code: str
) -> None:
    unit = desk.come(asked(), spoil(ONE))
    desk.judge()
    assert desk.state(unit) == (State.HELD, code)
    assert (desk.codes(unit), desk.kinds(unit)) == ([code], [])
    assert [each.code for each in questions.of_units(desk.store, [unit.unit_id])] == [code]


def test_a_form_of_one_school_named_after_another_is_held(desk: Desk) -> None:
    other = REGISTER.schools[OTHER].name
    unit = desk.come(asked(school_name=other, school_urn=OTHER), ONE)
    desk.judge()
    assert desk.state(unit) == (State.HELD, "stamp-of-another-school")


def test_the_admins_word_accepts_or_returns_what_was_held(desk: Desk) -> None:
    query = asked(unforeseen(), became_known_on=day("01/05/2026"))
    one, two = desk.come(query, ONE), desk.come(query.but(request_title="Quite another thing"), TWO)
    desk.judge()
    assert desk.state(one) == (State.HELD, "known-long-ago")
    desk.answer(one, "accept")
    desk.answer(two, "return")
    desk.judge()
    assert (desk.of(one).state, desk.of(two).state) == (State.ACCEPTED, State.RETURNED)
    assert (desk.kinds(one), desk.kinds(two)) == (["held", "receipt"], ["held", "mend"])


def test_a_form_without_its_mark_counts_once_the_admin_says_so(desk: Desk) -> None:
    unit = desk.come(asked(), None)
    desk.judge()
    desk.answer(unit, "accept")
    desk.judge()
    told = provenance.get_many(desk.store, [unit.unit_id])[unit.unit_id]
    (form,) = forms.get_many(desk.store, [told.form_id or ""]).values()
    assert (desk.of(unit).state, form.urn, form.number, form.round) == (State.ACCEPTED, URN, 4, ROUND)


SENDERS = [
    (REGISTER.reply_addresses(URN, TODAY)[0], True, State.ACCEPTED, "", ["receipt"]),
    (REGISTER.reply_addresses(URN, TODAY)[0], False, State.HELD, "sender-not-verified", ["held"]),
    ("somebody@else.example", True, State.HELD, "sender-not-registered", ["held"]),
    (REGISTER.reply_addresses(OTHER, TODAY)[0], True, State.HELD, "sender-of-another-school", ["held"]),
]


@pytest.mark.parametrize(("sender", "verified", "state", "reason", "told"), SENDERS)
def test_who_sent_it_decides_whether_it_counts_by_itself(
    desk: Desk, sender: str, verified: bool, state: State, reason: str, told: list[str]
) -> None:
    unit = desk.come(asked(), ONE, sender, verified)
    desk.judge()
    assert (desk.state(unit), desk.kinds(unit)) == ((state, reason), told)


def test_a_refused_file_of_a_known_sender_goes_back_to_its_school(desk: Desk) -> None:
    unit = desk.come(Refused("file-macros"), None, REGISTER.reply_addresses(URN, TODAY)[0])
    desk.judge()
    assert (desk.of(unit).state, desk.codes(unit), desk.kinds(unit)) == (State.RETURNED, ["file-macros"], ["refused"])


def test_an_unsafe_file_is_quarantined_and_a_bare_one_has_nobody_to_tell(desk: Desk) -> None:
    unit = desk.come(Refused("file-unsafe-zip"))
    desk.judge()
    assert (desk.state(unit), desk.kinds(unit)) == ((State.QUARANTINED, "file-unsafe-zip"), [])


def test_another_version_of_the_form_is_the_only_thing_that_is_said(desk: Desk) -> None:
    unit = desk.come(asked(headteacher_name=None), replace(ONE, version="CS-APP 2025.1"))
    desk.judge()
    assert (desk.of(unit).state, desk.codes(unit)) == (State.RETURNED, ["version-not-taken"])


def test_a_late_form_waits_for_the_next_meeting_and_is_told_so(desk: Desk) -> None:
    own = REGISTER.meeting(ROUND)
    assert own is not None
    desk.now = own.closes_at + HOUR
    unit = desk.come(asked(start_date=day("22/02/2027")), ONE)
    desk.judge()
    assert (desk.of(unit).state, desk.of(unit).meeting) == (State.ACCEPTED, "CEN-2627-A2")
    assert (desk.codes(unit), desk.kinds(unit)) == (["came-after-closing"], ["late"])


def test_another_request_in_the_same_form_is_held_and_leaves_the_first_standing(desk: Desk) -> None:
    first = desk.come(asked(), ONE)
    desk.judge()
    second = desk.come(asked(request_title="A sensory corner for calm"), ONE)
    desk.judge()
    assert desk.state(second) == (State.HELD, "another-request-in-this-form")
    assert desk.of(first).state is State.ACCEPTED


def test_two_forms_with_one_title_are_both_kept_the_second_with_a_query(desk: Desk) -> None:
    first = desk.come(asked(), ONE)
    second = desk.come(asked().but_lines("pupils", [pupil(number) for number in range(11, 15)]), TWO)
    desk.judge()
    assert desk.of(first).state is State.ACCEPTED
    assert desk.state(second) == (State.HELD, "title-like-another")


def test_one_pupil_in_two_forms_is_a_query_on_the_second_whatever_the_chunks(tmp_path: Path) -> None:
    for at_once in (1, 100):
        with made(tmp_path / str(at_once)) as desk:
            first = desk.come(asked(), ONE)
            second = desk.come(asked(request_title="A sensory corner for calm"), TWO)
            desk.judge(at_once=at_once)
            assert desk.of(first).state is State.ACCEPTED
            assert set(desk.codes(second)) == {"upn-in-another-request"}


def test_a_changed_register_judges_again_only_what_is_held(desk: Desk) -> None:
    query = asked(unforeseen(), became_known_on=day("01/05/2026"))
    held = desk.come(query, ONE)
    other_pupils = [pupil(number) for number in range(11, 15)]
    done = desk.come(asked(request_title="Another").but_lines("pupils", other_pupils), TWO)
    desk.judge()
    desk.register = register(mail_authserv_name="mx.council.example", known_within_days="300")
    desk.judge()
    assert (desk.of(held).state, desk.kinds(held)) == (State.ACCEPTED, ["held", "receipt"])
    assert questions.of_units(desk.store, [held.unit_id]) == ()
    assert desk.of(done).judged_under == REGISTER.sha256


def test_waves_part_what_bears_on_one_another() -> None:
    one, again, other, same = (submission(file=each) for each in "abca")
    one.form = again.form = ONE
    other.form = TWO
    one.raw = again.raw = other.raw = RawForm()
    assert [len(wave) for wave in waves([one, other, again])] == [2, 1]
    assert [len(wave) for wave in waves([one, other])] == [2]
    assert [len(wave) for wave in waves([one, other, same])] == [2, 1]
    assert list(waves([])) == []


def test_the_same_bytes_from_the_school_itself_count_where_a_stranger_sent_them_first(tmp_path: Path) -> None:
    for at_once in (1, 100):
        with made(tmp_path / str(at_once)) as desk:
            first = desk.come(asked(), ONE, "somebody@else.example")
            second = desk.come(asked(), ONE, REGISTER.reply_addresses(URN, TODAY)[0], content=b"EXAMPLE 0")
            desk.judge(at_once=at_once)
            assert desk.state(second) == (State.ACCEPTED, "")
            assert desk.state(first) == (State.SET_ASIDE, "superseded")
