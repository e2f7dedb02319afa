import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from cluster_sheets.intake.limits import MB, Limits
from cluster_sheets.intake.pool import CHUNK, Pool, Refused
from tests.intake.files import with_part, workbook

TARGET = "tests.intake.targets:obey"
LIMITS = Limits(cpu_seconds=1, memory_bytes=200 * MB)
HELD = pytest.mark.skipif(not Pool(LIMITS).limits_hold, reason="this system can't limit a process")
STOPPED = Refused("file-stops-the-reader")


def told(order: str) -> bytes:
    return with_part("order.txt", order.encode())


def read(**orders: str) -> dict[str, object]:
    with Pool(LIMITS, TARGET) as made:
        return dict(made.read([(name, told(order)) for name, order in orders.items()]))


def good(order: str = "read") -> dict[str, object]:
    return {"order": order, "size": len(told(order))}


def test_every_file_is_answered_under_its_name_in_the_order_given() -> None:
    orders = {f"{number}": f"read {number}" for number in range(3 * CHUNK + 1)}
    answers = read(**orders)
    assert answers == {name: good(order) for name, order in orders.items()}
    assert list(answers) == list(orders)


def test_a_file_that_the_pre_check_refuses_comes_back_with_its_code() -> None:
    with Pool(LIMITS, TARGET) as made:
        assert made.read([("pdf", b"%PDF"), ("none", b""), ("good", told("read"))]) == {
            "pdf": Refused("file-pdf"),
            "none": Refused("file-empty"),
            "good": good(),
        }


def test_a_file_that_breaks_the_reader_is_refused_with_where_it_broke_and_without_what_it_held() -> None:
    answers = read(bad="raise", good="read")
    refused = answers["bad"]
    assert isinstance(refused, Refused)
    assert (refused.code, answers["good"]) == ("file-broken", good())
    assert refused.trace.splitlines()[-1] == "ValueError"
    assert "targets.py:" in refused.trace
    assert "typed" not in refused.trace


@pytest.mark.parametrize(
    "order",
    [
        "abort",
        "panic",
        pytest.param("loop", marks=HELD),
        pytest.param("eat", marks=HELD),
        pytest.param("hoard", marks=HELD),
    ],
)
def test_a_file_that_stops_its_worker_twice_is_refused_and_costs_the_others_nothing(order: str) -> None:
    others = {f"{number}": "read" for number in range(CHUNK + 4)}
    assert read(before="read", bad=order, **others) == {"before": good(), "bad": STOPPED} | dict.fromkeys(
        others, good()
    )


def test_a_file_that_stops_its_worker_once_is_read_at_the_second_try(tmp_path: Path) -> None:
    assert read(odd=f"once {tmp_path / 'seen'}", good="read") == {"odd": {"order": "once"}, "good": good()}


def test_two_that_stop_the_worker_are_both_refused() -> None:
    assert read(a="abort", b="read", c="panic") == {"a": STOPPED, "b": good(), "c": STOPPED}


def test_what_a_reader_prints_does_not_get_between_the_answers() -> None:
    assert read(loud="print", good="read") == {"loud": good("print"), "good": good()}


def test_an_answer_that_is_no_plain_value_is_not_taken() -> None:
    with pytest.raises(Exception, match=r"builtins.object is no plain value"):
        read(odd="odd")


def test_files_are_drawn_only_a_few_chunks_ahead() -> None:
    drawn = 0

    def files() -> Iterator[tuple[str, bytes]]:
        nonlocal drawn
        for number in range(20 * CHUNK):
            drawn += 1
            yield str(number), told("read")

    with Pool(LIMITS, TARGET) as made:
        answers = made.stream(files())
        assert next(answers) == ("0", good())
        assert drawn <= 4 * CHUNK
        assert len(list(answers)) == 20 * CHUNK - 1


def test_more_than_a_pipe_holds_goes_both_ways_without_a_standstill() -> None:
    big = with_part("order.txt", b"read " + os.urandom(200_000).hex().encode())
    with Pool(LIMITS, TARGET) as made:
        answers = made.read([(str(number), big) for number in range(4 * CHUNK)])
    assert len(answers) == 4 * CHUNK
    assert {isinstance(each, dict) for each in answers.values()} == {True}


def test_a_reader_that_is_not_there_is_our_mistake_and_raises() -> None:
    with Pool(LIMITS, "tests.intake.no_such_module:read") as made, pytest.raises(RuntimeError, match="did not start"):
        made.read([("a", workbook())])


def test_nothing_is_started_where_nothing_is_read() -> None:
    with Pool(LIMITS, TARGET) as made:
        assert (made.read([]), made._worker) == ({}, None)


def test_no_process_outlives_the_pool() -> None:
    with Pool(LIMITS, TARGET) as made:
        made.read([("a", told("read"))])
        assert made._worker is not None
        child = made._worker._process._child
        assert child.poll() is None
    assert child.poll() is not None


def test_seconds_are_counted_for_each_file_and_not_for_all_of_them() -> None:
    spin = {f"{number}": "spin" for number in range(4)}
    assert read(**spin) == dict.fromkeys(spin, good("spin"))
