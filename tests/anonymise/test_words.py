import subprocess
import sys
from collections import Counter
from datetime import date

import pytest

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.by_text import ByText, Given
from cluster_sheets.anonymise.normal import clean, words_of
from cluster_sheets.form.shipped import schema_text
from tests.register.made import REGISTER


def test_the_lists_are_small_sorted_and_in_small_letters() -> None:
    text = schema_text("words/common.txt")
    listed = text.splitlines()
    assert len(text) < 400_000
    assert 30_000 < len(listed) < 50_000
    assert listed == sorted(set(listed))
    assert all(word.isascii() and word.isalpha() and word.islower() for word in listed)


def test_nothing_is_read_before_it_is_asked_for() -> None:
    asked = "from cluster_sheets.anonymise import redact, words; print(words.common.cache_info().currsize)"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "0"


def test_ordinary_words_and_words_of_schools_are_told_from_names() -> None:
    ordinary = ["teaching", "children", "numicon", "camhs", "ofsted", "september", "dysregulated", "12"]
    names = ["fenwick", "okonkwo", "peter", "smith", "parker", "oliver", "hanley", "zsofia"]
    assert [words.is_ordinary(each) for each in (*ordinary, *names)] == [True] * len(ordinary) + [False] * len(names)


def test_a_phrase_lets_its_words_through_only_together() -> None:
    assert ("white", "rose") in words.phrases()
    assert not words.is_school_word("rose")
    assert words.longest_phrase() >= 6


def test_names_that_are_words_are_words() -> None:
    strangers = {"glover", "june", "april"} | {name for name in words.names() if not words.is_ordinary(name)}
    assert "grace" in words.names()
    assert len(strangers) < 40


def test_a_compound_of_ordinary_words_is_no_name() -> None:
    assert [words.is_compound(each) for each in ("waterside", "moorpark", "smallthorne", "side")] == [
        True,
        True,
        False,
        False,
    ]


def test_a_rare_need_is_known_by_its_words_as_texts_are_spelt() -> None:
    told = words.rare()
    assert (told["losing sight"], told["downs syndrome"], told["multi sensory impairment"]) == ("VI", "DS", "MSI")
    assert set(told.values()) == {"HI", "VI", "MSI", "PMLD", "DS", "OTH"}
    assert all(words_of(phrase) == tuple(phrase.split()) for phrase in told)


def _listed() -> list[str]:
    return [line for line in schema_text("words/send.txt").splitlines() if not line.startswith("#")]


def _peoples() -> list[str]:
    return [line for line in schema_text("words/peoples.txt").splitlines() if not line.startswith("#")]


def test_no_people_is_a_first_name_too_and_none_is_told_twice() -> None:
    assert len(_peoples()) == len({words_of(line) for line in _peoples()})
    assert words.peoples() & words.names() == set()
    assert words.peoples() & {"roman", "roma", "christian", "danish", "jain", "sami", "shona", "finn", "dane"} == set()


@pytest.mark.parametrize(
    "text",
    [
        "Languages at home: Urdu, Kurdish Sorani, Pashto, Tigrinya, Dari and Portuguese.",
        "Mum speaks Romanian and some Italian. Many of our Ukrainian and Afghan families came.",
        "Dad speaks Danish. Our Roma families and our Sikh, Hindu and Muslim parents ate together.",
        "LANGUAGES AT HOME: URDU, POLISH AND KURDISH SORANI.",
        "The family came from Nigeria, and their cousins from Sierra Leone. Our topic on India went well.",
        "Healthwatch and Youthlink have offered to help.",
        "Honesty is one of the values we teach. Subject Knowledge is strong.",
    ],
)
def test_languages_and_peoples_stay(text: str) -> None:
    by_text = ByText(REGISTER, date(2026, 11, 2).year)
    assert by_text.told(Given.of({"text": text}))["text"] == text


def test_whoever_is_called_like_a_people_is_a_name() -> None:
    by_text = ByText(REGISTER, date(2026, 11, 2).year)
    assert (
        by_text.told(Given.of({"text": "Danish came with Ioana Moldovan."}))["text"] == "[name A] came with [name B]."
    )


def test_whoever_is_called_like_a_country_or_a_word_for_a_virtue_is_a_name() -> None:
    by_text = ByText(REGISTER, date(2026, 11, 2).year)
    told = by_text.told(Given.of({"text": "We sat with Jordan, and then Knowledge's mum came. Mr Childs came too."}))
    assert told["text"] == "We sat with [name A], and then [name B]'s mum came. [person A] came too."


def test_each_word_and_phrase_of_schools_stands_once() -> None:
    times = Counter(words_of(line) for line in _listed())
    assert [phrase for phrase, often in times.items() if often > 1] == []


def test_the_list_is_read_in_one_go_as_it_would_be_line_by_line() -> None:
    of_peoples = {words_of(line) for line in _peoples()}
    assert words.phrases() == {words_of(line) for line in _listed()} | {each for each in of_peoples if len(each) > 1}
    assert words.peoples() == {each[0] for each in of_peoples if len(each) == 1}


