"""The night's money on a real workspace: posted once, reconciled, told again the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from cluster_sheets.form.shipped import form
from cluster_sheets.money.stage import Reconciled, post, reconcile
from cluster_sheets.store import audit, entries
from tests.decided import ADVICE, GROUP, PROJECT, Desk, desk, with_budget
from tests.store import dump

FORM = form("application")


@contextmanager
def _decided(root: Path) -> Iterator[Desk]:
    with desk(root, PROJECT, GROUP, ADVICE) as at:
        said = {"outcome": "Agreed for less", "award": 2999.99}
        at.fill(K7={"outcome": "Agreed", "award": 4960}, T6=said, N8={"outcome": "Advice only"})
        assert at.read() == ()
        yield at


def _night(at: Desk) -> Reconciled:
    post(at.store, at.register, at.at)
    return reconcile(at.store, at.places, at.register, FORM, at.at)


def _statements(at: Desk) -> list[Path]:
    return sorted(at.places.finance.glob("statement-*.xlsx"))


def _alter(at: Desk, statement: str) -> None:
    """Goes round the store, as somebody with the file might."""
    at.store._connection.execute("DROP TRIGGER IF EXISTS cluster.entry_is_never_changed")
    at.store._connection.execute(statement)


def test_budget_and_awards_are_posted_once(tmp_path: Path) -> None:
    with _decided(tmp_path) as at:
        kept = post(at.store, at.register, at.at)
        assert (len(kept), entries.everything(at.store)) == (16, kept)
        posted = [each.text for each in audit.everything(at.store) if each.event == "posted"]
        assert posted == [
            "movement 1: BUDGET £360,000.00, CEN MAIN",
            "movement 2: BUDGET £40,000.00, CEN CONTINGENCY",
            "movement 3: BUDGET £360,000.00, CEN MAIN",
            "movement 4: BUDGET £40,000.00, CEN CONTINGENCY",
            "movement 5: COMMIT £4,960.00, CEN MAIN",
            "movement 6: COMMIT £2,999.99, CEN MAIN",
        ]
        before = dump.dump(at.store)
        assert post(at.store, at.register, at.at + timedelta(days=1)) == ()
        assert dump.dump(at.store) == before


def test_a_night_told_again_changes_nothing_and_writes_the_same_bytes(tmp_path: Path) -> None:
    with _decided(tmp_path) as at:
        _night(at)
        at.at += timedelta(days=1)
        at.fill(K7={"outcome": "Withdrawn", "award": None})
        assert at.read() == ()
        first = _night(at)
        before = dump.dump(at.store)
        bytes_of = {path: path.read_bytes() for path in _statements(at)}
        second = _night(at)
        assert (second, dump.dump(at.store)) == (first, before)
        assert {path: path.read_bytes() for path in _statements(at)} == bytes_of
        assert [path.name for path in _statements(at)] == ["statement-CEN-2026-27.xlsx", "statement-CEN-2027-28.xlsx"]


def test_tonight_opens_with_last_nights_closing(tmp_path: Path) -> None:
    with _decided(tmp_path) as at:
        first = _night(at)
        assert (first.ties, first.accounts[0].control("R17").first) == (True, 0)
        at.at += timedelta(days=1)
        changed = {"outcome": "Agreed", "award": 3000}
        at.fill(K7={"outcome": "Withdrawn", "award": None}, T6=changed)
        assert at.read() == ()
        second = _night(at)
        assert second.ties
        closing, left = second.accounts[0].control("R17"), first.accounts[0].position.left
        assert (closing.first, closing.second) == (left, left)
        assert second.accounts[0].position.left != left


@pytest.mark.parametrize(
    ("account", "rules"),
    [
        ("allocation:CEN", ["R2", "R17", "L1", "L2"]),
        ("main:CEN", ["R12", "R17", "L1", "L2"]),
        ("award:CEN-2627-0001", ["R4", "R12", "R17", "L1", "L2"]),
    ],
)
def test_a_line_altered_behind_our_back_does_not_tie_until_it_is_put_back(
    tmp_path: Path, account: str, rules: list[str]
) -> None:
    with _decided(tmp_path) as at:
        assert _night(at).ties
        at.at += timedelta(days=1)
        of_year = [each for each in entries.everything(at.store) if each.la_fy == "2026-27" and each.account == account]
        line = of_year[-1]
        _alter(at, f"UPDATE cluster.entry SET amount_pence = amount_pence - 7 WHERE entry_no = {line.entry_no}")
        for _ in range(2):
            told = _night(at)
            assert [each.rule for each in told.accounts[0].controls if not each.ties] == rules
            assert not told.ties
            at.at += timedelta(days=1)
        _alter(at, f"UPDATE cluster.entry SET amount_pence = amount_pence + 7 WHERE entry_no = {line.entry_no}")
        assert _night(at).ties


def test_a_statement_says_so_itself_where_it_does_not_tie(tmp_path: Path) -> None:
    with _decided(tmp_path) as at:
        _night(at)
        at.at += timedelta(days=1)
        _alter(at, "UPDATE cluster.entry SET note = 'Other' WHERE entry_no = 1")
        _night(at)
        sheet = openpyxl.load_workbook(_statements(at)[0], data_only=True)["Control totals"]
        assert sheet["A3"].value == "ONE DOES NOT TIE: R17. 10 tie. Nothing was released."
        assert [row[5].value for row in sheet.iter_rows(5, 15)] == ["Ties"] * 8 + ["DOES NOT TIE"] + ["Ties"] * 2


def test_a_changed_budget_moves_the_difference_and_what_was_signed_is_remembered(tmp_path: Path) -> None:
    with _decided(tmp_path) as at:
        _night(at)
        at.register, at.at = with_budget(30_000_000, 5_000_000, 20_000_000), at.at + timedelta(days=1)
        told = _night(at)
        assert told.ties
        assert told.accounts[0].control("R1").second == 35_000_000
        assert told.accounts[0].position.funds["MAIN"].opening == 30_000_000
