"""Names typed without a capital. Every name is invented."""

import pytest

from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.normal import clean
from cluster_sheets.anonymise.small_letters import small_names


def found(text: str, *, whole: bool = False) -> list[tuple[str, bool]]:
    cleaned = clean(text)
    return [(cleaned.text[each.start : each.stop], each.sure) for each in small_names(cleaned, Covered(), whole=whole)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("It was mrs adeyemi who saw it.", ("mrs adeyemi", True)),
        ("We asked ms bird to help.", ("ms bird", True)),
        ("With miss tunnicliffe away since Easter", ("miss tunnicliffe", True)),
        ("Led by dr van der merwe and us", ("dr van der merwe", True)),
        ("The friendship between Bronagh and zihao helps.", ("zihao", False)),
        ("Then mehwish said no.", ("mehwish", False)),
        ("It is temitope's turn.", ("temitope", False)),
        ("because miss a missed it", ("miss a", True)),
        ("What happened: shno bit her", ("shno", False)),
        ("so miss grant-baker came", ("miss grant-baker", True)),
        ("It was spoken of by miss best.", ("miss best", True)),
        ("He has one good friend, zorb, and it helps.", ("zorb", False)),
        ("See how logan plays.", ("logan", False)),
        ("Child: yen. Year group: 5.", ("yen", False)),
        ("Gwen - 15 hrs, osian - 10 hrs", ("osian", False)),
        ("It is connor who joins in.", ("connor", False)),
        ("See how salma plays.", ("salma", False)),
        ("Shared:\n- temitope: half of it. A help.", ("temitope", False)),
    ],
)
def test_what_stands_about_it_tells_a_name(text: str, what: tuple[str, bool]) -> None:
    assert found(text) == [what]


@pytest.mark.parametrize(
    "text",
    [
        "They miss lessons and miss school.",
        "The child: may need help. The licence for zorby runs out. He is going to miss best.",
        "Helped by an intervnetion for childern with attenton needs.",
        "Use the zzz corner.",
        "Help with langauge and with suport, and a sesion for nan, who hits.",
        "It is the child's turn, isn't it; the dad's, the mum's; we haven't asked. Thats fine, it hasnt begun.",
        "You may miss a turn. They miss day-trips. A jack was fitted; it has a jack socket.",
        "The basil and rosemary that teddy sits by.",
    ],
)
def test_a_slip_of_the_pen_and_what_does_nothing_are_no_names(text: str) -> None:
    assert found(text) == []


def test_in_a_text_without_capitals_any_strange_word_may_be_a_name() -> None:
    assert found("use the zorb spoon", whole=True) == [("zorb", False)]


def test_in_a_text_without_capitals_words_that_are_names_need_a_place_for_one() -> None:
    told = "grace is said, by a low stone wall, in june and july; the young's group meets; dt and art"
    assert found(told, whole=True) == []
    assert found("with hazel swift and mrs rose swift", whole=True) == [
        ("hazel swift", False),
        ("mrs rose swift", True),
    ]
    assert found("patience will join it", whole=True) == [("patience", False)]


def test_a_word_of_no_language_is_a_name_wherever_it_stands() -> None:
    assert found("It was thanushan who raised the alarm.") == [("thanushan", False)]
    assert found("A referral, a polytunnel and a towpath: it isn't dissapointing.") == []


def test_what_follows_a_name_in_a_list_is_one_too() -> None:
    assert found("Pupils: temitope, bethany and callum, and others.") == [
        ("temitope", False),
        ("bethany", False),
        ("callum", False),
    ]


def test_an_initial_before_a_last_name_is_found_beside_capitals_but_not_in_an_address() -> None:
    assert found("Copied to r.patel, SENCo.") == [("r.patel", False)]
    assert found("See r.patel@own.example, e.g. this.") == []