def test_rarer_words_are_no_ordinary_ones_and_no_name_s() -> None:
    assert words.is_uncommon("referrals")
    assert not words.is_ordinary("referral")
    assert not any(words.is_uncommon(each) for each in (*words.names(), "myrtle", "rosemary", "zanab"))


def test_what_is_no_word_but_for_two_slips_is_foreign() -> None:
    assert [words.is_foreign(each) for each in ("thanushan", "dissapointing", "waterside", "zora", "a" * 40)] == [
        True,
        False,
        False,
        False,
        False,
    ]


def test_a_slip_is_what_hands_make_of_an_ordinary_word() -> None:
    slips = ["langauge", "suport", "sesion", "seperate", "staffff"]
    names = ["connor", "salma", "aaron", "rohan", "tegid", "callum"]
    assert [words.is_slip(each) for each in (*slips[:4], *names)] == [True] * 4 + [False] * len(names)
    assert words.is_slip("writting")
    assert not words.is_slip(slips[4])


def test_a_word_that_stands_twice_in_a_phrase_is_in_it_at_both_places() -> None:
    text = clean("the parkin and parkin test")
    assert [words.in_phrase(text, number) for number in range(5)] == [False, True, True, True, False]


def test_no_word_of_schools_that_stands_by_itself_is_a_name() -> None:
    alone = {phrase[0] for phrase in words.phrases() if len(phrase) == 1}
    assert alone & words.names() == {"april", "june", "jan", "jun"}
    surnames = "boxall griffiths vernon neale bayley bracken renfrew hodder coram cruse perkins warnock pearson nelson"
    first_names = "anna roger iris opal hope daisy henry kay asha abi adi jia roni alba"
    assert alone & {*surnames.split(), *first_names.split()} == set()


@pytest.mark.parametrize(
    "text",
    [
        "The Boxall Profile shows it, as the Boxall did a year ago.",
        "We asked Anna Freud and the Charlie Waller Trust.",
        "TAC PAC or TACPAC each day, then Squiggle Whilst You Wiggle.",
        "She has a Roger Pen and a Roger Touchscreen Mic.",
        "It was set up by the Royal College of Speech and Language Therapists.",
        "Training of the Chartered College of Teaching is free.",
        "We are a Rights Respecting School and hold the Carnegie Mental Health Award.",
        "Helped by the Prince's Trust and the Trussell Trust.",
        "Vernon Spelling Test, Gray Oral Reading Tests, Kay Pictures and the Outcomes Star.",
        "Griffiths III, Bayley-4 and the Bracken School Readiness Assessment.",
        "The Rose Review, the Lamb Inquiry and the Wolf Report say so.",
        "Bloom's Taxonomy, Maslow's Hierarchy, Hart's Ladder and Perry's Three Rs.",
        "Barrington Stoke and Collins Big Cat readers, with Biff, Chip and Kipper.",
        "Back in the Green Zone, as Zones of Regulation has it.",
        "NumberStacks, TTRockstars and 1stClass@Number, Rekenreks and Cuisenaire rods.",
        "On Proloquo2Go, TD Snap, a Lightwriter and an E-Tran frame.",
        "A pupil with Ehlers-Danlos Syndrome; another with Prader-Willi.",
        "Hamish & Milo, Jenny Mosley's Circle Time and Commando Joe's.",
        "IRIS Connect, CPOMS and the Tes Provision Map hold it.",
        "All of us took the Oliver McGowan Training.",
        "Our Summer Term plan: Duke of Edinburgh's Award, Hope Education trays, a PAT dog.",
        "Rebus and Elklan; NPQSENCO and QTVI; EBSA and EOTAS; WPPSI and NEPSY.",
    ],
)
def test_what_the_panel_needs_stays_though_a_name_is_in_it(text: str) -> None:
    by_text = ByText(REGISTER, date(2026, 11, 2).year)
    assert by_text.told(Given.of({"text": text}))["text"] == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mrs Griffiths leads it.", "[person A] leads it."),
        ("We met Boxall at noon.", "We met [name A] at noon."),
        ("We gave it to Roger.", "We gave it to [name A]."),
        ("They asked Bayley.", "They asked [name A]."),
    ],
)
def test_a_name_that_is_in_a_phrase_is_a_name_outside_it(text: str, shown: str) -> None:
    by_text = ByText(REGISTER, date(2026, 11, 2).year)
    assert by_text.told(Given.of({"text": text}))["text"] == shown


def test_words_stand_within_a_phrase_only_where_all_of_it_does() -> None:
    text = clean("Forest School and a forest; Rose White; the Royal College of Nursing")
    last = len(text.tokens) - 1
    assert words.in_phrase(text, 0)
    assert words.in_phrase(text, 0, 1)
    assert words.in_phrase(text, last - 3, last - 2)
    assert not words.in_phrase(text, 0, 2)
    assert not any(words.in_phrase(text, number) for number in (2, 4, 5, 6))
