"""What is kept of a register is what was read of it."""

import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cluster_sheets.form.shipped import workbook
from cluster_sheets.register import kept, read
from tests.register.made import REGISTER, SHIPPED, spoilt

KEY = b"EXAMPLE key of a workspace"


@pytest.fixture
def at(tmp_path: Path) -> Path:
    path = tmp_path / "register.xlsx"
    path.write_bytes(workbook(SHIPPED))
    return path


@pytest.fixture
def never_read(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    def from_now_on() -> None:
        def unread(path: Path) -> None:
            raise AssertionError(f"{path} was read")

        monkeypatch.setattr(read, "register", unread)

    return from_now_on


def test_the_second_time_it_is_not_read_and_is_the_same_to_the_letter(at: Path, never_read: Callable[[], None]) -> None:
    first = kept.register(at, at.with_name("kept.json"), KEY)
    never_read()
    again = kept.register(at, at.with_name("kept.json"), KEY)
    # Letter by letter: what a pack depends on is told apart by how it is written out.
    assert repr(again) == repr(first) == repr((REGISTER, ()))
    assert stat.S_IMODE(at.with_name("kept.json").stat().st_mode) == 0o600


def test_every_kind_of_value_comes_back(at: Path, never_read: Callable[[], None]) -> None:
    day = date(2027, 2, 28)
    urn, school = next(iter(REGISTER.schools.items()))
    filled = replace(
        REGISTER,
        clusters=tuple(replace(each, live_from=day) for each in REGISTER.clusters),
        members=tuple(replace(each, since=day, until=day, voting=True) for each in REGISTER.members),
        meetings=tuple(replace(each, present=7, status="HELD") for each in REGISTER.meetings),
        budget=tuple(replace(each, approved_by="EXAMPLE", approved_on=day) for each in REGISTER.budget),
        schools={
            urn: replace(
                school,
                memberships=tuple(replace(each, until=day) for each in school.memberships),
                aliases=("Élan", "a"), ambiguous=("b",), email_domains=("school.example",), predecessors=("1",), roll=0,
            )
        },
    )  # fmt: skip
    never_read()
    told = kept._told(filled)
    at.with_name("kept.json").write_text(f"{kept._mark(KEY, REGISTER.sha256, told)}\n{told}\n")
    assert repr(kept.register(at, at.with_name("kept.json"), KEY)) == repr((filled, ()))


def test_another_workbook_is_read(at: Path) -> None:
    kept.register(at, at.with_name("kept.json"), KEY)
    at.write_bytes(b"EXAMPLE")
    found, faults = kept.register(at, at.with_name("kept.json"), KEY)
    assert found is None
    assert [each.code for each in faults] == ["register-unreadable"]


def test_a_faulty_register_is_not_kept(at: Path) -> None:
    spoilt_one = at.with_name("kept.json")
    assert spoilt(lambda book: book.remove(book["Members"]))[0] is None
    at.write_bytes(b"EXAMPLE")
    kept.register(at, spoilt_one, KEY)
    assert not spoilt_one.exists()


def test_where_there_is_no_register_it_says_so(tmp_path: Path) -> None:
    found, faults = kept.register(tmp_path / "register.xlsx", tmp_path / "kept.json", KEY)
    assert found is None
    assert [(each.code, each.place.file) for each in faults] == [("register-unreadable", "register.xlsx")]


@pytest.mark.parametrize(
    "touched",
    [
        lambda data: b"",
        lambda data: b"\xff" + data,
        lambda data: data[:-20],
        lambda data: data.replace(b"000.00", b"999.00", 1) if b"000.00" in data else data.replace(b"1", b"2", 1),
    ],
)
def test_what_somebody_touched_is_read_again_and_kept_as_it_should_be(
    at: Path, touched: Callable[[bytes], bytes]
) -> None:
    beside = at.with_name("kept.json")
    kept.register(at, beside, KEY)
    whole = beside.read_bytes()
    beside.write_bytes(touched(whole))
    assert beside.read_bytes() != whole
    assert repr(kept.register(at, beside, KEY)) == repr((REGISTER, ()))
    assert beside.read_bytes() == whole


def test_what_another_workspace_or_version_kept_is_not_taken(at: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = at.with_name("kept.json")
    kept.register(at, beside, KEY)
    whole = beside.read_bytes()
    kept.register(at, beside, b"EXAMPLE key of another")
    others = beside.read_bytes()
    assert others != whole
    monkeypatch.setattr(kept, "__version__", "EXAMPLE")
    kept.register(at, beside, b"EXAMPLE key of another")
    assert beside.read_bytes() not in (whole, others)


def test_what_was_good_under_another_declaration_is_looked_at_again(at: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside = at.with_name("kept.json")
    kept.register(at, beside, KEY)
    whole = beside.read_bytes()
    monkeypatch.setattr(kept, "schema_text", lambda name: f"EXAMPLE of another {name}")
    kept.register(at, beside, KEY)
    assert beside.read_bytes() != whole
