import subprocess
import sys

from cluster_sheets.anonymise import words
from cluster_sheets.anonymise.normal import words_of
from cluster_sheets.form.shipped import schema_text


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
