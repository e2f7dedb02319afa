"""What people write in a mail is never data, and goes into no log, no report and no answer (mail.md 23, 27, 28)."""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from cluster_sheets.cli.main import cli
from cluster_sheets.store import provenance
from cluster_sheets.store.database import Store
from cluster_sheets.store.units import State
from tests.store.asked import every_unit
from tests.whole.spoilt import Spoilt
from tests.whole.test_every_rule import Workspace

BODY, SUBJECT, NAME = "zebrafinch", "quokkaberg", "narwhalton"
WORDS = (BODY, SUBJECT, NAME)
FILE = f"..\\..\\{NAME}\u202e.xlsx"
CASE = Spoilt(
    SUBJECT,
    lambda made: [made.mail((FILE, made.but(summary="Too short.")), text=f"Dear {BODY}, here it is")],
    State.RETURNED,
)


def texts(path: Path) -> Iterator[bytes]:
    """The bytes of a file and, of an archive, those of each part."""
    data = path.read_bytes()
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, str]:
    """A workspace after a night, and all that the night said."""
    made = Workspace(tmp_path_factory.mktemp("words") / "central", 1)
    at = made.meeting.closes_at - timedelta(hours=20)
    made.drop(CASE, made.made(CASE.code, 0, at))
    told = CliRunner().invoke(cli, ["run", "-w", str(made.places.root), "--as-of", at.isoformat(), "--json"])
    assert made.came(CASE.code).state is State.RETURNED
    return made, told.stderr + told.stdout


def test_rule_27_nothing_of_a_mails_words_is_outside_the_private_folder_or_said(ran: tuple[Workspace, str]) -> None:
    made, said = ran
    root = made.places.root
    outside = [path for path in root.rglob("*") if path.is_file() and made.places.private not in path.parents]
    assert len(outside) > 3
    found = {
        path.name: word
        for path in outside
        for text in texts(path)
        for word in WORDS
        if word.encode() in text.lower() or word.encode("utf-16-le") in text.lower()
    }
    assert found == {}
    assert [word for word in WORDS if word in said.lower()] == []


def test_rule_27_a_mails_words_are_in_no_answer_to_it(ran: tuple[Workspace, str]) -> None:
    made, _ = ran
    (answer,) = made.places.outbox.glob("*.eml")
    assert [word for word in WORDS if word.encode() in answer.read_bytes().lower()] == []


def test_rule_23_a_file_is_kept_under_its_sha256_and_its_name_is_display_data(ran: tuple[Workspace, str]) -> None:
    made, _ = ran
    mail = made.dropped[CASE.code][1]
    with Store.open(made.places.root) as store:
        assert store.ask("SELECT sha256 FROM received") == [(hashlib.sha256(mail).hexdigest(),)]
        (unit,) = every_unit(store)
        assert provenance.get_many(store, [unit.unit_id])[unit.unit_id].file_name == f"{NAME}.xlsx"
