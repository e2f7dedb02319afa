from datetime import date
from random import Random

import pytest

from cluster_sheets.demo.texts import Theme, themes
from cluster_sheets.demo.written import Asking, Style, Written, written
from tests.demo.made import register

NARRATIVES = ("summary", "need", "plan", "evidence_base", "sustain", "urgency_reason")


def one(theme: Theme, seed: int, share: float, telling: int) -> Written:
    told = register()
    members = told.members_on("CEN", date(2026, 10, 15))
    partners = members[20:22] if theme.benefit == "MULTI_SCHOOL" else ()
    asking = Asking(seed, theme, "EXAMPLE: A title", members[seed], partners, told.meetings[0], date(2026, 9, 24))
    return written(asking, told, Random(f"{theme.name}{seed}"), Style(share, telling))


def words(made: Written) -> int:
    texts = [str(made.answers.get(box) or "") for box in NARRATIVES]
    texts += [str(each) for table in ("support", "outcomes") for line in made.lines[table] for each in line.values()]
    return sum(len(text.split()) for text in texts)


@pytest.mark.parametrize("theme", [each for each in themes() if each.purpose != "ADVICE"], ids=lambda theme: theme.name)
def test_narratives_are_as_long_as_asked_for_and_never_too_long(theme: Theme) -> None:
    assert 270 <= words(one(theme, 1, 0.0, 0)) <= 450
    assert 550 <= words(one(theme, 2, 0.95, 2)) <= 850
    characters = sum(len(str(one(theme, 3, 1.0, 2).answers.get(box) or "")) for box in NARRATIVES)
    assert characters <= 4000


def test_what_its_texts_tell_is_told_in_them() -> None:
    for seed, theme in enumerate(themes()):
        made = one(theme, seed, 0.5, 2)
        texts = " ".join(str(made.answers.get(box) or "") for box in NARRATIVES)
        assert all(hidden in texts for hidden in made.hides)


def test_none_tells_who_it_is_where_none_should() -> None:
    assert one(themes()[0], 1, 0.5, 0).hides == ()
