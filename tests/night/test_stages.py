from cluster_sheets.night.stages import STAGES


def test_money_is_looked_at_before_anybody_is_answered_and_anything_is_shown() -> None:
    order = [stage.__name__ for stage in STAGES]
    assert order == [
        "_read_back",
        "_fetch",
        "_take_in",
        "_judge",
        "_again",
        "_money",
        "_reply",
        "_send",
        "_anonymise",
        "_panel",
        "_review",
        "_file_away",
    ]
