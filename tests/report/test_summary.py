from dataclasses import replace
from pathlib import Path

import pytest

from cluster_sheets.report.run import Exit, Received
from cluster_sheets.report.summary import WIDTH, summary, text
from cluster_sheets.store.places import Places
from tests.report.made import APART, LATER, RUN, TIES

TOLD = """\
Night of Tuesday 29 September 2026. Done. 3 things need you, about 22 minutes.

What came       14 tonight: 9 accepted, 2 sent back to mend, 1 held for you, 1 set apart unread, 1
                  set aside
                28 in all: 18 accepted, 4 sent back to mend, 2 held for you, 2 set apart unread, 2
                  set aside

What went out   3 messages tonight in private/outbox: 1 receipt, 2 to mend
                1 message tonight due: 1 to mend
                11 messages in all in private/outbox: 9 receipts, 2 to mend
                1 message in all due: 1 to mend
                Each is named <date>-<kind>-<reference>-v<version>.eml

The packs       CEN-2627-A1: DRAFT, version 2, 9 cases, 14 questions about words (1.6 a case), 10
                  questions open

Decided         CEN-2526-Su2: 3 agreed, 1 not agreed

The money       1 control total: all tie to the penny.
                CEN 2026-27 Main: £360,000.00 in all, £4,960.00 promised, £355,040.00 left

What needs you  Today
                - CEN-2627-A1, 1 submission held: Open it, and choose.
                Before the pack goes out
                - CEN-2627-A1, 9 cases to read: Read each.
                When you can
                - Unit 0123456789abcdef: The file has macros. Nothing unless no new one comes.

Where it is     reports/2026-09-29-0100/needs-you.xlsx
                panel/CEN-2627-A1/panel-CEN-2627-A1-v2.xlsx
"""


def test_a_night_is_told_on_one_screen() -> None:
    assert text(RUN) == TOLD
    assert all(len(line) <= WIDTH for line in text(RUN).splitlines())


def test_a_night_on_which_nothing_came_is_short() -> None:
    nothing = Received(0, dict.fromkeys(RUN.tonight.states, 0))
    quiet = replace(
        RUN, exit_code=Exit.CLEAN, tonight=nothing, in_all=nothing, replies={}, replies_tonight={}, packs=(),
        decisions={}, funds=(), needs=(), files=(), controls=(),
    )  # fmt: skip
    assert text(quiet) == (
        "Night of Tuesday 29 September 2026. Done. Nobody is needed.\n\n"
        "What came       0 tonight\n\n"
        "Where it is     reports/2026-09-29-0100/summary.txt\n"
    )


def test_cases_that_fit_too_few_schools_are_counted() -> None:
    (pack,) = RUN.packs
    for few, told in (
        (1, "9 cases, 1 of them fits too few schools, "),
        (2, "9 cases, 2 of them fit too few schools, "),
    ):
        assert told in text(replace(RUN, packs=(replace(pack, few=few),)))


def test_what_does_not_tie_is_told_first_of_the_money_with_both_figures() -> None:
    money = text(replace(RUN, controls=(TIES, APART))).partition("The money")[2].partition("What needs you")[0]
    assert " ".join(money.split()) == (
        "CEN 2026-27, R4. Of 2026-27: awards decided, and promises that match: £1,299.86 and £0.00,"
        " difference £1,299.86. DOES NOT TIE. CEN-2627-0001: £1,299.86 of 2026-27 decided, £0.00 promised"
        " in the ledger. CEN 2026-27 Main: £360,000.00 in all, £4,960.00 promised, £355,040.00 left"
    )


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (Exit.FAILED, "NOT DONE. Nothing was released. It broke."),
        (Exit.INTEGRITY, "STOPPED to be safe. Nothing was released. It broke."),
    ],
)
def test_a_night_that_was_stopped_says_so_first(code: Exit, told: str) -> None:
    stopped = replace(RUN, exit_code=code, why="It broke.")
    assert text(stopped).splitlines()[0] == f"Night of Tuesday 29 September 2026. {told}"


def test_many_needs_are_told_in_the_workbook() -> None:
    assert "- Unit 0123456789abcdef" not in text(replace(RUN, needs=(*RUN.needs[:1] * 6, LATER)))
    assert "and 1 more in needs-you.xlsx\n" in text(replace(RUN, needs=(*RUN.needs[:1] * 6, LATER)))


def test_paths_start_where_the_program_was_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for root in (tmp_path, tmp_path / "central"):
        (root / "reports/2026-09-29-0100").mkdir(parents=True)
        (root / "reports/2026-09-29-0100/needs-you.xlsx").touch()
    for root in (tmp_path / "central", Path("central")):
        assert "Where it is     central/reports/2026-09-29-0100/needs-you.xlsx\n" in summary(RUN, Places(root))
    assert "Where it is     reports/2026-09-29-0100/needs-you.xlsx\n" in summary(RUN, Places(tmp_path))


def test_a_dry_run_names_no_file_that_is_gone_and_tells_all_that_is_needed(tmp_path: Path) -> None:
    said = summary(replace(RUN, needs=(*RUN.needs[:1] * 6, LATER)), Places(tmp_path))
    assert "Where it is" not in said
    assert "needs-you" not in said
    assert "- Unit 0123456789abcdef: The file has macros." in said


def test_a_tagger_with_a_vote_is_told() -> None:
    model = {"name": "en_example", "version": "1.0", "licence": "MIT", "author": "EXAMPLE Ltd"}
    line = "The tagger      en_example 1.0 has a vote on names (licence MIT, by EXAMPLE Ltd)."
    assert line in text(replace(RUN, tagger=model)).splitlines()
    assert "tagger" not in text(RUN)
