from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.intake.keeping import keep
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.opening import open_mails
from cluster_sheets.intake.pool import Refused
from cluster_sheets.intake.rules import MailRules
from cluster_sheets.store import applications, audit, blobs, fetched, findings, mails, provenance, questions, units
from cluster_sheets.store.fetched import Fetched
from cluster_sheets.store.units import State, Unit
from cluster_sheets.verdict.quarantine import RELEASES, NotMovedError, found, reject, release
from cluster_sheets.verdict.submission import QUARANTINED
from cluster_sheets.verdict.word import Word
from tests.checks.batch import raw
from tests.intake.letters import TEXT, attached, letter
from tests.requests import Request
from tests.store.dump import dump
from tests.verdict.desk import HOUR, ONE, REGISTER, SCHOOL, TODAY, TWO, Desk, asked
from tests.verdict.made import NIGHT, URN, stamp_of

SENCO = REGISTER.reply_addresses(URN, TODAY)[0]
RULES = MailRules.of(REGISTER.settings)
PASSED = f"mx.council.example; dmarc=pass header.from={SENCO.partition('@')[2]}"
SAID = Word("EXAMPLE Admin", "Rang the office, it is theirs", NIGHT + timedelta(hours=5))
BOOK = attached("request.xlsx", b"EXAMPLE form")


def come(desk: Desk, mail: bytes, rules: MailRules = RULES, at: datetime = NIGHT) -> tuple[Unit, ...]:
    """A mail is kept and opened; the units of it."""
    keep(desk.store, [("a.eml", mail)], at)
    open_mails(desk.store, mails.unopened(desk.store), rules, at)
    return units.pending(desk.store)


def holds(desk: Desk, some: Sequence[Unit], request: Request | None = None) -> None:
    """What a worker reads in these: a good request in a form of its school."""
    for unit, form in zip(some, (ONE, TWO), strict=False):
        made = raw(request or asked())
        made.stamp, made.stamp_place = stamp_of(form), ["Start here", "C20"]
        desk.told[unit.unit_id] = made.told()


def apart(desk: Desk, mail: bytes, rules: MailRules = RULES, at: datetime = NIGHT) -> Unit:
    """The one unit that a mail has put into quarantine."""
    come(desk, mail, rules, at)
    desk.judge()
    (unit,) = units.quarantined(desk.store)
    return unit


def mail_of(*parts: str, **changed: str | list[str]) -> bytes:
    given: dict[str, str | list[str]] = {"From": SENCO, "Authentication_Results": PASSED}
    return letter(*(parts or (TEXT, BOOK)), **given | changed)


def let_out(desk: Desk, unit: Unit, rules: MailRules = RULES) -> tuple[Unit, ...]:
    """Released, read and judged."""
    out = release(desk.store, rules, [unit], SAID)
    holds(desk, out)
    desk.judge()
    return tuple(desk.of(each) for each in out)


TWO_SENDERS = {"From": [SENCO, "evil@x.example"]}


def test_rule_31_what_names_two_senders_is_kept_whole_and_read_only_when_it_is_let_out(desk: Desk) -> None:
    mail = mail_of(**TWO_SENDERS)
    unit = apart(desk, mail)
    assert (unit.state, unit.reason) == (State.QUARANTINED, "mail-sender-unclear")
    assert blobs.read(desk.store, unit.mail_sha256) == mail
    (held,) = let_out(desk, unit)
    assert (held.unit_id, held.state, held.reason) == (unit.unit_id, State.HELD, "sender-unclear")
    assert desk.codes(held) == ["sender-unclear", "set-apart-at-first"]
    assert held.file_sha256 != unit.file_sha256
    assert blobs.read(desk.store, held.mail_sha256) == mail


def test_rule_31_who_let_it_out_and_why_stand_in_the_audit(desk: Desk) -> None:
    unit = apart(desk, mail_of(**TWO_SENDERS))
    release(desk.store, RULES, [unit], SAID)
    told = "mail-sender-unclear: Rang the office, it is theirs"
    assert audit.everything(desk.store)[-1] == audit.Line(SAID.at, SAID.who, "released", told, unit_id=unit.unit_id)


def test_rule_31_what_was_rejected_is_set_aside_for_good_and_its_bytes_stay(desk: Desk) -> None:
    mail = mail_of(**TWO_SENDERS)
    unit = apart(desk, mail)
    reject(desk.store, [unit], SAID)
    gone = desk.of(unit)
    assert (gone.state, gone.reason, gone.frozen) == (State.SET_ASIDE, "rejected", True)
    assert audit.everything(desk.store)[-1].event == "rejected"
    assert audit.everything(desk.store)[-1].text == "mail-sender-unclear: Rang the office, it is theirs"
    assert blobs.read(desk.store, unit.mail_sha256) == mail
    desk.judge()
    assert desk.of(unit) == gone


