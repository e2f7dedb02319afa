import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cluster_sheets.anonymise import pattern
from cluster_sheets.anonymise.judged import Facts
from cluster_sheets.anonymise.normal import clean
from cluster_sheets.anonymise.pattern import found, hinted
from tests.requests import prose

FACTS = Facts("861", 2026)


def seen(text: str) -> list[tuple[str, str, bool]]:
    cleaned = clean(text)
    return [(cleaned.text[each.start : each.stop], each.kind, each.sure) for each in found(cleaned, FACTS)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("write to a.b@own.example now", ("a.b@own.example", "e-mail", True)),
        ("quoting 9995172 for us", ("9995172", "school-number", False)),
        ("it should read 999 2773. Then", ("999 2773", "school-number", False)),
        ("Our own number is 991614, if", ("991614", "urn", False)),
        ("a plan since 04.05.26, filed as 93307, and", ("93307", "plan-reference", True)),
        ("the council knows it as 93307.", ("93307", "plan-reference", False)),
        ("home is zorby street, so", ("zorby street", "address", False)),
        ("letters to 165 jubilee zorby way are", ("165 jubilee zorby way", "address", True)),
        ("he is at flat 3, 2 zorby way, so", ("2 zorby way", "address", True)),
        ("he is at flat 3, 2 zorby gardens, so", ("flat 3, 2 zorby gardens", "address", True)),
        ("was £498 When Zorby Lane closed", ("When Zorby Lane", "address", True)),
        ("they write ZK49300 on it", ("ZK49300", "plan-reference", False)),
        ("under SEN/43282/N at", ("SEN/43282/N", "plan-reference", False)),
        ("to flat 3, 57 tollbar terrace at", ("flat 3, 57 tollbar terrace", "address", True)),
        ("a.b [at] own [dot] example", ("a.b [at] own [dot] example", "e-mail-in-words", True)),
        ("see https://own.example/x?y=1.", ("https://own.example/x?y=1", "web-address", True)),
        ("write to t.me/own_class, then", ("t.me/own_class", "web-address", True)),
        ("her snap own.9 is", ("own.9", "handle", True)),
        ("His birthday is on the 3rd of March.", ("3rd of March", "date-of-birth", True)),
        ("She turned seven on 3 March, so", ("3 March", "date-of-birth", True)),
        ("no: 100000 is it", ("100000", "urn", False)),
        ("see own-school.org.uk, then", ("own-school.org.uk", "web-address", True)),
        ("follow @own_class2 for", ("@own_class2", "handle", True)),
        ("UPN R999000015001.", ("R999000015001", "upn", True)),
        ("r 999 0000 15001", ("r 999 0000 15001", "upn", True)),
        ("R99 900 001 500 1!", ("R99 900 001 500 1", "upn", True)),
        ("R9990-0001-5001", ("R9990-0001-5001", "upn", True)),
        ("R 9 9 9 0 0 0 0 1 5 0 0 1", ("R 9 9 9 0 0 0 0 1 5 0 0 1", "upn", True)),
        ("Q99900001501A", ("Q99900001501A", "upn", True)),
        ("A999000015001", ("A999000015001", "upn", False)),
        ("NHS 943 476 5919", ("943 476 5919", "nhs-number", True)),
        ("m dot own at home dot test.", ("m dot own at home dot test", "e-mail-in-words", True)),
        ("an account called own-jo1507 and", ("own-jo1507", "handle", True)),
        ("he is own_jo there", ("own_jo", "handle", False)),
        ("@own-jo_116 says", ("@own-jo_116", "handle", True)),
        ("the taxi AB12CDE waits", ("AB12CDE", "number-plate", True)),
        ("her EHCP no. JE26792.", ("JE26792", "plan-reference", True)),
        ("EHCP75399 says", ("EHCP75399", "plan-reference", True)),
        ("The plan reference is SEN/73225/P.", ("SEN/73225/P", "plan-reference", True)),
        ("The plan is filed under 75793 there", ("75793", "plan-reference", True)),
        ("DOB 27-May-2011", ("DOB 27-May-2011", "date-of-birth", True)),
        ("on 27-May-2017 he", ("27-May-2017", "date-of-birth", False)),
        ("DfE establishment number: 999 2345", ("999 2345", "school-number", True)),
        ("the school 938/2345", ("938/2345", "school-number", False)),
        ("NHS 943-476-5918", ("943-476-5918", "nhs-number", False)),
        ("ring 01632 960123", ("01632 960123", "phone", True)),
        ("the mother/01632 960123", ("01632 960123", "phone", True)),
        ("ring _+44-1632-960123_", ("+44-1632-960123", "phone", True)),
        ("ring +44 (0)1632 960 123", ("+44 (0)1632 960 123", "phone", True)),
        ("mobile 07700 900 123.", ("07700 900 123", "phone", True)),
        ("near ZZ1 1AA, ST2 8BS", ("ST2 8BS", "postcode", True)),
        ("near sw1a 2aa", ("sw1a 2aa", "postcode", True)),
        ("URN: 146000", ("146000", "urn", True)),
        ("URN number 146000", ("number 146000", "urn", True)),
        ("DfE number 123/4567", ("123/4567", "school-number", True)),
        ("at 861/2345", ("861/2345", "school-number", True)),
        ("EHC plan ref: 12345A", ("12345A", "plan-reference", True)),
        ("EHCP/2023/0456", ("EHCP/2023/0456", "plan-reference", True)),
        ("DOB 03/05/2017", ("DOB 03/05/2017", "date-of-birth", True)),
        ("d.o.b.: 3.5.17", ("d.o.b.: 3.5.17", "date-of-birth", True)),
        ("born on 3rd of May 2017", ("born on 3rd of May 2017", "date-of-birth", True)),
        ("was born in March 2018", ("born in March 2018", "date-of-birth", True)),
        ("seen 12 June 2018", ("12 June 2018", "date-of-birth", False)),
        ("seen 2018-06-12", ("2018-06-12", "date-of-birth", False)),
        ("seen June 12th, 2018", ("June 12th, 2018", "date-of-birth", False)),
        ("Edubase has us as 998269 now", ("998269", "urn", False)),
        ("lives at 12 High Street", ("12 High Street", "address", True)),
        ("on Waterloo Road", ("Waterloo Road", "address", True)),
        ("at 4 Mill Close", ("4 Mill Close", "address", True)),
        ("a car AB12 CDE", ("AB12 CDE", "number-plate", True)),
    ],
)
def test_a_pattern_gives_itself_away(text: str, first: tuple[str, str, bool]) -> None:
    assert seen(text)[0] == first


