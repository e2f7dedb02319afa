import pytest

from cluster_sheets.intake.pool import Refused
from cluster_sheets.store import units
from cluster_sheets.store.units import State
from cluster_sheets.verdict.quarantine import NotMovedError
from cluster_sheets.verdict.set_apart import Apart, Claims, apart, claims, shown
from tests.intake.letters import TEXT, attached, box, heads
from tests.store.asked import every_unit
from tests.verdict.desk import REGISTER, Desk
from tests.verdict.made import FORM
from tests.verdict.test_quarantine import BOOK, RULES, SENCO, TWO_SENDERS, come, mail_of
from tests.verdict.test_quarantine import apart as put_apart


def test_rule_31_it_is_told_in_words_why_it_is_there_and_what_can_be_done(desk: Desk) -> None:
    unit = put_apart(desk, mail_of(**TWO_SENDERS))
    assert apart(REGISTER, FORM, unit) == Apart(
        unit.unit_id,
        "28 September 2026, 03:00",
        "mail-sender-unclear",
        "The message does not say who sent it, or names more than one sender.",
        can_release=True,
        then="The next run reads each form in it and holds it for you, with all that its From says.",
    )


def test_what_is_unsafe_can_only_be_rejected(desk: Desk) -> None:
    unit = desk.come(Refused("file-unsafe-zip"))
    desk.judge()
    told = apart(REGISTER, FORM, desk.of(unit))
    assert (told.can_release, told.then) == (
        False,
        "It is never opened. Reject it, and ask the school for another file.",
    )


def test_a_limit_is_told_in_the_figures_of_the_register(desk: Desk) -> None:
    unit = put_apart(desk, mail_of(TEXT, *[attached(f"{number}.xlsx") for number in range(11)]))
    assert apart(REGISTER, FORM, unit).why == "The message is larger than we take: 25 MB, 10 attachments."


def test_rule_15_who_claims_to_have_sent_it_is_told_as_a_claim(desk: Desk) -> None:
    unit = put_apart(desk, mail_of(**TWO_SENDERS))
    assert claims(desk.store, RULES, unit) == Claims(
        f"{SENCO}; evil@x.example", "Our request", (("request.xlsx", len(b"EXAMPLE form")),)
    )


def test_rule_20_of_a_mail_sent_on_both_are_told(desk: Desk) -> None:
    inner = heads(From="head@elm.example") + box(TEXT, BOOK.replace("base64", "x-rot13"), boundary="in")
    unit = put_apart(desk, mail_of(TEXT, "Content-Type: message/rfc822\r\n\r\n" + inner))
    told = claims(desk.store, RULES, unit).sender
    assert told == f"{SENCO} (our own mail server vouches for it); sent on, first from head@elm.example"


def test_a_mail_that_tells_nothing_of_itself_says_so(desk: Desk) -> None:
    unit = put_apart(desk, b"From:\r\n\r\n")
    assert claims(desk.store, RULES, unit) == Claims("nobody", "none", ())


def test_an_unproven_sender_is_told_as_one(desk: Desk) -> None:
    come(desk, mail_of(TEXT, BOOK.replace("base64", "x-rot13"), Authentication_Results="mx.evil.example; dmarc=pass"))
    desk.judge()
    (unit,) = units.quarantined(desk.store)
    assert claims(desk.store, RULES, unit).sender == f"{SENCO} (not proven)"


def test_a_bare_file_has_no_sender(desk: Desk) -> None:
    unit = desk.come(Refused("file-unsafe-zip"))
    desk.judge()
    told = claims(desk.store, RULES, desk.of(unit))
    assert told == Claims("nobody: it was put into the inbox as a file", "none", (("request.xlsx", 9),))


def test_words_beside_what_is_no_form_are_shown_and_there_is_nothing_to_let_out(desk: Desk) -> None:
    words = "Content-Type: text/plain\r\n\r\nPlease withdraw our request.\r\n"
    come(desk, mail_of(words, attached("letter.pdf", b"%PDF-1.7")))
    desk.told = {each.unit_id: Refused("file-pdf") for each in units.pending(desk.store)}
    desk.judge()
    (unit,) = units.letters(desk.store)
    told = apart(REGISTER, FORM, shown(desk.store, unit.unit_id))
    assert (unit.state, told.can_release) == (State.RETURNED, False)
    assert told.why == "A message with words for a person; what came with it is no form that we can take."
    assert told.then == "Nothing to let out. Answer whoever wrote it from your own mailbox."
    assert claims(desk.store, RULES, unit).words == "Please withdraw our request."


def test_what_holds_a_form_is_no_letter_to_be_shown(desk: Desk) -> None:
    come(desk, mail_of())
    assert units.letters(desk.store) == ()
    (unit,) = every_unit(desk.store)
    with pytest.raises(NotMovedError):
        shown(desk.store, unit.unit_id)
