from dataclasses import replace
from random import Random

from cluster_sheets.demo import pupils
from cluster_sheets.demo.texts import themes
from cluster_sheets.form.kind import upn_letter
from tests.demo.made import register

SCHOOL = register().schools["146487"]
INFANT, JUNIOR = register().schools["143487"], register().schools["143488"]


def test_upns_are_of_la_999_with_the_right_letter_and_never_the_same() -> None:
    made = [pupils.upn(number) for number in range(0, 300_000, 7)]
    assert len(set(made)) == len(made)
    assert all(len(upn) == 13 and upn[1:4] == "999" and upn_letter(upn) == upn[0] for upn in made)
    assert not set(pupils.upns(4, 30)) & set(pupils.upns(5, 30))


def test_year_groups_are_those_the_school_has() -> None:
    language = themes()[0]
    assert pupils.years(SCHOOL, language) == ("R", "1", "2")
    assert pupils.years(JUNIOR, language) == ("3", "4", "5", "6")
    assert pupils.years(INFANT, replace(language, years=())) == ("R", "1", "2")
    assert pupils.years(replace(SCHOOL, phase="SS"), replace(language, years=())) == ("7", "8", "9", "10", "11")


def test_counts_come_to_the_whole_and_name_each_band_once() -> None:
    for school, bands in ((SCHOOL, ["EYFS", "KS1", "KS2"]), (INFANT, ["EYFS", "KS1"]), (JUNIOR, ["KS2"])):
        for total in (1, 2, 17, 59):
            made = pupils.counts(school, total, Random(total))
            assert [band for band, *_ in made] == bands
            assert sum(sum(counts) for _, *counts in made) == total
            assert all(count >= 0 for _, *counts in made for count in counts)
