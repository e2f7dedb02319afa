"""What a line says of its case is held against what we write there, wherever the line has come to."""

from pathlib import Path

from openpyxl.workbook.workbook import Workbook

from cluster_sheets.intake.limits import limits
from cluster_sheets.panel.decisions.left import Lying
from cluster_sheets.panel.decisions.said import Said, said_otherwise
from cluster_sheets.panel.decisions.workbook import lying, made_anew, path_of
from cluster_sheets.store import decisions
from tests.decided import ADVICE, NEED, PROJECT, SP1, Desk, desk
from tests.office import needs_office, recalculated
from tests.panel.decisions.test_unread import cells, decided, swapped_references


def told(at: Desk) -> list[Said]:
    data = path_of(at.places, SP1).read_bytes()
    lies = lying(data, limits(at.register.settings.whole))
    assert isinstance(lies, Lying)
    new = made_anew(at.store, at.register, at.meeting, lies)
    return [said for tab in ("Decisions", "Conditions and feedback") for said in said_otherwise(lies, tab, new)]


def test_as_we_made_it_nothing_is_said_otherwise(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED, ADVICE) as at:
        assert told(at) == []
        decided(at)
        assert told(at) == []


def test_a_line_whose_case_is_in_small_letters_is_its_line(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        at.change(cells("Decisions", B6=" k7 "))
        assert told(at) == []


def test_a_line_that_has_lost_its_words_is_known_by_its_reference(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        at.change(cells("Decisions", C6=None, E6=None, J6=None))
        assert told(at) == []


def test_references_that_changed_places_are_told_and_words_beside_them_are_not(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        at.change(swapped_references)
        at.change(cells("Decisions", J6="EXAMPLE"))
        assert told(at) == [Said("Decisions", "B6", True), Said("Decisions", "B7", True)]


def test_a_case_on_two_lines_is_told_as_that(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        decided(at)
        at.change(cells("Decisions", B7="K7"))
        assert told(at) == []
        assert "case-twice" in at.codes()


def test_a_line_that_is_no_longer_in_the_pack_is_not_judged(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED) as at:
        decided(at)
        at.change(cells("Decisions", B7="P8"))
        assert told(at) == []
        assert "case-not-in-pack" in at.codes()


def test_once_it_is_mended_the_decisions_are_taken(tmp_path: Path) -> None:
    def words(book: Workbook) -> None:
        cells("Decisions", J6="Agreed, subject to seeing the quote")(book)

    with desk(tmp_path, PROJECT, NEED) as at:
        decided(at)
        at.change(words)
        assert at.codes() == ["decisions-beside"]
        at.change(cells("Decisions", J6=None))
        assert at.codes() == []
        assert len(decisions.of_meeting(at.store, SP1)) == 2


@needs_office
def test_worked_out_by_libreoffice_it_says_what_we_wrote(tmp_path: Path) -> None:
    with desk(tmp_path, PROJECT, NEED, ADVICE) as at:
        path = path_of(at.places, SP1)
        at.change(lambda book: book["Meeting"].insert_rows(3))
        path.write_bytes(recalculated(path.read_bytes()))
        assert told(at) == []
