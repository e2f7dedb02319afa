import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_sheets.anonymise import doubt as looked
from cluster_sheets.anonymise.covered import Covered
from cluster_sheets.anonymise.doubt import doubts, whole_name
from cluster_sheets.anonymise.fact import About, Doubtful
from cluster_sheets.anonymise.normal import clean
from tests.anonymise.made import asked
from tests.requests import prose

ABOUT = About(5, of_few=True)


def found(text: str) -> list[tuple[str, str]]:
    cleaned = clean(text)
    return [(each.kind, cleaned.text[each.start : each.stop]) for each in doubts(cleaned, Covered(), ABOUT)]


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("We asked Aisha Begum's mum.", ("unknown-word", "Aisha Begum")),
        ("Zofia finds it hard.", ("unknown-word", "Zofia")),
        ("with Ellie B in class", ("unknown-word", "Ellie B")),
        ("with Grace Okafor in class", ("unknown-word", "Grace Okafor")),
        ("we asked about Grace and went", ("name-word", "Grace")),
        ("Will said so.", ("name-word", "Will")),
        ("Will Okafor came.", ("unknown-word", "Will Okafor")),
        ("that was Summer's idea", ("name-word", "Summer")),
        ("Mrs Ahmed came", ("person", "Mrs Ahmed")),
        ("Miss K came", ("person", "Miss K")),
        ("Miss Q's visits", ("person", "Miss Q")),
        ("Miss a showed me", ("person", "Miss a")),
        ("Head: Mrs D. Okafor. It", ("person", "Mrs D. Okafor")),
        ("Head: L Okafor. It", ("unknown-word", "L Okafor")),
        ("so then Puddle told me", ("name-word", "Puddle")),
        ("in Group B Okafor sat", ("unknown-word", "Okafor")),
        ("asked Mr a. They went", ("person", "Mr a")),
        ("Both Witness Okafor and I went", ("unknown-word", "Witness Okafor")),
        ("then EVIE DA COSTA's mum rang", ("unknown-word", "EVIE DA COSTA")),
        ("with Evie Okafor (SALT) in", ("unknown-word", "Evie Okafor")),
        ("with Miss Salt in May", ("person", "Miss Salt")),
        ("a passport for Gravel Okafor", ("unknown-word", "Gravel Okafor")),
        ("the Sensory Okafor", ("unknown-word", "Okafor")),
        ("Dr. Ng-Brown’s letter", ("person", "Dr. Ng-Brown")),
        ("we used the XYQT score", ("unknown-word", "XYQT")),
        ("with Seo-yeon Okafor in", ("unknown-word", "Seo-yeon Okafor")),
        ("with Zofia Sun in class", ("unknown-word", "Zofia Sun")),
    ],
)
def test_what_only_a_person_can_judge_is_found(text: str, doubt: tuple[str, str]) -> None:
    assert found(text) == [doubt]


@pytest.mark.parametrize(
    "text",
    [
        "Pension and NI are added. Zorby Phonological Awareness went up.",
        "Sue us if you like. Don your coat. We read the M-CHAT-R/F form.",
        "Our Braille machine is old. It is said that you may miss a turn; Miss a turn and you lose.",
        "Will the group go on? May it last. Mark each line. Miss Monday and you miss it.",
        "We don't know; it's the children's time. Can't and Won't. I'd say they've grown.",
        "Four groups of four pupils, two adults to three pupils, at least 2 pupils in Year 3 pupils' class.",
        "Four sessions for the pupils; three terms; two assistants help the children.",
        "Twelve pupils and 16 children in Key Stage 2.",
        "We only help the pupil when the first lesson ends.",
        "Makaton, Numicon, the Boxall Profile, NELI, Lego Therapy at Forest School; the SENCO's TAs, two EHCPs.",
        "In the Summer Term, May 2026, the Green Zone, the Long Term Plan; the Hall, our Link.",
        "Speech and Language Therapist; Teaching Assistant; Key Stage 1; Year 5; Pupil A; 5B.",
        prose(1200),
    ],
)
def test_ordinary_prose_is_not_asked_about(text: str) -> None:
    assert found(text) == []


def test_what_is_taken_out_already_is_not_asked_about() -> None:
    text = clean("Zofia and Two of our three")
    covered = Covered([(0, 5), (10, 15)])
    assert list(doubts(text, covered, ABOUT)) == []


def test_a_name_beside_one_that_is_taken_out_already_is_asked_about_by_itself() -> None:
    text = clean("with Zofia Fenwick")
    assert list(doubts(text, Covered([(11, 18)]), ABOUT)) == [Doubtful(5, 10, "unknown-word")]


def test_a_hospital_is_asked_about_by_its_name_and_not_again_word_by_word() -> None:
    assert (
        found("The team at Alder Hexham Hospital helped.")
        == [
            ("hospital", "Alder Hexham Hospital"),
            ("illness", "Hospital"),
        ][:1]
    )


