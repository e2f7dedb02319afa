from cluster_sheets.anonymise.kinds import KEEP, KINDS, TAKE_OUT, letters


def test_letters_go_on_after_z() -> None:
    assert [letters(number) for number in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]


def test_each_kind_says_what_stands_for_it_and_what_to_do_by_default() -> None:
    assert all(kind.stands and kind.proposal in (TAKE_OUT, KEEP) for kind in KINDS.values())
    assert not any(kind.asks and not kind.asks.endswith(".") for kind in KINDS.values())
