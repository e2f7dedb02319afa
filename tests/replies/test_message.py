from dataclasses import replace

import pytest

from cluster_sheets.replies import message
from cluster_sheets.replies.message import Told
from cluster_sheets.replies.plain import plain
from cluster_sheets.replies.told import Item

END = Item(
    "ends-before-it-starts", True, "end_date", (0,), "2 Request", ("C23",), "To", "The end is not after the start.",
    "The end is not after the start.", "Change C23 or the date above it.", "22/02/2027 to 23/07/2027",
)  # fmt: skip
RATE = Item(
    "not-money", True, "costs.rate", (0, 2), "5 Costs", ("F6", "F8"), "Rate", "‘a lot for Ivy’ is not an amount.", "",
    "Type the pounds.", "1250.50",
)  # fmt: skip
NOTE = Item(
    "sheet-added", False, "", (0,), "", (), "", "The workbook has a sheet that is not ours.",
    "The workbook has a sheet that is not ours.", "Nothing to do.", "",
)  # fmt: skip
NEWER = Item("version-not-taken", True, "", (0,), "", (), "", "Old.", "This form is of another version.", "Use it.", "")
BASE = {
    "form": "form F-K7A4-9XDR",
    "number": "form 1",
    "received": "09:14 on Monday 28 September 2026",
    "meeting": "Central cluster meeting of Thursday 15 October 2026",
    "deadline": "17:00 on Wednesday 7 October 2026",
    "signed": "Central cluster",
    "mailbox": "cen@council.example",
}
FACTS = """Form:         F-K7A4-9XDR (form 1)
Received:     09:14 on Monday 28 September 2026
Meeting:      Central cluster meeting of Thursday 15 October 2026
"""
CLOSING = """Questions? Reply to this message. It was written by a program, but a person reads what comes back.

Central cluster
cen@council.example
"""


def subject(*about: Told) -> str:
    return message.subject(about)


def text(*about: Told) -> str:
    return plain(message.blocks(about))


def told(kind: str, *items: Item, **changes: object) -> Told:
    return Told(kind, items, **{**BASE, **changes})  # type: ignore[arg-type]


def test_a_receipt_says_what_we_have_which_meeting_and_until_when_it_may_change() -> None:
    receipt = told("receipt", NOTE, reference="CEN-2627-0017")
    assert subject(receipt) == "CEN-2627-0017: we have your request"
    assert text(receipt) == (
        f"""We have your request, and it is complete. There is nothing more for you to do.

Reference:    CEN-2627-0017
{FACTS}
If you want to change something, change it in the same workbook and send it again by 17:00 on Wednesday 7 October\
 2026. The newest complete one counts.

Only to tell you:
- The workbook has a sheet that is not ours. Nothing to do.

{CLOSING}"""
    )


def test_a_late_one_says_that_it_waits() -> None:
    late = told("late", reference="CEN-2627-0017", deadline="")
    assert subject(late) == "CEN-2627-0017: we have your request, for a later meeting"
    assert text(late).startswith(
        "We have your request, and it is complete. It waits for a later meeting than the one it was made for.\n"
    )
    assert "The time for changes is over. If something in it is wrong, reply to this message.\n" in text(late)


def test_what_to_mend_is_told_by_sheet_cell_and_question_with_nothing_that_was_typed() -> None:
    mend = told("mend", END, RATE, NOTE, copy="Own form 1 to mend.xlsx")
    assert subject(mend) == "Form F-K7A4-9XDR: 2 things to mend"
    assert text(mend) == (
        f"""We have your form. There are 2 things to mend before the request can go to the meeting. All else is kept as\
 you gave it.

{FACTS}
The workbook with this message holds your answers. Its first sheet lists the same things, each with a link to its\
 cell. Mend them there, save it, and send that workbook back.

Send it back by 17:00 on Wednesday 7 October 2026, so that it counts for the Central cluster meeting of Thursday 15\
 October 2026.

What to mend:
- 2 Request, C23 (To)
  The end is not after the start. Change C23 or the date above it.
  For example: 22/02/2027 to 23/07/2027
- 5 Costs, F6 and F8 (Rate)
  Type the pounds.
  For example: 1250.50

Only to tell you:
- The workbook has a sheet that is not ours. Nothing to do.

{CLOSING}"""
    )


def test_what_is_to_mend_beside_a_version_that_counts_says_that_the_earlier_one_does_until_then() -> None:
    stands = "09:14 on Friday 25 September 2026"
    one = told("mend", END, stands=stands)
    assert text(one).startswith(
        "We have your form. There is 1 thing to mend before this version can count. Until then the version we had at"
        " 09:14 on Friday 25 September 2026 still counts. All else is kept as you gave it.\n"
    )
    assert "still counts" in text(one, told("receipt")).partition("File 1 of 2")[2]
    for kind in ("receipt", "held", "refused"):
        assert "still counts" not in text(told(kind, stands=stands))


