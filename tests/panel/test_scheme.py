"""What is declared for the panel."""

from cluster_sheets.panel.scheme import criteria, glossary
from tests.register.made import REGISTER


def test_each_weight_of_the_register_has_its_criterion() -> None:
    names = {name for name in REGISTER.settings.lines if name.startswith(("weight_project_", "weight_unforeseen_"))}
    found = criteria(REGISTER.settings)
    assert len(names) == 2 * len(found)
    assert sum(each.project for each in found) == sum(each.unforeseen for each in found) == 1000
    assert all(len(each.levels) == 4 for each in found)


def test_the_glossary_is_in_order_and_explains_the_signs() -> None:
    words = dict(glossary(5))
    assert list(words) == sorted(words, key=str.casefold)
    assert words["c"].startswith("Fewer than five")
    assert dict(glossary(3))["c"].startswith("Fewer than 3")
    assert {"x", "z", "the rest"} <= set(words)
