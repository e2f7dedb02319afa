from datetime import date

import pytest

from cluster_sheets.base.record import Record, box


def test_a_record_is_read_back_as_it_was_written() -> None:
    record = Record(
        {"purpose": "PROJECT", "start_date": date(2027, 2, 22), "amount_requested": 496000, "earlier_reference": None},
        {"costs": ({"category": "TA_TIME", "line_total": 327560},), "pupils": ()},
    )
    assert Record.from_json(record.to_json()) == record
    assert record.rows("partners") == ()


def test_only_declared_kinds_of_value_are_written() -> None:
    with pytest.raises(TypeError, match="bytes"):
        Record({"a": b"x"}, {}).to_json()  # type: ignore[dict-item]


def test_a_box_in_a_table_names_its_row() -> None:
    assert box("costs", "description", 2) == "costs.description#2"
