"""Texts: invented requests by theme, put together from sentences so that no two are the same.

In: ``schemas/demo/*.toml``, a random source with a seed. Out: texts within the limits of the form.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from cluster_sheets.form.shipped import form, schema_text

PROJECT, UNFORESEEN, ADVICE = "PROJECT", "UNFORESEEN", "ADVICE"
PUPIL, PUPIL_GROUP, WHOLE_SCHOOL, MULTI_SCHOOL = "PUPIL", "PUPIL_GROUP", "WHOLE_SCHOOL", "MULTI_SCHOOL"
_FILES = {PROJECT: "projects", UNFORESEEN: "unforeseen", ADVICE: "advice"}
MARK = "EXAMPLE: "
"""Every title begins with it, so that nobody takes a made-up request for a real one."""
Slots = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Theme:
    """What a request is about."""

    name: str
    purpose: str
    area: str
    second: str
    needs: tuple[str, ...]
    benefit: str
    phase: str
    """primary, secondary or any."""
    years: tuple[str, ...]
    titles: tuple[str, ...]
    boxes: Mapping[str, tuple[tuple[str, ...], ...]]
    """Of each box: sentences to choose from, one place after the other."""
    outcomes: tuple[Mapping[str, str], ...]
    time: Mapping[str, str]
    things: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that says who somebody is."""

    text: str
    hides: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Common:
    """Sentences and names that any request may use."""

    more: Mapping[str, tuple[str, ...]]
    more_than_one: Mapping[str, tuple[str, ...]]
    ways: tuple[str, ...]
    rounds: Mapping[str, tuple[Mapping[str, str], ...]]
    """Rounds of support, by area of need."""
    tellings: tuple[Telling, ...]
    strangers: tuple[str, ...]
    surnames: tuple[str, ...]
    partner_roles: tuple[str, ...]
    own_part: Mapping[str, tuple[Mapping[str, Any], ...]]
    sources: tuple[str, ...]


@cache
def themes() -> tuple[Theme, ...]:
    """Every theme there is."""
    made = []
    for purpose, file in _FILES.items():
        for each in tomllib.loads(schema_text(f"demo/{file}.toml"))["theme"]:
            boxes = ("summary", "need", "plan", "evidence", "sustain", "urgency")
            made.append(
                Theme(
                    each["name"], purpose, each["area"], each["second"], tuple(each["needs"]), each["benefit"],
                    each["phase"], tuple(each["years"]), tuple(each["titles"]),
                    {name: tuple(map(tuple, each.get(name, ()))) for name in boxes},
                    tuple(each["outcomes"]), each.get("time", {}), tuple(each.get("things", ())),
                )
            )  # fmt: skip
    return tuple(made)


@cache
def common() -> Common:
    """What all themes share."""
    read = tomllib.loads(schema_text("demo/common.toml"))
    return Common(
        more={name: tuple(told) for name, told in read["more"].items()},
        more_than_one={name: tuple(told) for name, told in read["more_than_one"].items()},
        ways=tuple(read["titles"]["ways"]),
        rounds={each["area"]: tuple(each["rounds"]) for each in read["support"]},
        tellings=tuple(Telling(each["text"], tuple(each["hides"])) for each in read["telling"]),
        strangers=tuple(read["strangers"]["names"]),
        surnames=tuple(read["strangers"]["surnames"]),
        partner_roles=tuple(read["roles"]["partners"]),
        own_part={name: tuple(told) for name, told in read["own_part"].items() if name != "sources"},
        sources=tuple(read["own_part"]["sources"]),
    )


def most(box: str) -> int:
    """Characters a box of the form takes."""
    limit = form("application").field(box).maximum
    return limit.literal if limit and limit.literal else 0


def fewest(box: str) -> int:
    """Characters a box of the form wants at least."""
    limit = form("application").field(box).minimum
    return limit.literal if limit and limit.literal else 0


def told(theme: Theme, box: str, slots: Slots, rng: Random, share: float) -> str:
    """One box's text: a sentence from each place of the theme, then more until ``share`` of the room is used."""
    field = {"evidence": "evidence_base", "urgency": "urgency_reason"}.get(box, box)
    room = most(field)
    sentences = [_filled(rng.choice(choices), slots) for choices in theme.boxes[box]]
    more = list(common().more.get(box, ()))
    if theme.benefit != PUPIL:
        more += common().more_than_one.get(box, ())
    rng.shuffle(more)
    used, wanted = len(" ".join(sentences)), max(share * room, fewest(field))
    for each in more:
        if used >= wanted:
            break
        if used + 1 + len(each) <= room:
            sentences.append(each)
            used += 1 + len(each)
    return " ".join(sentences)


def with_more(text: str, sentence: str, box: str) -> str:
    """``text`` with a sentence put in after its first one, where there is room; else as it was."""
    first, stop, rest = text.partition(". ")
    if not stop or len(text) + len(sentence) + 1 > most(box):
        return text
    return f"{first}. {sentence} {rest}"


def _filled(sentence: str, slots: Slots) -> str:
    return sentence.format_map(slots)


def filled(texts: Mapping[str, str], slots: Slots) -> dict[str, str]:
    """The same texts with their slots filled."""
    return {name: _filled(text, slots) for name, text in texts.items()}


def titles(theme: Theme, rng: Random) -> Sequence[str]:
    """Titles for a theme, plain and with a way added, in an order of their own; none longer than the form takes."""
    plain = list(theme.titles)
    longer = [f"{title}, {way}" for title in theme.titles for way in common().ways]
    rng.shuffle(plain)
    rng.shuffle(longer)
    room = most("request_title") - len(MARK)
    return [MARK + each for each in (*plain, *longer) if len(each) <= room]
