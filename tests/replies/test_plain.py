from cluster_sheets.replies.message import Facts, Lead, Line, Paragraph, Section, Signed, Things
from cluster_sheets.replies.plain import plain


def test_each_block_is_a_paragraph() -> None:
    said = plain(
        (
            Lead("We have it.", "receipt"),
            Section("File 1 of 2: CEN-2627-0001"),
            Facts((("Form", "F-K7A4-9XDR"), ("Next meeting", "15 October"))),
            Paragraph("Send it."),
            Things(
                "What to mend:",
                (
                    Line("2 Request, C23", "To", "Change C23.", "22/02/2027"),
                    Line("", "To", "", ""),
                    Line("5 Costs", "", "", ""),
                ),
            ),
            Signed(("Central cluster", "cen@council.example")),
        )
    )
    assert said == (
        "We have it.\n\nFile 1 of 2: CEN-2627-0001\n--------------------------\n\n"
        "Form:         F-K7A4-9XDR\nNext meeting: 15 October\n\nSend it.\n\n"
        "What to mend:\n- 2 Request, C23 (To)\n  Change C23.\n  For example: 22/02/2027\n- To\n- 5 Costs\n\n"
        "Central cluster\ncen@council.example\n"
    )
