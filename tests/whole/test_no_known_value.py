"""No known value, in any case, spelling of apostrophe, spacing or possessive, survives in any panel file.

Hypothesis makes up applications of the shipped register's schools (``generated``), each full of known values in
disguise (``known_value``, ``disguise``). What is left of one is looked for by a search that owes nothing to the product
(``leftover``).
"""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from cluster_sheets.anonymise import stage
from cluster_sheets.anonymise.kinds import KEEP, TAKE_OUT
from cluster_sheets.anonymise.leak import LeakError, leaks
from cluster_sheets.anonymise.redact import Redacted, own_values, redacted
from cluster_sheets.base.record import Record
from cluster_sheets.store import answers, questions, redactions
from cluster_sheets.store import applications as asked_for
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from tests.anonymise.made import FINDER, FORM
from tests.panel.made import LATER, MEETING, NIGHT, accepted, built, released, workspace
from tests.register.made import REGISTER
from tests.requests import KINDS, upn
from tests.whole.disguise import AROUND
from tests.whole.generated import FILLER, Application, applications, base
from tests.whole.known_value import of_register
from tests.whole.leftover import Banned, bare, left_in, left_in_book, pieces

MANY = int(os.environ.get("CLUSTER_SHEETS_EXAMPLES", "500"))
"""Examples of the long run."""
WITHOUT_REASONS = [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink]
FEW = settings(max_examples=40, deadline=None, phases=WITHOUT_REASONS, suppress_health_check=list(HealthCheck))
LONG = settings(FEW, max_examples=MANY)
UNSHRUNK = [Phase.explicit, Phase.reuse, Phase.generate]
"""To shrink a meeting, a pack for each try, would take minutes: what fails there fails in a text by itself too."""


def left(application: Application, answer: str | None) -> dict[str, set[str]]:
    """What is left in each box where every question has this answer; of those kept, what is no ordinary word."""
    found = redacted(FORM, application.record, FINDER)
    if answer:
        found = redacted(FORM, application.record, FINDER, {each.key: answer for each in found.doubts})
    banned = application.strong if answer == KEEP else application.banned
    told = {box: left_in(text, banned) for box, text in found.texts.items()}
    return {box: words for box, words in told.items() if words}


def is_clean(application: Application) -> None:
    """Nothing is left, whatever the admin answers."""
    assert [left(application, answer) for answer in (None, TAKE_OUT, KEEP)] == [{}, {}, {}]


@FEW
@given(applications())
def test_nothing_is_left_in_any_text_whatever_is_answered(application: Application) -> None:
    is_clean(application)


@pytest.mark.real
@LONG
@given(applications(16))
def test_nothing_is_left_in_any_text_of_many(application: Application) -> None:
    is_clean(application)


@st.composite
def meetings(draw: st.DrawFn) -> list[Application]:
    """The applications of one meeting."""
    return draw(st.lists(applications(), min_size=1, max_size=5))


def put_in(store: Store, made: list[Application]) -> list[str]:
    """Keeps applications as they are before names are taken out of them; their references."""
    with store.transaction():
        refs = [accepted(store, number, KINDS[each.kind]) for number, each in enumerate(made, start=1)]
        unit_of = {ref: each.current_unit for ref, each in asked_for.get_many(store, refs).items()}
        answers.put_many(store, [(unit_of[ref], each.record) for ref, each in zip(refs, made, strict=True)])
        redactions.forget_many(store, list(unit_of.values()))
    return refs


def answered(store: Store) -> None:
    """Every stretch that is asked about is taken out, every case is ready."""
    asked = [each for each in questions.of_meeting(store, MEETING) if each.answer is None]
    told = [(each.question_id, TAKE_OUT if each.kind == stage.REDACTION else "yes") for each in asked]
    with store.transaction():
        questions.answer_many(store, told, NIGHT)


def files(places: Places) -> dict[str, bytes]:
    """All that the panel may be given."""
    return {path.name: path.read_bytes() for path in places.panel(MEETING).iterdir()}


