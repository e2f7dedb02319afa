"""Who sent it, from the mail as it comes to the verdict and what the admin reads (mail.md 14 to 22)."""

from dataclasses import replace

import pytest

from cluster_sheets.intake.pool import Refused
from cluster_sheets.register.model import Member
from cluster_sheets.store import provenance, questions
from cluster_sheets.store.units import State
from tests.intake.letters import TEXT, attached, box, heads
from tests.verdict.desk import ONE, OTHERS, REGISTER, TODAY, Desk, asked
from tests.verdict.made import OTHER
from tests.verdict.test_quarantine import BOOK, PASSED, SENCO, come, holds, mail_of

ELSEWHERE = REGISTER.reply_addresses(OTHER, TODAY)[0]
TOLD = {"held", "receipt"}


def judged(desk: Desk, mail: bytes) -> tuple[State, list[str], list[str]]:
    """(state, codes, kinds of replies) of the one form in a mail; it is a good form of its school."""
    some = come(desk, mail)
    holds(desk, some)
    desk.judge()
    return desk.of(some[0]).state, desk.codes(some[0]), desk.kinds(some[0])


def words(desk: Desk) -> dict[str, str]:
    """What the admin reads of the one held submission."""
    (question,) = questions.of_meeting(desk.store, ONE.round)
    return questions.texts(desk.store, [question.question_id])[question.question_id]


def by(address: str, proven: bool = True) -> dict[str, str]:
    """Headers of a mail of that address."""
    result = f"dmarc=pass header.from={address.partition('@')[2]}" if proven else "dmarc=none"
    return {"From": address, "Authentication_Results": f"mx.council.example; {result}"}


def test_rule_17_a_registered_address_that_is_proven_is_accepted(desk: Desk) -> None:
    assert judged(desk, mail_of()) == (State.ACCEPTED, [], ["receipt"])


def test_rule_17_a_registered_address_that_is_not_proven_is_held(desk: Desk) -> None:
    assert judged(desk, mail_of(**by(SENCO, proven=False))) == (State.HELD, ["sender-not-verified"], ["held"])
    assert words(desk)["sender"] == f"{SENCO}\nnot proven to come from there"


def test_rule_17_a_bare_workbook_is_who_its_stamp_says(desk: Desk) -> None:
    unit = desk.come(asked(), ONE)
    desk.judge()
    assert (desk.of(unit).state, desk.codes(unit)) == (State.ACCEPTED, [])


def test_rule_14_orders_in_control_headers_from_outside_are_not_obeyed(desk: Desk) -> None:
    orders = {f"X_Cluster_Sheets_{name}": "accepted" for name in ("State", "Release", "Verified")}
    assert judged(desk, mail_of(**by("evil@x.example"), **orders)) == (
        State.HELD,
        ["sender-not-registered"],
        ["held"],
    )


def test_rule_15_a_display_name_is_never_identity(desk: Desk) -> None:
    name = SENCO.replace("@", "=40").replace(".", "=2E")
    mail = mail_of(From=f"=?utf-8?Q?{name}?= <evil@x.example>", Authentication_Results=PASSED)
    assert judged(desk, mail)[:2] == (State.HELD, ["sender-not-registered"])
    assert words(desk)["sender"].startswith("evil@x.example\n")


def test_rule_18_an_unknown_address_of_a_known_school_is_held_and_the_school_itself_is_told(desk: Desk) -> None:
    domain = SENCO.partition("@")[2]
    assert judged(desk, mail_of(**by(f"temp@{domain}"))) == (State.HELD, ["sender-not-registered"], ["held"])
    told = words(desk)
    school = REGISTER.schools[ONE.urn].name
    assert told["sender"] == f"temp@{domain}\nnot in the register; {school} writes from @{domain} too"
    assert told["address"] == f"temp@{domain}"


def test_rule_18_only_an_unknown_address_may_be_remembered(desk: Desk) -> None:
    judged(desk, mail_of(**by(ELSEWHERE)))
    assert "address" not in words(desk)


def test_rule_19_the_form_of_one_school_from_the_address_of_another_is_held(desk: Desk) -> None:
    assert judged(desk, mail_of(**by(ELSEWHERE))) == (State.HELD, ["sender-of-another-school"], ["held"])
    assert OTHERS.urn != ONE.urn


def test_rule_19_a_schools_own_domain_proves_nothing_by_itself(desk: Desk) -> None:
    state, codes, _ = judged(desk, mail_of(**by(f"office@{SENCO.partition('@')[2]}")))
    assert (state, codes) == (State.HELD, ["sender-not-registered"])


