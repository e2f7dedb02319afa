from datetime import date
from pathlib import Path

from cluster_sheets.report.need import Need, When
from cluster_sheets.report.remembered import remembered
from cluster_sheets.store.places import Places
from tests.register.test_proposal import ADDRESS, REGISTER, say
from tests.store.made import made

TODAY = date(2026, 9, 28)
DO = "Open it, fill in name and role, and copy each line into register.xlsx, sheet Members."
WHERE = "private/review/register-proposal.xlsx"


def test_rule_18_an_address_that_waits_needs_the_admin_and_is_not_told(tmp_path: Path) -> None:
    with made(tmp_path) as store:
        assert list(remembered(store, REGISTER, Places(tmp_path), TODAY)) == []
        say(store)
        what = "1 address you wanted to remember waits to be put into the register."
        assert list(remembered(store, REGISTER, Places(tmp_path), TODAY)) == [
            Need(When.TODAY, WHERE, what, DO, 2, TODAY)
        ]
        say(store, sender=f"second.{ADDRESS}", number=2)
        (both,) = remembered(store, REGISTER, Places(tmp_path), TODAY)
        assert (both.what, both.minutes) == (
            "2 addresses you wanted to remember wait to be put into the register.",
            4,
        )
