"""A made-up question is added to the declaration's text, and walks from the template to the panel by itself.

A copy of the program is made whose schemas/application.toml has three fields more: a text of the form's own, a choice,
and a column of a table. Nothing else of it is changed, and the real commands run from there.
"""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.workbook import Workbook

import cluster_sheets
from cluster_sheets.demo.fill import Blank
from cluster_sheets.demo.requests import Habits, Sample, samples
from cluster_sheets.demo.texts import PROJECT
from cluster_sheets.form.load import load
from cluster_sheets.form.reference import form_page
from cluster_sheets.register.read import register as read_register
from cluster_sheets.store import applications, findings, provenance
from cluster_sheets.store.database import Store

HERE = Path(cluster_sheets.__file__).parents[1]
ROUND, CLUSTER = "CEN-2627-A1", "CEN"
START, NIGHT = datetime.fromisoformat("2026-09-14T07:00Z"), datetime.fromisoformat("2026-09-30T20:00Z")
SCHOOL = "Abbey Hulton Primary School"
OWN = """
[[field]]
name = "quiet_room"
sheet = "2 Request"
section = "In your own words"
label = "Where will the groups meet?"
hint = "10 to 90 characters. EXAMPLE question."
kind = "long-text"
min = 10
max = 90
required = "always"
privacy = "free-text"
panel = "redacted"
panel_label = "Where they meet"
example = "In the room beside the library, which is free each morning."

[[field]]
name = "weather"
sheet = "2 Request"
section = "In your own words"
label = "In which weather does it work?"
hint = "Choose one. EXAMPLE question."
kind = "choice"
choices = { DRY = "Dry weather only", ANY = "Any weather" }
required = "always"
privacy = "safe"
panel = "as-is"
panel_label = "Weather"
example = "Any weather"

"""
COLUMN = """
[[field]]
name = "looks_after"
table = "outcomes"
sheet = "6 Outcomes"
label = "Who looks after it"
hint = "Up to 40 characters. EXAMPLE question."
kind = "text"
max = 40
required = "always"
privacy = "free-text"
panel = "redacted"
example = "The teaching assistant of Year 2"
width = 120

"""
GOOD = {"quiet_room": f"In the hall of {SCHOOL}, each Monday.", "weather": "Any weather"}
SPOILT = {"quiet_room": None, "weather": "Snow"}
KEEPER, TOO_LONG = "The class teacher, Greta Wexcombe", "The teacher of the class " * 2


def declared() -> str:
    """The declaration as it ships, with the three fields in it."""
    text = (HERE / "schemas" / "application.toml").read_text(encoding="utf-8")
    for before, more in (('name = "need"\n', OWN), ('name = "measure"\ntable = "outcomes"\n', COLUMN)):
        first, mark, rest = text.partition(f"[[field]]\n{before}")
        assert mark
        text = f"{first.rstrip()}\n{more.rstrip()}\n\n{mark}{rest}"
    return text


@dataclass(frozen=True)
class Walked:
    """What lies in the workspace after the night."""

    root: Path
    told: str
    """What the run printed."""

    def book(self, pattern: str) -> Workbook:
        """A workbook of it."""
        (path,) = self.root.glob(pattern)
        return openpyxl.load_workbook(path)


def asked() -> tuple[Sample, ...]:
    """Two requests that are good but for the new questions."""
    told, _ = read_register(HERE / "workbooks" / "register-central-2025.xlsx")
    assert told is not None
    habits = Habits(careless_every=0, specials=False, tolerated=0, telling=(0, 0), purposes=((PROJECT, 1.0),))
    return samples(told, 2, 7, CLUSTER, START, habits)


def outcomes(number: int) -> int:
    """How many outcomes a request has."""
    return len(asked()[number].meant.lines["outcomes"])


