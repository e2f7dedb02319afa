import io
import zipfile
from email import message_from_bytes
from email.policy import default

from cluster_sheets.demo.deliver import delivered, extras, with_macro
from cluster_sheets.demo.requests import Fate, samples
from cluster_sheets.intake.archive import RefusedError
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.precheck import checked
from tests.demo.made import START, filled, register

SENT = samples(register(), 16, 7, "CEN", START)
INBOX = dict(delivered(SENT, filled, register(), "CEN"))


def refusal(data: bytes) -> str:
    try:
        checked(data, Limits())
    except RefusedError as refused:
        return str(refused)
    return ""


def test_every_form_is_on_its_way_once() -> None:
    names = [
        part.get_filename()
        for name, data in INBOX.items()
        if name.endswith(".eml")
        for part in message_from_bytes(data, policy=default).iter_attachments()
    ]
    names += [name.partition(" ")[2] for name in INBOX if name.endswith(".xlsx")]
    assert sorted(str(name).rpartition(".")[0] for name in names) == sorted(f"form {each.number}" for each in SENT)
    assert any(name.endswith(".xlsx") for name in INBOX)


def test_a_mail_says_what_our_own_exchanger_found_out() -> None:
    each = next(one for one in SENT if one.by_mail and one.fate == Fate.PLAIN)
    read = message_from_bytes(INBOX[f"{each.number:05d}.eml"], policy=default)
    assert read["From"] == each.sender
    assert read["Authentication-Results"].startswith("mx.council.example; dmarc=pass header.from=")
    assert " by mx.council.example with " in read["Received"]
    assert str(read["Received"]).rpartition("; ")[2] == read["Date"]
    assert read["Date"].datetime == each.sent_at.replace(second=read["Date"].datetime.second)


def test_two_forms_go_in_one_mail() -> None:
    together = next(one for one in SENT if one.fate == Fate.TOGETHER)
    read = message_from_bytes(INBOX[f"{together.number - 1:05d}.eml"], policy=default)
    assert [part.get_filename() for part in read.iter_attachments()] == [
        f"form {together.number - 1}.xlsx",
        f"form {together.number}.xlsx",
    ]
    assert f"{together.number:05d}.eml" not in INBOX


def test_the_same_samples_make_the_same_bytes() -> None:
    assert dict(delivered(SENT, filled, register(), "CEN")) == INBOX


def test_broken_and_macro_files_are_what_the_pre_check_refuses() -> None:
    for fate, code in ((Fate.BROKEN, "file-broken"), (Fate.MACRO, "file-macros")):
        each = next(one for one in SENT if one.fate == fate)
        read = message_from_bytes(INBOX[f"{each.number:05d}.eml"], policy=default)
        content = next(read.iter_attachments()).get_content()
        assert refusal(content) == code
    with_one = with_macro(filled(SENT[0])[1])
    assert zipfile.ZipFile(io.BytesIO(with_one)).testzip() is None
    assert refusal(filled(SENT[0])[1]) == ""


def test_what_else_comes_is_the_same_form_a_question_and_a_machine() -> None:
    mails = {
        name: message_from_bytes(data, policy=default) for name, data in extras(SENT, filled, register(), "CEN", START)
    }
    assert list(mails) == ["again.eml", "question.eml", "away.eml"]
    assert len(list(mails["again.eml"].iter_attachments())) == 1
    assert list(mails["question.eml"].iter_attachments()) == []
    assert mails["away.eml"]["Auto-Submitted"] == "auto-replied"
