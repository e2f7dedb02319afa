from random import Random

import pytest

from cluster_sheets.demo import texts
from cluster_sheets.demo.texts import Theme, common, most, themes, titles, told, with_more
from cluster_sheets.form.shipped import form

SLOTS = dict.fromkeys(("n", "j", "m", "k", "minutes", "weeks", "percent", "staff"), 38) | {
    "hours": "11.5",
    "month": "September",
}
BOXES = {"summary": "summary", "need": "need", "plan": "plan", "evidence": "evidence_base", "sustain": "sustain"}


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_a_text_fits_its_box_whatever_is_chosen(theme: Theme, share: float) -> None:
    for box, field in (BOXES | {"urgency": "urgency_reason"}).items():
        if theme.boxes[box]:
            least = form("application").field(field).minimum
            assert least is not None
            for seed in range(20):
                text = told(theme, box, SLOTS, Random(seed), share)
                assert (least.literal or 0) <= len(text) <= most(field)
                assert "{" not in text


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
def test_titles_are_marked_short_enough_and_all_different(theme: Theme) -> None:
    made = titles(theme, Random(1))
    assert len(set(made)) == len(made) >= 100
    assert all(each.startswith("EXAMPLE: ") and len(each) <= 80 for each in made)


def test_rounds_of_support_fit_their_boxes() -> None:
    for rounds in common().rounds.values():
        for each in rounds:
            for name, text in texts.filled(each, SLOTS).items():
                field = form("application").field(f"support.{name}")
                assert field.minimum is not None
                assert (field.minimum.literal or 0) <= len(text) <= most(field.key)


def test_a_sentence_goes_in_after_the_first_where_there_is_room() -> None:
    assert with_more("One. Two.", "New.", "need") == "One. New. Two."
    full = "x. " + "y" * (most("need") - 3)
    assert with_more(full, "New.", "need") == full
