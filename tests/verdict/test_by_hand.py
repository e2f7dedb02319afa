from collections.abc import Mapping, Sequence

from cluster_sheets.intake.pool import Refused
from cluster_sheets.verdict.by_hand import by_hand
from cluster_sheets.verdict.understanding import Told
from tests.checks.batch import raw
from tests.intake.letters import TEXT, attached, letter, logo
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


def mailed(data: bytes, desk: Desk | None = None) -> list[tuple[str, list[str]]]:
    """What is found in a mail, which the first of ``FILES`` stands for once it is read."""

    def first(files: Sequence[tuple[str, bytes]]) -> Mapping[str, Told]:
        return {name: read([(name, each), ("2", b""), ("3", b"")])[name] for name, each in files}

    store = desk.store if desk else None
    seen = by_hand([("mail.eml", data)], REGISTER, FORM, FINDER, NIGHT, first, store)
    return [(each.arrived.file_name, [found.code for found in each.findings]) for each in seen]


def test_the_forms_in_a_mail_are_looked_at_as_the_night_would() -> None:
    two = letter(TEXT, attached("one.xlsx"), attached("two.xlsx"), logo())
    assert mailed(two) == [("one.xlsx in mail.eml", []), ("two.xlsx in mail.eml", [])]


def test_a_mail_without_a_form_is_told_as_that() -> None:
    assert mailed(letter(TEXT)) == [("mail.eml", ["mail-without-a-form"])]


def test_in_a_workspace_who_sent_a_mail_is_looked_at_too(desk: Desk) -> None:
    stranger = letter(TEXT, attached("one.xlsx"), From="stranger@elsewhere.example")
    assert mailed(stranger, desk) == [("one.xlsx in mail.eml", ["sender-not-registered"])]
    assert mailed(stranger) == [("one.xlsx in mail.eml", [])]
