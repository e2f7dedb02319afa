import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from cluster_sheets.base.reference import form_id, stamp
from cluster_sheets.reading.raw import RawForm, read
from cluster_sheets.register.model import Register
from cluster_sheets.replies.issue import IssueError, examples, issue, prefilled
from cluster_sheets.store import audit, blobs, forms, mails, provenance, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.erasure import erase_form
from cluster_sheets.store.places import Places
from cluster_sheets.verdict.stamp import stamped, told_by
from tests.register.made import REGISTER
from tests.replies.made import FORM, ISSUED, ROUND, SCHOOL
from tests.requests import OWN
from tests.store.made import KEY, keep

ANOTHER = "148220"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path, create=True, key=KEY) as opened:
        yield opened


def issued(
    store: Store, *urns: str, register: Register = REGISTER, how_many: int | None = None, days: int = 0
) -> tuple[Path, ...]:
    moment = ISSUED + timedelta(days=days)
    return issue(store, Places(store.workspace), register, FORM, ROUND, moment, how_many, urns or (OWN,)).paths


def contents(store: Store) -> dict[str, tuple[bytes, int]]:
    folder = Places(store.workspace).templates(ROUND)
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def test_each_school_gets_its_numbered_forms_with_its_name_on_them(store: Store) -> None:
    paths = issued(store, OWN, ANOTHER)
    assert [path.relative_to(store.workspace).as_posix() for path in paths] == [
        f"private/templates/{ROUND}/{school} form {number}.xlsx"
        for school in (SCHOOL, "Birches Head Academy")
        for number in (1, 2, 3)
    ]
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
    assert {folder.stat().st_mode & 0o777 for folder in paths[0].parents[:2]} == {0o700}


def test_a_form_comes_back_with_a_stamp_that_fits_and_what_the_register_knows(store: Store) -> None:
    path = issued(store)[1]
    raw = RawForm(**read(path.read_bytes()))
    identity = form_id(KEY, OWN, ROUND, 2)
    mark = stamp(KEY, identity, OWN, "CEN", ROUND, "CS-APP 2026.1")
    assert told_by(raw) == {
        "form_id": identity, "urn": OWN, "cluster": "CEN", "round": ROUND, "version": "CS-APP 2026.1", "mark": mark,
    }  # fmt: skip
    known = forms.get_many(store, [identity])
    assert stamped(told_by(raw), REGISTER, KEY, known).form == known[identity]
    given = {name: told[2] for name, told in raw.answers.items() if told[2] is not None}
    assert {name: given.get(name) for name in prefilled(REGISTER, FORM, REGISTER.schools[OWN], ISSUED.date())} == {
        "school_name": SCHOOL,
        "school_urn": OWN,
        "headteacher_name": "EXAMPLE Bryn Szabo",
        "contact_name": "EXAMPLE Amina Fenwick",
        "contact_role": "SENCO",
        "contact_email": "senco@abbey-hulton.example",
    }


def test_a_form_says_whose_it_is_which_meeting_by_when_and_where_to(store: Store) -> None:
    sheet = openpyxl.load_workbook(issued(store)[0])["Start here"]
    assert sheet["B2"].value == (f"{SCHOOL}: form 1, for the Central cluster meeting of Thursday 15 October 2026.")
    assert sheet["B3"].value == "Send it to cluster.central@council.example by 17:00 on Thursday 1 October 2026."


def test_a_second_call_changes_nothing(store: Store) -> None:
    first = issued(store)
    before, lines, kept = contents(store), audit.everything(store), forms.of_round(store, ROUND)
    assert issued(store, days=3) == first
    assert (contents(store), audit.everything(store), forms.of_round(store, ROUND)) == (before, lines, kept)


def test_what_a_kill_left_out_is_written_by_the_next_call_to_the_byte(store: Store) -> None:
    paths = issued(store)
    before = paths[1].read_bytes()
    paths[1].unlink()
    issued(store)
    assert paths[1].read_bytes() == before


def test_more_forms_on_request_come_beside_the_earlier_ones(store: Store) -> None:
    first = issued(store)
    later = issued(store, how_many=4, days=10)
    assert later == (*first, first[0].with_name(f"{SCHOOL} form 4.xlsx"))
    assert [each.number for each in forms.of_round(store, ROUND)] == [1, 2, 3, 4]


def _changed() -> Register:
    """Another day for the meeting's closing, another SENCO, and a newer version of the form."""
    meetings = tuple(
        replace(each, closes_at=each.closes_at - timedelta(days=1)) if each.meeting_id == ROUND else each
        for each in REGISTER.meetings
    )
    members = tuple(
        replace(each, name="EXAMPLE Nina Newcomer") if each.member_id == "M001" else each for each in REGISTER.members
    )
    version = replace(REGISTER.settings.lines["template_version"], value="CS-APP 2026.2")
    lines = {**REGISTER.settings.lines, "template_version": version}
    settings = replace(REGISTER.settings, lines=lines)
    return replace(REGISTER, meetings=meetings, members=members, settings=settings)


