from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.replies.eml import Attached, Envelope, eml, is_address
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


def test_a_message_is_a_valid_one_with_every_header_a_program_must_see() -> None:
    message = parsed(eml(envelope(), "We have it.\n"))
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
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": "quoted-printable",
    }
    assert message["Date"].datetime == AT
    assert message.get_content().replace("\r\n", "\n") == "We have it.\n"


def test_a_workbook_goes_along_whole_under_its_name() -> None:
    data = bytes(range(256)) * 40
    message = parsed(eml(envelope(), "Here.\n", Attached("Own Primary School form 1 of 3 to mend.xlsx", data)))
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "Own Primary School form 1 of 3 to mend.xlsx"
    assert attached.get_content_type() == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    assert attached.get_content() == data
    body = message.get_body()
    assert isinstance(body, EmailMessage)
    assert body.get_content() == "Here.\r\n"


@pytest.mark.parametrize("name", ['St "A" School.xlsx', "Ysgol Gŵyr.xlsx", "a\\b.xlsx"])
def test_an_odd_file_name_comes_through(name: str) -> None:
    (attached,) = parsed(eml(envelope(), "Here.\n", Attached(name, b"x"))).iter_attachments()
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
    message = parsed(eml(envelope(in_reply_to=theirs), "We have it.\n"))
    assert message["In-Reply-To"] is None
    assert message["References"] is None
    assert message["Bcc"] is None


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120))
def test_any_subject_and_name_come_through_on_short_lines(text: str) -> None:
    data = eml(envelope(subject=text, sender_name=text.replace("\\", "")), "We have it.\n")
    head = data.partition(b"\r\n\r\n")[0]
    message = parsed(data)
    assert " ".join(str(message["Subject"]).split()) == " ".join(text.split())
    assert message["To"].addresses[0].addr_spec == "senco@own.example"
    assert all(byte < 128 for byte in head)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=["Cs"]), max_size=400))
def test_any_text_comes_through_line_by_line(text: str) -> None:
    data = eml(envelope(), text + "\n")
    assert all(len(line) <= 78 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert parsed(data).get_content().replace("\r\n", "\n") == text + "\n"


def test_a_moment_of_another_zone_is_told_in_universal_time() -> None:
    moment = datetime(2026, 10, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))
    assert parsed(eml(envelope(at=moment), "x\n"))["Date"] == "Wed, 30 Sep 2026 23:30:00 +0000"


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("senco@own.example", True),
        ("a@b, c@d", False),
        ("a@b\r\nBcc: c@d", False),
        ("Sam <a@b.example>", False),
        ("", False),
    ],
)
def test_one_plain_address_is_told_from_anything_else(text: str, good: bool) -> None:
    assert is_address(text) is good
