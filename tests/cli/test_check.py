import contextlib
import json
import os
from email.message import EmailMessage
from pathlib import Path

import pytest
from click.testing import CliRunner

from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.cli.main import cli
from cluster_sheets.form.filled import Filled, Stamp
from cluster_sheets.form.shipped import form
from cluster_sheets.form.template import template
from cluster_sheets.replies.scheme import scheme
from cluster_sheets.replies.told import as_sent, items
from cluster_sheets.report.run import Exit
from tests.register.made import REGISTER
from tests.requests import RECEIVED, Request, project

BLANK = "application-CS-APP-2026.1.xlsx"
URN = "146487"


def checked(tmp_path: Path, data: bytes, *words: str) -> tuple[int, str, str]:
    path = tmp_path / "request.xlsx"
    path.write_bytes(data)
    with contextlib.chdir(tmp_path):
        told = CliRunner().invoke(cli, ["check", str(path), "--as-of", "2026-09-28T02:00", *words])
    return told.exit_code, told.stdout, told.stderr


def filled(request: Request) -> bytes:
    own = request.but(school_name=REGISTER.schools[URN].name, school_urn=URN)
    drawn = scheme(REGISTER, "CEN", RECEIVED)
    stamp = Stamp(version="CS-APP 2026.1", cluster="CEN", round="CEN-2627-A1")
    return template(form("application"), Filled(drawn, stamp, "", "", own.form, own.tables))


def test_a_good_form_ends_with_0_and_has_nothing_to_mend(tmp_path: Path) -> None:
    code, out, words = checked(tmp_path, filled(project()))
    assert (code, out, words) == (Exit.CLEAN, "", "request.xlsx: nothing to mend\n")


@pytest.mark.skipif(os.name == "nt", reason="no file is called so there")
def test_what_a_file_is_called_moves_no_cursor_and_makes_no_line(tmp_path: Path) -> None:
    odd = tmp_path / "a\x1b]0;OWNED\x07\u202e\nrequest.xlsx: nothing to mend"
    odd.write_bytes(b"")
    said = CliRunner().invoke(cli, ["check", str(odd), "--as-of", "2026-09-28T02:00"]).stderr
    assert said.startswith("a\\x1b]0;OWNED\\x07\\u202e\\nrequest.xlsx: nothing to mend: 1 to mend\n")
    said = CliRunner().invoke(cli, ["check", str(odd), "--as-of", "2026-09-28T02:00", "--json"]).stdout
    assert said.isascii()
    assert json.loads(said)[0]["file"] == odd.name


def test_a_fault_is_told_at_its_cell_with_what_was_typed_and_what_to_do(tmp_path: Path) -> None:
    code, _, words = checked(tmp_path, filled(project().but(amount_requested="5k")))
    assert code == Exit.NEEDED
    assert "request.xlsx: 1 to mend" in words
    assert "\u20185k\u2019 is not an amount we can read." in words
    assert "Type the pounds in C" in words


def test_of_many_faults_the_first_20_are_shown_and_the_rest_counted_unless_all_are_asked_for(tmp_path: Path) -> None:
    blank = filled(project().but(**{name: None for name in project().form if name != "purpose"}))
    code, _, words = checked(tmp_path, blank)
    assert code == Exit.NEEDED
    shown = [line for line in words.splitlines() if line.startswith("  ") and line[2].isdigit()]
    more = int(words.splitlines()[-1].removeprefix("  and ").split()[0])
    assert len(shown) == 20
    assert words.endswith(f"  and {more} more: --all shows them.\n")
    _, _, whole = checked(tmp_path, blank, "--all")
    every = [line for line in whole.splitlines() if line.startswith("  ") and line[2].isdigit()]
    assert (len(every), every[:20]) == (20 + more, shown)
    assert "more" not in whole.splitlines()[-1]


def test_what_the_admin_looks_at_is_listed_below_what_is_to_be_mended(tmp_path: Path) -> None:
    request = project().but(end_date=None, headteacher_name="").but_line("costs", 0, description="Hall hire plus VAT")
    code, _, words = checked(tmp_path, filled(request))
    assert code == Exit.NEEDED
    lines = [line for line in words.splitlines() if not line.startswith("      ")]
    assert lines[0] == "request.xlsx: 2 to mend, 1 for the admin to look at"
    assert lines[1] == " To mend:"
    assert [line[2:].partition(",")[0] for line in lines[2:4]] == ["1 School", "2 Request"]
    assert lines[4] == " For the admin to look at:"
    assert lines[5].startswith("  5 Costs, ")
    assert len(lines) == 6


def test_what_is_the_admins_alone_is_told_to_the_admin() -> None:
    at = Place("f.xlsx", "3 Pupils", "B6")
    finding = Finding(at, "upn-in-a-live-award", Severity.QUERY, "pupils.upn")
    own = form("application")
    assert items(own, (finding,), as_sent(own), str) == ()
    (item,) = items(own, (finding,), as_sent(own), str, to_admin=True)
    assert item.found == "The admin looks at the UPN in B6 first."


def test_a_folder_that_is_named_and_no_workspace_ends_with_2(tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    code, _, words = checked(tmp_path, filled(project()), "-w", str(nowhere))
    assert (code, words) == (
        Exit.SET_UP,
        f"There is no workspace in {nowhere}: it has no register.xlsx. Leave -w out to check without.\n",
    )


def test_json_holds_every_finding(tmp_path: Path) -> None:
    _, out, words = checked(tmp_path, filled(project().but(headteacher_name=None)), "--json")
    ((told,),) = [[each["findings"] for each in json.loads(out)]]
    assert told == [
        {
            "sheet": "1 School",
            "cell": "C8",
            "field": "headteacher_name",
            "code": "blank",
            "severity": "RETURN",
            "what": "‘Headteacher’ has no answer.",
            "mend": "Answer it in C8. The help beside the box says what is wanted.",
            "example": "Jo Example",
        }
    ]
    assert words == ""


def test_what_is_no_form_at_all_is_said_in_one_sentence(tmp_path: Path) -> None:
    code, _, words = checked(tmp_path, b"%PDF-1.7 EXAMPLE")
    assert (code, "The file is a PDF." in words) == (Exit.NEEDED, True)


def test_a_mail_is_opened_and_the_form_in_it_is_looked_at(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "senco@school.example", "cluster@council.example", "Our form"
    mail.set_content("EXAMPLE")
    form_in_it = filled(project().but(amount_requested="5k"))
    mail.add_attachment(form_in_it, maintype="application", subtype="octet-stream", filename="ours.xlsx")
    path = tmp_path / "mail.eml"
    path.write_bytes(bytes(mail))
    with contextlib.chdir(tmp_path):
        told = CliRunner().invoke(cli, ["check", str(path), "--as-of", "2026-09-28T02:00"])
    assert told.exit_code == Exit.NEEDED
    assert told.stderr.startswith("ours.xlsx in mail.eml: 1 to mend\n")
    assert "\u20185k\u2019 is not an amount we can read." in told.stderr
