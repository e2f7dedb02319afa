import pytest

from cluster_sheets.intake.bounce import Report, report
from tests.intake.letters import RULES, TEXT, box, heads, part

ID = f"<mend.0f1e2d3c4b5a6978.1.1@{RULES.own_domain}>"
OTHER = f"<receipt.aa.1.1@{RULES.own_domain}>"
HEADERS = f"From: cluster@council.test\r\nMessage-ID: {ID}\r\nSubject: EXAMPLE\r\n\r\n"


def status(action: str) -> str:
    return (
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.oak.example\r\n\r\n"
        f"Final-Recipient: rfc822; senco@oak.example\r\nAction: {action}\r\nStatus: 5.1.1\r\n"
    )


def bounce(*parts: str) -> bytes:
    return (heads(From="MAILER-DAEMON@mx.oak.example") + box(TEXT, *parts, kind="report")).encode()


def test_rule_13_our_message_is_found_in_the_message_that_is_returned() -> None:
    whole = f"Content-Type: message/rfc822\r\n\r\n{HEADERS}EXAMPLE\r\n"
    headers = f"Content-Type: text/rfc822-headers\r\n\r\n{HEADERS}"
    for returned in (whole, headers):
        assert report(bounce(status("failed"), returned), RULES) == Report(frozenset({ID}), True)


def test_rule_13_it_is_found_where_the_returned_headers_stand_in_base64() -> None:
    hidden = part(HEADERS.encode(), "Content-Type: text/rfc822-headers\r\n")
    assert ID not in hidden
    assert report(bounce(status("failed"), hidden), RULES) == Report(frozenset({ID}), True)


def test_rule_13_it_is_found_in_the_words_of_a_report_that_is_only_text() -> None:
    text = f"{heads(From='postmaster@oak.example')}\r\nYour message {ID.upper()} could not be delivered.\r\n"
    assert report(text.encode(), RULES).message_ids == {ID}


def test_rule_13_it_is_found_in_a_report_saved_from_outlook() -> None:
    assert report(b"\xd0\xcf" + f"Message-ID: {ID}".encode("utf-16-le"), RULES) == Report(frozenset({ID}), True)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_report_that_a_message_is_late_or_has_arrived_is_not_final(action: str) -> None:
    assert report(bounce(status(action), f"Content-Type: text/plain\r\n\r\n{ID}"), RULES).final is False


def test_one_recipient_that_failed_is_enough() -> None:
    assert report(bounce(status("delayed"), status("Failed")), RULES).final is True


def test_a_report_about_other_peoples_mail_names_none_of_ours() -> None:
    other = "Message-ID: <1@oak.example>\r\n<x@replies.cluster-sheets.example.evil.test>"
    assert report(bounce(status("failed"), f"Content-Type: text/plain\r\n\r\n{other}"), RULES) == Report(
        frozenset(), True
    )


def test_several_messages_are_all_named() -> None:
    assert report(bounce(f"Content-Type: text/plain\r\n\r\n{ID} {OTHER}"), RULES).message_ids == {ID, OTHER}


def test_what_no_parser_can_make_sense_of_is_looked_through_as_it_came() -> None:
    deep = b"Content-Type: multipart/report; boundary=b\r\n\r\n" + b"--b\r\n\r\n" * 400 + ID.encode()
    assert report(deep, RULES).message_ids == {ID}
