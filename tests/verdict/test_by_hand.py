from collections.abc import Mapping, Sequence

from cluster_sheets.intake.pool import Refused
from cluster_sheets.verdict.by_hand import by_hand
from cluster_sheets.verdict.understanding import Told
from tests.checks.batch import raw
from tests.verdict.desk import FINDER, ONE, REGISTER, Desk, asked
from tests.verdict.made import FORM, NIGHT, stamp_of

FILES = [("good.xlsx", b"1"), ("blank.xlsx", b"2"), ("letter.pdf", b"3")]


def read(files: Sequence[tuple[str, bytes]]) -> Mapping[str, Told]:
    """Stands for the worker: one good form, one with a blank, one that is none."""
    good, blank = raw(asked()), raw(asked(headteacher_name=None))
    good.stamp = blank.stamp = stamp_of(ONE)
    told: list[Told] = [good.told(), blank.told(), Refused("file-pdf")]
    return {name: each for (name, _), each in zip(files, told, strict=True)}


def codes(desk: Desk | None = None) -> list[list[str]]:
    seen = by_hand(FILES, REGISTER, FORM, FINDER, NIGHT, read, desk.store if desk else None)
    return [[found.code for found in each.findings] for each in seen]


def test_each_file_is_judged_by_itself(desk: Desk) -> None:
    assert codes(desk) == [[], ["blank"], ["file-pdf"]]


def test_without_a_store_no_stamp_is_judged() -> None:
    assert codes() == [[], ["blank"], ["file-pdf"]]
