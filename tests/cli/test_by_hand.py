import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cluster_sheets.cli.by_hand import as_document, at_work, changing, word_of
from cluster_sheets.night import init
from cluster_sheets.report.run import Exit
from cluster_sheets.store import meta
from cluster_sheets.store.places import Places
from cluster_sheets.verdict.word import NotDoneError

AT = datetime(2026, 9, 28, 2, 0, tzinfo=UTC)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return init(tmp_path / "central", key=bytes(32))


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_dry_run_changes_a_copy_and_nothing_else(places: Places, dry_run: bool) -> None:
    with changing(places, AT, dry_run) as night, night.store.transaction():
        meta.put(night.store, "EXAMPLE", "changed")
    with at_work(places, AT) as night:
        assert meta.get(night.store, "EXAMPLE") == (None if dry_run else "changed")


def test_what_cannot_be_done_ends_the_command_with_its_sentence(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended, at_work(places, AT):
        raise NotDoneError("It was sent: it cannot be called back.")
    assert (ended.value.code, capsys.readouterr().err) == (Exit.SET_UP, "It was sent: it cannot be called back.\n")


def test_a_word_bears_the_moment_of_the_command(places: Places) -> None:
    with at_work(places, AT) as night:
        word = word_of(night, "EXAMPLE Admin", "rang the office")
    assert (word.who, word.why, word.at) == ("EXAMPLE Admin", "rang the office", AT)


def test_a_document_is_a_list_of_what_it_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    @dataclass
    class Told:
        name: str

    as_document([Told("one"), "two"])
    assert json.loads(capsys.readouterr().out) == [{"name": "one"}, "two"]