def test_a_street_that_may_be_anything_is_one_before_a_postcode() -> None:
    assert seen("Home: Zorby Drive TF74 8LT. She") == [
        ("TF74 8LT", "postcode", True),
        ("Zorby Drive", "address", True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It cost £1,234.50 for 12 of 16, 20-minute sessions, 38 weeks x £17.24.",
        "from 07/01/2026 to 27 March 2026, in 2026/27; next on 12 October 2026",
        "KS1 2nd half-term; S1 2nd; Y5 2nd set; score 100/2000; 10/16",
        "a hundred Square, a Safe Place, One Way, Movement Break",
        "at home (at school); Year 3 and 4; 25 children; 1:1 at 9.30am",
        "seen on 31 February 2018",
        "AY2024 and FFT2025-26; £2500000 and £ 3000000; 9000000 pounds, 2400000 people; 17450 words, 24120 steps",
        "a 30 mph road, a 2 lane road, 40 minutes on foot; code 12 of 345678 pounds",
        prose(900),
    ],
)
def test_what_the_panel_needs_is_no_pattern(text: str) -> None:
    assert seen(text) == []


def test_only_some_kinds_are_looked_for_when_asked() -> None:
    text = clean("a@b.example rang 01632 960123")
    assert [each.kind for each in found(text, FACTS, only=frozenset(("phone",)))] == ["phone"]


def test_no_year_means_no_look_at_the_year_of_a_date() -> None:
    assert list(found(clean("12 June 2018"), Facts())) == []


PIECES = (
    *("he is jo_116", "account maelys.1956", "d ob 3/5/17", "Oak Academy (146000)", "URN of lead school: 146000"),
    *("plan HN47683", "EHCP for Jo is 80668", "MARROW LANE", "xx38 hdk, her car", "y [at] x dot test", "July 4, 2015"),
    *("born", "d.o.b.", "date of birth", "3 March 2015", "March 3rd, 2015", "in May 2014", "12/3/15", "2015-02-03"),
    *("07700 900123", "+44 (0)7700 900 123", "(0161) 496 0000", "A999000015001", "R 999 0000 1500 1", "943 476 5919"),
    *("ST1 4AB", "st28bs", "861/1111", "DfE number 861 1111", "URN: 146487", "URN is 146487", "EHCP ref: AB/123"),
    *("EHC-2023/0012", "www.x.test", "https://a.test/c", "oak.sch.uk", "a@b.test", "x (at) y dot test", "@handle1"),
    *("AB12 CDE", "12 Oak Lane", "in 2019", "2.5", "S1 2nd", "Sept 2012", "1 of May 2013", "The pupil", "12", "KS1"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=5), st.sampled_from([" ", ", ", "\n", "  ", ""]))
def test_a_pattern_that_is_passed_over_would_have_found_nothing(pieces: list[str], between: str) -> None:
    text, facts = clean(between.join(pieces)), Facts("861", 2026)
    quickly = list(found(text, facts))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pattern, "_worth_while", lambda _, some: some.every)
        assert list(found(text, facts)) == quickly


def test_where_a_pattern_might_stand_is_near_where_it_stands() -> None:
    text = f"{prose(60)} ST1 4AB and R999000015001, a@b.test"
    assert [text[start : start + 3] for start in hinted(text, ("postcode", "upn", "e-mail"))] == ["1 4", "999", "@b."]
    assert list(hinted(prose(60), ("postcode", "upn", "e-mail"))) == []


FRAGMENTS = (
    *("D.O.B", "d o b", "dob", "date of birth", "Born", " on ", "the ", "3", "03", "/", "-", ".", ",", " ", "\n", ":"),
    *("(", "May", "June ", "2019", "19", "st", "123456", "no", "nr", "No. ", "URN", "EHCP", "plan", "ref", "file "),
    *("AB", "cd", "_", "@", "at", "[at]", " dot ", ".uk", "www.", "x", "Snap", "account ", "Mill ", "Lane", "LANE"),
    *("lane", "Close"),
)


@pytest.mark.parametrize("number", range(len(pattern._PATTERNS)))
@settings(max_examples=25, suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_whatever_a_pattern_finds_it_is_tried_for(number: int, data: st.DataObject) -> None:
    """A quick look spares most patterns; it never spares one that would have found something."""
    each = pattern._PATTERNS[number]
    fragments = st.lists(st.sampled_from(FRAGMENTS), max_size=8).map("".join)
    text = clean(data.draw(fragments | st.from_regex(each.pattern))).text
    if each.pattern.search(text):
        assert each in list(pattern._worth_while(text, pattern._of_kinds(None)))
