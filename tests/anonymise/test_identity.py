from dataclasses import replace

import pytest

from cluster_sheets.anonymise.identity import (
    Known,
    Strength,
    of_address,
    of_own,
    of_person,
    of_place,
    of_school,
    of_trust,
)
from cluster_sheets.register.model import School

TITLES = ("mr", "mrs", "ms", "miss", "dr")
SCHOOL = School(
    "999001", "Saint Aldate's CofE Primary School", "PS", (), ("Grove Juniors",), ("Waterside",), "999/2222",
    trust="The EXAMPLE Oak Trust", postcode="ZZ9 9ZZ", email_domains=("aldates.example",), predecessors=("999002",),
)  # fmt: skip


def test_a_person_is_known_by_each_name_by_both_and_by_initials() -> None:
    ways = dict(of_person("EXAMPLE Amina Fenwick", own=True))
    sure = {way for way, known in ways.items() if known.strength == Strength.SURE and not known.possessive}
    run_together = {"aminafenwick", "fenwickamina", "afenwick", *(f"{each}fenwick" for each in TITLES)}
    assert sure == {"amina fenwick", "fenwick amina", "amina", "fenwick"} | run_together
    assert ways["aminas"] == Known("person", "amina fenwick", possessive=True, own=True)
    assert ways["a fenwick"].strength == Strength.CAPITAL
    assert ways["a f"].strength == Strength.DOTTED


def test_a_first_name_that_a_role_is_called_by_too_is_one_before_a_last_name_alone() -> None:
    assert {"trust gajda", "gajda"} <= {way for way, _ in of_person("Trust Gajda", own=True)}
    assert list(of_person("Trust lead", own=True)) == []
    assert all("trust" not in way for way, _ in of_person("Jane Doe, Trust lead", own=True))


def test_a_name_that_is_an_ordinary_word_needs_its_capital() -> None:
    ways = dict(of_person("Mrs Grace Okonkwo-Green"))
    assert {
        each: ways[each].strength for each in ("grace", "green", "okonkwo", "okonkwo green", "grace okonkwo green")
    } == {
        "grace": Strength.CAPITAL,
        "green": Strength.CAPITAL,
        "okonkwo": Strength.SURE,
        "okonkwo green": Strength.SURE,
        "grace okonkwo green": Strength.SURE,
    }


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("Zoë O'Quillan", {"oquillan", "quillan", "o quillan", "mrsoquillan", "zoquillan", "zoeo quillan"}),
        ("D'Angelo D'Souza", {"dangelo", "dsouza", "angelo", "souza", "angelod", "dangelodsouza"}),
        ("Anne-Marie Okonkwo-Brand", {"annemarie", "okonkwobrand", "marieokonkwo", "mrokonkwo brand", "aokonkwobrand"}),
        ("Bo Al-Hashimi", {"bo alhashimi", "alhashimi bo"}),
        ("Jean-Luc ap Rhydderch", {"lucaprhydderch", "jeanlucap", "aprhydderch"}),
        ("Ieuan van der Zwaan", {"van der zwaan", "vanderzwaan", "ivanderzwaan", "izwaan", "missvanderzwaan"}),
        ("Fenwick, Amina", {"amina fenwick", "aminafenwick", "drfenwick", "a fenwick"}),
        ("Amina Fenwick, Headteacher", {"amina fenwick", "a fenwick"}),
        ("Łucja Bjørnsen-Weiß", {"lucja", "bjornsen", "weiss", "lbjornsenweiss"}),
        ("Mx Þórdís Zwarteveen", {"thordis", "thzwarteveen", "tzwarteveen"}),
    ],
)
def test_a_person_is_known_by_what_is_run_together_or_parted_at_an_apostrophe(name: str, ways: set[str]) -> None:
    assert ways <= dict(of_person(name, own=True)).keys()


def test_what_runs_together_to_few_letters_needs_its_capital() -> None:
    ways = dict(of_person("Jin Ng", own=True))
    assert [ways[each].strength for each in ("mrsng", "jng", "missng")] == [Strength.CAPITAL] * 2 + [Strength.SURE]


