"""Known person, unknown address (mail.md 18), from the first mail to the second, through real nights."""

import email
import shutil
from collections.abc import Iterator
from datetime import timedelta
from email.policy import default
from pathlib import Path

import openpyxl
import pytest

from cluster_sheets.night import run
from cluster_sheets.store import audit, units
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import State
from tests.whole.spoilt import SUSTAIN, Made, Spoilt
from tests.whole.test_every_rule import Workspace

STRANGER = "temp.senco@agency.example"
REMEMBER = "Accept and remember this address"
CASE = Spoilt("first", lambda made: [made.mail((made.name, made.good), sender=STRANGER)], State.HELD)
AGAIN = Spoilt(
    "second", lambda made: [made.mail(("second.xlsx", made.but(sustain=SUSTAIN)), sender=STRANGER)], State.ACCEPTED
)
NIGHT = timedelta(minutes=30)


def answer(path: Path, said: str) -> None:
    """The admin chooses an answer on the one line of the sheet Held."""
    book = openpyxl.load_workbook(path)
    sheet = book["Held"]
    (line,) = (row for row in sheet.iter_rows(min_row=5) if "|" in str(row[0].value))
    offered = [each.formula1 for each in sheet.data_validations.dataValidation]
    assert offered == ['"Accept,Return,Accept and remember this address"']
    line[-1].value = said
    book.save(path)


def copied(proposal: Path, register: Path) -> None:
    """The admin fills in name and role, and copies the line below the members."""
    line = [cell.value for cell in openpyxl.load_workbook(proposal).worksheets[0][5]][:9]
    line[1], line[3] = "EXAMPLE Person", "SENCO"
    book = openpyxl.load_workbook(register)
    book["Members"].append(line)
    book.save(register)


def told(made: Workspace) -> list[tuple[str, str]]:
    """(kind, to whom) of every reply."""
    mails = [email.message_from_bytes(path.read_bytes(), policy=default) for path in made.places.outbox.glob("*.eml")]
    return sorted((str(each["X-Cluster-Sheets-Kind"]), str(each["To"]).strip("<>")) for each in mails)


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Made, bytes]]:
    """A workspace whose admin has accepted the first mail and wants its address remembered."""
    made = Workspace(tmp_path_factory.mktemp("known") / "central", 1)
    at = made.meeting.closes_at - timedelta(hours=20)
    request = made.made(CASE.code, 0, at)
    made.drop(CASE, request)
    register = made.places.register.read_bytes()
    run(made.places.root, at)
    assert (made.came(CASE.code).state, made.came(CASE.code).codes) == (State.HELD, ("sender-not-registered",))
    assert [kind for kind, _ in told(made)] == ["held"]
    answer(made.places.review / f"{made.meeting.meeting_id}.xlsx", REMEMBER)
    run(made.places.root, at + NIGHT)
    yield made, request, register
    shutil.rmtree(made.places.root.parent, ignore_errors=True)


def test_rule_18_one_word_accepts_it_and_proposes_the_address(known: tuple[Workspace, Made, bytes]) -> None:
    made, request, register = known
    assert made.came(CASE.code).state is State.ACCEPTED
    line = [cell.value for cell in openpyxl.load_workbook(made.places.proposal).worksheets[0][5]]
    assert (line[2], line[4]) == (STRANGER, request.sample.urn)
    assert made.places.register.read_bytes() == register
    with Store.open(made.places.root) as store:
        assert "held: accept-and-remember" in [each.text for each in audit.everything(store)]


def test_rule_18_the_receipt_goes_to_the_registered_address_and_never_to_the_unknown_one(
    known: tuple[Workspace, Made, bytes],
) -> None:
    made, request, _ = known
    day = made.register.day_of(request.at)
    registered = made.register.reply_addresses(request.sample.urn, day)[0]
    assert told(made) == [("held", registered), ("receipt", registered)]


def test_rule_18_once_the_line_stands_in_the_register_later_mail_is_accepted(
    known: tuple[Workspace, Made, bytes],
) -> None:
    made, request, _ = known
    at = request.at + 2 * NIGHT
    made.drop(AGAIN, made.made("second", 0, at))
    copied(made.places.proposal, made.places.register)
    run(made.places.root, at)
    came = made.came("second")
    assert (came.state, came.codes) == (State.ACCEPTED, ("newer-version-kept",))
    assert openpyxl.load_workbook(made.places.proposal).worksheets[0]["A1"].value == "Members to add: nothing just now"
    with Store.open(made.places.root) as store:
        assert units.counts(store)[State.HELD] == 0
