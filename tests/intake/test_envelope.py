from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cluster_sheets.intake.envelope import NAMELESS, Envelope, decoded, envelope
from cluster_sheets.intake.mime import headers
from cluster_sheets.intake.rules import MailRules
from tests.intake.letters import EXCHANGER, PASSED, RULES, SENDER, Value, letter

RECEIVED = datetime(2026, 11, 23, 16, 59, 30, tzinfo=UTC)


def told(**changed: Value) -> Envelope:
    return envelope(headers(letter(**changed))[0], RULES)


def test_a_good_mail_tells_who_sent_it_and_when_it_came() -> None:
    assert told() == Envelope(
        SENDER, verified=True, subject="Our request", message_id="one@oak.example", received=RECEIVED
    )


SENDERS = {
    SENDER: SENDER,
    f"<{SENDER}>": SENDER,
    "Jo <SENCO@Oak.Example>": SENDER,
    f'"Example, Jo" <{SENDER}>': SENDER,
    f'"head@school.test" <{SENDER}>': SENDER,
    f"Jo (SENCO) Example <{SENDER}>": SENDER,
    f"{SENDER} (Jo Example)": SENDER,
    f"Jo Example (Head (acting)) <{SENDER}>": SENDER,
    f"Jo (a (b (c)) d) <{SENDER}> (e (f))": SENDER,
    f"{SENDER} <{SENDER}>": SENDER,
    f"'{SENDER.title()}' <{SENDER}>": SENDER,
    f"{SENDER}' <{SENDER}>": "",
    f"'head@oak.example' <{SENDER}>": "",
    f"{SENDER} <{SENDER}>, head@oak.example": "",
    f"Jo (a (b <{SENDER}>": "",
    f"Jo (a (b) <evil@x.example>) <{SENDER}>": SENDER,
    "=?utf-8?Q?h=40school=2Etest?= <evil@x.example>": "evil@x.example",
    "=?utf-8?Q?Jos=C3=A9?= <senco@oak.example>": SENDER,
    f"Jo\r\n <{SENDER}>": SENDER,
    f"{SENDER}, head@oak.example": "",
    f"head@oak.example <{SENDER}>": "",
    f"<head@oak.example> <{SENDER}>": "",
    f"Staff: {SENDER};": "",
    "Jo Example": "",
    "jo@localhost": "",
    "": "",
}


@pytest.mark.parametrize("given", SENDERS)
def test_rule_15_the_sender_is_the_one_address_and_never_the_display_name(given: str) -> None:
    assert told(From=given).sender == SENDERS[given]


