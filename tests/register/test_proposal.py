from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from cluster_sheets.register.make import made
from cluster_sheets.register.model import Member, Register
from cluster_sheets.register.proposal import Proposal, proposals, write_proposal
from cluster_sheets.register.read import register_of
from cluster_sheets.store import provenance, questions
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from cluster_sheets.store.questions import REMEMBER, Question
from tests.store.made import NIGHT, keep
from tests.store.made import made as store_made

ADDRESS = "temp.senco@agency.example"
READ, _ = register_of(made(), "register.xlsx")
assert READ is not None
REGISTER: Register = READ
URN, OTHER = list(REGISTER.schools)[:2]
SCHOOL = REGISTER.schools[URN]
TODAY = date(2026, 9, 28)


def say(
    store: Store, answer: str | None = REMEMBER, sender: str = ADDRESS, urn: str | None = URN, number: int = 1
) -> None:
    """A held submission came from an address, and the admin said something of it."""
    with store.transaction():
        unit = keep(store, f"EXAMPLE {number}".encode())
        provenance.put_many(store, [provenance.Provenance(unit.unit_id, unit.mail_sha256, urn=urn, sender=sender)])
        asked = Question(f"q{number}", "", unit.unit_id, None, "held", "sender-not-registered")
        questions.add_many(store, [(asked, {})])
        questions.answer_many(store, [(asked.question_id, answer)], NIGHT)


def with_member(**changed: object) -> Register:
    person = Member("M900", "EXAMPLE Person", "SENCO", ADDRESS, URN)
    return replace(REGISTER, members=(*REGISTER.members, replace(person, **changed)))  # type: ignore[arg-type]


def addresses(store: Store, register: Register = REGISTER) -> list[str]:
    return [each.address for each in proposals(store, register)]


def test_rule_18_an_address_the_admin_wants_remembered_is_a_line_for_the_register(tmp_path: Path) -> None:
    with store_made(tmp_path) as store:
        say(store)
        assert proposals(store, REGISTER) == (Proposal("M051", ADDRESS, SCHOOL, REGISTER.day_of(NIGHT)),)


@pytest.mark.parametrize("answer", ["accept", "return", None])
def test_no_other_answer_proposes_anything(tmp_path: Path, answer: str | None) -> None:
    with store_made(tmp_path) as store:
        say(store, answer)
        assert proposals(store, REGISTER) == ()


@pytest.mark.parametrize("told", [{"sender": ""}, {"urn": None}, {"urn": "999999"}])
def test_nothing_is_proposed_without_an_address_or_a_school(tmp_path: Path, told: dict[str, str]) -> None:
    with store_made(tmp_path) as store:
        say(store, **told)  # type: ignore[arg-type]
        assert proposals(store, REGISTER) == ()


def test_an_address_is_proposed_once_for_each_school_and_each_gets_its_own_number(tmp_path: Path) -> None:
    with store_made(tmp_path) as store:
        for number, (sender, urn) in enumerate(((ADDRESS, URN), (ADDRESS.upper(), URN), (ADDRESS, OTHER))):
            say(store, sender=sender, urn=urn, number=number)
        told = proposals(store, REGISTER)
        assert [(each.member_id, each.address, each.school.urn) for each in told] == [
            ("M051", ADDRESS, URN),
            ("M052", ADDRESS, OTHER),
        ]


def test_rule_18_what_stands_in_the_register_is_proposed_no_more(tmp_path: Path) -> None:
    with store_made(tmp_path) as store:
        say(store)
        assert addresses(store, with_member(email=ADDRESS.upper())) == []
        assert addresses(store, with_member(school_urn="", trust=SCHOOL.trust)) == []
        assert addresses(store, with_member(until=TODAY - timedelta(days=1))) == []
        assert addresses(store, with_member(school_urn=OTHER)) == [ADDRESS]
        assert addresses(store, with_member(school_urn="", trust="EXAMPLE another trust")) == [ADDRESS]


def test_the_next_number_goes_on_from_the_highest(tmp_path: Path) -> None:
    with store_made(tmp_path) as store:
        say(store)
        assert proposals(store, with_member(email="", member_id="M0997"))[0].member_id == "M998"
        assert proposals(store, replace(REGISTER, members=()))[0].member_id == "M001"


def test_no_workbook_is_made_where_nothing_was_ever_proposed(tmp_path: Path) -> None:
    with store_made(tmp_path) as store:
        write_proposal(store, Places(tmp_path), REGISTER, NIGHT)
        assert not Places(tmp_path).proposal.exists()


def test_rule_18_the_workbook_is_written_and_the_register_is_left_alone(tmp_path: Path) -> None:
    places = Places(tmp_path)
    places.register.write_bytes(b"EXAMPLE")
    with store_made(tmp_path) as store:
        say(store)
        write_proposal(store, places, REGISTER, NIGHT)
        cells = [cell.value for cell in openpyxl.load_workbook(places.proposal).worksheets[0][5]]
        assert cells[:5] == ["M051", None, ADDRESS, None, URN]
        assert places.proposal.stat().st_mode & 0o777 == 0o600
        first = places.proposal.read_bytes()
        places.proposal.write_bytes(first + b"typed")
        write_proposal(store, places, REGISTER, NIGHT)
        assert places.proposal.read_bytes() == first + b"typed"
    assert places.register.read_bytes() == b"EXAMPLE"


def test_what_was_typed_beside_an_address_stays_when_another_comes(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with store_made(tmp_path) as store:
        say(store)
        write_proposal(store, places, REGISTER, NIGHT)
        book = openpyxl.load_workbook(places.proposal)
        book.worksheets[0]["B5"], book.worksheets[0]["D5"] = "EXAMPLE Person", "SENCO"
        book.save(places.proposal)
        say(store, sender="second@agency.example", number=2)
        write_proposal(store, places, REGISTER, NIGHT)
        rows = [
            [cell.value for cell in row[:4]] for row in openpyxl.load_workbook(places.proposal).worksheets[0]["A5:D6"]
        ]
        assert rows == [
            ["M051", "EXAMPLE Person", ADDRESS, "SENCO"],
            ["M052", None, "second@agency.example", None],
        ]


def test_once_all_are_in_the_register_the_workbook_says_so(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with store_made(tmp_path) as store:
        say(store)
        write_proposal(store, places, REGISTER, NIGHT)
        write_proposal(store, places, with_member(), NIGHT)
        sheet = openpyxl.load_workbook(places.proposal).worksheets[0]
        assert (sheet["A1"].value, sheet["A5"].value) == ("Members to add: nothing just now", None)


def test_a_kill_before_the_note_writes_the_same_bytes_again(tmp_path: Path) -> None:
    places = Places(tmp_path)
    with store_made(tmp_path) as store:
        say(store)
        write_proposal(store, places, REGISTER, NIGHT)
        written = places.proposal.read_bytes()
        with store.transaction():
            store.write("DELETE FROM cluster.file_seen", [()])
        write_proposal(store, places, REGISTER, NIGHT)
        assert places.proposal.read_bytes() == written
