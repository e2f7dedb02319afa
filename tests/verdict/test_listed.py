from cluster_sheets.verdict.listed import is_due, is_known, keep, would_go_back
from tests.verdict.desk import Desk


def test_what_was_found_is_kept_until_the_register_changes_again(desk: Desk) -> None:
    assert (is_known(desk.store), is_due(desk.store, "one"), would_go_back(desk.store)) == (False, True, {})
    with desk.store.transaction():
        keep(desk.store, "one", {"CEN-2627-0001": ["project-over-cap-alone"]})
    assert (is_known(desk.store), is_due(desk.store, "one"), is_due(desk.store, "two")) == (True, False, True)
    assert would_go_back(desk.store) == {"CEN-2627-0001": ["project-over-cap-alone"]}
