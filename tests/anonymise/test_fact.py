import pytest

from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.fact import About, Doubtful, facts
from cluster_sheets.anonymise.normal import clean
from tests.requests import prose

NEEDS = frozenset({"HI", "VI", "MSI", "PMLD", "DS", "OTH"})
FEW = About(5, rare=NEEDS, of_few=True)


def found(text: str, about: About = FEW) -> list[tuple[str, str]]:
    cleaned = clean(text)
    return [(each.kind, cleaned.text[each.start : each.stop]) for each in facts(cleaned, Covered(), about)]


@pytest.mark.parametrize(
    "fact",
    [
        "We are the only infant school of the cluster that has no hall",
        "Among them is our only Year 3 wheelchair user",
        "She is the youngest child here",
        "We are the smallest primary in the city",
        "The pupil has a twin at another school",
        "Her older brother came through the same class",
        "They are the twins",
        "It is for the child who was in the paper",
        "This is the only lift in the cluster",
        "We are one of only two schools with a pool",
        "The only family of St. Giles that we know has moved",
    ],
)
def test_a_fact_of_one_child_or_school_goes_with_its_whole_sentence(fact: str) -> None:
    assert found(f"{fact}.") == [("identifying", fact)]
    assert found(f"It is 3.5 hours. {fact}! It goes on.") == [("identifying", fact)]
    assert found(f"A line\n{fact}\nAnother line") == [("identifying", fact)]


def test_two_facts_in_one_sentence_are_one_question() -> None:
    text = "The only boy has a twin."
    assert found(text) == [("identifying", "The only boy has a twin")]


@pytest.mark.parametrize(
    "text",
    [
        "as a Catholic community", "near the mosque", "they go on to the junior school",
    ],
)  # fmt: skip
def test_faith_and_phase_are_asked_about_by_their_words(text: str) -> None:
    ((kind, words),) = found(text)
    assert (kind, len(words) < len(text)) == ("identifying", True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("At least 3 of the 4 pupils are back in all lessons.", "3 of the 4 pupils"),
        ("1 of 4", "1 of 4"),
        ("3 of 4 last year", "3 of 4"),
        ("Three of four pupils came back.", "Three of four pupils"),
        ("Two of our three are new.", "Two of our three"),
        ("None of 4 could.", "None of 4"),
        ("It is 2 out of 3, now.", "2 out of 3"),
        ("1/4", "1/4"),
        ("It helps three of the pupils.", "three of the pupils"),
        ("It helps 4 Year 3 pupils.", "4 Year 3 pupils"),
        ("Only 2 out of 10 children did.", "2 out of 10 children"),
        ("One girl hits out.", "One girl"),
        ("For 2 of them it is the main barrier.", "2 of them"),
    ],
)
def test_so_few_pupils_that_they_may_be_known_are_asked_about(text: str, words: str) -> None:
    assert found(text) == [("small-count", words)]


@pytest.mark.parametrize(
    "text",
    [
        "10 of 16", "3 of 16", "11 of 16 pupils", "15/16", "5 of 5",
        "4 of 10 words", "3 of 4 lessons", "2 of 3 sessions a week", "Step two of three: part 1 of 2.", "on 1/4 we met",
        "In the last school year, the first school day, our last school trip.", "the only adult who helps",
        "We only help the pupil when the first lesson ends.", "a sister school and a twin-track plan",
        "Four groups of four pupils, two adults to three pupils, at least 2 pupils in Year 3 pupils' class.",
        "Twelve pupils and 16 children in Key Stage 2.", "The hall is in operation since May. All four operations.",
        "They sit in sight of everybody.",
        prose(1200),
    ],
)  # fmt: skip
def test_ordinary_prose_and_counts_of_many_are_not_asked_about(text: str) -> None:
    assert found(text) == []


def test_the_threshold_is_the_registers() -> None:
    assert found("6 of 8", About(10)) == [("small-count", "6 of 8")]
    assert found("6 of 8", About(5)) == []


def test_one_pupil_is_no_secret_where_the_request_is_for_one() -> None:
    assert found("One pupil needs an adult.", About(5, one_pupil=True)) == []
    assert found("One pupil needs an adult.") == [("small-count", "One pupil")]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Staff had training on reading, and on Down's syndrome.", False),
        ("Pupils with Down's syndrome sit near.", False),
        ("We help children with autism or Down's syndrome.", False),
        ("He is known to UK Deaf Sport.", False),
        ("Down's syndrome pupils need time.", False),
        ("Our two Down's syndrome pupils need time.", True),
        ("Both pupils with Down's syndrome sit near.", True),
        ("Ten of the pupils with Down's syndrome sit near.", True),
        ("Several pupils have Down syndrome or Tourette's, and staff know.", False),
        ("The training is for him. He has Down's syndrome.", True),
        ("A UK Deaf child came.", True),
    ],
)
def test_a_need_that_staff_are_trained_in_or_that_any_pupils_have_is_nobody_s(text: str, *, asked: bool) -> None:
    about = About(5, rare=frozenset({"DS", "HI"}), of_few=True)
    assert any(kind == "rare-need" for kind, _ in found(text, about)) is asked


