from cluster_sheets.base.finding import Finding, Place, Severity, Wording


def test_wording_is_filled_in_and_an_unknown_blank_stays_empty() -> None:
    wording = Wording("{field} is shorter than {limit} characters.", "Write more in {cell}.")
    assert wording.told({"field": "Plan", "limit": "150", "cell": "C9"}) == (
        "Plan is shorter than 150 characters.",
        "Write more in C9.",
    )
    assert wording.told({}) == (" is shorter than  characters.", "Write more in .")


def test_findings_sort_by_their_place() -> None:
    later = Finding(Place("b.xlsx"), "blank")
    first = Finding(Place("a.xlsx", "2 Request", "C9"), "blank", Severity.NOTE)
    assert sorted([later, first]) == [first, later]