def test_what_runs_together_to_an_ordinary_word_is_nobody() -> None:
    assert "missing" not in dict(of_person("Ann Ing", own=True))


@pytest.mark.parametrize("name", ["Headteacher", "Acting Head", "Mrs", "", "TBC", "Miss K"])
def test_a_role_or_a_title_in_a_box_for_a_name_is_nobody(name: str) -> None:
    assert list(of_person(name)) == []


def test_a_school_is_known_by_its_names_with_saint_written_either_way_and_by_their_core() -> None:
    ways = dict(of_school(SCHOOL))
    assert {
        "saint aldates cofe primary school",
        "st aldates cofe primary school",
        "st aldates",
        "grove juniors",
    } <= ways.keys()
    assert (ways["st aldates"].strength, ways["grove"].strength, ways["waterside"].strength) == (
        Strength.SURE,
        Strength.CONTEXT,
        Strength.CONTEXT,
    )


def test_a_school_is_known_by_its_numbers_its_postcode_and_its_domain() -> None:
    kinds = {
        way: known.kind
        for way, known in of_school(SCHOOL)
        if known.kind not in ("school", "trust") and not known.possessive
    }
    assert kinds == {
        "999001": "urn",
        "999 001": "urn",
        "999002": "urn",
        "999 002": "urn",
        "999 2222": "school-number",
        "9992222": "school-number",
        "zz9 9zz": "postcode",
        "zz99zz": "postcode",
        "aldates example": "web-address",
    }


def test_a_school_and_its_trust_are_known_without_an_s_or_a_hyphen() -> None:
    ways = dict(of_school(replace(SCHOOL, aliases=("Co-op Academy Grove",), trust="Co-op Academies Trust")))
    assert {
        "st aldate",
        "saint aldate cofe primary school",
        "staldate",
        "coop academy grove",
        "coop academies trust",
    } <= (ways.keys())


def test_a_school_of_two_saints_is_known_without_its_and() -> None:
    ways = dict(of_school(replace(SCHOOL, name="Our Lady & St Aldate Catholic Academy")))
    assert {"our lady st aldate", "ourladystaldate", "our lady and st aldate"} <= ways.keys()


def test_a_school_is_known_without_its_article_where_more_than_one_word_is_left() -> None:
    school = replace(SCHOOL, name="The Co-operative Academy at Nowhere", aliases=("The Grove",))
    sure = {way for way, known in of_school(school) if known.strength == Strength.SURE}
    assert {"cooperative academy at nowhere", "co operative academy at nowhere"} <= sure
    assert "grove" not in sure


def test_a_trust_is_known_without_its_article_and_with_capitals_without_the_word() -> None:
    ways = dict(of_trust("The City Learning Trust"))
    assert {way: known.strength for way, known in ways.items()} == {
        "city learning trust": Strength.SURE,
        "city learning trusts": Strength.SURE,
        "city learning": Strength.CAPITAL,
        "city learnings": Strength.CAPITAL,
    }


def test_a_place_is_known_whole() -> None:
    assert dict(of_place("Stoke-on-Trent")) == {
        "stoke on trent": Known("place", "stoke on trent"),
        "stoke on trents": Known("place", "stoke on trent", possessive=True),
        "stokeontrent": Known("place", "stoke on trent"),
        "stokeontrents": Known("place", "stoke on trent", possessive=True),
    }


def test_a_persons_mailbox_is_known_but_an_offices_is_not() -> None:
    assert [way for way, _ in of_address("z.okonkwo@oakhill.example", own=True)] == [
        "z okonkwo oakhill example",
        "z okonkwo",
        "zokonkwo",
    ]
    assert [way for way, _ in of_address("senco-office@oakhill.example", own=True)] == ["senco office oakhill example"]


def test_a_forms_own_values_are_told_apart_by_their_shape() -> None:
    kinds = {
        value: {known.kind for _, known in of_own(value)}
        for value in ("R999000015001", "a@b.example", "Ann Xu", "01632 960123")
    }
    assert kinds == {"R999000015001": {"upn"}, "a@b.example": {"e-mail"}, "Ann Xu": {"person"}, "01632 960123": set()}
