from dataclasses import fields

from cluster_sheets.intake.limits import Limits, limits
from tests.register.made import REGISTER


def test_the_settings_that_ship_are_the_defaults() -> None:
    assert limits(REGISTER.settings.whole) == Limits()


def test_every_limit_comes_from_a_setting_of_its_own() -> None:
    asked: list[str] = []

    def number(name: str) -> int:
        asked.append(name)
        return len(asked)

    made = limits(number)
    assert len(set(asked)) == len(asked) == len(fields(Limits)) == 16
    assert (made.file_bytes, made.entries, made.cpu_seconds) == (1024 * 1024, 6, 15)