def test_more_than_twenty_things_are_counted() -> None:
    assert "\n\nThere are 2 more like these. They show once these are mended.\n\n" in text(told("mend", *[END] * 22))
    assert "\n\nThere is 1 more like these." in text(told("mend", *[END] * 21))
    assert "more like these" not in text(told("mend", *[END] * 20))


def test_an_old_form_comes_back_as_a_new_one() -> None:
    assert "a new form with your answers in it, as far as they fit." in text(
        told("mend", NEWER, copy="Own form 1 to mend.xlsx")
    )


def test_without_a_copy_the_school_mends_its_own_workbook() -> None:
    assert "Mend them in your own workbook, save it, and send it again." in text(told("mend", END))


def test_a_held_one_names_what_is_looked_at_and_asks_for_nothing() -> None:
    held = told("held", END, NOTE)
    assert subject(held) == "Form F-K7A4-9XDR: we have your form, and a person looks at it first"
    paragraphs = text(held).split("\n\n")
    assert paragraphs[0] == (
        "We have your form. The cluster admin looks at it before it goes further, and writes to you if something is"
        " wanted."
    )
    assert paragraphs[2] == "What it is about:\n- 2 Request, C23 (To)\n  The end is not after the start."
    assert paragraphs[3] == "There is nothing for you to do until then."
    assert paragraphs[4] == "Only to tell you:\n- The workbook has a sheet that is not ours."


def test_a_held_one_that_can_be_told_by_nothing_but_what_was_typed_is_about_the_workbook() -> None:
    bare = replace(RATE, sheet="", cells=(), label="")
    assert "What it is about:\n- The workbook as a whole.\n" in text(told("held", bare))
    assert "What it is about:\n- 5 Costs, F6 and F8 (Rate)\n" in text(told("held", RATE))


def test_a_refused_one_says_how_to_send_it_and_by_when() -> None:
    refused = told("refused", NOTE, form="", number="")
    assert subject(refused) == "Cluster funding: we could not take what you sent"
    assert text(refused) == (
        f"""We had something from you, but we could not take it as a form.

Received:     09:14 on Monday 28 September 2026
Next meeting: Central cluster meeting of Thursday 15 October 2026

What we found, and what to do:
- The workbook has a sheet that is not ours. Nothing to do.

Send the form by 17:00 on Wednesday 7 October 2026, so that it counts for the Central cluster meeting of Thursday 15\
 October 2026.

{CLOSING}"""
    )


def test_without_a_meeting_ahead_no_date_is_made_up() -> None:
    said = text(told("refused", NOTE, deadline="", meeting=""))
    assert "The date of the next meeting is not set yet. Send it as soon as you can.\n" in said


@pytest.mark.parametrize("kind", ["receipt", "late", "mend", "held", "refused", "note"])
def test_no_kind_of_message_holds_what_was_typed(kind: str) -> None:
    whole = told(kind, END, RATE, NOTE)
    assert "Ivy" not in subject(whole) + text(whole)


def test_rule_26_several_submissions_are_told_in_one_message_each_under_its_own_heading() -> None:
    good = told("receipt", reference="CEN-2627-0017")
    faulty = told("mend", END, form="form F-AAAA-BBBB", number="form 2", copy="Own form 2 to mend.xlsx")
    strange = told("refused", NOTE, form="", number="")
    assert subject(good, faulty, strange) == (
        "Cluster funding: your 3 files, 1 to mend, 1 we could not take and 1 complete"
    )
    said = text(good, faulty, strange)
    assert said.startswith(
        "We had 3 files from you in one message: 1 to mend, 1 we could not take and 1 complete.\n\n"
        "File 1 of 3: CEN-2627-0017\n--------------------------\n\n"
        "We have your request, and it is complete. There is nothing more for you to do.\n\n"
        "Reference:    CEN-2627-0017\n"
    )
    assert "File 2 of 3: Form F-AAAA-BBBB\n" in said
    assert "The workbook ‘Own form 2 to mend.xlsx’ with this message holds your answers." in said
    assert "File 3 of 3: not a form of ours\n" in said
    assert said.endswith(CLOSING)
    assert said.count("Questions?") == 1


def test_several_of_one_kind_are_counted_together() -> None:
    assert subject(told("receipt"), told("receipt")) == "Cluster funding: your 2 files, 2 complete"


@pytest.mark.parametrize("kind", ["receipt", "late", "mend", "held", "refused", "note"])
def test_rule_28_several_in_one_message_hold_nothing_that_was_typed(kind: str) -> None:
    both = (told(kind, END, RATE, NOTE), told(kind, RATE))
    assert "Ivy" not in subject(*both) + text(*both)
