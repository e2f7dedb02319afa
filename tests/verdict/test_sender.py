from dataclasses import replace
from datetime import timedelta

import pytest

from cluster_sheets.register.model import Member, Register
from cluster_sheets.verdict.sender import Sender, code, sender, unknown
from tests.verdict.made import NIGHT, OTHER, URN, register

REGISTER = register()
TODAY = REGISTER.day_of(NIGHT)
SENCO = REGISTER.reply_addresses(URN, TODAY)[0]
OTHERS = REGISTER.reply_addresses(OTHER, TODAY)[0]


def with_domains(*domains: str) -> Register:
    schools = dict(REGISTER.schools)
    schools[URN] = replace(schools[URN], email_domains=domains)
    return replace(REGISTER, schools=schools)


@pytest.mark.parametrize(
    ("address", "verified", "urn", "expected"),
    [
        ("", False, URN, ""),
        (SENCO, True, URN, ""),
        (SENCO.upper(), True, URN, ""),
        (SENCO, True, None, ""),
        (SENCO, False, URN, "sender-not-verified"),
        ("somebody@else.example", True, URN, "sender-not-registered"),
        ("somebody@else.example", False, URN, "sender-not-registered"),
        (OTHERS, True, URN, "sender-of-another-school"),
    ],
)
def test_rule_17_and_19_a_sender_breaks_one_rule_at_most(
    address: str, verified: bool, urn: str | None, expected: str
) -> None:
    assert code(REGISTER, sender(REGISTER, address, TODAY, verified=verified), urn) == expected


def test_rule_15_a_mail_without_one_clear_sender_is_held_whatever_its_stamp_says() -> None:
    for urn in (URN, None):
        assert code(REGISTER, sender(REGISTER, "", TODAY, verified=True, unclear=True), urn) == "sender-unclear"


def test_rule_21_what_came_through_a_list_is_held_whoever_is_in_from() -> None:
    for address in (SENCO, "staff@lists.example"):
        told = sender(REGISTER, address, TODAY, verified=True, listed=True)
        assert code(REGISTER, told, URN) == "sender-through-a-list"
        assert not unknown(told)


def test_rule_18_only_one_address_that_nobody_has_may_be_remembered() -> None:
    asked = {
        address: unknown(sender(REGISTER, address, TODAY, verified=True)) for address in (SENCO, "a@b.example", "")
    }
    assert asked == {SENCO: False, "a@b.example": True, "": False}


def test_people_of_a_trust_send_for_a_school_while_it_is_the_trusts() -> None:
    schools = dict(REGISTER.schools)
    first = replace(schools[URN].memberships[0], until=TODAY, trust="EXAMPLE Old Trust")
    second = replace(first, since=TODAY + timedelta(days=1), until=None, trust="EXAMPLE New Trust")
    schools[URN] = replace(schools[URN], memberships=(first, second), trust="EXAMPLE New Trust")
    people = tuple(
        Member(f"M99{at}", "EXAMPLE Trust Person", "SENCO", f"{at}@trust.example", trust=f"EXAMPLE {at} Trust")
        for at in ("Old", "New")
    )
    of_two = replace(REGISTER, schools=schools, members=(*REGISTER.members, *people))
    told = [
        sender(of_two, f"{at}@trust.example", day, verified=True).schools
        for at in ("Old", "New")
        for day in (TODAY, TODAY + timedelta(days=1))
    ]
    assert told == [(URN,), (), (), (URN,)]


def test_rule_19_a_domain_only_counts_where_the_register_names_one() -> None:
    own = SENCO.partition("@")[2]
    for domains, expected in (((), ""), ((own,), ""), (("moved.example",), "sender-domain-not-the-schools")):
        told = with_domains(*domains)
        assert code(told, sender(told, SENCO, TODAY, verified=True), URN) == expected


def test_people_of_a_trust_send_for_each_of_its_schools_and_no_other() -> None:
    trust = REGISTER.schools[URN].trust
    person = Member("M900", "EXAMPLE Trust Lead", "Trust SEND lead", "lead@trust.example", "", trust)
    told = replace(REGISTER, members=(*REGISTER.members, person))
    assert trust
    lead = sender(told, "lead@trust.example", TODAY, verified=True)
    assert URN in lead.schools
    assert code(told, lead, URN) == ""
    outside = next(urn for urn, school in told.schools.items() if school.trust != trust)
    assert code(told, lead, outside) == "sender-of-another-school"


def test_who_speaks_for_several_schools_speaks_for_the_one_that_is_named_and_for_none_by_itself() -> None:
    lead = Sender("lead@trust.example", True, (URN, OTHER))
    assert [lead.school(named) for named in ((), (URN,), (OTHER,), (URN, OTHER), ("999001",))] == [
        None,
        URN,
        OTHER,
        None,
        None,
    ]
    assert replace(lead, verified=False).school((OTHER,)) is None


def test_who_has_left_or_is_yet_to_come_sends_for_nobody() -> None:
    trust = REGISTER.schools[URN].trust
    lead = Member("M900", "EXAMPLE Trust Lead", "Trust SEND lead", "lead@trust.example", "", trust)
    before, after = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    for since, until, sends in ((None, before, False), (after, None, False), (TODAY, TODAY, True)):
        people = (*REGISTER.members, lead)
        told = replace(REGISTER, members=tuple(replace(each, since=since, until=until) for each in people))
        expected = "" if sends else "sender-not-registered"
        for address in (SENCO, "lead@trust.example"):
            assert code(told, sender(told, address, TODAY, verified=True), URN) == expected


def test_only_a_verified_sender_speaks_for_a_school_by_itself() -> None:
    assert sender(REGISTER, SENCO, TODAY, verified=True).school() == URN
    assert sender(REGISTER, SENCO, TODAY, verified=False).school() is None
    assert sender(REGISTER, "", TODAY, verified=True).school() is None