@cache
def of_every_pack() -> frozenset[str]:
    """Pieces of text in the files of a meeting whose applications hold no known value."""
    with TemporaryDirectory() as folder, workspace(Path(folder)) as (store, places):
        made = [Application(kind, base(kind), (), frozenset(), frozenset()) for kind in sorted(KINDS)]
        stage.anonymise(store, REGISTER, FORM, lambda: FINDER, put_in(store, made), NIGHT)
        built(store, places)
        return frozenset(piece for data in files(places).values() for _, piece in pieces(data))


def left_in_files(places: Places, banned: Banned) -> dict[str, Mapping[str, set[str]]]:
    """What is left in each file, and where."""
    told = {name: left_in_book(data, banned, of_every_pack()) for name, data in files(places).items()}
    return {name: found for name, found in told.items() if found}


def go_through(made: list[Application]) -> None:
    """The packs of a meeting, unanswered, answered and released, hold nothing of its applications."""
    banned = frozenset(word for each in made for word in each.banned)
    with TemporaryDirectory() as folder, workspace(Path(folder)) as (store, places):
        refs = put_in(store, made)
        for release in (False, True):
            stage.anonymise(store, REGISTER, FORM, lambda: FINDER, refs, NIGHT)
            built(store, places)
            assert left_in_files(places, banned) == {}
            if release:
                answered(store)
                built(store, places)
                released(store, places, LATER)
                assert left_in_files(places, banned) == {}
            answered(store)
        names = {name.partition("-")[0] for name in files(places)}
        assert names == {"panel", "decisions"}


@settings(FEW, max_examples=2, phases=UNSHRUNK)
@given(meetings())
def test_nothing_is_left_in_any_panel_file_drafted_or_released(made: list[Application]) -> None:
    go_through(made)


@pytest.mark.real
@settings(LONG, max_examples=max(MANY // 20, 1), phases=UNSHRUNK)
@given(meetings())
def test_nothing_is_left_in_the_panel_files_of_many_meetings(made: list[Application]) -> None:
    go_through(made)


# The search and the gate are able to fail.


@FEW
@given(applications())
def test_the_search_sees_each_value_through_its_disguise(application: Application) -> None:
    for each in application.planted:
        assert left_in(each.text, each.way.words)


@FEW
@given(applications())
def test_the_gate_sees_each_value_through_its_disguise(application: Application) -> None:
    own = own_values(FORM, application.record)
    for each in application.planted:
        # One that only its capitals tell may be a word in another case; telephone numbers are taken out by their form.
        if not each.way.capitals and "960" not in each.way.plain:
            assert leaks(each.text.encode(), FINDER, own)


def test_no_word_about_a_value_is_one() -> None:
    words = frozenset(word for way in of_register() for word in way.words)
    assert [text for text in (*AROUND, FILLER) if left_in(text, words)] == []
    assert len(words) > 150
    assert bare("Ｚ\u0455\u200bófia’s  Łáw\u0336son-Вrаnd") == "zsofias lawson brand"


@pytest.mark.parametrize("planted", ["zs\u00adofia  OKONKWO’s", "аbbеyhulton", "146 487", "{upn}"])
def test_a_value_that_the_anonymiser_lets_through_stops_the_pack_and_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, planted: str
) -> None:
    told = planted.replace("{upn}", " ".join(upn(101).lower()))

    def lets_through(*given: object, **more: object) -> Redacted:
        made = redacted(*given, **more)  # type: ignore[arg-type]
        return Redacted({**made.texts, "summary": f"They met {told} then."}, made.spans, made.doubts)

    own = Record({**base("project").form, "contact_name": "Zsofia Okonkwo"}, base("project").tables)
    banned = frozenset(("zsofia", "okonkwo", "hulton", "146487", "999000015101"))
    monkeypatch.setattr(stage, "redacted", lets_through)
    with workspace(tmp_path) as (store, places):
        refs = put_in(store, [Application("project", own, (), banned, banned)])
        stage.anonymise(store, REGISTER, FORM, lambda: FINDER, refs, NIGHT)
        with pytest.raises(LeakError):
            built(store, places)
        assert list(places.panel(MEETING).glob("*.xlsx")) == []
        monkeypatch.setattr("cluster_sheets.anonymise.leak.leaks", lambda *_: ())
        built(store, places)
        assert [name.partition("-")[0] for name in left_in_files(places, banned)] == ["panel"]