def test_forms_that_nobody_has_sent_back_show_what_the_register_says_now_and_the_others_stay(store: Store) -> None:
    paths = issued(store)
    before = [path.read_bytes() for path in paths]
    with store.transaction():
        keep(store, b"EXAMPLE", forms.of_round(store, ROUND)[0].form_id)
    places, moment, register = Places(store.workspace), ISSUED + timedelta(days=1), _changed()
    told = issue(store, places, register, FORM, ROUND, moment, None, (OWN,))
    assert (told.paths, told.anew, told.stay) == (paths, 2, 1)
    assert audit.everything(store)[-1] == audit.Line(moment, "admin", "issued", f"2 forms of {ROUND} written anew")
    assert paths[0].read_bytes() == before[0]
    raw = RawForm(**read(paths[1].read_bytes()))
    first, second, _ = forms.of_round(store, ROUND)
    parts = told_by(raw)
    assert (parts["form_id"], parts["version"], parts["mark"]) == (second.form_id, "CS-APP 2026.2", second.stamp)
    assert (first.version, second.number) == ("CS-APP 2026.1", 2)
    assert stamped(parts, register, KEY, {second.form_id: second}).form == second
    assert raw.answers["contact_name"][2] == "EXAMPLE Nina Newcomer"
    start = openpyxl.load_workbook(paths[1])["Start here"]
    assert start["B3"].value == "Send it to cluster.central@council.example by 17:00 on Wednesday 30 September 2026."
    # What a school was sent before still has a stamp that fits.
    assert stamped(told_by(RawForm(**read(before[1]))), register, KEY, {second.form_id: second}).form == second
    again, lines = contents(store), audit.everything(store)
    told = issue(store, places, register, FORM, ROUND, moment, None, (OWN,))
    assert (told.anew, told.stay, contents(store), audit.everything(store)) == (0, 1, again, lines)


def vouch(store: Store, number: int) -> None:
    """A request that came without its mark counts in a form of its own, which the school was never given."""
    identity, data = form_id(KEY, OWN, ROUND, number), f"EXAMPLE {number}".encode()
    mark = stamp(KEY, identity, OWN, "CEN", ROUND, "CS-APP 2026.1")
    sha256 = hashlib.sha256(data).hexdigest()
    with store.transaction():
        forms.issue_many(store, [forms.IssuedForm(identity, OWN, "CEN", ROUND, number, "CS-APP 2026.1", mark, ISSUED)])
        blobs.keep_many(store, [data])
        mails.add_many(store, [mails.Mail(sha256, "file", ISSUED, ISSUED)])
        units.add_many(store, [units.Unit(sha256[:16], sha256, sha256, 0, ISSUED, ISSUED)])
        provenance.put_many(store, [provenance.Provenance(sha256[:16], sha256, identity, None, "", "request.xlsx")])


def test_a_number_that_a_request_without_its_mark_counts_in_is_never_given_out(store: Store) -> None:
    vouch(store, 1)
    first = issued(store)
    assert [path.stem.rpartition(" ")[2] for path in first] == ["2", "3", "4"]
    vouch(store, 5)
    later = issued(store, how_many=4, days=10)
    assert later == (*first, first[0].with_name(f"{SCHOOL} form 6.xlsx"))
    assert issued(store, how_many=4, days=11) == later
    erase_form(store, form_id(KEY, OWN, ROUND, 5), ISSUED, "admin", "asked for")
    assert issued(store, how_many=4, days=12) == later


def test_the_audit_says_how_many_were_made_and_names_nobody(store: Store) -> None:
    issued(store, OWN, ANOTHER)
    assert audit.everything(store) == (audit.Line(ISSUED, "admin", "issued", f"6 forms of {ROUND} for 2 schools"),)


def test_every_member_of_the_cluster_on_the_day_gets_forms_where_none_is_named(store: Store) -> None:
    school = REGISTER.schools[ANOTHER]
    gone = replace(school, memberships=(replace(school.memberships[0], until=ISSUED.date()),))
    kept = {urn: REGISTER.schools[urn] for urn in (OWN, "139846")}
    register = replace(REGISTER, schools={**kept, ANOTHER: gone})
    issue(store, Places(store.workspace), register, FORM, ROUND, ISSUED, 1)
    assert {each.urn for each in forms.of_round(store, ROUND)} == {OWN, "139846"}


