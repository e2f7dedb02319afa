"""Who may apply, when."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.register.model import CANCELLED, CITY, CLUSTER, Came, Membership, School, Schools
from tests.register.made import REGISTER

SCHOOLS = sorted(REGISTER.schools.values(), key=lambda school: school.urn)


@given(st.sampled_from(SCHOOLS), st.booleans(), st.booleans())
def test_a_school_is_known_in_any_case_and_punctuation(school: object, upper: bool, bare: bool) -> None:
    name = school.name  # type: ignore[attr-defined]
    typed = name.replace("'", "\u2019").upper() if upper else name.casefold()
    typed = f"  {typed.replace(chr(0x2019), '')} " if bare else typed
    assert REGISTER.urns_named(typed) == (school.urn,)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "name",
    [
        "St Peter's CofE Academy",
        "Haywood Academy",
        "Hanley St Luke's CofE Aided Primary School",
        "Manor Abbey School",
        "Abbey Hill Academy & College",
        "Holden Lane High School Specialist Sports College",
        "Waterside Primary Academy",
        "John Baskeyfield VC CofE Primary School",
        "Brownhills Maths and Computing College",
        "Abbey Hulton Primary Schol",
        "",
    ],
)
def test_a_name_that_is_only_alike_is_nobody(name: str) -> None:
    assert REGISTER.urns_named(name) == ()


MARKED = [(alias, school.urn) for school in SCHOOLS for alias in school.ambiguous]


@pytest.mark.parametrize(("alias", "urn"), [*MARKED, ("St Marks", "146465"), ("Abbey Hulton", "146487")])
def test_an_alias_that_could_mean_something_else_in_a_text_is_its_school_where_only_one_has_it(
    alias: str, urn: str
) -> None:
    assert REGISTER.urns_named(alias) == (urn,)


@pytest.mark.parametrize(("first", "second"), [("?", "?"), ("", "?"), ("?", ""), ("", "")])
def test_an_alias_of_two_schools_could_be_either(first: str, second: str) -> None:
    name = ("Northgate",)
    two = [
        replace(school, ambiguous=name) if mark else replace(school, aliases=name)
        for school, mark in zip(SCHOOLS, (first, second), strict=False)
    ]
    register = replace(REGISTER, schools={school.urn: school for school in two})
    assert sorted(register.urns_named("Northgate")) == [school.urn for school in two]


def test_an_alias_that_one_school_has_with_and_without_the_mark_is_its_own() -> None:
    school = replace(SCHOOLS[0], aliases=("Northgate",), ambiguous=("Northgate",))
    assert replace(REGISTER, schools={school.urn: school}).urns_named("Northgate") == (school.urn,)


def test_members_are_dated() -> None:
    assert len(REGISTER.members_on("CEN", date(2026, 10, 15))) == 25
    assert REGISTER.members_on("CEN", date(2025, 8, 31)) == ()


DAY = date(2026, 10, 15)


def test_the_senco_is_answered_first_and_only_registered_addresses_send() -> None:
    addresses = REGISTER.reply_addresses("146487", DAY)
    assert [address.partition("@")[0] for address in addresses] == ["senco", "head"]
    assert REGISTER.sender_schools(addresses[0].upper(), DAY) == ("146487",)
    assert REGISTER.sender_schools("someone@elsewhere.example", DAY) == ()


def test_people_send_and_are_answered_only_while_they_are_in_their_role() -> None:
    senco = next(each for each in REGISTER.members if each.school_urn == "146487" and each.role == "SENCO")
    first, last = date(2026, 9, 1), date(2026, 12, 18)
    dated = replace(senco, since=first, until=last)
    register = replace(REGISTER, members=tuple(dated if each is senco else each for each in REGISTER.members))
    for day, there in ((date(2026, 8, 31), False), (first, True), (last, True), (date(2026, 12, 19), False)):
        assert (senco.email in register.reply_addresses("146487", day)) is there
        assert (register.sender_schools(senco.email, day) == ("146487",)) is there
        assert register.reply_addresses("146487", day)[-1].startswith("head@")


CLOSES, FIX_BY = datetime(2026, 10, 1, 16, 0, tzinfo=UTC), datetime(2026, 10, 7, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "now", "meeting"),
    [
        (CLOSES, CLOSES, "CEN-2627-A1"),
        (CLOSES.replace(second=1), CLOSES.replace(second=1), "CEN-2627-A2"),
        (CLOSES, FIX_BY, "CEN-2627-A1"),
        (CLOSES, FIX_BY.replace(second=1), "CEN-2627-A2"),
        (datetime(2027, 7, 1, tzinfo=UTC), datetime(2027, 7, 1, tzinfo=UTC), None),
    ],
)
def test_a_form_counts_for_the_first_meeting_it_is_in_time_for(
    first: datetime, now: datetime, meeting: str | None
) -> None:
    found = REGISTER.next_of(CLUSTER, "CEN", date(2026, 10, 15), Came(first, now))
    assert (found.meeting_id if found else None) == meeting


def test_the_next_of_a_kind_is_none_of_those_that_are_left_out() -> None:
    day = date(2026, 10, 15)
    assert getattr(REGISTER.next_of(CLUSTER, "CEN", day, besides={"CEN-2627-A1"}), "meeting_id", "") == "CEN-2627-A2"
    assert getattr(REGISTER.next_of(CITY, "CEN", day), "meeting_id", "") == "CITY-2627-A"
    assert REGISTER.next_of(CLUSTER, "N", day) is None


def test_closing_time_is_told_by_the_clock_in_london() -> None:
    winter = REGISTER.meeting("CEN-2627-A2")
    assert winter is not None
    assert winter.closes_at == datetime(2026, 11, 19, 17, 0, tzinfo=UTC)


def test_quorum_is_two_fifths_rounded_up() -> None:
    meeting = REGISTER.meeting("CEN-2627-A1")
    assert meeting is not None
    assert meeting.quorum_needed == 10


def test_the_meeting_next_due_is_the_first_held_from_today_on() -> None:
    day = datetime(2026, 10, 15, 12, 0, tzinfo=UTC)
    due = {kind: REGISTER.next_due(day, kind) for kind in ("", CLUSTER, CITY)}
    assert {kind: meeting and meeting.meeting_id for kind, meeting in due.items()} == {
        "": "CEN-2627-A1",
        CLUSTER: "CEN-2627-A1",
        CITY: "CITY-2627-A",
    }
    assert REGISTER.next_due(datetime(2027, 8, 1, tzinfo=UTC)) is None


def test_each_cluster_has_a_meeting_next_due_and_the_city_one() -> None:
    own = REGISTER.meeting("CEN-2627-A1")
    assert own is not None
    north = [replace(own, meeting_id=f"N-{at}", cluster="N", day=date(2026, at, 20)) for at in (10, 12)]
    register = replace(REGISTER, meetings=(*REGISTER.meetings, *north))
    due = register.due(datetime(2026, 10, 16, tzinfo=UTC))
    assert [each.meeting_id for each in due] == ["N-10", "CITY-2627-A", "CEN-2627-A2"]
    of_one = [register.next_due(datetime(2026, 10, 1, tzinfo=UTC), CLUSTER, code) for code in ("CEN", "N", "S")]
    assert [each and each.meeting_id for each in of_one] == ["CEN-2627-A1", "N-10", None]


def test_a_school_is_in_the_cluster_of_the_day() -> None:
    urn = next(iter(REGISTER.schools))
    moved = replace(
        REGISTER.schools[urn],
        memberships=(Membership("CEN", date(2020, 9, 1), date(2026, 8, 31)), Membership("N", date(2026, 9, 1))),
    )
    register = replace(REGISTER, schools={urn: moved})
    days = (date(2019, 1, 1), date(2026, 8, 31), date(2026, 9, 1))
    assert [register.cluster_of(urn, day) for day in days] == ["", "CEN", "N"]
    assert register.cluster_of("no such school", days[1]) == ""


def test_a_cancelled_meeting_is_never_next_due() -> None:
    off = tuple(
        replace(each, status=CANCELLED) if each.meeting_id == "CEN-2627-A1" else each for each in REGISTER.meetings
    )
    due = replace(REGISTER, meetings=off).next_due(datetime(2026, 10, 1, tzinfo=UTC), CLUSTER)
    assert due is not None
    assert due.meeting_id == "CEN-2627-A2"


def test_a_round_is_open_until_it_closes_and_never_where_it_is_cancelled_or_of_another_cluster() -> None:
    first = [each.meeting_id for each in REGISTER.open_rounds(CLOSES)]
    assert first == ["CEN-2627-A1", "CEN-2627-A2", "CEN-2627-Sp1", "CEN-2627-Sp2", "CEN-2627-Su1", "CEN-2627-Su2"]
    assert [each.meeting_id for each in REGISTER.open_rounds(CLOSES.replace(second=1), "CEN")] == first[1:]
    assert REGISTER.open_rounds(CLOSES, "N") == ()
    off = replace(REGISTER, meetings=tuple(replace(each, status=CANCELLED) for each in REGISTER.meetings))
    assert off.open_rounds(CLOSES) == ()


def test_meetings_held_since_a_day_are_in_order_and_leave_out_those_that_are_not() -> None:
    gone = replace(
        REGISTER,
        meetings=tuple(
            replace(each, status=CANCELLED) if each.meeting_id == "CEN-2627-A2" else each
            for each in reversed(REGISTER.meetings)
        ),
    )
    told = [each.meeting_id for each in gone.held_since(date(2026, 11, 26))]
    assert told[:2] == ["CITY-2627-A", "CEN-2627-Sp1"]
    assert gone.held_since(date(2030, 1, 1)) == ()


SINCE = (("999001", ("100001", "100002", "100003")), ("100003", ("100002",)))


def test_a_urn_that_a_school_had_before_leads_to_it() -> None:
    first, second = (School(urn, f"School {urn}", "PS", (), predecessors=had) for urn, had in SINCE)
    schools = Schools({first.urn: first, second.urn: second})
    assert (schools["100001"], schools.get("100003"), "100009" in schools) == (first, second, False)
    assert "100002" not in schools, "nobody can tell which of the two is meant"
    assert (list(schools), len(schools)) == (["999001", "100003"], 2)


def test_addresses_and_membership_are_told_by_an_earlier_urn_too() -> None:
    urn = next(iter(REGISTER.schools))
    new = replace(REGISTER.schools[urn], urn="999001", predecessors=(urn,))
    people = (replace(each, school_urn="999001") if each.school_urn == urn else each for each in REGISTER.members)
    register = replace(REGISTER, schools={"999001": new}, members=tuple(people))
    day = date(2026, 10, 1)
    assert (register.now(urn), register.now("123456")) == ("999001", "123456")
    assert replace(register, clusters=()).now(urn) == "999001", "a register that is changed knows it as well"
    assert register.reply_addresses(urn, day) == REGISTER.reply_addresses(urn, day) != ()
    assert register.is_member(urn, "CEN", day)
    assert [each.urn for each in register.members_on("CEN", day)] == ["999001"]
