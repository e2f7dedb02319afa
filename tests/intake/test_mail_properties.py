"""Laws of whatever comes as mail: it never breaks the program, it is never lost, and the limits hold."""

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.base.text import has_odd_characters
from cluster_sheets.intake.envelope import decoded
from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.mail import NOT_ONE_SENDER, PAST_A_LIMIT, UNREADABLE, OpenedMail, opened
from cluster_sheets.intake.mime import PastLimitError, parts
from cluster_sheets.store.units import State
from cluster_sheets.verdict.settled import SILENT
from cluster_sheets.verdict.submission import QUARANTINED
from tests.intake.letters import EXCHANGER, RULES, TEXT, attached, box, heads, letter, part

FEW = Limits(mail_bytes=20_000, attachments=2, mime_parts=8, mime_nesting=2)
NARROW = replace(RULES, limits=FEW)
SETTLED = {*SILENT, *QUARANTINED, "file-link", "mail-without-a-form"}
SECONDS = 3
"""Of CPU, far more than any mail takes: those that once took minutes are among these."""

_words = st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=40)
_addresses = st.sampled_from(["senco@oak.example", "evil@x.example", "=?utf-8?Q?a=40b=2Ec?=", "<>", "a b@c", "(x)"])
_from = st.lists(st.one_of(_addresses, st.builds("{} <{}>".format, _words, _addresses)), max_size=3)
_values = st.one_of(_words, st.binary(max_size=30).map(lambda raw: raw.translate(None, b"\r\n").decode("latin-1")))
_headers = st.dictionaries(
    st.sampled_from(
        [
            "Subject",
            "Message_ID",
            "Received",
            "Authentication_Results",
            "Auto_Submitted",
            "Precedence",
            "List_Id",
            "Content_Type",
            "Content_Transfer_Encoding",
            "Return_Path",
            "X_Cluster_Sheets_State",
            "Date",
            "Sender",
        ]
    ),
    st.one_of(_values, st.lists(_values, max_size=3)),
    max_size=4,
)
_leaves = st.one_of(
    st.just(TEXT),
    st.builds(attached, _words.map(lambda name: name.replace('"', "")), st.binary(max_size=60)),
    st.builds(part, st.binary(max_size=60), _values.map("Content-Type: {}\r\n".format)),
    _values,
)
_boxes = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(
            lambda some, name, closed: box(*some, boundary=name, closed=closed),
            st.lists(inner, max_size=4),
            st.sampled_from(["a", "b", "a--", ""]),
            st.booleans(),
        ),
        inner.map(lambda raw: f"Content-Type: message/rfc822\r\n\r\n{heads()}{raw}"),
    ),
    max_leaves=12,
)
odd_mails = st.builds(
    lambda sender, given, body: (heads(From=sender, **given) + body).encode("utf-8", "surrogateescape"),
    _from,
    _headers,
    _boxes,
)
"""Mails put together from what mails are made of, and from what they are not."""


@st.composite
def _spoilt(draw: st.DrawFn) -> bytes:
    """A good mail with some bytes changed, taken out or put in."""
    raw = letter()
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(raw)))
        raw = raw[:start] + draw(st.binary(max_size=6)) + raw[start + draw(st.integers(0, 30)) :]
    return raw


spoilt_mails = _spoilt()


def _holds(mail: OpenedMail) -> None:
    """What is true of every mail that was taken apart."""
    assert mail.reason or mail.attachments, "it is one or the other: nothing comes to nothing"
    assert mail.reason in {"", *SETTLED}
    assert mail.reason != UNREADABLE, "our own walk of the parts breaks on none"
    assert bool(mail.envelope.sender) or mail.reason in (NOT_ONE_SENDER, PAST_A_LIMIT, *SILENT)
    assert not mail.envelope.verified or mail.envelope.sender
    for text in (mail.envelope.subject, *(each.name for each in mail.attachments), mail.envelope.claim):
        assert text == decoded(text) or "=?" in text
        assert not has_odd_characters(text)
        assert "\n" not in text
        assert len(text) <= 200
    assert not any("/" in each.name or "\\" in each.name for each in mail.attachments)


