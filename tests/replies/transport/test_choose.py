from pathlib import Path

import pytest

from cluster_sheets.connect.config import Access, Config, Kind, Transport
from cluster_sheets.replies.transport.choose import transport
from cluster_sheets.replies.transport.graph import GraphMail
from cluster_sheets.replies.transport.smtp import Smtp


@pytest.mark.parametrize(("kind", "made"), [("smtp", Smtp), ("graph", GraphMail)])
def test_the_way_out_is_the_one_that_is_set_up(kind: str, made: type) -> None:
    told = Config(Transport(Kind(kind), Access(Path())))
    assert type(transport(told)) is made


def test_a_folder_sends_nothing() -> None:
    with pytest.raises(ValueError, match="sent by a person"):
        transport(Config(Transport(Kind.FOLDER, Access(Path()))))
