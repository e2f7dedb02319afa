"""Against a real Dovecot on loopback."""

from pathlib import Path

import pytest

from cluster_sheets.connect.config import Access, Config, Kind, Route, Transport
from cluster_sheets.replies.transport.sent_mail import look_of
from tests.replies.transport.desk import MESSAGE_ID, message, secret_in
from tests.servers.ca import HOST, Authority
from tests.servers.dovecot import Dovecot, Mailbox
from tests.servers.marks import needs_dovecot


def test_without_a_way_in_from_the_same_mailbox_there_is_no_telling() -> None:
    out = Transport(Kind.SMTP, Access(Path(), user="cluster@council.test"))
    other = Route(Kind.IMAP, Access(Path(), user="finance@council.test"))
    folder = Route(Kind.MAILDIR, Access(Path(), user="cluster@council.test"))
    assert look_of(Config(out, (other, folder)))(MESSAGE_ID) is None


def at(mailbox: Mailbox, dovecot: Dovecot, authority: Authority, folder: Path) -> Config:
    access = Access(
        folder, HOST, dovecot.imaps, ca_file=authority.file, user=mailbox.address,
        secret=secret_in(folder, mailbox.password),
    )  # fmt: skip
    return Config(Transport(Kind.SMTP, Access(folder, user=mailbox.address.upper())), (Route(Kind.IMAP, access),))


@pytest.mark.real
@needs_dovecot
@pytest.mark.parametrize("name", ["Sent", '"Sent Items"'])
def test_what_lies_among_sent_mail_was_sent(
    name: str, mailbox: Mailbox, dovecot: Dovecot, authority: Authority, tmp_path: Path
) -> None:
    look = look_of(at(mailbox, dovecot, authority, tmp_path))
    assert look(MESSAGE_ID) is None
    with mailbox.opened() as client:
        client.create(name)
        assert look(MESSAGE_ID) is False
        client.append(name, "", "", message())
    assert look(MESSAGE_ID) is True
    assert look("<other@replies.cluster-sheets.example>") is False