@given(st.one_of(odd_mails, spoilt_mails, st.binary(max_size=400)))
def test_rule_24_and_25_whatever_comes_is_a_mail_with_forms_or_with_a_reason(raw: bytes) -> None:
    _holds(opened(raw, RULES))


@given(odd_mails)
def test_rule_25_the_limits_hold_whatever_is_sent(raw: bytes) -> None:
    mail = opened(raw, NARROW)
    _holds(mail)
    assert len(mail.attachments) <= FEW.attachments
    assert len(raw) <= FEW.mail_bytes or mail.reason == PAST_A_LIMIT
    try:
        assert len(list(parts(raw, FEW))) <= FEW.mime_parts
    except PastLimitError:
        assert mail.reason in (PAST_A_LIMIT, *SILENT)


@given(odd_mails)
def test_a_mail_taken_apart_twice_is_the_same(raw: bytes) -> None:
    assert opened(raw, RULES) == opened(raw, RULES)


@given(st.lists(_values, min_size=1, max_size=4))
def test_rule_16_nothing_but_our_own_exchangers_pass_verifies(told: list[str]) -> None:
    verified = opened(letter(Authentication_Results=told), RULES).envelope.verified
    assert not verified or (told[0].strip().casefold().startswith(EXCHANGER) and "dmarc=pass" in told[0].casefold())


def test_every_reason_a_mail_is_settled_by_is_one_that_a_verdict_knows() -> None:
    assert {State.QUARANTINED, State.SET_ASIDE} <= set(State)
    assert {NOT_ONE_SENDER, PAST_A_LIMIT, UNREADABLE} <= SETTLED


LONG = 100_000
SLOW: dict[str, bytes] = {
    "comments within comments": letter(Authentication_Results=f"{EXCHANGER}; {'(' * LONG}{')' * LONG}"),
    "comments that never end": letter(Authentication_Results=f"{EXCHANGER}; {'(' * 2 * LONG}"),
    "quotes that never end": letter(Authentication_Results=f'{EXCHANGER}; "{chr(92)}"' * LONG),
    "quotes in a quote": letter(Authentication_Results=f'{EXCHANGER}; "' + '\\"' * LONG),
    "a receipt of comments": letter(Received=f"by {EXCHANGER}; {'(' * LONG}{')' * LONG}"),
    "a sender of comments": letter(From=f"{'()' * LONG}<a@b.example>"),
    "a sender of quotes": letter(From='"a"' * 60_000),
    "a sender and blanks": letter(From=f"a@b.example{' ' * 2 * LONG}x"),
    "encoded words": letter(Subject="=?utf-8?Q?=41?=" * 16_000),
    "half of encoded words": letter(Subject="=?utf-8?Q?" * 25_000),
    "parameters": f"{heads()}Content-Type: multipart/mixed; {'a;' * LONG}\r\n\r\nx".encode(),
    "a quote and parameters": f'{heads()}Content-Type: multipart/mixed; "{";" * 2 * LONG}\r\n\r\nx'.encode(),
    "a name in pieces": letter(
        TEXT, part(b"x", f"Content-Disposition: attachment; {'; '.join(f'filename*{n}=a' for n in range(12_000))}\r\n")
    ),
    "fifty parts of parameters": letter(*[f'Content-Type: a/b; "{";" * 4 * LONG}\r\n\r\nx\r\n'] * 50),
    "lines like a boundary": f'{heads()}Content-Type: multipart/mixed; boundary="b"\r\n\r\n'.encode()
    + b"x--b\r\n" * LONG,
    "signs of quoted-printable": letter(
        TEXT, "Content-Type: a/b; name=x.xlsx\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n=" + " " * 20 * LONG
    ),
    "headers": letter(**{f"X_{number}": "a" for number in range(20_000)}),
}


@pytest.mark.parametrize("name", SLOW)
def test_rule_25_no_mail_takes_longer_than_a_moment(name: str) -> None:
    begun = time.process_time()
    opened(SLOW[name], RULES)
    assert time.process_time() - begun < SECONDS