def test_a_school_that_is_no_member_is_refused_in_words(store: Store) -> None:
    with pytest.raises(IssueError, match=r"Not in the cluster on the day of CEN-2627-A1: 999999\."):
        issued(store, OWN, "999999")
    assert forms.of_round(store, ROUND) == ()


@pytest.mark.parametrize("round_id", ["CEN-2627-A9", "CITY-2627-A"])
def test_a_round_is_a_cluster_meeting_of_the_register(store: Store, round_id: str) -> None:
    with pytest.raises(IssueError, match=f"{round_id} is not a cluster meeting of the register. It has: CEN-2627-A1,"):
        issue(store, Places(store.workspace), REGISTER, FORM, round_id, ISSUED)


def test_a_round_whose_meeting_is_over_is_refused_and_names_those_to_come(store: Store) -> None:
    with pytest.raises(IssueError) as refused:
        issued(store, days=(date(2026, 10, 16) - ISSUED.date()).days)
    assert str(refused.value).startswith(
        "The meeting CEN-2627-A1 is over: it was on Thursday 15 October 2026. Choose a round that is still to come:"
        " CEN-2627-A2"
    )
    assert forms.of_round(store, ROUND) == ()


def test_a_round_that_has_closed_is_refused_and_says_when_it_did(store: Store) -> None:
    meeting = REGISTER.meeting(ROUND)
    assert meeting is not None
    shut = meeting.closes_at + timedelta(seconds=1)
    with pytest.raises(IssueError) as refused:
        issue(store, Places(store.workspace), REGISTER, FORM, ROUND, shut, 1, [OWN])
    assert str(refused.value) == (
        "The round CEN-2627-A1 has closed: its forms were due by 17:00 on Thursday 1 October 2026. Choose a round that"
        " is still to come: CEN-2627-A2, CEN-2627-Sp1, CEN-2627-Sp2, CEN-2627-Su1, CEN-2627-Su2."
    )
    assert forms.of_round(store, ROUND) == ()
    assert len(issue(store, Places(store.workspace), REGISTER, FORM, ROUND, meeting.closes_at, 1, [OWN]).paths) == 1


def test_people_who_are_only_examples_are_counted() -> None:
    assert examples(REGISTER) == len(REGISTER.members) > 0
    real = tuple(replace(each, name="Jo Field") for each in REGISTER.members)
    assert examples(replace(REGISTER, members=real)) == 0


def test_no_forms_are_made_for_a_cancelled_meeting(store: Store) -> None:
    meetings = tuple(
        replace(each, status="CANCELLED") if each.meeting_id == ROUND else each for each in REGISTER.meetings
    )
    with pytest.raises(IssueError, match="is cancelled in the register"):
        issued(store, register=replace(REGISTER, meetings=meetings))


def test_no_forms_at_all_are_not_asked_for(store: Store) -> None:
    with pytest.raises(IssueError, match="1 or more"):
        issued(store, how_many=0)


def test_a_person_who_has_left_is_not_written_into_a_form() -> None:
    members = tuple(
        replace(each, until=ISSUED.date() - timedelta(days=1)) if each.member_id == "M001" else each
        for each in REGISTER.members
    )
    told = prefilled(replace(REGISTER, members=members), FORM, REGISTER.schools[OWN], ISSUED.date())
    assert (told["contact_name"], told["contact_role"]) == ("EXAMPLE Bryn Szabo", "Headteacher")


def test_who_has_no_address_is_not_the_contact_where_somebody_else_has_one() -> None:
    day, own = ISSUED.date(), [each for each in REGISTER.members if each.school_urn == OWN]
    silent = tuple(replace(each, email="") if each.role == "SENCO" else each for each in own)
    second = replace(next(each for each in own if each.role == "SENCO"), member_id="M999", name="EXAMPLE Second")
    for members, name, role in (
        (silent, "EXAMPLE Bryn Szabo", "Headteacher"),
        ((*silent, second), "EXAMPLE Second", "SENCO"),
    ):
        register = replace(REGISTER, members=members)
        told = prefilled(register, FORM, REGISTER.schools[OWN], day)
        assert (told["contact_name"], told["contact_role"]) == (name, role)
        assert told["contact_email"] == register.reply_addresses(OWN, day)[0]
    nobody = replace(REGISTER, members=tuple(replace(each, email="") for each in own))
    assert "contact_name" not in prefilled(nobody, FORM, REGISTER.schools[OWN], day)
    assert prefilled(nobody, FORM, REGISTER.schools[OWN], day)["headteacher_name"] == "EXAMPLE Bryn Szabo"


def test_a_school_nobody_is_known_of_gets_its_own_name_only() -> None:
    told = prefilled(replace(REGISTER, members=()), FORM, REGISTER.schools[OWN], ISSUED.date())
    assert told == {"school_name": SCHOOL, "school_urn": OWN}
