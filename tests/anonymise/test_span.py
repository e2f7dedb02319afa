from cluster_sheets.anonymise.span import Span, apart, applied, placeholders


def test_of_spans_that_meet_the_surest_and_longest_gives_its_name() -> None:
    school, word = Span("a", 0, 9, "school", "1"), Span("a", 5, 20, "unknown-word", "x", sure=False)
    assert apart([word, school, Span("b", 5, 9, "place")]) == [
        Span("a", 0, 20, "school", "1"),
        Span("b", 5, 9, "place"),
    ]


def test_a_fact_gives_its_name_to_all_that_is_within_it() -> None:
    fact, school = Span("a", 0, 40, "identifying", "f", sure=False), Span("a", 5, 20, "school", "1")
    merged = apart([school, fact])
    assert merged == [Span("a", 0, 40, "identifying", "f")]
    assert placeholders(merged) == {merged[0]: "[detail]"}


def test_each_one_of_a_case_keeps_its_letter() -> None:
    first, second, again = (Span("a", at, at + 2, "school", key) for at, key in ((0, "1"), (4, "2"), (8, "1")))
    told = placeholders([first, second, again])
    assert list(told.values()) == ["[school A]", "[school B]", "[school A]"]
    assert applied("AA, BB, AA.", list(told.items())) == "[school A], [school B], [school A]."