@pytest.mark.parametrize("many", ["(", "(a", "()", "(()", "('", "<", "a@b.c ", "'a@b.c' <"])
def test_rule_15_a_from_header_of_a_hundred_thousand_signs_is_read_in_a_moment(many: str) -> None:
    assert told(From=many * (100_000 // len(many))).sender == ""


def test_rule_15_no_from_header_or_two_is_no_sender() -> None:
    assert (told(From=None).sender, told(From=[SENDER, SENDER]).sender) == ("", "")


PROOFS = {
    "passed": (PASSED, True),
    "with a version": (PASSED.replace(";", " 1;", 1), True),
    "in capitals": (PASSED.replace("mx.council.test", "MX.Council.TEST"), True),
    "failed": (PASSED.replace("dmarc=pass", "dmarc=fail"), False),
    "not looked at": (f"{EXCHANGER}; spf=pass", False),
    "another server's": (PASSED.replace("mx.council.test", "mx.evil.example"), False),
    "another domain's": (PASSED.replace("header.from=oak.example", "header.from=evil.example"), False),
    "said in a comment": (f"{EXCHANGER}; dmarc=fail (dmarc=pass; dmarc=pass)", False),
    "said in quotes": (f'{EXCHANGER}; dmarc=fail reason="; dmarc=pass"', False),
    "said twice": (f"{PASSED}; dmarc=fail", False),
    "said under our name in a comment": ("mx.evil.example (mx.council.test); dmarc=pass", False),
    "cut short": (EXCHANGER, False),
    "before a comment that never ends": (f"{PASSED} (@evil.example; dmarc=fail", False),
    "before a quoted word that never ends": (f'{PASSED} "@evil.example; dmarc=fail', False),
    "after the end of no comment": (f"{PASSED}) ", False),
    "with comments within one another": (f"{PASSED} (p=none (as told))", True),
}


@pytest.mark.parametrize("name", PROOFS)
def test_rule_16_only_our_own_exchangers_word_verifies(name: str) -> None:
    given, verified = PROOFS[name]
    assert told(Authentication_Results=given).verified is verified


NO_NAME = "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=oak.example; dkim=pass; dmarc=pass header.from=oak.example"
NAMELESS_PROOFS = {
    "passed": (NO_NAME, True),
    "dmarc first": ("dmarc=pass action=none header.from=oak.example;compauth=pass reason=100", True),
    "failed": (NO_NAME.replace("dmarc=pass", "dmarc=fail"), False),
    "another domain's": (NO_NAME.replace("header.from=oak.example", "header.from=evil.example"), False),
    "with a name, so of another server": (f"mx.evil.example; {NO_NAME}", False),
    "under the setting's own word": (f"{NAMELESS}; dmarc=pass", False),
}


@pytest.mark.parametrize("name", NAMELESS_PROOFS)
def test_rule_16_a_mailbox_whose_exchanger_writes_no_name_is_told_by_that(name: str) -> None:
    given, verified = NAMELESS_PROOFS[name]
    message = headers(letter(Authentication_Results=given))[0]
    assert envelope(message, replace(RULES, exchanger=NAMELESS)).verified is verified
    assert not envelope(message, RULES).verified


def test_rule_16_the_topmost_word_counts_and_no_other() -> None:
    failed = PASSED.replace("dmarc=pass", "dmarc=fail")
    foreign = "mx.evil.example; dmarc=pass"
    assert [
        told(Authentication_Results=each).verified for each in ([PASSED, failed], [failed, PASSED], [foreign, PASSED])
    ] == [
        True,
        False,
        False,
    ]


def test_rule_16_nothing_is_verified_or_dated_where_no_exchanger_is_named() -> None:
    found = envelope(headers(letter())[0], MailRules())
    assert (found.verified, found.received) == (False, None)


LISTS = ("List_Id", "List_Unsubscribe", "X_BeenThere", "X_Mailman_Version", "X_Google_Group_Id", "X_Original_From")


@pytest.mark.parametrize("mark", LISTS)
def test_rule_21_a_mailing_list_verifies_nobody_and_is_not_answered(mark: str) -> None:
    found = told(**{mark: "<staff.oak.example>"})
    assert (found.verified, found.quiet, found.listed, found.automatic) == (False, True, True, "")


CONTROLS = ("State", "Release", "Verified", "Reply", "Accept", "Sender")


@pytest.mark.parametrize("name", CONTROLS)
def test_rule_14_a_control_header_from_outside_changes_nothing(name: str) -> None:
    assert told(**{f"X_Cluster_Sheets_{name}": "accepted"}) == told()


CLAIMS: dict[str, tuple[Value, str]] = {
    "two headers": ([SENDER, "Jo <head@elm.example>"], f"{SENDER}; Jo <head@elm.example>"),
    "two addresses": (f"{SENDER}, head@elm.example", f"{SENDER}, head@elm.example"),
    "no address": ("The\u202eHead", "TheHead"),
    "none": (None, ""),
    "one": (SENDER, ""),
}


@pytest.mark.parametrize("name", CLAIMS)
def test_rule_15_what_from_says_beside_one_address_is_no_more_than_a_claim(name: str) -> None:
    given, claim = CLAIMS[name]
    assert told(From=given).claim == claim


MOMENT = "Mon, 23 Nov 2026 16:59:30 +0000"
OURS = f"from a by {EXCHANGER} with ESMTPS; {MOMENT}"
RECEIPTS: dict[str, tuple[Value, datetime | None]] = {
    "in another zone": (OURS.replace("16:59:30 +0000", "17:59:30 +0100"), RECEIVED),
    "behind a hop of ours inside": (["from a by inner.council.test; Tue, 24 Nov 2026 01:00:00 +0000", OURS], RECEIVED),
    "behind a hop that names ours": ([f"from {EXCHANGER} ({EXCHANGER} [::1]) by in.test; {MOMENT}", OURS], RECEIVED),
    "below a line that cannot be read": (["(qmail 1 invoked by uid 0); Tue, 24 Nov 2026 01:00:00 +0000", OURS], None),
    "a greeting that holds the word by": (
        [OURS.replace("from a", "from mail.by (mail.by [192.0.2.1])"), OURS.replace("2026", "2020")],
        RECEIVED,
    ),
    "a greeting that is our name": (OURS.replace("from a", f"from by.{EXCHANGER}"), RECEIVED),
    "our name as the greeting of another's": (f"from {EXCHANGER} by mx.evil.example; {MOMENT}", None),
    "a greeting that opens a comment": ([OURS.replace("from a", "from a("), OURS], None),
    "no greeting": (f"by {EXCHANGER} with LMTP id 1; {MOMENT}", RECEIVED),
    "our name with more behind it": (OURS.replace(EXCHANGER, f"{EXCHANGER}/x"), None),
    "the topmost of two": ([OURS, OURS.replace("2026", "2020")], RECEIVED),
    "another server's only": (OURS.replace("mx.council.test", "mx.evil.example"), None),
    "our name in a comment": (f"from a (by {EXCHANGER}) by mx.evil.example; Mon, 23 Nov 2026 16:59:30 +0000", None),
    "no moment": (f"from a by {EXCHANGER}; yesterday", None),
    "no zone": (OURS.replace(" +0000", " -0000"), None),
    "an impossible moment": (OURS.replace("23 Nov", "99 Nov"), None),
    "none": (None, None),
}


@pytest.mark.parametrize("name", RECEIPTS)
def test_it_came_when_our_exchanger_took_it(name: str) -> None:
    given, moment = RECEIPTS[name]
    assert told(Received=given).received == moment


def test_the_word_for_an_exchanger_without_a_name_is_never_the_name_of_one() -> None:
    for given in (f"from me by {NAMELESS}; {MOMENT}", ["from a by b.outlook.example; ", f"by {NAMELESS}; {MOMENT}"]):
        message = headers(letter(Received=given))[0]
        assert envelope(message, replace(RULES, exchanger=NAMELESS)).received is None


MARKS: dict[str, tuple[dict[str, Value], str, bool]] = {
    "a person": ({}, "", False),
    "a person, said so": ({"Auto_Submitted": "no"}, "", False),
    "away": ({"Auto_Submitted": "auto-replied (vacation)"}, "auto-reply", True),
    "a machine": ({"Auto_Submitted": "auto-generated"}, "auto-reply", True),
    "no way back": ({"Return_Path": "<>"}, "auto-reply", True),
    "an old robot": ({"X_Autoreply": "yes"}, "auto-reply", True),
    "a bounce": ({"From": "MAILER-DAEMON@mx.oak.example", "Return_Path": "<>"}, "bounce", True),
    "our own": ({"Message_ID": "<x@replies.cluster-sheets.example>"}, "own-mail", True),
    "our own by its mark": ({"X_Cluster_Sheets_Kind": "receipt"}, "own-mail", True),
    "bulk": ({"Precedence": "bulk"}, "", True),
    "wants no answer": ({"X_Auto_Response_Suppress": "All"}, "", True),
    "nobody": ({"From": "no-reply@oak.example"}, "", True),
}


@pytest.mark.parametrize("name", MARKS)
def test_mail_that_no_person_sent_is_known(name: str) -> None:
    changed, automatic, quiet = MARKS[name]
    found = told(**changed)
    assert (found.automatic, found.quiet) == (automatic, quiet)


def test_a_report_is_a_bounce_unless_it_says_the_mail_was_read() -> None:
    def report(kind: str) -> str:
        head = f"From: a@oak.example\r\nContent-Type: multipart/report; report-type={kind}; boundary=b\r\n\r\n"
        return envelope(headers(head.encode())[0], RULES).automatic

    assert (report("delivery-status"), report("disposition-notification")) == ("bounce", "auto-reply")


DISPLAYED = {
    "=?utf-8?Q?F=C3=B6rm?=": "Förm",
    "=?nonsense-8?Q?a?=": "=?nonsense-8?Q?a?=",
    "=?utf-8?B?!!!?=": "",
    "two\r\n lines": "two lines",
    "for\u202egnp.exe": "forgnp.exe",
    "x" * 500: "x" * 200,
}


@pytest.mark.parametrize("given", DISPLAYED)
def test_text_of_a_header_is_display_data(given: str) -> None:
    assert decoded(given) == DISPLAYED[given]


def test_bytes_beyond_ascii_and_a_malformed_message_id_break_nothing() -> None:
    found = envelope(headers(b"From: a@oak.example\r\nSubject: F\xf6rm\r\nMessage-ID: <[123@>\r\n\r\n")[0], RULES)
    assert (found.sender, found.subject, found.message_id) == ("a@oak.example", "Förm", "[123@")
