from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.anonymise.kinds import IS_NAME, TAKE_OUT
from cluster_sheets.anonymise.normal import spelt
from cluster_sheets.anonymise.redact import own_values, redacted, texts_of
from cluster_sheets.anonymise.span import Span
from cluster_sheets.base.record import Record
from tests.anonymise.made import FINDER, FORM, OWN, asked, record, redact, shown
from tests.register.made import REGISTER
from tests.requests import prose

SCHOOLS = [name for school in REGISTER.schools.values() for name in (school.name, *school.aliases)]
OTHERS = [
    *(member.name.removeprefix("EXAMPLE ") for member in REGISTER.members),
    *(member.email for member in REGISTER.members),
    *(school.postcode for school in REGISTER.schools.values() if school.postcode),
    *(school.trust for school in REGISTER.schools.values() if school.trust),
    *REGISTER.schools,
    "Jo Example", "Zsofia Okonkwo", "Okonkwo-Brand", "Mrs Brand", "z.okonkwo@oakhill.example", "R999000015001",
]  # fmt: skip
CASES: tuple[Callable[[str], str], ...] = (str, str.upper, str.lower, str.title)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A known value, and one of the many ways people type it."""
    value = draw(st.sampled_from(SCHOOLS + OTHERS))
    # A name made of ordinary words only is taken for a name by its capitals.
    cases = CASES if value not in ("Jo Example", "Mrs Brand") else (CASES[0], CASES[1])
    typed = draw(st.sampled_from(cases))(value)
    typed = typed.replace("'", draw(st.sampled_from(["'", "’", "‘", "´", "`", ""])))
    typed = typed.replace(" ", draw(st.sampled_from([" ", "  ", "\u00a0", " \u200b", "\n"])))
    typed = typed.replace("-", draw(st.sampled_from(["-", "‐", "–"])))
    if "@" not in value and not value[-1].isdigit():
        typed += draw(st.sampled_from(["", "'s", "’s"]))
    return value, typed


@given(written(), st.sampled_from(["We met at %s and went on.", "so %s, then", "(%s)", "“%s” it said", "%s"]))
def test_no_known_value_survives_however_it_is_written(value: tuple[str, str], around: str) -> None:
    plain, typed = value
    text = shown(around % typed)
    assert spelt(plain.removeprefix("Mrs ")) not in spelt(text)
    assert FINDER.names_known([text], own_values(FORM, record())) == [False]


PLAIN = [*prose(600).replace(".", "").lower().split(), "SENCO", "Makaton", "£40,", "12", "well."]


@given(st.lists(st.sampled_from(PLAIN), max_size=40))
def test_a_text_with_nothing_known_comes_out_as_it_went_in(words: list[str]) -> None:
    text = "The " + " ".join(words)
    assert shown(text) == text


def test_what_was_taken_out_is_told_with_its_place_in_the_text_as_typed() -> None:
    text = "At\u00a0St\u200b Mark’s’ gate, Mrs Fenwick’s plan"
    result = redact(text)
    assert result.texts["summary"] == "At\u00a0[school A]’ gate, [person A]’s plan"
    assert [text[each.start : each.stop] for each in result.spans] == ["St\u200b Mark’s", "Mrs Fenwick"]
    assert result.spans[0] == Span("summary", 3, 13, "school", "146465")


def test_letters_are_stable_within_a_case_and_over_its_boxes() -> None:
    result = redacted(
        FORM,
        Record(
            OWN
            | {
                "request_title": "Groups at Abbey Hulton Primary",
                "summary": "Abbey Hulton Primary School and Merit PRU",
            },
            {
                "costs": (
                    {"description": "Time of Cerys Quill"},
                    {"description": "At merit pru with Cerys Quill, Dov Vane"},
                )
            },
        ),
        FINDER,
    )
    assert result.texts == {
        "request_title": "Groups at [school A]",
        "summary": "[school A] and [school B]",
        "costs.description#1": "Time of [person A]",
        "costs.description#2": "At [school B] with [person A], [person B]",
    }


def test_a_pattern_and_a_name_within_it_go_as_one() -> None:
    assert shown("write to cerys.quill@moorpark.example or ring 01632 960123") == "write to [e-mail] or ring [phone]"


def test_identity_fields_are_in_no_text_and_are_what_is_looked_for() -> None:
    mine = record(summary="Words", contact_phone="01632 960123")
    assert texts_of(FORM, mine) == {"summary": "Words"}
    assert own_values(FORM, mine) == {
        "Jo Example",
        "Mrs Zsofia Okonkwo-Brand",
        "z.okonkwo@oakhill.example",
        "01632 960123",
        "R999000015001",
    }


def test_a_doubt_is_asked_once_for_all_the_places_it_stands_in() -> None:
    result = redact("Aisha Begum joined. We asked aisha again.", need="Begum’s class; two of our three pupils")
    assert [(each.kind, each.words, each.box) for each in result.doubts] == [
        ("unknown-word", "Aisha Begum", "summary"),
        ("small-count", "two of our three pupils", "need"),
    ]
    assert result.doubts[0].sentence == "Aisha Begum joined."
    assert result.texts == {
        "summary": "[name A] joined. We asked [name A] again.",
        "need": "[name A]’s class; [a few]",
    }


def test_a_name_that_is_a_word_goes_wherever_it_may_be_the_name() -> None:
    result = redact(
        "We met with Pledge Ahmed. So Pledge has a place.", need="Pledge holds on. Pledge cards help. A pledge."
    )
    assert result.texts == {
        "summary": "We met with [name A]. So [name A] has a place.",
        "need": "[name A] holds on. Pledge cards help. A pledge.",
    }
    assert len(result.doubts) == 1


def test_an_answer_takes_out_or_keeps_and_nothing_else_changes_it() -> None:
    mine = record(summary="Aisha came. It was Zofia’s day.")
    first = redacted(FORM, mine, FINDER)
    aisha, zofia = first.doubts
    assert redacted(FORM, mine, FINDER, {aisha.key: "keep"}).texts["summary"] == "Aisha came. It was [name A]’s day."
    both = redacted(FORM, mine, FINDER, {aisha.key: "keep", zofia.key: "take-out"})
    assert (both.texts["summary"], both.doubts) == ("Aisha came. It was [name A]’s day.", first.doubts)


def test_the_sentence_of_a_doubt_is_what_an_answer_hangs_on() -> None:
    before = redact("It began. Zofia came! It ended.").doubts[0].key
    assert redact("It began well. Zofia came! It ended.").doubts[0].key == before
    assert redact("It began. Zofia came twice! It ended.").doubts[0].key != before


def test_a_number_that_fails_its_check_is_asked_about_never_let_through() -> None:
    result = redact("It is A999000015001 or 943 476 5918.")
    assert asked("It is A999000015001 or 943 476 5918.") == [("upn", "A999000015001"), ("nhs-number", "943 476 5918")]
    assert result.texts["summary"] == "It is [UPN] or [NHS number]."


def test_a_date_that_may_be_a_birthday_is_asked_about_by_the_forms_own_year() -> None:
    assert asked("Seen on 12/06/2018 and 12/06/2026.") == [("date-of-birth", "12/06/2018")]


def test_a_kept_doubt_never_keeps_a_known_value() -> None:
    mine = record(summary="Fenwick Zofia came")
    answers = {each.key: "keep" for each in redacted(FORM, mine, FINDER).doubts}
    assert redacted(FORM, mine, FINDER, answers).texts["summary"] == "[person A] Zofia came"


def test_the_examples_of_the_form_raise_no_question() -> None:
    examples = {each.name: each.example for each in FORM.fields if not each.table}
    rows = {
        table.name: ({each.name: each.example for each in table.columns if each.privacy == "free-text"},)
        for table in FORM.tables
    }
    free = {each.name: examples[each.name] for each in FORM.fields if not each.table and each.privacy == "free-text"}
    mine = Record(OWN | free, rows)
    result = redacted(FORM, mine, FINDER)
    assert (result.doubts, result.spans) == ((), ())
    assert result.texts == texts_of(FORM, mine)


def test_a_known_name_with_an_unknown_one_beside_it_is_one_person_and_another() -> None:
    for text, expected in (
        ("Greta Fallowfield has run it.", "[person A] has run it."),
        ("Mrs Greta Fallowfield’s plan", "[person A]’s plan"),
        ("GRETA FALLOWFIELD", "[person A]"),
        ("We asked Zofia Wexcombe’s advice.", "We asked [person A]’s advice."),
        ("Greta Wexcombe came, and Greta Fallowfield did.", "[person A] came, and [person B] did."),
        ("Mr Mac an tSaoir suggests it.", "[person A] suggests it."),
        ("Mrs Sunday Heathcote-Ball reports it.", "[person A] reports it."),
        ("Dr Christmas rings her.", "[person A] rings her."),
        ("They miss Monday Club.", "They miss Monday Club."),
        ("Miss Monday Oke came.", "[person A] came."),
        ("Ask Dr Seuss.", "Ask Dr Seuss."),
    ):
        assert (shown(text), asked(text)) == (expected, [])


def test_a_name_apart_from_it_an_ordinary_word_and_another_known_one_are_no_part_of_it() -> None:
    assert shown("Greta, Fallowfield and others") == "[person A], [name A] and others"
    assert shown("Greta uses Makaton. Greta Makaton Day") == "[person A] uses Makaton. [person A] Makaton Day"
    assert shown("Greta Bentilee") == "[person A] [place]"
    assert shown("Greta Wexcombe and Cerys") == "[person A] and [person B]"
    assert shown("Zofia Wexcombe's Zorby Reading Test rose") == "[person A]'s Zorby Reading Test rose"
    assert shown("present Greta Mrs K and Wexcombe Dr B.") == "present [person A] [person B] and [person C] [person D]."


def test_a_fact_goes_with_its_sentence_whatever_else_is_known_in_it() -> None:
    result = redact("It is loud. We are the only infant school near Penkhull that has no hall. It echoes.")
    assert [(each.kind, each.words) for each in result.doubts] == [
        ("identifying", "We are the only infant school near Penkhull that has no hall")
    ]
    assert result.texts["summary"] == "It is loud. [detail]. It echoes."
    kept = redacted(
        FORM,
        record(summary="It is loud. We are the only infant school near Penkhull that has no hall. It echoes."),
        FINDER,
        {result.doubts[0].key: "keep"},
    )
    assert (
        kept.texts["summary"] == "It is loud. We are the only infant school near [place] that has no hall. It echoes."
    )


def test_a_small_share_is_asked_about_once_for_all_the_boxes_it_stands_in() -> None:
    mine = Record(
        OWN | {"summary": "At least 3 of the 4 pupils are back."},
        {
            "support": ({"baseline": "1 of 4", "result": "2 of 4"}, {"baseline": "1 of 4", "result": "3 of 16"}),
            "outcomes": ({"baseline": "1 of 4", "target": "10 of 16"},),
        },
    )
    result = redacted(FORM, mine, FINDER)
    assert [(each.words, len(each.spans)) for each in result.doubts] == [
        ("3 of the 4 pupils", 1),
        ("1 of 4", 3),
        ("2 of 4", 1),
    ]
    assert {each.placeholder for each in result.doubts} == {"[a few]"}
    assert result.texts == {
        "summary": "At least [a few] are back.",
        "support.baseline#1": "[a few]",
        "support.result#1": "[a few]",
        "support.baseline#2": "[a few]",
        "support.result#2": "3 of 16",
        "outcomes.baseline#1": "[a few]",
        "outcomes.target#1": "10 of 16",
    }


def test_the_words_for_one_rare_need_are_one_question_that_shows_them_all() -> None:
    mine = record(
        request_title="Help for a pupil who is losing sight", summary="She is going blind. She reads braille."
    )
    (doubt,) = redacted(FORM, mine, FINDER).doubts
    assert (doubt.kind, doubt.words) == ("rare-need", "losing sight\ngoing blind\nbraille")
    assert doubt.sentence == "Help for a pupil who is losing sight\nShe is going blind.\nShe reads braille."
    assert redacted(FORM, mine, FINDER).texts == {
        "request_title": "Help for a pupil who is [need]",
        "summary": "She is [need]. She reads [need].",
    }
    assert redacted(FORM, mine, FINDER, needs=frozenset({"HI"})).doubts == ()
    school = record(summary="It helps pupils with hearing loss.", beneficiary="WHOLE_SCHOOL")
    assert redacted(FORM, school, FINDER).doubts == ()


def test_a_hospital_that_is_only_spoken_of_is_asked_about_where_somebody_was_in_it() -> None:
    assert asked("Nobody, the hospital included, expected this.") == []
    (told,) = asked("Back after months in hospital. The hospital agrees.")
    assert told == ("illness", "after months in hospital\nThe hospital")
    assert shown("Back after months in hospital. The hospital agrees.") == "Back [detail]. [detail] agrees."


def test_what_a_person_says_is_a_name_goes_in_every_way_of_writing_it() -> None:
    typed = "Grace Fallowfield reads. She came with grace. Grace's book; fallowfield too."
    doubt = next(each for each in redact(typed).doubts if "Grace" in each.words)
    told = redacted(FORM, record(summary=typed), FINDER, {doubt.key: IS_NAME})
    assert "allowfield" not in told.texts["summary"]
    assert told.texts["summary"] == "[name A] reads. She came with grace. [name A]'s book; [name A] too."


def test_a_word_that_is_nobodys_name_is_kept_but_where_this_application_says_otherwise() -> None:
    typed = "We use Wordopolis with Zofia."
    doubts = {each.words: each for each in redact(typed).doubts}
    assert doubts.keys() == {"Wordopolis", "Zofia"}
    never = frozenset(("wordopolis",))
    told = redacted(FORM, record(summary=typed), FINDER, never_names=never)
    assert told.texts["summary"] == "We use Wordopolis with [name A]."
    assert told.doubts == redact(typed).doubts
    told = redacted(FORM, record(summary=typed), FINDER, {doubts["Wordopolis"].key: TAKE_OUT}, never_names=never)
    assert told.texts["summary"] == "We use [name A] with [name B]."


def test_no_word_is_kept_that_is_known_or_in_a_list_of_names() -> None:
    never = frozenset(("zsofia", "abbey hulton", "grace"))
    told = redacted(FORM, record(summary="Abbey Hulton sent Zsofia. Then Grace sang."), FINDER, never_names=never)
    assert told.texts["summary"] == "[school A] sent [person A]. Then [name A] sang."


LONGEST = 32_767
"""Characters that a cell may hold."""


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        *(
            (text, text)
            for text in ("Words", "\u2014", "[school A] and [person B]", "[[pupil A]", "]", "[", "😀 👩‍👧 0️⃣")
        ),
        ("OKONKWO", "[person A]"),
        ("okonkwo", "[person A]"),
        ("WE MET ZSOFIA OKONKWO-BRAND AT ABBEY HULTON PRIMARY.", "WE MET [person A] AT [school A]."),
        ("we met zsofia okonkwo-brand at abbey hulton primary.", "we met [person A] at [school A]."),
        ("Ζsоfiа Оkоnkwо-Вrаnd", "[person A]"),
        ("Ab\u200bbey\u2060 Hul\u00adton P\ufeffrimary", "[school A]"),
        ("Z\u0336s\u0336o\u0336f\u0336i\u0336a\u0336 said", "[person A] said"),
        ("[Zsofia Okonkwo-Brand] of [school A]", "[[person A]] of [school A]"),
        ("[person A] and Zsofia", "[person A] and [person A]"),
        ("\U0001f600Zsofia\U0001f600Okonkwo\U0001f600", "\U0001f600[person A]\U0001f600[person A]\U0001f600"),
        ("हम ज़सोफिया से मिले, 我们在学校, Okonkwo", "हम ज़सोफिया से मिले, 我们在学校, [person A]"),
        ("التقينا Okonkwo في", "التقينا [person A] في"),
        ("a" * LONGEST, "a" * LONGEST),
        ("Zsofia " * (LONGEST // 7), "[person A] " * (LONGEST // 7)),
        ("[" * LONGEST, "[" * LONGEST),
        ("\u200b" * (LONGEST - 6) + "Zsofia", "\u200b" * (LONGEST - 6) + "[person A]"),
    ],
    ids=lambda text: text[:24],
)
def test_whatever_is_typed_is_read_and_nothing_known_is_left_of_it(typed: str, expected: str) -> None:
    assert shown(typed) == expected


def test_a_box_with_nothing_in_it_is_no_text() -> None:
    assert redact("").texts == {}


def test_a_word_of_a_known_name_tells_nothing_of_a_family() -> None:
    assert asked("We meet in the hall of Abbey Hulton Primary School, each Monday.") == []
    (told,) = asked("Our school has an abbey, and a bell tower.")
    assert told[0] == "identifying"
