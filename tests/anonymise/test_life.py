"""What a family is known by. Everything is invented."""

import pytest

from cluster_sheets.anonymise.life import known_by
from cluster_sheets.anonymise.normal import clean


@pytest.mark.parametrize(
    "text",
    [
        "The mother of one of them was once our school cook.",
        "The lady who keeps the sweet stall is his guardian.",
        "His mum and his nan both have a child in Year 2.",
        "He is in class with his uncle.",
        "His father plays the organ at the church.",
        "She lost her right hand in a fire.",
        "Their flat was burned on the fifth.",
        "He was knocked down by the bus.",
        "She was knocked down on the zebra crossing.",
        "He was taken abroad and brought back.",
        "They came when the tower was emptied for its cladding.",
        "The family live above the tattooist.",
        "She is carer for her mum.",
        "Both his parents are in wheelchairs.",
        "He comes to school on the back of a tricycle.",
        "His mum sells cakes on the market.",
        "We share our site with the fire station.",
        "Our building used to be the workhouse.",
        "She is the eighth of ten.",
        "He was excluded from two nurseries.",
        "His grandmother chairs the governing board.",
        "She is the granddaughter of the man whom the hall was built for.",
        "Dad is the man who cleans it.",
        "They are a circus family.",
        "Mum fell in the playground and died there.",
        "Mum is the local councillor for this ward.",
        "His mum keeps the toll house by the bridge.",
        "The foster carers have had seventy children.",
        "The family travel with the funfair in summer.",
        "She was excluded from three other schools.",
        "This is his fourth school since January.",
        "He was born in the lift.",
        "She has albinism and reads at the front.",
        "He has Zorby syndrome.",
        "Her uncle is serving life.",
        "A family of nine lives there.",
        "His stepfather is a serving police officer.",
        "Both parents are teaching assistants here.",
        "Her grandmother works as our lollipop lady.",
        "MUM IS A GP IN TOWN.",
        "The family of seven runs the village post office.",
        "Dad keeps a farm.",
        "He lives on the canal boat behind us.",
        "They have been living in a hotel since May.",
        "Her father was in the news last spring.",
        "She was rescued from the canal.",
        "His dad died in March.",
        "Since the death of her older brother she hides.",
        "They lost their nan at Easter.",
        "She appeared in a charity's poster campaign.",
        "He is the headteacher's son.",
        "She is a niece of one of the governors.",
        "His aunt won a medal and is famous.",
        "She wears the pink eye patch.",
        "A family with nine children lives there.",
        "She is the youngest of eleven.",
        "She is raised by her great grandmother.",
        "He is the fifth brother we have taught.",
        "The family with three dogs moved in.",
        "He is the red haired lad.",
        "He has had eleven foster placements.",
        "His mum was fifteen when he came.",
        "It is a deletion that only forty people in the world have.",
        "Dad, a soldier, came home.",
        "She was born on the M6.",
        "His sister took the school to tribunal.",
        "He has been to seven schools.",
    ],
)
def test_what_many_know_of_a_family_is_found(text: str) -> None:
    assert list(known_by(clean(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Mum is a great support and reads with him.",
        "Parents are pleased; the teacher and the teaching assistant work together.",
        "A teaching assistant runs the group in the kitchen. We keep a shop corner in Reception.",
        "He lives with his mum. She is living in the moment.",
        "The newsletter tells parents. Progress was lost over lockdown, and no ground was made up.",
        "The pupil runs out of class. Children own the plan.",
        "Five carers came to coffee. He lives with his mum, and has one hand on the rail.",
        "The tribunal asks for it. A family of resources. He is the third child on the list of nine weeks.",
    ],
)
def test_what_requests_are_made_of_is_not(text: str) -> None:
    assert not list(known_by(clean(text)))
