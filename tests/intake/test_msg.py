import random
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cluster_sheets.intake import msg
from cluster_sheets.intake.archive import RefusedError
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.mail import Attachment, OpenedMail, opened
from cluster_sheets.intake.pool import Pool, Refused
from cluster_sheets.store import provenance
from tests.intake.inbox import inbox
from tests.intake.letters import RULES, SENDER, TEXT, WORKBOOK, attached, box, heads, letter
from tests.intake.outlook import attachment, container, message, within
from tests.intake.outlook import msg as saved

FORM = attachment("request.xlsx", WORKBOOK)
BIG = WORKBOOK + bytes(9000)
"""Too long for the small streams of the container."""


def found(raw: bytes) -> tuple[list[tuple[str, bytes, str, str]], str]:
    """(name, bytes, reason, claim) of each form in a message, and why none is read."""
    mail = opened(raw, RULES)
    return [(each.name, each.data, each.reason, each.claim) for each in mail.attachments], mail.reason


def test_a_message_saved_from_outlook_is_a_mail_like_any_other() -> None:
    told = opened(saved(FORM, headers=heads()), RULES)
    assert told == OpenedMail(opened(letter(), RULES).envelope, (Attachment("request.xlsx", WORKBOOK),))
    assert (told.envelope.sender, told.envelope.verified) == (SENDER, True)


def test_files_large_and_small_come_out_as_they_went_in() -> None:
    raw = saved(attachment("big.xlsx", BIG), FORM, headers=heads())
    assert found(raw)[0] == [("big.xlsx", BIG, "", ""), ("request.xlsx", WORKBOOK, "", "")]


def test_rule_15_two_senders_in_the_headers_of_the_transport_are_two_senders() -> None:
    raw = saved(FORM, headers=heads(From=[SENDER, "evil@x.example"]))
    assert (found(raw)[1], opened(raw, RULES).envelope.claim) == ("mail-sender-unclear", f"{SENDER}; evil@x.example")


def test_rule_16_what_another_server_says_verifies_nothing() -> None:
    raw = saved(FORM, headers=heads(Authentication_Results="mx.evil.example; dmarc=pass"))
    assert not opened(raw, RULES).envelope.verified


def test_a_line_that_outlook_puts_above_the_headers_is_passed_over() -> None:
    raw = saved(FORM, headers=f"Microsoft Mail Internet Headers Version 2.0\r\n{heads()}")
    assert opened(raw, RULES).envelope.sender == SENDER


def test_a_message_without_headers_is_what_it_says_of_itself_and_proven_by_nothing() -> None:
    raw = saved(FORM, x5D01=SENDER, x1035="<one@oak.example>\r\nX-Cluster-Sheets-Kind: mend", x0037="Our\r\nrequest")
    told = opened(raw, RULES).envelope
    assert (told.sender, told.verified, told.subject, told.automatic) == (SENDER, False, "Our request", "")
    assert found(saved(FORM))[1] == "mail-sender-unclear"


def test_rule_20_a_message_within_a_message_is_walked_into_and_its_sender_a_claim() -> None:
    inner = message(FORM, headers=heads(From="head@elm.example"), root=False)
    assert found(saved(within(inner), headers=heads())) == ([("request.xlsx", WORKBOOK, "", "head@elm.example")], "")


def test_rule_20_a_message_from_outlook_within_a_mail_is_walked_into() -> None:
    inner = saved(FORM, headers=heads(From="head@elm.example"))
    raw = letter(TEXT, attached("sent on.msg", inner, "application/vnd.ms-outlook"))
    assert found(raw) == ([("request.xlsx", WORKBOOK, "", "head@elm.example")], "")


def test_rule_20_a_mail_within_a_message_from_outlook_is_walked_into() -> None:
    inner = (heads(From="head@elm.example") + box(TEXT, attached(), boundary="in")).encode()
    raw = saved(attachment("sent on.eml", inner, x370E="message/rfc822"), headers=heads())
    assert found(raw) == ([("request.xlsx", WORKBOOK, "", "head@elm.example")], "")


def test_a_link_to_where_a_file_lies_is_a_link() -> None:
    raw = saved(attachment("request.xlsx", b"", x3705=7), headers=heads())
    assert found(raw)[0] == [("request.xlsx", b"[InternetShortcut]\r\n", "", "")]


def test_a_link_in_the_text_of_a_message_without_a_form_is_told() -> None:
    raw = saved(headers=heads(), x1013=b"<a href='https://oak.sharepoint.com/:x:/s/form'>")
    assert found(raw) == ([], "file-link")
    assert found(saved(headers=heads())) == ([], "mail-without-a-form")


def test_a_logo_in_the_text_is_not_complained_of() -> None:
    raw = saved(attachment("logo.png", b"\x89PNG", x370E="image/png", x3712="<l>"), FORM, headers=heads())
    assert [each[0] for each in found(raw)[0]] == ["request.xlsx"]


def test_rule_23_a_name_is_display_data() -> None:
    raw = saved(attachment("..\\..\\x\u202eslx.exe", WORKBOOK), headers=heads())
    assert [each[0] for each in found(raw)[0]] == ["xslx.exe"]


