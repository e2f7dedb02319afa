from datetime import date
from random import Random

from cluster_sheets.demo.texts import common
from cluster_sheets.demo.who import teller
from tests.demo.made import register


def test_what_a_text_may_tell_is_of_the_register_or_invented() -> None:
    told = register()
    school = told.schools["146487"]
    for seed in range(40):
        who = teller(school, (told.schools["143487"],), told, date(2026, 9, 24), Random(seed))
        assert who.slots["own"] == school.name
        assert who.slots["alias"] in school.aliases
        assert told.urns_named(who.slots["other"]) not in ((), (school.urn,))
        assert who.phone.startswith("01632 960")
        assert who.slots["mail"].endswith(".example")
        assert who.headteacher.startswith("EXAMPLE ")
        assert list(who.heads) == ["143487"]
        for telling in common().tellings:
            said = who.said(telling.text)
            assert "{" not in said
            assert all(who.said(hidden) in said for hidden in telling.hides)
