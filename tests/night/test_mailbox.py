"""A night with mailboxes: what comes is fetched first and filed last, and one that is away stops nothing."""

import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cluster_sheets.connect.error import ConfigError
from cluster_sheets.night import order, run
from cluster_sheets.night.quiet import NOTE
from cluster_sheets.night.workspace import Night
from cluster_sheets.report.run import Exit
from cluster_sheets.store import nights
from cluster_sheets.store.database import Store
from cluster_sheets.store.fetched import Lies
from cluster_sheets.store.places import Places
from tests.night.made import full
from tests.store.asked import where_mails_lie

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Places, datetime, Path]:
    """A workspace whose mails wait in a Maildir, its bare workbooks in the inbox."""
    places, at = full(tmp_path / "central")
    maildir = tmp_path / "Maildir"
    for half in ("cur", "new", "tmp"):
        (maildir / half).mkdir(parents=True)
    for number, path in enumerate(sorted(places.inbox.glob("*.eml"))):
        shutil.move(path, maildir / "new" / f"{number}.example")
    places.config.write_text('[[mail.route]]\nkind = "maildir"\npath = "../Maildir"\n')
    return places, at, maildir


def filed(maildir: Path) -> dict[str, int]:
    """How many mails lie in each folder."""
    found: dict[str, int] = {}
    for path in maildir.rglob("*"):
        if path.is_file() and path.name != "maildirfolder":
            folder = path.parent.parent.relative_to(maildir).as_posix()
            found[folder] = found.get(folder, 0) + 1
    return found


def broken(night: Night) -> None:
    raise AssertionError


def test_what_lies_in_a_mailbox_is_judged_as_if_it_had_been_dropped_and_filed_by_its_verdict(
    desk: tuple[Places, datetime, Path], tmp_path: Path
) -> None:
    places, at, maildir = desk
    twin, _ = full(tmp_path / "twin")
    mine, other = run(places.root, at), run(twin.root, at)
    assert mine.tonight == other.tonight
    assert mine.exit_code == Exit.NEEDED
    assert mine.needs == other.needs
    with Store.open(places.root) as store:
        lies = next(iter(where_mails_lie(store).values()))
    assert filed(maildir) == {".Processed": lies[Lies.PROCESSED], ".Held": lies[Lies.HELD]}
    assert sum(lies.values()) == sum(filed(maildir).values()) > 5


def test_told_again_it_changes_nothing(desk: tuple[Places, datetime, Path]) -> None:
    places, at, maildir = desk
    first = run(places.root, at)
    before = filed(maildir)
    assert run(places.root, at).to_json() == first.to_json()
    assert filed(maildir) == before


def test_a_night_before_which_nothing_came_is_quiet_but_has_looked(
    desk: tuple[Places, datetime, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    places, at, maildir = desk
    run(places.root, at)
    assert (places.private / NOTE).exists()
    monkeypatch.setattr(order, "STAGES", (broken,))
    assert run(places.root, at + HOUR).exit_code == Exit.NEEDED
    kept = next(maildir.glob(".Processed/cur/*"))
    (maildir / "new" / "later").write_bytes(kept.read_bytes().replace(b"Message-ID: <", b"Message-ID: <later"))
    assert run(places.root, at + 2 * HOUR).exit_code == Exit.FAILED


def test_what_came_since_is_work(desk: tuple[Places, datetime, Path]) -> None:
    places, at, maildir = desk
    run(places.root, at)
    kept = next(maildir.glob(".Processed/cur/*"))
    (maildir / "new" / "later").write_bytes(kept.read_bytes().replace(b"Message-ID: <", b"Message-ID: <later"))
    assert run(places.root, at + HOUR).tonight.received == 1
    assert not list((maildir / "new").iterdir())


def test_a_mailbox_that_is_away_stops_nothing_and_the_night_ends_with_5(
    desk: tuple[Places, datetime, Path],
) -> None:
    places, at, maildir = desk
    maildir.rename(maildir.with_name("away"))
    told = run(places.root, at)
    assert told.exit_code == Exit.UNREACHABLE
    assert told.tonight.received > 0
    assert "Maildir can't be read as a Maildir" in " ".join(each.what for each in told.needs)
    assert told.packs
    assert not (places.private / NOTE).exists()
    maildir.with_name("away").rename(maildir)
    again = run(places.root, at + HOUR)
    assert again.exit_code == Exit.NEEDED
    assert not list((maildir / "new").iterdir())


def test_a_mailbox_that_goes_away_on_a_quiet_night_is_told(desk: tuple[Places, datetime, Path]) -> None:
    places, at, maildir = desk
    run(places.root, at)
    maildir.rename(maildir.with_name("away"))
    assert run(places.root, at + HOUR).exit_code == Exit.UNREACHABLE
    assert not (places.private / NOTE).exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[mail.route]]\nkind = "pop3"\n', "cluster-sheets.toml:2: kind must be one of"),
        (
            '[[mail.route]]\nkind = "imap"\nhost = "h"\nuser = "u"\nsecret = "env:EXAMPLE_NOWHERE"\n',
            "cluster-sheets.toml:1: EXAMPLE_NOWHERE is not set",
        ),
        (
            '[send]\nkind = "smtp"\nhost = "h"\nuser = "u"\nsecret = "file:nowhere"\n',
            "cluster-sheets.toml:1: nowhere is missing",
        ),
    ],
)
def test_no_night_begins_while_something_in_cluster_sheets_toml_is_to_be_mended(
    desk: tuple[Places, datetime, Path], text: str, said: str
) -> None:
    places, at, _ = desk
    places.config.write_text(text)
    with pytest.raises(ConfigError, match=said):
        run(places.root, at)
    with Store.open(places.root) as store:
        assert nights.last(store) is None
    assert not places.reports(at).exists()


def test_another_cluster_sheets_toml_is_work(
    desk: tuple[Places, datetime, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    places, at, _ = desk
    run(places.root, at)
    monkeypatch.setattr(order, "STAGES", (broken,))
    places.config.write_text(places.config.read_text() + "# changed\n")
    assert run(places.root, at + HOUR).exit_code == Exit.FAILED


def test_files_that_could_not_be_taken_are_told(desk: tuple[Places, datetime, Path], tmp_path: Path) -> None:
    places, at, _ = desk
    shared = tmp_path / "shared"
    shared.mkdir()
    with (shared / "huge.xlsx").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    places.config.write_text('[[mail.route]]\nkind = "folder"\npath = "../shared"\n')
    told = run(places.root, at)
    assert [each.about for each in told.needs if each.where == "The mailbox"] == ["1 message"]
    assert json.loads((places.reports(at) / "run.json").read_text())["exit_code"] == Exit.NEEDED
