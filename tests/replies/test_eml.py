from binascii import b2a_qp
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage
from html import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cluster_sheets.replies.eml import Attached, Envelope, eml
from tests.replies.made import parsed

AT = datetime(2026, 9, 29, 1, 0, tzinfo=UTC)


def envelope(**changes: object) -> Envelope:
    told: dict[str, object] = {
        "sender": "cen@council.example",
        "sender_name": "Central cluster",
        "to": "senco@own.example",
        "subject": "Form F-K7A4-9XDR: 4 things to mend",
        "at": AT,
        "message_id": "<receipt.1@replies.example>",
        "in_reply_to": "<a.b-1@own.example>",
        "kind": "mend",
    }
    return Envelope(**{**told, **changes})  # type: ignore[arg-type]


def sent(text: str = "We have it.\n", attached: Sequence[Attached] = (), **changes: object) -> bytes:
    return eml(envelope(**changes), text, f"<p>{escape(text)}</p>\n", attached)


def words(message: EmailMessage, kind: str = "plain") -> str:
    body = message.get_body((kind,))
    assert isinstance(body, EmailMessage)
    return str(body.get_content()).replace("\r\n", "\n")


def test_a_message_is_a_valid_one_with_every_header_a_program_must_see() -> None:
    message = parsed(sent())
    assert dict(message.items()) == {
        "From": "Central cluster <cen@council.example>",
        "To": "senco@own.example",
        "Subject": "Form F-K7A4-9XDR: 4 things to mend",
        "Date": "Tue, 29 Sep 2026 01:00:00 +0000",
        "Message-ID": "<receipt.1@replies.example>",
        "In-Reply-To": "<a.b-1@own.example>",
        "References": "<a.b-1@own.example>",
        "Auto-Submitted": "auto-replied",
        "Precedence": "bulk",
        "X-Auto-Response-Suppress": "All",
        "X-Cluster-Sheets-Kind": "mend",
        "MIME-Version": "1.0",
        "Content-Type": 'multipart/alternative; boundary="=_cluster-sheets-text"',
    }
    assert message["Date"].datetime == AT


def test_the_words_stand_in_it_twice_the_plain_ones_first() -> None:
    message = parsed(sent("‘We’ have it.\n"))
    assert [each.get_content_type() for each in message.iter_parts()] == ["text/plain", "text/html"]
    assert words(message) == "‘We’ have it.\n"
    assert words(message, "html") == "<p>‘We’ have it.\n</p>\n"


@given(st.lists(st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=90)).map("\n".join))
@example("ends in a blank at the very edge of what a line holds, which is seventy-six letters \t\nnext\t")
def test_lines_are_quoted_one_by_one_as_all_of_them_would_be(text: str) -> None:
    whole = b2a_qp(text.encode(), istext=True).replace(b"\n", b"\r\n")
    assert b"quoted-printable\r\n\r\n" + whole + b"\r\n--=_" in sent(text)


def test_workbooks_go_along_whole_under_their_names() -> None:
    data = bytes(range(256)) * 40
    files = [Attached("Own Primary School form 1 to mend.xlsx", data), Attached("two.xlsx", b"two")]
    message = parsed(sent("Here.\n", files))
    assert message.get_content_type() == "multipart/mixed"
    attached = list(message.iter_attachments())
    assert [(each.get_filename(), each.get_content()) for each in attached] == [
        (each.name, each.data) for each in files
    ]
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert {each.get_content_type() for each in attached} == {kind}
    assert (words(message), words(message, "html")) == ("Here.\n", "<p>Here.\n</p>\n")


@pytest.mark.parametrize("name", ['St "A" School.xlsx', "Ysgol Gŵyr.xlsx", "a\\b.xlsx"])
def test_an_odd_file_name_comes_through(name: str) -> None:
    (attached,) = parsed(sent(attached=[Attached(name, b"x")])).iter_attachments()
    assert attached.get_filename() == name


@pytest.mark.parametrize(
    "theirs",
    [
        "",
        "no brackets@own.example",
        "<a@b>\r\nBcc: <all@council.example>",
        "<a b@own.example>",
        "<é@own.example>",
        f"<{'a' * 300}@b>",
        "<[123@>",
    ],
)
def test_no_text_of_a_sender_gets_into_a_header(theirs: str) -> None:
    message = parsed(sent(in_reply_to=theirs))
    assert message["In-Reply-To"] is None
    assert message["References"] is None
    assert message["Bcc"] is None


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120))
def test_any_subject_and_name_come_through_on_short_lines(text: str) -> None:
    data = sent(subject=text, sender_name=text.replace("\\", ""))
    head = data.partition(b"\r\n\r\n")[0]
    message = parsed(data)
    assert " ".join(str(message["Subject"]).split()) == " ".join(text.split())
    assert message["To"].addresses[0].addr_spec == "senco@own.example"
    assert all(byte < 128 for byte in head)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=["Cs"]), max_size=400))
def test_any_text_comes_through_line_by_line(text: str) -> None:
    data = sent(text + "\n")
    assert all(len(line) <= 78 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert words(parsed(data)) == text + "\n"


def test_a_moment_of_another_zone_is_told_in_universal_time() -> None:
    moment = datetime(2026, 10, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert parsed(sent(at=moment))["Date"] == "Wed, 30 Sep 2026 23:30:00 +0000"
