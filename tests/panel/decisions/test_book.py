"""The decisions workbook as it opens: the same sums in LibreOffice, nothing cut, nothing open but the boxes."""

import io
from dataclasses import replace

import openpyxl
import pytest

from cluster_sheets.form.kind import Raw, Readers
from cluster_sheets.intake.limits import Limits
from cluster_sheets.panel.decisions.book import made
from cluster_sheets.panel.decisions.view import Typed
from cluster_sheets.panel.decisions.workbook import declared, read_raw, typed_in
from tests.office import differences, needs_office, page_texts, recalculated
from tests.panel.papers import CASES, MAIN, OWN, SAID, TYPED, project, view

FULL = made(declared(), view(), "mark", TYPED)
BLANK = made(declared(), view(), "mark")


def test_the_same_workbook_is_the_same_bytes() -> None:
    assert made(declared(), view(), "mark", TYPED) == FULL


def test_what_was_typed_is_read_back_as_it_was_typed() -> None:
    raw = read_raw(FULL, Limits())
    assert raw is not None
    told = typed_in(raw)
    assert told.own == OWN
    assert {ref: dict(line) for ref, line in told.lines.items() if _boxes(line)} == {
        ref: given for ref, given in SAID.items() if given
    }
    assert (raw.stamp["round"], raw.stamp["mark"]) == (["CEN-2627-Sp1"], ["mark"])


def _boxes(line: object) -> bool:
    assert isinstance(line, dict)
    for name in set(line) - {"outcome", "award", "conditions", "feedback"}:
        del line[name]
    return bool(line)


def test_only_boxes_are_open() -> None:
    book = openpyxl.load_workbook(io.BytesIO(BLANK))
    cases = len(CASES)
    open_cells = {
        sheet.title: sum(not cell.protection.locked for row in sheet.iter_rows() for cell in row)
        for sheet in book.worksheets
    }
    assert open_cells == {"Meeting": 4, "Decisions": 2 * cases, "Conditions and feedback": 2 * cases, "What is left": 0}
    assert all(sheet.protection.sheet for sheet in book.worksheets)


def test_the_list_of_outcomes_is_the_declared_one() -> None:
    (rules,) = [
        each
        for each in openpyxl.load_workbook(io.BytesIO(BLANK))["Decisions"].data_validations.dataValidation
        if each.type == "list"
    ]
    labels = [choice.label for choice in declared().field("decided.outcome").choices]
    assert rules.formula1 == f'"{",".join(labels)}"'
    assert len(labels) == 8


def test_there_is_no_vote_and_no_score() -> None:
    book = openpyxl.load_workbook(io.BytesIO(FULL), data_only=True)
    words = " ".join(
        str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row
    ).casefold()
    assert not [word for word in ("vote", "score", "ballot", "school_urn") if word in words]


def test_quorum_is_told_as_soon_as_schools_are_counted() -> None:
    def quorum(present: Raw) -> object:
        data = made(declared(), view(), "mark", Typed({"present": present} if present is not None else {}))
        sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Meeting"]
        return next(row[2].value for row in sheet.iter_rows() if row[1].value == "Quorum")

    assert [quorum(each) for each in (None, "ten", 9, 10)] == ["Not known yet", "Not known yet", "Not met", "Met"]


def test_a_box_says_required_until_it_is_filled_in_and_then_done() -> None:
    def checks(own: dict[str, Raw]) -> list[object]:
        data = made(declared(), view(), "mark", Typed(own))
        sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Meeting"]
        return [sheet.cell(row, 5).value for row in range(5, 9)]

    assert checks({}) == ["Required"] * 4
    assert checks({**TYPED.own, "chair_name": " "}) == ["Done", "Done", "Required", "Done"]
    live = openpyxl.load_workbook(io.BytesIO(BLANK))["Meeting"]["E5"].value
    assert live == '=IF(LEN(TRIM(C5))=0,"Required","Done")'


@pytest.mark.real
@needs_office
@pytest.mark.parametrize("which", ["blank", "full", "widest", "one"])
def test_libreoffice_works_out_the_same_and_shows_every_figure(which: str) -> None:
    wide = project("K7", 20_000_000, 10_000_000)
    short = {(*MAIN, "2026-27"): -17_670_000, (*MAIN, "2027-28"): 0}
    said = Typed({}, {"K7": {"outcome": "Agreed", "award": 200000, "feedback": "EXAMPLE words " * 35}})
    data = {
        "blank": BLANK,
        "full": FULL,
        "widest": made(
            declared(), view(replace(wide, days=(("2026-27", 1), ("2027-28", 10**6))), left=short), "mark", said
        ),
        "one": made(declared(), view(project("K7")), "mark"),
    }[which]
    assert differences(data) == []
    printed = "".join(page_texts(data))
    assert "###" not in printed
    if which == "widest":
        assert "-£176,700.19" in printed
        assert printed.count("EXAMPLE words") == 35


AS_TEXT: tuple[tuple[Raw, int], ...] = (
    ("£1,500", 150_000),
    ("1500.50", 150_050),
    (" £ 1 500.5 ", 150_050),
    ("1,500\u00a0", 150_000),
    ("1\u2009500", 150_000),
    ("2\u202f500\u2007000.00", 250_000_000),
    (".5", 50),
    ("4960", 496_000),
    ("0,500", 50_000),
    ("lots", 0),
    ("1.5e3", 0),
    ("90%", 0),
    ("1/2/2026", 0),
    ("(3100)", 0),
    ("-5", 0),
    ("£-5", 0),
    ("+5", 0),
    ("10:30", 0),
    ("1.500.20", 0),
    ("3,100 + VAT", 0),
    ("\uff11\uff15", 0),
    ("£", 0),
    ("9" * 18, 0),
    (True, 0),
    (12.5, 1250),
)
"""Awards as they may be typed, with the pence that the workbook counts."""


@pytest.mark.real
@needs_office
def test_an_award_typed_as_text_counts_in_libreoffice_as_the_night_reads_it() -> None:
    refs = [f"K{number}" for number in range(len(AS_TEXT))]
    said = ({"outcome": "Agreed for less", "award": raw} for raw, _ in AS_TEXT)
    typed = Typed({}, dict(zip(refs, said, strict=True)))
    data = made(declared(), view(*map(project, refs)), "mark", typed)
    assert differences(data) == []
    sheet = openpyxl.load_workbook(io.BytesIO(recalculated(data)), data_only=True)["What is left"]
    shown = {row[1].value: row[3].value for row in sheet.iter_rows() if row[1].value in refs}
    assert [shown[ref] for ref in refs] == [pence / 100 for _, pence in AS_TEXT]
    read = Readers(lambda _: 0, lambda _: ()).of(declared().field("decided.award"))
    accepted = [(value, pence) for raw, pence in AS_TEXT if isinstance(value := read(raw)[0], int)]
    assert [value for value, _ in accepted] == [pence for _, pence in accepted]
    # Of those that the workbook counts, 0,500 goes back all the same: it may be half a pound.
    assert len(accepted) == sum(bool(pence) for _, pence in AS_TEXT) - 1


@pytest.mark.real
@needs_office
def test_saved_by_libreoffice_the_answers_are_read_back() -> None:
    raw = read_raw(recalculated(FULL), Limits())
    assert raw is not None
    told = typed_in(raw)
    assert {ref: line.get("award") for ref, line in told.lines.items() if "award" in line} == {
        ref: given["award"] for ref, given in SAID.items() if "award" in given
    }
    assert told.own["present"] == 13
