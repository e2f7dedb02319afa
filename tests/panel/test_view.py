"""What a pack holds."""

from cluster_sheets.panel.position import Position
from cluster_sheets.panel.view import Fund
from tests.panel.made import pack


def test_a_pack_is_called_by_meeting_and_version() -> None:
    assert pack([], version=3).label == "pack CEN-2627-A1 v3"


def test_left_after_every_case_is_left_less_asked() -> None:
    assert Fund("MAIN", Position(1000, 300, 200), 600, 1).after_pence == -100
