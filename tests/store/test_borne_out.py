import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from cluster_sheets.night.workspace import IntegrityError, must_be_whole
from cluster_sheets.store import applications, audit, borne_out, decisions, integrity
from cluster_sheets.store.erasure import erase_form
from tests.decided import AT, FEEDBACK, NEED, SP1, desk
from tests.store.made import made

REF = "CEN-2627-0001"
NOT_AS_TAKEN = f"Decision 1 of {SP1} on {REF} is not as it was taken."


def _decided(workspace: Path) -> None:
    """A meeting agreed to 1,000 pounds, with a condition; the verdict on the request stands in the audit."""
    with desk(workspace, NEED) as at:
        at.fill(H3={"outcome": "Agreed with conditions", "award": 1000, "conditions": FEEDBACK})
        assert at.read() == ()
        (asked,) = applications.everything(at.store)
        hashed = applications.content_hash(at.store.key, asked)
        line = audit.Line(AT, audit.NIGHT, applications.JUDGED, "accepted", application_ref=REF, out_hash=hashed)
        with at.store.transaction():
            audit.append_many(at.store, [line])
        assert integrity.problems(at.store) == ()
        must_be_whole(at.store)


@pytest.mark.parametrize(
    ("tampered", "said"),
    [
        (
            "INSERT INTO decision SELECT meeting, application_ref, version + 1, outcome, 300000, pot, eligible,"
            " present, in_favour, against, abstain, decided_on, recorded_at, 'x' FROM decision",
            (f"Decision 2 of {SP1} on {REF} is not as it was taken.",),
        ),
        (
            "INSERT INTO decision SELECT meeting, application_ref, version + 1, outcome, 300000, pot, eligible,"
            " present, in_favour, against, abstain, decided_on, recorded_at, content_hash FROM decision",
            (f"Decision 2 of {SP1} on {REF} is not as it was taken.",),
        ),
        ("UPDATE decision SET amount_pence = 300000", (NOT_AS_TAKEN,)),
        ("UPDATE decision SET outcome = 'NOT_AGREED', amount_pence = 0", (NOT_AS_TAKEN,)),
        ("UPDATE decision SET present = 1", (NOT_AS_TAKEN,)),
        ("UPDATE decision SET pot = 'CONTINGENCY'", (NOT_AS_TAKEN,)),
        ("UPDATE decision SET decided_on = '2026-04-01'", (NOT_AS_TAKEN,)),
        ("UPDATE decision SET recorded_at = '2026-04-01T00:00:00+00:00'", (NOT_AS_TAKEN,)),
        (
            "DELETE FROM decision",
            (f"A decision on {REF} that was taken ({SP1} AGREED_WITH_CONDITIONS £1,000.00, version 1) is gone.",),
        ),
        ("UPDATE meta SET value = '1' WHERE name LIKE 'quorum %'", (f"The quorum of {SP1} is not the one",)),
        ("DELETE FROM meta WHERE name LIKE 'quorum %'", (f"The quorum of {SP1} is not the one",)),
        ("UPDATE application SET asked_pence = asked_pence + 1", (f"What is kept of the request {REF} is not what",)),
        ("UPDATE application SET minimum_pence = 1", (f"What is kept of the request {REF} is not what",)),
    ],
)
def test_what_money_hangs_on_and_was_put_in_by_hand_is_told(
    tmp_path: Path, tampered: str, said: tuple[str, ...]
) -> None:
    _decided(tmp_path)
    connection = sqlite3.connect(tmp_path / "cluster.db")
    connection.executescript(tampered)
    connection.close()
    with made(tmp_path) as store:
        found = integrity.problems(store, thorough=False)
        assert len(found) == len(said)
        assert all(each.startswith(start) for each, start in zip(found, said, strict=True))
        with pytest.raises(IntegrityError, match="Something else than this program changed the records"):
            must_be_whole(store)


def test_a_decision_whose_words_were_erased_is_held_to_the_audit_without_them(tmp_path: Path) -> None:
    _decided(tmp_path)
    with made(tmp_path) as store:
        with store.transaction():
            store.write("DELETE FROM decision_text", [()])
        assert borne_out.problems(store) == (NOT_AS_TAKEN,)
        erase_form(store, "F-TEST-0001", AT, "admin", "its time is over")
        assert borne_out.problems(store) == ()
        with store.transaction():
            store.write("UPDATE cluster.decision SET amount_pence = 300000", [()])
        assert borne_out.problems(store) == (NOT_AS_TAKEN,)


def test_words_of_a_decision_that_were_altered_are_told_like_the_rest(tmp_path: Path) -> None:
    _decided(tmp_path)
    with made(tmp_path) as store:
        with store.transaction():
            store.write("UPDATE decision_text SET sealed = zeroblob(60)", [()])
        (said,) = borne_out.problems(store)
        assert said.startswith("What is kept about decision_text")


def test_what_was_kept_before_the_audit_told_it_has_nothing_to_be_held_against(tmp_path: Path) -> None:
    with desk(tmp_path, NEED) as at, at.store.transaction():
        (asked,) = applications.everything(at.store)
        at.store.write("INSERT INTO cluster.meta (name, value) VALUES (?, '10')", [(f"quorum {SP1}",)])
        assert decisions.quorum(at.store, SP1) == 10
        applications.save_many(at.store, [replace(asked, asked_pence=1)])
        assert borne_out.problems(at.store) == ()
