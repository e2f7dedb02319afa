import pytest

from cluster_sheets.connect.error import ConfigError, UnreachableError


def test_what_is_set_up_wrong_and_what_is_away_are_told_apart() -> None:
    with pytest.raises(ConfigError, match="look"):
        raise ConfigError("look here")
    assert not issubclass(UnreachableError, ConfigError)
    assert not issubclass(ConfigError, UnreachableError)