def test_a_long_box_without_a_capital_is_to_be_read_whole() -> None:
    text = "the pupil cannot sit still and sam cannot help so we ask for more of it now"
    assert found(text) == [("unknown-word", "sam"), ("lower-case", text)]
    assert found("ten of sixteen") == []


def test_a_name_after_a_title_is_taken_out_unasked() -> None:
    assert list(doubts(clean("Mrs Ahmed"), Covered(), ABOUT)) == [Doubtful(0, 9, "person", sure=True)]


def test_ordinary_requests_raise_few_questions() -> None:
    texts = [
        "A Speech and Language Therapist from the NHS trains two Teaching Assistants in Colourful Semantics. Ten pupils"
        " in Year 1 and Reception get three sessions a week.",
        "Our Boxall Profile data show that eleven children in KS2 have SEMH needs; Thrive sessions started in Autumn"
        " Term. CAMHS closed two referrals in March.",
        "We will buy Widgit Online, a C-Pen Reader and Numicon at Home kits. Staff will be trained by the Educational"
        " Psychologist in Emotion Coaching in the Spring Term 2027.",
        "The Head of Inclusion meets parents each half term. Since September, 14 of 22 pupils made at least 6 months'"
        " progress on the BPVS3 (Summer 2026).",
        "One girl joined us in September from another area without records. Her Year 5 class has had 12 suspensions"
        " since then. Mum agrees that she needs Precision Teaching.",
        "Two children with Down Syndrome and one with a hearing impairment need Soundfield systems.",
    ]
    assert [asked(text) for text in texts] == [
        [],
        [],
        [],
        [],
        [("small-count", "One girl")],
        [("small-count", "Two children"), ("rare-need", "Down Syndrome"), ("rare-need", "hearing impairment")],
    ]


WORDS = (
    *("Aisha", "Zofia", "Ellie", "B", "Grace", "Will", "Summer's", "said", "has", "with", "the", "Mrs", "Miss", "Mr."),
    *("Ng-Brown", "O'Brien", "McDonald", "SENCO", "TAs", "Forest School", "Year 3", "May", "we", "We", "Tom's", "iPad"),
    *("DON'T", "Can't", "’Tis", "Élodie", "A1", "church", "catholic", "infants school", "'Tom", "x'Tom", "hall."),
)


@given(st.lists(st.sampled_from(WORDS), max_size=8), st.sampled_from([" ", ". ", "\n", ", "]))
def test_a_text_that_is_passed_over_would_have_been_asked_nothing_about(pieces: list[str], between: str) -> None:
    text = between.join(pieces)
    quickly = found(text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(looked, "_may_name", lambda typed: True)
        assert found(text) == quickly


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Angel W can read.", ["Angel W"]),
        ("Grace (UPN to follow) reads.", ["Grace"]),
        ("Chase, d.o.b. to follow, reads.", ["Chase"]),
        ("Like Summer, he hides.", ["Summer"]),
        ("Last week Summer managed it.", ["Summer"]),
        ("In Summer we go out. Hope is what they need.", []),
        ("The Zorby Reading Test and the Zorby Screener of Skills show it.", []),
        ("Then K.N. works with H. Wood from here.", ["K.N.", "H. Wood"]),
        ("P.E. is on Friday. Plan B. Work goes on.", []),
        ("Mr Van der Zorp and Dawn Van der Zorp came.", ["Mr Van der Zorp", "Dawn Van der Zorp"]),
    ],
)
def test_a_name_is_told_from_a_word_by_what_stands_about_it(text: str, words: list[str]) -> None:
    assert [each for _, each in found(text)] == words


@pytest.mark.parametrize(
    ("text", "stop", "key", "whole"),
    [
        ("Peter Salon came", 5, "peter salmon", 11),
        ("Peter Cabin came", 5, "peter salmon", 5),
        ("Peter salon came", 5, "peter salmon", 5),
        ("Clair-Baptise came", 5, "ola st clair baptiste", 13),
        ("Clair-like came", 5, "ola st clair baptiste", 5),
    ],
)
def test_the_other_half_of_a_known_name_may_have_a_slip_in_it(text: str, stop: int, key: str, whole: int) -> None:
    assert whole_name(clean(text), 0, stop, key, Covered()) == (0, whole)


def test_a_title_with_a_letter_ends_before_whoever_is_named_next() -> None:
    cleaned = clean("present Miss Q Laleh Mrs Okafor")
    start = cleaned.text.index("Laleh")
    told = doubts(cleaned, Covered([(start, start + len("Laleh"))]), ABOUT)
    assert ("person", "Miss Q") in [(each.kind, cleaned.text[each.start : each.stop]) for each in told]
