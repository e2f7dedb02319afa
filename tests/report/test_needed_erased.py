from datetime import timedelta
from pathlib import Path

from cluster_sheets.report.need import When
from cluster_sheets.report.needed_erased import of_erased
from cluster_sheets.store import audit, replies
from cluster_sheets.store.erasure import ERASED_WITH
from tests.register.made import REGISTER
from tests.replies.made import NIGHT, came, issued, workspace
from tests.store.made import ended

DAY = timedelta(days=1)


def test_what_lost_its_file_with_another_form_is_to_be_sent_for_once_more(tmp_path: Path) -> None:
    with workspace(tmp_path) as at:
        unit = came(at, "held", about=issued(at.store))
        lost = [audit.Line(NIGHT, "admin", ERASED_WITH, each, each) for each in (unit.unit_id, "f" * 16)]
        with at.store.transaction():
            ended(at.store, NIGHT - DAY)
            audit.append_many(at.store, lost)
        first, second = sorted(of_erased(at.store, REGISTER, NIGHT + DAY), key=lambda need: len(need.do), reverse=True)
        assert (first.kind, first.where) == (When.TODAY, f"Unit {unit.unit_id}")
        (told,) = replies.everything(at.store)
        ask, whose = first.do.split(" Whose it is: ")
        assert (ask, whose) == (second.do, f"cluster-sheets outbox show {told.name}")
        # Nobody was ever told anything of this one.
        assert (second.where, second.do) == (f"Unit {'f' * 16}", "Ask whoever sent it for that form once more.")
        with at.store.transaction():
            ended(at.store, NIGHT + DAY)
        assert list(of_erased(at.store, REGISTER, NIGHT + 2 * DAY)) == []
        assert len(list(of_erased(at.store, REGISTER, NIGHT + DAY))) == 2
