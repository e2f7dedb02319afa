"""What tells of one child, family or school because there is no other such."""

import pytest

from cluster_sheets.anonymise.normal import clean
from cluster_sheets.anonymise.single import singled_out


@pytest.mark.parametrize(
    "text",
    [
        "She is our only Year 3 wheelchair user.",
        "Ours is the only playground with a tree house.",
        "He is the tallest in school by a head.",
        "There is only one Welsh speaker in it.",
        "We are the school whose roof came down.",
        "His is the family that everybody gave to.",
        "He was the baby left in the porch.",
        "She is the only one coming from so far.",
        "He lives with his two mums.",
        "The boy in the wheelchair is ours.",
        "Everybody in the village knows the family.",
        "They are well known to half the town.",
        "She is our head girl.",
        "He shares his surname with the road.",
        "It is the same boy who ran off.",
        "It is the only case our doctor has seen.",
        "He is the lad with the parrot.",
        "She is the one Year 6 who still naps.",
        "The toddler found alone at the fair is hers.",
        "He is the youngest of the three.",
        "We are the smallest rural school.",
        "Nobody else on roll uses a ventilator.",
        "No second school in the area has a farm.",
        "The county had never before placed such a child.",
        "Apart from him the whole of Year 6 is female.",
        "There are 29 boys and her.",
        "Our single Mandarin speaker has no one to talk to.",
        "The quadruplets are taught apart.",
        "He was the boy stung by wasps.",
        "It is the family who moved in May.",
        "What marks the family out is this.",
        "His twin is here too.",
        "She is the lone girl in the base.",
        "She is our only Ukrainian.",
        "He is the first Somali child we have taught.",
        "The Afghan family moved in May.",
        "He is the last of our Syrian families' children.",
        "The two Eritrean brothers who joined us are well.",
        "A Mongolian speaker, newly arrived, has no peer.",
        "Those cousins are the whole of our Slovak community.",
        "They are triplets, all in one class.",
    ],
)
def test_it_is_told(text: str) -> None:
    assert list(singled_out(clean(text)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Only staff who are trained may lead it.",
        "Everybody knows the routine. The file only reached Fernside School in May.",
        "Last year Fernside School lent us theirs.",
        "The first session is on Monday, the last term in May.",
        "The boy needs help to settle; families are told.",
        "Many of our Ukrainian and Afghan families came. Mum speaks Romanian. A Polish speaker would help.",
        "One of our aims is calm. Nobody else's lesson is disturbed.",
    ],
)
def test_it_is_not_told(text: str) -> None:
    assert list(singled_out(clean(text))) == []
