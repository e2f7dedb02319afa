from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest

from cluster_sheets.base.finding import Finding, Place, Severity
from cluster_sheets.base.reference import stamp
from cluster_sheets.reading.raw import RawForm, read
from cluster_sheets.register.model import Register
from cluster_sheets.replies.stage import gathered
from cluster_sheets.replies.writer import Due, Writer, cluster_of
from cluster_sheets.store import units
from cluster_sheets.store.units import State, Unit
from tests.checks.batch import raw
from tests.register.made import REGISTER
from tests.replies.made import FORM, NIGHT, Workspace, came, found_in, issued, parsed, workspace
from tests.requests import OWN, Request, project
from tests.store.made import KEY

LATER = "so that it counts for the Central cluster meeting of Thursday 3 December 2026."


def spoilt() -> Request:
    return project().but_line("costs", 1, unit_cost="310 + VAT for Ivy")


def written(at: Workspace, due: Due, answers: RawForm | None = None, register: Register = REGISTER) -> EmailMessage:
    raws = {} if answers is None else {due.parts[0].unit.unit_id: answers}
    return parsed(Writer(at.store, register, FORM).written(due, raws))


def text_of(at: Workspace, unit: Unit, register: Register = REGISTER, answers: RawForm | None = None) -> str:
    (due,) = [each for each in gathered(at.store, register, NIGHT) if each.parts[0].unit == unit]
    body = written(at, due, answers, register).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_a_copy_of_an_old_version_is_the_current_one_under_the_same_form_id(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        about = issued(at.store)
        old = Finding(Place("f.xlsx"), "version-not-taken", detail=(("limit", "CS-APP 2027.1"),))
        came(at, "mend", (old,), about=about)
        lines = {**REGISTER.settings.lines}
        lines["template_version"] = replace(lines["template_version"], value="CS-APP 2027.1")
        register = replace(REGISTER, settings=replace(REGISTER.settings, lines=lines))
        (due,) = gathered(at.store, register, NIGHT)
        message = written(at, due, raw(project()), register)
        (attached,) = message.iter_attachments()
        again = RawForm(**read(attached.get_content()))
        parts = (about.form_id, OWN, "CEN", about.round, "CS-APP 2027.1")
        assert [told[0] for told in again.stamp.values()] == [*parts, stamp(KEY, *parts)]
        assert again.answers["request_title"][2] == "Daily language groups"


def test_a_form_whose_mark_is_lost_keeps_what_it_had(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        came(at, "mend", found_in(spoilt()))
        (due,) = gathered(at.store, REGISTER, NIGHT)
        answers = raw(spoilt())
        answers.stamp = {"form_id": ["F-AAAA-BBBB"], "urn": [OWN]}
        (attached,) = written(at, due, answers).iter_attachments()
        assert RawForm(**read(attached.get_content())).stamp == {
            "form_id": ["F-AAAA-BBBB"], "urn": [OWN], "cluster": [""], "round": [""], "version": [""], "mark": [""],
        }  # fmt: skip
        assert attached.get_filename() == "Abbey Hulton Primary School to mend.xlsx"


NO_MARK = (Finding(Place("f.xlsx"), "stamp-missing", Severity.QUERY),)


def test_a_copy_without_a_form_says_where_the_answers_go_and_by_when(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        unit = came(at, "mend", (*NO_MARK, *found_in(spoilt())))
        said = " ".join(text_of(at, unit, answers=raw(spoilt())).split())
        assert "no form of your school is known for it. Mend them, copy your answers into one of the forms" in said
        assert "has lost the mark that says whose it is. Copy your answers into one of the forms we sent" in said
        assert "Send it back by 17:00 on Thursday 1 October 2026" in said
        assert "Nothing to do" not in said


def test_a_copy_never_bears_what_is_left_of_another_schools_mark(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        came(at, "mend", found_in(spoilt()))
        (due,) = gathered(at.store, REGISTER, NIGHT)
        answers = raw(spoilt())
        answers.stamp = {"form_id": ["F-AAAA-BBBB"], "urn": ["148220"]}
        (attached,) = written(at, due, answers).iter_attachments()
        assert set().union(*RawForm(**read(attached.get_content())).stamp.values()) == {""}


def test_a_copy_in_a_form_that_was_vouched_for_says_to_send_that_one(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        unit = came(at, "mend", NO_MARK, about=issued(at.store))
        said = " ".join(text_of(at, unit, answers=raw(spoilt())).split())
        assert "has a mark of its own, as your form 1: send that one, not the old one." in said
        assert "Nothing to do" not in said


def test_a_form_judged_after_the_time_for_mending_is_told_the_next_meeting(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        unit = came(at, "mend", found_in(spoilt()), about=issued(at.store), at=NIGHT + timedelta(days=9))
        said = text_of(at, unit)
        assert f"Send it back by 17:00 on Wednesday 25 November 2026, {LATER}" in said


def test_what_waits_for_a_city_meeting_is_told_that_one_and_then_the_citys_next(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        found = found_in(spoilt())
        early = came(at, "mend", found, about=issued(at.store))
        with at.store.transaction():
            units.save_many(at.store, [early := replace(early, meeting="CITY-2627-A")])
        assert (
            "Send it back by 17:00 on Thursday 19 November 2026, so that it counts for the City Cluster Meeting of"
            " Thursday 26 November 2026." in text_of(at, early)
        )
        late = came(at, "mend", found, about=issued(at.store, 2), at=NIGHT + timedelta(days=53), content=b"another")
        with at.store.transaction():
            units.save_many(at.store, [late := replace(late, meeting="CITY-2627-A")])
        assert (
            "Send it back by 17:00 on Thursday 4 March 2027, so that it counts for the City Cluster Meeting of"
            " Thursday 11 March 2027." in text_of(at, late)
        )


def test_a_file_that_tells_nothing_of_its_form_must_come_by_the_next_closing(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        macros = (Finding(Place("f.xlsm"), "file-macros"),)
        unit = came(at, "refused", macros)
        assert "Send the form by 17:00 on Thursday 1 October 2026, so that it counts" in text_of(at, unit)
        after = came(at, "refused", macros, content=b"another", at=NIGHT + timedelta(days=4))
        assert f"Send the form by 17:00 on Thursday 19 November 2026, {LATER}" in text_of(at, after)


def test_a_receipt_after_the_time_for_changes_says_that_it_is_over(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        unit = came(at, "receipt", about=issued(at.store), at=NIGHT + timedelta(days=9))
        assert "The time for changes is over." in text_of(at, unit)


def test_a_calendar_without_another_meeting_makes_no_date_up(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        unit = came(at, "mend", found_in(spoilt()), about=issued(at.store), at=NIGHT + timedelta(days=900))
        assert "The date of the next meeting is not set yet." in text_of(at, unit)


@pytest.mark.parametrize(("urn", "cluster"), [(OWN, "CEN"), ("999999", ""), (None, "")])
def test_a_file_without_a_form_belongs_to_the_cluster_of_its_school(urn: str | None, cluster: str) -> None:
    assert cluster_of(REGISTER, None, urn, NIGHT) == cluster


def test_a_label_is_told_with_the_figure_of_its_setting(tmp_path: Path) -> None:
    field = FORM.field("first_6000")
    assert "{setting:" in field.label
    with workspace(tmp_path) as at:
        found = (Finding(Place("f.xlsx", "2 Request", "C9"), "blank", field="first_6000"),)
        unit = came(at, "mend", found, about=issued(at.store))
        assert f"({field.label.replace('{setting:first_spend}', '£6,000.00')})" in text_of(at, unit)


DECIDED, NOT_AGREED = (
    Finding(Place("f.xlsx"), code, Severity.QUERY) for code in ("decided-already", "not-agreed-already")
)


def note_of(at: Workspace, code: Finding) -> str:
    """What a school reads of a decided request that it sent again, with a fault in it."""
    unit = came(at, "note", (code, *found_in(spoilt())), about=issued(at.store))
    with at.store.transaction():
        units.save_many(at.store, [unit := replace(unit, state=State.RETURNED, meeting=None)])
    return " ".join(text_of(at, unit).split())


def test_of_a_decided_request_the_letter_says_only_what_stands_and_what_can_be_done(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        said = note_of(at, DECIDED)
        assert "Nothing in it has changed a request of yours." in said
        assert (
            "What we found, and what to do: - The panel has decided on this request already. What was decided stands:"
            " sending this form again changes nothing. One form is one request: for something more, ask for another"
            " form by replying. For example: form 4, where you have three. Questions?" in said
        )
        assert not [word for word in ("to mend", "Send it back", "Meeting:", "5 Costs", " of 3") if word in said]


def test_of_what_is_not_to_come_back_the_letter_says_that_it_stays(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        said = note_of(at, NOT_AGREED)
        assert (
            "- The panel has considered this request already. It stays as it was decided: there is nothing for you to"
            " do. Questions?" in said
        )


def test_a_fault_in_what_was_not_agreed_is_mended_without_a_promise(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        unit = came(at, "mend", (NOT_AGREED, *found_in(spoilt())), about=issued(at.store))
        said = " ".join(text_of(at, unit).split())
        assert (
            "Send it back by 17:00 on Wednesday 7 October 2026. The cluster admin then says whether it goes before the"
            " Central cluster meeting of Thursday 15 October 2026." in said
        )
        assert "The cluster admin says whether it goes before the panel once more." in said
        assert "Nothing to do" not in said
