"""Where an ordinary word with a capital stands as a name would, and where it is the word."""

import pytest

from cluster_sheets.anonymise.context import is_name_here, tells_somebody
from cluster_sheets.anonymise.labelled import is_labelled
from cluster_sheets.anonymise.normal import clean


def at(text: str, word: str) -> int:
    return [token.word for token in clean(text).tokens].index(word)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("We sat with Grace after lunch.", "grace"),
        ("We will ring if Salt, Buddy is upset.", "salt"),
        ("Bliss - sal input - blocked", "bliss"),
        ("Merry (Early Years Inclusion) copied in", "merry"),
        ("Bliss' views: likes trains.", "bliss"),
        ("Will said that it hurt.", "will"),
        ("Pupil: Joy. Year 4.", "joy"),
        ("On Tuesday Mark and Cormac were sent home.", "mark"),
        ("River and Shahzad need the same adult.", "river"),
        ("Sky (03/07/2015) lives with his nan.", "sky"),
        ("Miles (Level 3 TA) gives 12 hours.", "miles"),
        ("By 17 Apr Heather will join a group.", "heather"),
        ("It was shared with May and with Ioana.", "may"),
        ("Dad, Summer, collects on Mondays.", "summer"),
        ("Rose of the Zorby Foundation wrote.", "rose"),
        ("Deputy Head Daisy teaches it.", "daisy"),
        ("Melody: 81 on the scale.", "melody"),
        ("Jade, asked what helps, smiled.", "jade"),
        ("Storm | Y8 | shared", "storm"),
        ("Chance and Miss Pinto met us.", "chance"),
        ("On Tuesday Jun threw it.", "jun"),
        ("Foster carer Gold attends.", "gold"),
        ("It was shared with Small.", "small"),
        ("Every Friday Bacon telephones us.", "bacon"),
        ("Prudence Onions was there.", "prudence"),
        ("Angel W and two others", "angel"),
        ("Mum and Art keep in touch.", "art"),
        ("The work of Mr H and Archer keeps on.", "archer"),
        ("It was attended by Iris and Miss Zorby.", "iris"),
        ("Post goes to Blue, Flat 3, please.", "blue"),
        ("Green, Amber and Oluwaseun are late.", "amber"),
        ("Amber and Ruby came late.", "amber"),
        ("Will will need help.", "will"),
        ("There is June in Year 3.", "june"),
        ("Praise UPN R999000015001 moved", "praise"),
        ("Then Opal told us.", "opal"),
        ("So then Puddle told me.", "puddle"),
        ("It is her brother Puddle who came.", "puddle"),
        ("Jade and Hazel are our pupils.", "jade"),
        ("It is Hazel's class.", "hazels"),
        ("April is in Reception now.", "april"),
        ("Yen knows eleven sounds.", "yen"),
        ("We picked up Pal in the minibus.", "pal"),
        ("May Bell is worn out.", "may"),
        ("He took one May bit Zofia with.", "may"),
        ("If Pink is off sick she is lost.", "pink"),
        ("According to Shire, it is so.", "shire"),
        ("Rose from physio has shown us.", "rose"),
        ("Rose A did six weeks.", "rose"),
        ("The physio, Nan, left it.", "nan"),
    ],
)
def test_it_is_a_name(text: str, word: str) -> None:
    assert is_name_here(clean(text), at(text, word))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Grace is said before lunch.", "grace"),
        ("DT and Art are for them.", "art"),
        ("Yours sincerely, Zofia Faith assemblies are loud.", "faith"),
        ("BOTH ZOFIA AND HAO WILL NEED IT.", "will"),
        ("By Spring 1 all are trained.", "spring"),
        ("By June each child may choose.", "june"),
        ("Both she and I went.", "i"),
        ("Social Care came in.", "care"),
        ("In 26 April has been none.", "april"),
        ("So then Staff told me.", "staff"),
        ("So then the Puddle told me.", "puddle"),
        ("So then Folk Puddle told me.", "puddle"),
        ("Puddle told me.", "puddle"),
        ("So then Puddle is sung.", "puddle"),
        ("The Head Quilt of it.", "quilt"),
        ("Robin group read first, then Wren group.", "wren"),
        ("Children in Hazel class come.", "hazel"),
        ("Jade, Amber and Ruby are our phase groups.", "jade"),
        ("Jade, Amber and Ruby are our phase groups.", "ruby"),
        ("Red, Amber or Green?", "green"),
        ("The children who do OPAL go on.", "opal"),
        ("It went up with Every Child Counts, Zofia says.", "counts"),
        ("In Food and Art they shine.", "art"),
        ("GCSE Food and Art keep them here.", "art"),
        ("Red, Amber and Green cards came.", "amber"),
        ("We use Ruby, Amber and Red.", "ruby"),
        ("Frank answers came back.", "frank"),
        ("Art in Year 3 is taught by us.", "art"),
        ("It ends in May in Year 6.", "may"),
        ("Sharp drops are told of.", "sharp"),
        ("Will power is not the problem.", "will"),
        ("Bill and invoice copies are kept.", "bill"),
        ("May we carry it over?", "may"),
        ("It ends in May 2026.", "may"),
        ("by 5 Jun at the latest", "jun"),
        ("World Book Day and Sports Day need planning.", "day"),
        ("Two rooms are known as Holly and Ivy.", "holly"),
        ("King sized bean bags are wanted.", "king"),
        ("The Summer Term is long.", "summer"),
        ("the Rose garden is calm", "rose"),
        ("Hope: what families need.", "hope"),
        ("The Deputy Head agreed.", "head"),
        ("Green Zone time is over.", "green"),
    ],
)
def test_it_is_the_word(text: str, word: str) -> None:
    assert not is_name_here(clean(text), at(text, word))


@pytest.mark.parametrize("text", ["Present: x", "13:20 x", "Apologies - x", "Kind regards, x", "Key worker = x"])
def test_a_label_stands_before_a_name(text: str) -> None:
    cleaned = clean(text)
    assert is_labelled(cleaned, len(cleaned.tokens) - 1)
    assert not is_labelled(clean(f"We saw {text[-1]}"), 2)


@pytest.mark.parametrize(
    ("text", "told"), [("So Puddle told me.", True), ("pupil Puddle.", True), ("So Puddle is sung.", False)]
)
def test_a_quick_look_sees_whether_any_word_may_be_somebody(text: str, *, told: bool) -> None:
    assert tells_somebody(clean(text)) is told