@pytest.mark.parametrize("name", ["x3704", "x3001"])
def test_a_file_without_a_long_name_has_its_other_one(name: str) -> None:
    raw = saved(attachment("", WORKBOOK, **{name: "REQUES~1.XLS"}), headers=heads())
    assert [each[0] for each in found(raw)[0]] == ["REQUES~1.XLS"]


def test_a_report_that_nobody_could_be_reached_is_a_bounce() -> None:
    assert found(saved(FORM, headers=heads(), x001A="REPORT.IPM.Note.NDR")) == ([], "bounce")


def nested(depth: int) -> bytes:
    inner = message(FORM, headers=heads(), root=False)
    for _ in range(depth - 1):
        inner = message(within(inner), headers=heads(), root=False)
    return saved(within(inner), headers=heads())


def test_rule_25_messages_within_messages_are_walked_to_the_limit_and_no_further() -> None:
    assert found(nested(3))[1] == ""
    assert found(nested(4)) == ([], "mail-past-a-limit")
    assert found(nested(30)) == ([], "mail-past-a-limit")


LIMITS = {
    "size": Limits(mail_bytes=1000),
    "parts": Limits(mime_parts=2),
    "attachments": Limits(attachments=1),
}


@pytest.mark.parametrize("name", LIMITS)
def test_rule_25_a_message_past_a_limit_is_not_opened(name: str) -> None:
    raw = saved(FORM, attachment("b.xlsx", WORKBOOK + b"2"), headers=heads())
    assert opened(raw, replace(RULES, limits=LIMITS[name])).reason == "mail-past-a-limit"


def test_rule_25_the_worker_itself_stops_at_far_too_many_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(msg, "_MOST", 4)
    assert len(msg.read(saved(*[FORM] * 3, headers=heads()), {})["files"]) == 3
    with pytest.raises(RefusedError, match="mail-past-a-limit"):
        msg.read(saved(*[FORM] * 4, headers=heads()), {})


def without_extra(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(msg, "_LIBRARY", "no_such_library")


def test_where_the_extra_is_missing_the_message_is_kept_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    without_extra(monkeypatch)
    assert found(saved(FORM, headers=heads())) == ([], "mail-outlook-file")


def test_where_the_extra_is_missing_one_within_a_mail_says_so_and_a_form_beside_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    without_extra(monkeypatch)
    inner = attached("sent on.msg", saved(FORM, headers=heads()))
    assert [each.reason for each in opened(letter(TEXT, inner), RULES).attachments] == ["mail-outlook-file"]
    assert [each.name for each in opened(letter(TEXT, inner, attached()), RULES).attachments] == ["request.xlsx"]


def astray(raw: bytes) -> bytes:
    """A message whose directory is said to begin far behind its end."""
    return raw[:48] + b"\x00\x00\x10\x00" + raw[52:]


def test_a_message_that_is_ill_made_is_not_readable() -> None:
    assert opened(astray(saved(FORM, headers=heads())), RULES).reason == "mail-not-readable"
    told = container({"__substg1.0_0037001F": b"", "__properties_version1.0": b""})
    assert opened(told, RULES).reason == "mail-sender-unclear"


def test_one_that_is_ill_made_within_a_mail_is_damaged() -> None:
    inner = saved(FORM, headers=heads())
    (told,) = opened(letter(TEXT, attached("sent on.msg", astray(inner))), RULES).attachments
    assert told.reason == "file-damaged-in-mail"


def test_whatever_is_changed_in_a_message_the_worker_tells_what_it_holds_or_why_not() -> None:
    good, chance = saved(FORM, attachment("big.xlsx", BIG), headers=heads()), random.Random(7)
    spoilt = []
    for number in range(300):
        data = bytearray(good)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        spoilt.append((str(number), bytes(data)))
    with Pool(Limits(cpu_seconds=2), "cluster_sheets.intake.msg:read") as pool:
        told = pool.read(spoilt)
    assert len(told) == 300
    for each in told.values():
        assert isinstance(each, Refused) or set(each) == {"headers", "plain", "html", "files"}


def test_no_other_mail_loads_the_library() -> None:
    asked = (
        "import sys; from cluster_sheets.intake.mail import opened; from tests.intake.letters import RULES, letter;"
        "opened(letter(), RULES);"
        "print([name for name in ('oxmsg', 'cluster_sheets.intake.msg') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


@pytest.mark.parametrize("name", ["mail__msg", "mail__bin"])
def test_a_message_put_into_the_inbox_is_taken_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    with inbox(tmp_path) as workspace:
        workspace.put(**{name: saved(FORM, headers=heads())})
        (unit,) = workspace.take()
        came = provenance.get_many(workspace.store, [unit.unit_id])[unit.unit_id]
        assert (unit.reason, came.sender, came.file_name) == ("", SENDER, "request.xlsx")


def test_the_extra_is_pinned_as_the_tests_ran_it() -> None:
    folder = Path(__file__).parents[2] / "requirements"
    pins = [set(re.findall(r"(?m)^(\S+==\S+)", (folder / name).read_text())) for name in ("msg.txt", "test.txt")]
    assert pins[0] <= pins[1]
    assert {pin.partition("==")[0] for pin in pins[0]} >= {"python-oxmsg", "olefile"}