def test_of_a_request_about_one_pupil_the_training_tells_the_need() -> None:
    about = About(5, one_pupil=True, rare=frozenset({"DS"}), of_few=True)
    assert found("Training on Down's syndrome.", about) == [("rare-need", "Down's syndrome")]


def test_words_for_a_rare_need_are_asked_about_in_a_request_about_few_pupils_only() -> None:
    text = clean("A pupil who is losing her sight, with Down’s syndrome.")
    assert list(facts(text, Covered(), FEW)) == [
        Doubtful(15, 31, "rare-need", key="vi"),
        Doubtful(38, 53, "rare-need", key="ds"),
    ]
    assert found(text.text, About(5, rare=frozenset({"DS"}))) == [("rare-need", "Down's syndrome")]
    assert found(text.text, About(5)) == []


def test_a_stay_in_hospital_and_an_operation_are_asked_about_as_one() -> None:
    text = clean("Safe days after a long time in hospital and after a heart operation; the hospital agrees.")
    assert [(each.kind, each.key, text.text[each.start : each.stop]) for each in facts(text, Covered(), FEW)] == [
        ("illness", "illness", "after a long time in hospital"),
        ("illness", "illness", "after a heart operation"),
        ("illness", "", "the hospital"),
    ]
    assert found(text.text, About(5)) == []


@pytest.mark.parametrize("opens", ["At ", "The ", "She is known at "])
def test_a_hospital_goes_by_its_name_whatever_the_request_is_about(opens: str) -> None:
    assert found(f"{opens}Alder Hexham Hospital knows.", About(5)) == [("hospital", "Alder Hexham Hospital")]
    assert found("The Hospital knows.", About(5)) == []


def test_what_is_taken_out_already_is_not_asked_about_but_a_fact_about_it_is() -> None:
    text = clean("Zofia and Two of our three")
    assert list(facts(text, Covered([(10, 15)]), FEW)) == []
    text = clean("The only Penkhull school.")
    assert list(facts(text, Covered([(9, 17)]), FEW)) == [Doubtful(0, 24, "identifying")]


@pytest.mark.parametrize(
    "words",
    ["a Roman Catholic school", "C of E", "Church of England", "the church school", "a faith school", "the Diocese",
     "our parish", "the mosque", "a madrasah", "the gurdwara", "the synagogue", "the infant school", "Juniors academy"],
)  # fmt: skip
def test_what_tells_of_a_faith_or_a_phase_is_looked_for_wherever_it_may_be(words: str) -> None:
    assert [kind for kind, _ in found(f"We went with {words} on Monday.")] == ["identifying"]


@pytest.mark.parametrize(
    ("text", "pupils", "told"),
    [
        ("Now: 3 of 12. Then: 9 of 12.", 12, ["3 of 12"]),
        ("Now: 6 of 12. Then: 12 of 12. None of 12.", 12, []),
        ("Now: 3 of 12. Then: 9 of 12.", 11, []),
        ("Now: 3 of 12.", 0, []),
        ("2/8", 8, ["2/8"]),
        ("2/8", 0, []),
    ],
)
def test_a_share_of_all_whom_a_request_is_for_is_a_count_of_pupils(text: str, pupils: int, told: list[str]) -> None:
    assert found(text, About(5, pupils=pupils)) == [("small-count", words) for words in told]


@pytest.mark.parametrize("said", ["large print", "a screen reader", "could see the board", "a long cane"])
def test_what_only_somebody_with_a_rare_need_has_is_asked_about(said: str) -> None:
    assert [kind for kind, _ in found(f"The pupil had {said}.")] == ["rare-need"]


def test_care_is_asked_about_as_one_where_a_request_is_about_few() -> None:
    text = clean("She is LAC and lives with foster carers.")
    asked = list(facts(text, Covered(), FEW))
    assert [(each.kind, text.text[each.start : each.stop], each.key) for each in asked] == [
        ("care", "foster carers", "care"),
        ("care", "LAC", "care"),
    ]
    assert list(facts(text, Covered(), About(5))) == []
    assert list(facts(text, Covered([(0, 40)]), FEW)) == []
    assert list(facts(clean("We asked the Foster Care Association."), Covered(), FEW)) == []


def test_a_hospital_is_known_by_its_name_alone() -> None:
    assert found("Great Ormond Street saw him; GOSH and Alder Hey wrote.", About(5)) == [
        ("hospital", "Great Ormond Street"),
        ("hospital", "GOSH"),
        ("hospital", "Alder Hey"),
    ]
    assert found("Alder Hey Hospital wrote.", About(5)) == [("hospital", "Alder Hey Hospital")]
    assert found("Gosh, said the royal stoke of it, under the alder.", About(5)) == []