def filled(blank: Path, sample: Sample, answers: Mapping[str, str | None], keeper: str) -> bytes:
    lines = {table: [dict(line) for line in given] for table, given in sample.meant.lines.items()}
    for line in lines["outcomes"]:
        line["looks_after"] = keeper
    return Blank(blank.read_bytes()).filled({**sample.meant.answers, **answers}, lines)


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Walked:
    program = tmp_path_factory.mktemp("program")
    for name in ("cluster_sheets", "schemas", "workbooks"):
        shutil.copytree(HERE / name, program / name, ignore=shutil.ignore_patterns("__pycache__"))
    (program / "schemas" / "application.toml").write_text(declared(), encoding="utf-8")

    def command(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "cluster_sheets", *words],
            cwd=program, env={**os.environ, "PYTHONPATH": str(program)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode in (0, 3), done.stderr
        return done.stdout + done.stderr

    good, spoilt = asked()
    command("init")
    root = program / "central"
    for sample in (good, spoilt):
        command("issue", "--round", ROUND, "--school", sample.urn, "--as-of", START.isoformat())
    blanks = {
        Blank(path.read_bytes()).stamp("urn"): path for path in (root / "private/templates").rglob("* form 1.xlsx")
    }
    (root / "inbox" / "good.xlsx").write_bytes(filled(blanks[good.urn], good, GOOD, KEEPER))
    (root / "inbox" / "spoilt.xlsx").write_bytes(filled(blanks[spoilt.urn], spoilt, SPOILT, TOO_LONG))
    return Walked(root, command("run", "--as-of", NIGHT.isoformat()))


def test_the_template_asks_it(walked: Walked) -> None:
    for path in (walked.root / "private" / "templates").rglob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        request, table = book["2 Request"], book["6 Outcomes"]
        rows = {row[0].value: row for row in request.iter_rows()}
        assert str(rows["quiet_room"][1].value).startswith("Where will the groups meet?")
        assert not rows["quiet_room"][2].protection.locked
        (validation,) = (
            each for each in request.data_validations.dataValidation if rows["weather"][2].coordinate in each.sqref
        )
        assert validation.type == "list"
        assert "looks_after" in {cell.value for row in table.iter_rows() for cell in row}


def test_each_fault_in_it_is_one_finding_at_its_cell(walked: Walked) -> None:
    with Store.open(walked.root) as store:
        found = findings.of_units(store, [unit for (unit,) in store.ask("SELECT unit_id FROM cluster.unit")])
        named = {origin.file_name: unit for unit, origin in provenance.get_many(store, found).items()}
    book = openpyxl.load_workbook(next((walked.root / "private" / "templates").rglob("* form 1.xlsx")))
    cells = {str(row[0].value): str(row[2].coordinate) for row in book["2 Request"].iter_rows()}
    (head,) = (row for row in book["6 Outcomes"].iter_rows() if row[0].value == "table:outcomes")
    (column,) = (cell.column_letter for cell in head if cell.value == "looks_after")
    first = next(row[0].row for row in book["6 Outcomes"].iter_rows() if row[0].value == "headings:outcomes") + 1
    told = {name: [(each.code, each.field, each.place.cell) for each in found[unit]] for name, unit in named.items()}
    assert told["spoilt.xlsx"] == [
        ("blank", "quiet_room", cells["quiet_room"]),
        ("not-on-list", "weather", cells["weather"]),
        *(("too-long", "outcomes.looks_after", f"{column}{first + line}") for line in range(outcomes(1))),
    ]
    assert told["good.xlsx"] == [
        ("known-name-in-text", "quiet_room", cells["quiet_room"]),
        *(("known-name-in-text", "outcomes.looks_after", f"{column}{first + line}") for line in range(outcomes(0))),
    ]


def test_the_marked_up_copy_names_it_and_keeps_what_was_typed(walked: Walked) -> None:
    mails = [message_from_bytes(path.read_bytes(), policy=default) for path in walked.root.rglob("*.eml")]
    (attached,) = (part for mail in mails for part in mail.iter_attachments())
    book = openpyxl.load_workbook(io.BytesIO(attached.get_content()))
    mend = " ".join(str(cell.value) for row in book["What to mend"].iter_rows() for cell in row if cell.value)
    for label in ("Where will the groups meet?", "In which weather does it work?", "Who looks after it"):
        assert label in mend
    rows = {row[0].value: row for row in book["2 Request"].iter_rows()}
    assert (rows["quiet_room"][2].value, rows["weather"][2].value) == (None, "Snow")
    assert TOO_LONG.strip() in {cell.value for row in book["6 Outcomes"].iter_rows() for cell in row}


def test_the_panel_reads_it_under_its_own_label_without_the_names(walked: Walked) -> None:
    with Store.open(walked.root) as store:
        assert len(applications.everything(store)) == 1
    book = walked.book(f"panel/{ROUND}/panel-{ROUND}-v1.xlsx")
    (sheet,) = (each for each in book.worksheets if each.title.startswith("Case "))
    rows = [[str(cell.value) for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    shown = [" | ".join(row) for row in rows]
    assert any("Where they meet" in row and "In the hall of [school A], each Monday." in row for row in shown)
    assert any("Weather" in row and "Any weather" in row for row in shown)
    assert any("Who looks after it" in row for row in shown)
    assert any("The class teacher, [person A]" in row for row in shown)
    everything = " ".join(shown)
    assert SCHOOL not in everything
    assert "Wexcombe" not in everything


def test_the_reference_page_explains_it() -> None:
    page = form_page(load(declared(), "application.toml"))
    for words in ("Where will the groups meet?", "10 to 90 characters", "Dry weather only", "Who looks after it"):
        assert words in page