def test_what_was_let_out_counts_only_once_the_admin_has_accepted_it(desk: Desk) -> None:
    (held,) = let_out(desk, apart(desk, mail_of(**TWO_SENDERS)))
    desk.judge()
    assert desk.of(held).state is State.HELD
    desk.answer(held, "accept")
    desk.judge()
    assert (desk.of(held).state, sorted(desk.kinds(held))) == (State.ACCEPTED, ["held", "receipt"])


def test_rule_15_the_admin_reads_all_that_from_says_of_a_mail_that_was_let_out(desk: Desk) -> None:
    (held,) = let_out(desk, apart(desk, mail_of(**TWO_SENDERS)))
    (question,) = questions.of_units(desk.store, [held.unit_id])
    told = questions.texts(desk.store, [question.question_id])[question.question_id]
    assert told["sender"] == f"From says: {SENCO}; evil@x.example\nnot proven to come from there"
    assert (told["who"], "address" in told) == (SCHOOL, False)


def test_a_damaged_file_is_read_as_it_came_and_held(desk: Desk) -> None:
    unit = apart(desk, mail_of(TEXT, BOOK.replace("base64", "x-rot13")))
    assert unit.reason == "file-damaged-in-mail"
    (held,) = let_out(desk, unit)
    assert (held.state, held.reason, desk.codes(held)) == (State.HELD, "set-apart-at-first", ["set-apart-at-first"])


def test_other_content_under_a_known_message_id_is_read_and_held(desk: Desk) -> None:
    holds(desk, come(desk, mail_of()))
    unit = apart(desk, mail_of(TEXT, attached("b.xlsx", b"EXAMPLE other")), at=NIGHT + HOUR)
    assert unit.reason == "message-id-again"
    (held,) = let_out(desk, unit)
    assert (held.state, "set-apart-at-first" in desk.codes(held)) == (State.HELD, True)


def test_what_is_let_out_after_a_newer_one_was_accepted_takes_no_place_and_nobody_is_asked(desk: Desk) -> None:
    unit = apart(desk, mail_of(**TWO_SENDERS))
    desk.now += HOUR
    newer = desk.come(asked(minimum_viable=2500.0), ONE)
    desk.judge()
    (out,) = let_out(desk, unit)
    assert (out.state, out.reason, out.superseded_by) == (State.SET_ASIDE, "superseded", newer.unit_id)
    assert desk.codes(out) == ["newer-version-here"]
    assert questions.of_units(desk.store, [out.unit_id]) == ()
    assert [each.current_unit for each in applications.everything(desk.store)] == [newer.unit_id]


def test_a_mail_past_a_limit_is_opened_under_the_limits_of_now_and_each_form_in_it_held(desk: Desk) -> None:
    narrow = replace(RULES, limits=Limits(attachments=1))
    unit = apart(desk, mail_of(TEXT, BOOK, attached("b.xlsx", b"EXAMPLE second")), narrow)
    assert unit.reason == "mail-past-a-limit"
    with pytest.raises(NotMovedError, match="past the limits of the register still"):
        release(desk.store, narrow, [unit], SAID)
    told = dump(desk.store)
    first, second = let_out(desk, unit)
    assert told != dump(desk.store)
    assert first.unit_id == unit.unit_id
    assert [(each.ordinal, each.state, desk.codes(each)[0]) for each in (first, second)] == [
        (0, State.HELD, "set-apart-at-first"),
        (1, State.HELD, "set-apart-at-first"),
    ]
    names = provenance.get_many(desk.store, [first.unit_id, second.unit_id])
    assert [names[each.unit_id].file_name for each in (first, second)] == ["request.xlsx", "b.xlsx"]


def test_what_is_damaged_within_a_mail_that_was_let_out_is_set_apart_by_itself(desk: Desk) -> None:
    mail = mail_of(TEXT, BOOK.replace("base64", "x-rot13"), **TWO_SENDERS)
    (unit,) = let_out(desk, apart(desk, mail))
    assert (unit.state, unit.reason) == (State.QUARANTINED, "file-damaged-in-mail")
    (held,) = let_out(desk, unit)
    assert (held.state, desk.codes(held)) == (State.HELD, ["sender-unclear", "set-apart-at-first"])


def test_what_was_let_out_and_has_things_to_mend_goes_back_where_its_sender_is_sure(desk: Desk) -> None:
    unit = apart(desk, mail_of(TEXT, BOOK.replace("base64", "x-rot13")))
    (out,) = release(desk.store, RULES, [unit], SAID)
    holds(desk, [out], asked(headteacher_name=None))
    desk.judge()
    assert (desk.of(out).state, sorted(desk.kinds(out))) == (State.RETURNED, ["mend", "refused"])


UNSAFE = ("file-unsafe-zip", "file-unsafe-xml", "file-past-a-limit", "file-stops-the-reader")


