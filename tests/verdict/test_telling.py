"""Rows of the outbox, from verdicts; mail rules 9, 12, 18, 26 and 29 as far as they are about who is told."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from cluster_sheets.intake.pool import Refused
from cluster_sheets.store import blobs, mails, provenance, replies, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.forms import IssuedForm
from cluster_sheets.store.nights import Span
from cluster_sheets.store.replies import OutboxState
from cluster_sheets.store.units import ReplyState, State, Unit
from tests.checks.batch import raw
from tests.requests import Request, project
from tests.store.asked import every_unit
from tests.store.dump import dump
from tests.verdict.desk import ONE, OTHERS, REGISTER, TODAY, TWO, Desk, asked, made
from tests.verdict.made import NIGHT, OTHER, URN, stamp_of

SENCO = REGISTER.reply_addresses(URN, TODAY)[0]
FAULTY = asked(headteacher_name=None, request_title="Quite another thing")
Form = tuple[Request | Refused, IssuedForm | None]


def come(desk: Desk, forms: Sequence[Form], sender: str = SENCO, *, head: Sequence[tuple[str, str]] = ()) -> list[Unit]:
    """One mail with several workbooks comes."""
    contents = [f"EXAMPLE {len(desk.told)} {number}".encode() for number in range(len(forms))]
    mail = EmailMessage()
    mail["Authentication-Results"] = "mx.council.example; dmarc=pass"
    mail["From"], mail["Subject"] = sender, "Our requests"
    mail["Message-ID"] = f"<{len(desk.told)}@school.example>"
    for name, value in head:
        mail[name] = value
    mail.set_content("Attached.")
    for number, content in enumerate(contents):
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=f"{number}.xlsx")
    data = mail.as_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    made_ = [
        Unit(f"{sha256[:15]}{number}", sha256, hashlib.sha256(content).hexdigest(), number, desk.now, NIGHT)
        for number, content in enumerate(contents)
    ]
    with desk.store.transaction():
        blobs.keep_many(desk.store, [data])
        mails.add_many(desk.store, [mails.Mail(sha256, "mail", desk.now, NIGHT)])
        units.add_many(desk.store, made_)
        provenance.put_many(
            desk.store, [provenance.Provenance(each.unit_id, sha256, None, None, sender, "f.xlsx") for each in made_]
        )
    for unit, (request, form) in zip(made_, forms, strict=True):
        if isinstance(request, Refused):
            desk.told[unit.unit_id] = request
            continue
        read = raw(request)
        read.stamp, read.stamp_place = stamp_of(form) if form else {}, ["Start here", "C20"]
        desk.told[unit.unit_id] = read.told()
    return made_


def told(desk: Desk) -> list[tuple[str, list[str]]]:
    """(kind, kinds of the verdicts it tells) of every message."""
    every = replies.everything(desk.store)
    about = replies.told_of(desk.store, [each.message_id for each in every])
    return sorted((each.kind, sorted(one.kind for one in about[each.message_id])) for each in every)


@pytest.mark.parametrize("at_once", [100, 1])
def test_rule_26_several_workbooks_in_one_mail_have_verdicts_of_their_own_and_one_reply(
    tmp_path: Path, at_once: int
) -> None:
    with made(tmp_path) as desk:
        good, faulty = come(desk, [(asked(), ONE), (FAULTY, TWO)])
        desk.judge(at_once=at_once)
        assert (desk.state(good)[0], desk.state(faulty)[0]) == (State.ACCEPTED, State.RETURNED)
        (reply,) = replies.everything(desk.store)
        assert told(desk) == [("mend", ["mend", "receipt"])]
        assert (reply.state, "-mend-" in reply.path) == (OutboxState.DUE, True)
        assert {desk.of(each).reply for each in (good, faulty)} == {ReplyState.DUE}


@pytest.mark.parametrize("at_once", [100, 1])
def test_of_versions_of_one_form_in_one_mail_the_last_one_attached_counts(tmp_path: Path, at_once: int) -> None:
    with made(tmp_path) as desk:
        versions = come(desk, [(asked(minimum_viable=2000.0 + number), ONE) for number in range(6)])
        assert [each.file_sha256 for each in versions] != sorted(each.file_sha256 for each in versions)
        desk.judge(at_once=at_once)
        assert [desk.of(each).superseded_by for each in versions] == [each.unit_id for each in versions[1:]] + [None]
        assert desk.state(versions[-1]) == (State.ACCEPTED, "")


def test_rule_26_each_school_of_a_mail_is_told_of_its_own_alone(tmp_path: Path) -> None:
    with made(tmp_path) as desk:
        ours = asked()
        theirs = asked(school_name=REGISTER.schools[OTHER].name, school_urn=OTHER, request_title="Theirs alone")
        mine, other = come(desk, [(ours, ONE), (theirs, OTHERS)])
        desk.judge()
        assert desk.kinds(mine) == ["receipt"]
        about = {
            each.unit_id: each.message_id for each in replies.verdicts_of(desk.store, [mine.unit_id, other.unit_id])
        }
        assert about[mine.unit_id] != about[other.unit_id]
        urns = provenance.urns(desk.store, list(about))
        assert (urns[mine.unit_id], urns[other.unit_id]) == (URN, OTHER)


def test_two_mails_are_answered_by_two_replies(tmp_path: Path) -> None:
    with made(tmp_path) as desk:
        come(desk, [(asked(), ONE)])
        come(desk, [(FAULTY, TWO)])
        desk.judge()
        assert told(desk) == [("mend", ["mend"]), ("receipt", ["receipt"])]


QUIET = {
    "auto-submitted": ("Auto-Submitted", "auto-generated"),
    "bulk": ("Precedence", "bulk"),
    "list precedence": ("Precedence", "list"),
    "junk": ("Precedence", "junk"),
    "a list": ("List-Unsubscribe", "<mailto:off@school.example>"),
    "no return": ("Return-Path", "<>"),
    "suppressed": ("X-Auto-Response-Suppress", "All"),
    "an away note": ("X-Autoreply", "yes"),
}


@pytest.mark.parametrize("head", QUIET.values(), ids=QUIET)
def test_rule_09_mail_that_a_program_sent_is_never_answered_whatever_is_in_it(
    tmp_path: Path, head: tuple[str, str]
) -> None:
    with made(tmp_path) as desk:
        come(desk, [(FAULTY, ONE)], head=[head])
        desk.judge()
        assert replies.everything(desk.store) == ()


def test_rule_09_nobody_of_no_reply_is_answered_and_mail_of_a_person_is(tmp_path: Path) -> None:
    with made(tmp_path) as desk:
        (robot,) = come(desk, [(FAULTY, ONE)], sender="no-reply@abbey-hulton.example")
        (person,) = come(desk, [(FAULTY, TWO)], head=[("Auto-Submitted", "no")])
        desk.judge()
        assert (desk.kinds(robot), len(desk.kinds(person))) == ([], 1)


def test_rule_12_a_verdict_is_told_once_however_often_it_is_given(tmp_path: Path) -> None:
    with made(tmp_path) as desk:
        unit = desk.come(asked(), ONE, "stranger@elsewhere.example")
        desk.judge()
        (first,) = replies.everything(desk.store)
        with desk.store.transaction():
            replies.move_many(desk.store, [first.message_id], OutboxState.SENT)
            units.save_many(desk.store, [replace(desk.of(unit), reply=ReplyState.WRITTEN)])
        desk.judge()
        assert (desk.of(unit).state, desk.kinds(unit)) == (State.HELD, ["held"])
        assert desk.of(unit).reply is ReplyState.WRITTEN
        assert [each.state for each in replies.everything(desk.store)] == [OutboxState.SENT]


DAYS = REGISTER.settings.whole("same_reply_after_days")


def comes_back(desk: Desk, after: timedelta, request: Request = FAULTY) -> list[str]:
    """The form comes again so long after, as another file; what its school is told of that."""
    desk.now += after
    unit = desk.come(request, ONE, SENCO)
    desk.now -= timedelta(hours=1)
    desk.judge()
    return desk.kinds(unit)


def test_rule_12_a_copy_that_comes_back_as_it_was_is_not_answered_again_for_some_days(tmp_path: Path) -> None:
    with made(tmp_path) as desk:
        assert comes_back(desk, timedelta()) == ["mend"]
        assert [comes_back(desk, timedelta(days=1)) for _ in range(DAYS - 1)] == [[]] * (DAYS - 1)
        assert comes_back(desk, timedelta(days=1)) == ["mend"]
        assert comes_back(desk, timedelta(days=1)) == []


def test_rule_12_whoever_mended_something_is_answered_at_once(tmp_path: Path) -> None:
    with made(tmp_path) as desk:
        assert comes_back(desk, timedelta()) == ["mend"]
        still = asked(headteacher_name=None, request_title="Quite another thing", contact_name="EXAMPLE Sam Pryce")
        assert comes_back(desk, timedelta(hours=1), still) == ["mend"]
        assert comes_back(desk, timedelta(hours=1), asked(request_title="Quite another thing")) == ["receipt"]
        assert replies.not_told_again(desk.store, Span(None, NIGHT)) == ()


def test_what_is_not_told_again_is_known_to_the_report(tmp_path: Path) -> None:
    with made(tmp_path) as desk:
        comes_back(desk, timedelta())
        comes_back(desk, timedelta(hours=1))
        last = every_unit(desk.store)[-1].unit_id
        assert replies.not_told_again(desk.store, Span(None, NIGHT)) == (last,)
        assert units.untold_of_night(desk.store, Span(None, NIGHT)) == ()


def test_another_verdict_on_the_same_form_is_another_message(tmp_path: Path) -> None:
    with made(tmp_path) as desk:
        unit = desk.come(asked(), ONE, "stranger@elsewhere.example")
        desk.judge()
        desk.answer(unit, "accept")
        desk.judge()
        assert told(desk) == [("held", ["held"]), ("receipt", ["receipt"])]


def test_rule_29_the_row_is_kept_with_the_verdict_or_neither_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with made(tmp_path) as desk:
        unit = desk.come(asked(), ONE, SENCO)
        before = dump(desk.store)
        monkeypatch.setattr(replies, "save_many", lambda *_: pytest.fail("killed"))
        with pytest.raises(pytest.fail.Exception, match="killed"):
            desk.judge()
        assert dump(desk.store) == before
        monkeypatch.undo()
        desk.judge()
        assert (desk.of(unit).state, told(desk)) == (State.ACCEPTED, [("receipt", ["receipt"])])


def test_rule_29_the_message_id_hangs_on_the_form_its_version_and_the_verdict_alone(tmp_path: Path) -> None:
    ids = []
    for turn, sender in enumerate((SENCO, REGISTER.reply_addresses(URN, TODAY)[0].upper())):
        with made(tmp_path / str(turn)) as desk:
            desk.come(asked(), ONE, sender, content=f"EXAMPLE {turn}".encode())
            desk.judge()
            ids.append([each.message_id for each in replies.everything(desk.store)])
    assert ids[0] == ids[1]
    assert ids[0][0].startswith("<receipt.")
    assert ids[0][0].endswith(f".1.1@{replies.OWN_DOMAIN}>")


def test_a_bare_file_is_answered_to_its_school(tmp_path: Path) -> None:
    with made(tmp_path) as desk:
        desk.come(asked(), ONE)
        desk.judge()
        assert told(desk) == [("receipt", ["receipt"])]


def test_the_answer_to_a_school_without_an_address_waits_for_one_and_is_no_lost_verdict(tmp_path: Path) -> None:
    with made(tmp_path) as desk:
        desk.register = replace(REGISTER, members=())
        good, faulty = desk.come(asked(), ONE), desk.come(FAULTY, TWO)
        desk.judge()
        assert told(desk) == [("mend", ["mend"]), ("receipt", ["receipt"])]
        assert {each.state for each in replies.everything(desk.store)} == {OutboxState.DUE}
        assert {desk.of(each).reply for each in (good, faulty)} == {ReplyState.DUE}
        assert units.untold_of_night(desk.store, Span(None, NIGHT)) == ()


def test_who_is_not_known_is_told_nothing(tmp_path: Path) -> None:
    with made(tmp_path) as desk:
        come(desk, [(Refused("file-macros"), None)], sender="stranger@elsewhere.example")
        desk.judge()
        assert replies.everything(desk.store) == ()


def test_a_row_says_nothing_of_the_school(tmp_path: Path) -> None:
    with made(tmp_path) as desk:
        desk.come(project(), ONE, SENCO)
        desk.judge()
        with Store.open(tmp_path) as store:
            rows = str(store.ask("SELECT * FROM cluster.outbox")) + str(store.ask("SELECT * FROM cluster.outbox_about"))
        assert URN not in rows
        assert "@abbey" not in rows
