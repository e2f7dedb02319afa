from datetime import date

from cluster_sheets.replies.scheme import scheme
from tests.register.made import REGISTER


def test_a_form_offers_the_members_of_the_day_and_the_settings_of_the_register() -> None:
    made = scheme(REGISTER, "CEN", date(2026, 10, 15))
    assert len(made.schools) == 25
    assert made.schools[:2] == ("Abbey Hulton Primary School", "Birches Head Academy")
    assert made.years[0] == "R"
    assert (made.bound("weeks_max"), made.words("pupil_cap")) == (39, "£8,500.00")


def test_before_the_cluster_was_live_there_is_nobody_to_choose() -> None:
    assert scheme(REGISTER, "CEN", date(2024, 10, 15)).schools == ()
