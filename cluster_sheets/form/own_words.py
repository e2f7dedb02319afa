"""What the template writes on its sheets whatever is answered there: a reader knows a school's words from them.

Light to import: whoever only reads needs nothing of what writes.
"""

QUESTIONS = ("Question", "Your answer", "Help", "Check")
"""Headings of a sheet of questions."""

START = "Start here"
START_TITLE = "Ask the cluster for SEND funding"
START_HEADINGS = ("Step", "Sheet", "What you give there", "Where you are")
HOW_TITLE = "How to fill it in"
HOW = (
    "Type in the white boxes with a dark edge. All else is locked, so that nothing can be broken by accident.",
    "The last column says what is still required, and counts your letters once you leave a box.",
    "Never write a child's name, initials, date of birth or address. The panel does not see your school's name.",
    "Save it as an Excel workbook (.xlsx) and send it. Send it again if you change it: the newest good one counts.",
    "It opens in Excel on a computer, in Excel online and in LibreOffice. On an iPad, use the Excel app.",
)
STAMP_TITLE = "Whose form this is"
STAMP_WORDS = {
    "form_id": "Form. One form is one request; your school has more of them.",
    "urn": "School it was made for",
    "cluster": "Cluster",
    "round": "Meeting it was made for",
    "version": "Version of the form",
    "mark": "",
}
"""What stands beside each part of the stamp."""

MEND = "What to mend"
MEND_HEADINGS = ("No.", "Where", "What we found", "What to do", "For example")
MEND_LAST = "Not sure? Reply to the message this came with."
"""The last line of that sheet."""
