import pytest

from cluster_sheets.connect.mailbox_name import encoded


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("INBOX", '"INBOX"'),
        ("INBOX/Cluster funding", '"INBOX/Cluster funding"'),
        ("R&D", '"R&-D"'),
        ("Erledigt geprüft", '"Erledigt gepr&APw-ft"'),
        ("台北", '"&U,BTFw-"'),
        ('a"b\\c', '"a\\"b\\\\c"'),
    ],
)
def test_a_folder_is_named_as_the_protocol_wants_it(folder: str, told: str) -> None:
    assert encoded(folder) == told