@pytest.mark.parametrize("code", UNSAFE)
def test_rule_31_a_file_refused_as_unsafe_is_never_let_out(desk: Desk, code: str) -> None:
    unit = desk.come(Refused(code), ONE)
    desk.judge()
    told = dump(desk.store)
    with pytest.raises(NotMovedError, match=f"{unit.unit_id} stays in quarantine. It is never opened"):
        release(desk.store, RULES, [desk.of(unit)], SAID)
    assert dump(desk.store) == told


def test_every_reason_of_quarantine_can_be_let_out_or_is_for_good() -> None:
    assert set(QUARANTINED) == set(RELEASES) | set(UNSAFE)


def test_a_mail_of_which_only_the_head_was_fetched_cannot_be_let_out(desk: Desk) -> None:
    unit = apart(desk, mail_of(**TWO_SENDERS))
    with desk.store.transaction():
        fetched.add_many(desk.store, [Fetched("mailbox", "1", "1", unit.mail_sha256, 10**9, whole=False)])
    with pytest.raises(NotMovedError, match="only its head was fetched"):
        release(desk.store, RULES, [unit], SAID)


def test_all_of_them_leave_or_none(desk: Desk) -> None:
    good = apart(desk, mail_of(**TWO_SENDERS))
    unsafe = desk.come(Refused("file-unsafe-zip"))
    desk.judge()
    told = dump(desk.store)
    with pytest.raises(NotMovedError):
        release(desk.store, RULES, [good, desk.of(unsafe)], SAID)
    assert dump(desk.store) == told


def test_a_mail_without_a_form_cannot_be_let_out(desk: Desk) -> None:
    unit = apart(desk, mail_of(TEXT, **TWO_SENDERS))
    with pytest.raises(NotMovedError, match="There is no form in it: reject it"):
        release(desk.store, RULES, [unit], SAID)


@pytest.mark.parametrize("reason", ["mail-not-readable", "mail-outlook-file"])
def test_what_could_not_be_opened_is_tried_once_more(desk: Desk, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from cluster_sheets.intake.mail import opened

    with monkeypatch.context() as broken:
        for room in ("cluster_sheets.intake.opening", "cluster_sheets.verdict.quarantine"):
            broken.setattr(f"{room}.opened", lambda raw, rules, **_: replace(opened(raw, rules), reason=reason))
        unit = apart(desk, mail_of())
        with pytest.raises(NotMovedError):
            release(desk.store, RULES, [unit], SAID)
    (held,) = let_out(desk, unit)
    assert (held.state, held.reason) == (State.HELD, "set-apart-at-first")


@pytest.mark.parametrize("then", ["held", "rejected", "quarantined"])
def test_the_same_workbook_in_a_sound_mail_is_looked_at_whatever_became_of_the_first(desk: Desk, then: str) -> None:
    holds(desk, come(desk, mail_of(TEXT, attached("other.xlsx", b"EXAMPLE other"))))
    first = apart(desk, mail_of())
    assert first.reason == "message-id-again"
    if then == "held":
        let_out(desk, first)
    elif then == "rejected":
        reject(desk.store, [first], SAID)
    again = come(desk, mail_of(Message_ID="<two@oak.example>"), at=NIGHT + timedelta(hours=1))
    assert [unit.file_sha256 for unit in again] == [first.file_sha256]
    holds(desk, again)
    desk.judge()
    assert desk.codes(again[0]) != ["same-file-again"]
    assert desk.of(again[0]).state is State.ACCEPTED


def test_a_unit_is_found_by_the_beginning_of_its_id(desk: Desk) -> None:
    one = apart(desk, mail_of(**TWO_SENDERS))
    assert found(desk.store, one.unit_id[:6].upper()) == one
    with pytest.raises(NotMovedError, match="There is no unit zz in quarantine"):
        found(desk.store, "zz")
    with pytest.raises(NotMovedError):
        found(desk.store, "")
    release(desk.store, RULES, [one], SAID)
    for told in (one.unit_id, one.unit_id.upper()):
        with pytest.raises(NotMovedError, match="is not in quarantine: it waits for the next run"):
            found(desk.store, told)


def test_an_id_that_two_begin_with_is_not_enough(desk: Desk) -> None:
    for number in range(20):
        desk.come(Refused("file-unsafe-zip"), content=f"EXAMPLE unsafe {number}".encode())
    desk.judge()
    firsts = [unit.unit_id[0] for unit in units.quarantined(desk.store)]
    twice = next(first for first in firsts if firsts.count(first) > 1)
    with pytest.raises(NotMovedError, match=f"{firsts.count(twice)} units in quarantine begin with {twice}"):
        found(desk.store, twice)


def test_what_was_let_out_is_marked_so_until_it_is_judged(desk: Desk) -> None:
    unit = apart(desk, mail_of(**TWO_SENDERS))
    release(desk.store, RULES, [unit], SAID)
    assert findings.of_units(desk.store, [unit.unit_id])[unit.unit_id] == (
        Finding(Place(""), "set-apart-at-first", Severity.QUERY),
    )
    assert desk.state(unit) == (State.PENDING, "")