FIRST = "head.private@mail.example"
SENT_ON = "Content-Type: message/rfc822\r\n\r\n" + heads(From=FIRST) + box(TEXT, BOOK, boundary="in")


def test_rule_20_who_sends_a_mail_on_is_accountable_for_it(desk: Desk) -> None:
    assert judged(desk, mail_of(TEXT, SENT_ON)) == (State.ACCEPTED, [], ["receipt"])


def test_rule_20_the_admin_reads_who_sent_it_on_and_who_is_said_to_have_sent_it_first(desk: Desk) -> None:
    sent = mail_of(TEXT, SENT_ON, **by("colleague@council.example"))
    assert judged(desk, sent)[:2] == (State.HELD, ["sender-not-registered"])
    assert words(desk)["sender"].split("\n") == [
        "colleague@council.example",
        f"sent on; said to be first from {FIRST}",
        "not in the register",
    ]


def test_rule_20_a_claim_of_a_registered_address_within_counts_for_nothing(desk: Desk) -> None:
    inner = "Content-Type: message/rfc822\r\n\r\n" + heads(From=SENCO) + box(TEXT, BOOK, boundary="in")
    assert judged(desk, mail_of(TEXT, inner, **by("evil@x.example")))[0] is State.HELD


@pytest.mark.parametrize("sender", [SENCO, "staff@lists.example"])
def test_rule_21_what_came_through_a_list_is_held_and_nobody_is_answered(desk: Desk, sender: str) -> None:
    told = judged(desk, mail_of(List_Id="<staff.lists.example>", **by(sender)))
    assert told == (State.HELD, ["sender-through-a-list"], [])
    assert words(desk)["sender"] == f"{sender}\nthrough a mailing list"
    assert "address" not in words(desk)


def test_rule_22_winmail_is_asked_for_again_as_an_ordinary_attachment(desk: Desk) -> None:
    from cluster_sheets.intake.kind import refusal

    tnef = b"\x78\x9f\x3e\x22" + bytes(100)
    (unit,) = come(desk, mail_of(TEXT, attached("winmail.dat", tnef, "application/ms-tnef")))
    desk.told[unit.unit_id] = Refused(refusal(tnef, 1000))
    desk.judge()
    assert (desk.of(unit).state, desk.codes(unit), desk.kinds(unit)) == (State.RETURNED, ["file-winmail"], ["refused"])


LEAD = "lead@trust.example"


def of_trust(desk: Desk) -> None:
    """Puts two schools into one trust, and a person into it who has no school of their own."""
    schools = dict(REGISTER.schools)
    for urn in (ONE.urn, OTHER):
        schools[urn] = replace(schools[urn], trust="EXAMPLE Trust")
    person = Member("M900", "EXAMPLE Trust Lead", "Trust SEND lead", LEAD, "", "EXAMPLE Trust")
    desk.register = replace(REGISTER, schools=schools, members=(*REGISTER.members, person))


@pytest.mark.parametrize("urn", [ONE.urn, OTHER])
def test_rule_19_a_form_without_its_mark_from_a_trust_is_the_schools_that_it_names(desk: Desk, urn: str) -> None:
    of_trust(desk)
    unit = desk.come(asked(school_name=REGISTER.schools[urn].name, school_urn=urn), None, LEAD)
    desk.judge()
    (question,) = questions.of_units(desk.store, [unit.unit_id])
    told = questions.texts(desk.store, [question.question_id])[question.question_id]
    assert (told["who"], desk.codes(unit), desk.kinds(unit)) == (
        REGISTER.schools[urn].name,
        ["stamp-missing"],
        ["held"],
    )
    assert provenance.get_many(desk.store, [unit.unit_id])[unit.unit_id].urn == urn


def test_rule_19_what_names_no_school_of_the_trust_is_told_to_nobody(desk: Desk) -> None:
    of_trust(desk)
    outside = next(each for each in REGISTER.schools.values() if each.urn not in (ONE.urn, OTHER))
    named = desk.come(asked(school_name=outside.name, school_urn=outside.urn), None, LEAD)
    unread = desk.come(Refused("file-macros"), None, LEAD)
    desk.judge()
    assert [(desk.of(each).state, desk.kinds(each)) for each in (named, unread)] == [
        (State.HELD, []),
        (State.RETURNED, []),
    ]
