"""The statement reads as it stands, adds up in LibreOffice as well, and shows no amount as hashes."""

import io

import openpyxl
import pytest

from cluster_sheets.money.control import NOT_JUDGED
from cluster_sheets.money.statement import made, wrapped
from tests.money.statements import WIDE, amiss, view
from tests.office import differences, needs_office, page_texts, pages


def _rows(data: bytes, sheet: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in openpyxl.load_workbook(io.BytesIO(data), data_only=True)[sheet].values]


def test_sheets_come_in_the_order_of_the_looks() -> None:
    assert openpyxl.load_workbook(io.BytesIO(made(view()))).sheetnames == [
        "Control totals",
        "Budget monitoring",
        "Contingency runway",
        "Applications",
        "Awards by year",
    ]


def test_the_same_statement_is_the_same_bytes() -> None:
    assert made(view()) == made(view())


def test_good_news_is_one_quiet_sentence() -> None:
    rows = _rows(made(view()), "Control totals")
    assert [row[0] for row in rows[:3]] == [
        "Control totals",
        "Central cluster, 2026-27, at 7 December 2026. EXAMPLE amounts.",
        "All 11 tie. £198,413.94 is left to promise.",
    ]
    assert rows[4][:6] == ("R1", "Budget lines opened, and the allocation signed", 196000, 196000, 0, "Ties")
    assert [row[5] for row in rows[4:15]] == ["Ties"] * 11
    assert [row[0] for row in rows[15:19]] == [NOT_JUDGED, "Signed", "Prepared by", "Checked by"]


def test_what_a_signer_reads_beside_the_figures_is_plain() -> None:
    assert [row[1] for row in _rows(made(view()), "Control totals")[4:15]] == [
        "Budget lines opened, and the allocation signed",
        "Main and contingency together, and the whole",
        "No balance below nought",
        "Of 2026-27: awards decided, and promises that match",
        "Of 2026-27: promises, and decisions with a quorum",
        "Shares of group awards, and whole awards",
        "Both sides of 31 March, and whole awards",
        "No award above asked or below least",
        "Last night's closing, and tonight's opening",
        "Movements, and those at nought",
        "Ledger lines, and those with a source",
    ]


def test_what_does_not_tie_is_said_first_and_explained_below() -> None:
    rows = _rows(made(view(amiss())), "Control totals")
    assert rows[2][0] == "TWO DO NOT TIE: R4, R17. Nine tie. Nothing was released."
    assert rows[7][2:6] == (-176700, 0, -176700, "DOES NOT TIE")
    assert rows[12][2:6] == (0.05, 0.05, 0, "DOES NOT TIE")
    assert rows[15][0] == NOT_JUDGED
    assert [row[:2] for row in rows[16:21]] == [
        ("What does not tie", None),
        ("R4", "CEN-2627-0001: £176,700.00 decided, £0.00 promised in the ledger."),
        ("R17", "Lines of the ledger are not those of last night."),
        ("Next", "Lines of the ledger are never changed. If they were, put the workspace's last backup back"),
        (None, "and run again."),
    ]


def test_a_single_one_that_does_not_tie_is_told_with_its_amount() -> None:
    one = tuple(each for each in amiss() if each.rule != "R17")
    assert _rows(made(view(one)), "Control totals")[2][0] == (
        "ONE DOES NOT TIE: R4, by £176,700.00. Nine tie. Nothing was released."
    )


def test_long_sentences_are_cut_between_words() -> None:
    text = "The ledger opened the year with £400,000.00; £400,000.01 was signed. " * 3
    told = list(wrapped(text, 300))
    assert " ".join(told) == text.strip()
    assert max(len(line) for line in told) < 55
    assert list(wrapped("", 300)) == []


@pytest.mark.real
@needs_office
@pytest.mark.parametrize("amount", ["usual", "wide"])
def test_libreoffice_works_out_the_same_and_shows_every_figure(amount: str) -> None:
    data = made(view(amiss(), WIDE) if amount == "wide" else view())
    assert differences(data) == []
    printed = page_texts(data)
    assert pages(data) == 5
    assert "###" not in "".join(printed)
    if amount == "wide":
        assert "-£176,700.00" in printed[0]
        assert "-£356,700.00" in printed[1]
