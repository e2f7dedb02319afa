from cluster_sheets.replies.transport.folder import Folder
from cluster_sheets.replies.transport.outcome import Sent


def test_what_lies_in_the_outbox_is_where_it_is_to_be() -> None:
    with Folder() as folder:
        folder.reach()
        assert folder.send(b"EXAMPLE", "cen@council.example", "senco@own.example") == Sent()
        assert folder.has_sent("<1@example>") is None
