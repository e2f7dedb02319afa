import json
from pathlib import Path

from click.testing import CliRunner

from cluster_sheets.cli.main import cli
from cluster_sheets.form.filled import Filled, Stamp
from cluster_sheets.form.shipped import form, workbook
from cluster_sheets.form.template import template
from cluster_sheets.replies.scheme import scheme
from cluster_sheets.report.run import Exit
from tests.register.made import REGISTER
from tests.requests import RECEIVED, Request, project

BLANK = "application-CS-APP-2026.1.xlsx"
URN = "146487"


def checked(tmp_path: Path, data: bytes, *words: str) -> tuple[int, str, str]:
    path = tmp_path / "request.xlsx"
    path.write_bytes(data)
    at = ["-w", str(tmp_path / "nowhere"), "--as-of", "2026-09-28T02:00"]
    told = CliRunner().invoke(cli, ["check", str(path), *at, *words])
    return told.exit_code, told.stdout, told.stderr


def filled(request: Request) -> bytes:
    own = request.but(school_name=REGISTER.schools[URN].name, school_urn=URN)
    drawn = scheme(REGISTER, "CEN", RECEIVED)
    stamp = Stamp(version="CS-APP 2026.1", cluster="CEN", round="CEN-2627-A1")
    return template(form("application"), Filled(drawn, stamp, "", "", own.form, own.tables))


def test_a_good_form_ends_with_0_and_has_nothing_to_mend(tmp_path: Path) -> None:
    code, out, words = checked(tmp_path, filled(project()))
    assert (code, out, words) == (Exit.CLEAN, "", "request.xlsx: nothing to mend\n")


def test_a_fault_is_told_at_its_cell_with_what_was_typed_and_what_to_do(tmp_path: Path) -> None:
    code, _, words = checked(tmp_path, filled(project().but(amount_requested="5k")))
    assert code == Exit.NEEDED
    assert "request.xlsx: 1 to mend" in words
    assert "\u20185k\u2019 is not an amount we can read." in words
    assert "Type the pounds in C" in words


def test_of_many_faults_the_first_20_are_shown_and_the_rest_counted(tmp_path: Path) -> None:
    blank = filled(project().but(**{name: None for name in project().form if name != "purpose"}))
    code, _, words = checked(tmp_path, blank)
    assert code == Exit.NEEDED
    assert words.count("For example") <= 20
    assert "more like these." in words


def test_json_holds_every_finding(tmp_path: Path) -> None:
    _, out, words = checked(tmp_path, filled(project().but(headteacher_name=None)), "--json")
    ((told,),) = [[each["findings"] for each in json.loads(out)]]
    assert [(each["code"], each["field"], each["sheet"], each["severity"]) for each in told] == [
        ("blank", "headteacher_name", "1 School", "RETURN")
    ]
    assert words == ""


def test_what_is_no_form_at_all_is_said_in_one_sentence(tmp_path: Path) -> None:
    code, _, words = checked(tmp_path, b"%PDF-1.7 EXAMPLE")
    assert (code, "The file is a PDF." in words) == (Exit.NEEDED, True)
