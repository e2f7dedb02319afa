"""Schools, trusts and places of no register. Every name is invented."""

import pytest

from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.doubt import doubts
from cluster_sheets.anonymise.fact import About
from cluster_sheets.anonymise.normal import clean
from cluster_sheets.anonymise.organisation import organisations


def found(text: str) -> list[tuple[str, str]]:
    cleaned = clean(text)
    return [(each.kind, cleaned.text[each.start : each.stop]) for each in organisations(cleaned, Covered())]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("As part of The Beacon Ridge Partnership Trust we share.", ("trust", "Beacon Ridge Partnership Trust")),
        ("The Beacon Ridge Partnership pays.", ("trust", "Beacon Ridge Partnership")),
        ("We lend it to Quarrybank Rise Primary Academy.", ("school", "Quarrybank Rise Primary Academy")),
        ("Quarrybank Lane Education Trust pays.", ("trust", "Quarrybank Lane Education Trust")),
        ("part of St Wilfa's Catholic Collegiate, with 45", ("trust", "St Wilfa's Catholic Collegiate")),
        ("Quarrybank Inclusive Schools pays", ("school", "Quarrybank Inclusive Schools")),
        ("At Quarrybank Park Secondary he", ("school", "Quarrybank Park Secondary")),
        ("He came from Cobblers Brook Juniors in May.", ("school", "Cobblers Brook Juniors")),
        ("the ashgrove learning trust pays", ("trust", "ashgrove learning trust")),
        ("in three spinneys academy trust", ("trust", "three spinneys academy trust")),
        ("he came from hartsmere academy in may", ("school", "hartsmere academy")),
        ("bramblegate community primary school lends it", ("school", "bramblegate community primary school")),
        ("the zorbery brook academy", ("school", "zorbery brook academy")),
        ("Three Ferns Academy Trust pays", ("trust", "Three Ferns Academy Trust")),
        ("from Our Lady of the Glen Catholic Primary", ("school", "Our Lady of the Glen Catholic Primary")),
        ("she moved to Our Lady of the Glen and", ("school", "Our Lady of the Glen")),
        ("from Holy Ferns CofE (A) Primary School", ("school", "Holy Ferns CofE (A) Primary School")),
        ("the fern and anvil schools trust pays", ("trust", "fern and anvil schools trust")),
        ("for zorber's brook primary trust first", ("trust", "zorber's brook primary trust")),
        ("so six ferns of zorbia academies trust pays", ("trust", "six ferns of zorbia academies trust")),
        ("was at our lady of the glen catholic academy", ("school", "our lady of the glen catholic academy")),
        ("from all hallows fernside ce primary school", ("school", "all hallows fernside ce primary school")),
        ("At each, fern hill road junior school included", ("school", "fern hill road junior school")),
        ("fernholly mount school has told us", ("school", "fernholly mount school")),
        ("from fernsworth church of england primary school", ("school", "fernsworth church of england primary school")),
        ("The clinic is at Rugby, and so", ("place", "Rugby")),
        ("we rang fern meadow primary school", ("school", "fern meadow primary school")),
        ("He is at Fernwood Hey High.", ("school", "Fernwood Hey High")),
        ("since moving to Reading the journey", ("place", "Reading")),
        ("of 5 Zorby Lane, Reading DE81 2UW", ("place", "Reading")),
        ("the bus that goes through Derby and back", ("place", "Derby")),
        ("a visit to Furlong Place on", ("place", "Furlong Place")),
        ("to Three Ferns Multi-Academy in May", ("school", "Three Ferns Multi-Academy")),
        ("the directors of Ferncroft Learning Alliance say", ("trust", "Ferncroft Learning Alliance")),
    ],
)
def test_a_name_is_found_with_what_it_is_called(text: str, what: tuple[str, str]) -> None:
    assert found(text) == [what]


@pytest.mark.parametrize(
    "text",
    [
        "At the hospital school; neither school has it. A larger school. High needs, the High Street.",
        "It ran from March 2026; from Reading to Maths, from Reading Friends, in Reading.",
        "The nearest sld school; primary school said no, junior school said yes. We play Rugby.",
        "His Fischer Trust Word List went up; thank the primary school, told by a small school.",
        "Our Forest School meets on Fridays. The Virtual School agreed.",
        "Each Primary School and every Academy may apply. Special School places are few.",
        "Three Primary Schools share it. Two Academies lead. Mr Shaw of the Virtual School wrote.",
        "the whole school and the nurture school; a primary with a provison for all",
        "Year 7 at secondary school. After School Club. The Multi Academy Trust and the NHS Trust agreed.",
    ],
)
def test_what_has_no_name_in_it_is_not_asked_about(text: str) -> None:
    assert found(text) == []


def test_a_word_with_an_apostrophe_within_it_owns_no_place_by_its_half() -> None:
    assert found("for every morning. Tre'Von's Bottom went up") == []
    assert found("We met at Von's Bottom before") == [("place", "Von's Bottom")]


def test_a_town_that_is_a_word_is_found_where_a_town_would_stand() -> None:
    assert found("Now at Tansy Row or on Gannet Walk.") == [("place", "Tansy Row"), ("place", "Gannet Walk")]
    assert found("We are on the Sponsored Walk and on Sponsored Walk duty.") == []
    assert found("They moved to Stone, then on. She came from Derby in May.") == [
        ("place", "Stone"),
        ("place", "Derby"),
    ]
    assert (
        found("In the Stone Age. Stone floors echo. At the bath. From Oxford Reading Tree. We set it in stone.") == []
    )


def test_half_of_a_place_goes_with_the_other() -> None:
    cleaned = clean("He lives in Nether Wickley, near Zorby Green.")
    told = [cleaned.text[each.start : each.stop] for each in doubts(cleaned, Covered(), About(5))]
    assert told == ["Zorby Green", "Nether Wickley"]
