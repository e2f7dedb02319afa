from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import pytest

from cluster_sheets.anonymise import stage
from cluster_sheets.base.finding import Finding, Place
from cluster_sheets.base.progress import silent
from cluster_sheets.connect.config import Access, Config, Kind, Route, Transport
from cluster_sheets.intake.fetch import Filed
from cluster_sheets.night.stages import STAGES, _anonymise, _file_away, claimed
from cluster_sheets.night.workspace import Night
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from tests.panel.made import MEETING, NEXT, NIGHT, accepted, workspace
from tests.register.made import REGISTER


def test_money_is_looked_at_before_anybody_is_answered_and_anything_is_shown() -> None:
    order = [stage.__name__ for stage in STAGES]
    assert order == [
        "_whole",
        "_read_back",
        "_fetch",
        "_take_in",
        "_judge",
        "_money",
        "_reply",
        "_send",
        "_anonymise",
        "_again",
        "_panel",
        "_review",
        "_file_away",
    ]


def test_a_meeting_that_says_it_decided_on_a_pack_never_released_is_told_from_one_with_other_faults() -> None:
    night = Night(cast("Store", None), Places(Path()), REGISTER, NIGHT, silent)
    told = ((MEETING, "decisions-not-released"), (NEXT, "quorum-not-met"))
    night.findings = [Finding(Place(f"decisions-{meeting}.xlsx", "Meeting", "C8"), code) for meeting, code in told]
    assert claimed(night) == {MEETING}


def test_cases_of_the_next_meeting_of_every_cluster_are_redacted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = REGISTER.meeting(MEETING)
    assert own is not None
    north = replace(own, meeting_id="N-2627-A1", cluster="N")
    register = replace(REGISTER, meetings=(*REGISTER.meetings, north))
    told: list[str] = []

    def redact(store: Store, register: object, form: object, finder: object, refs: Sequence[str], *_: object) -> None:
        told.extend(refs)

    monkeypatch.setattr(stage, "anonymise", redact)
    with workspace(tmp_path) as (store, places):
        with store.transaction():
            refs = [accepted(store, 1), accepted(store, 2, meeting=north.meeting_id), accepted(store, 3, meeting=NEXT)]
        night = Night(store, places, register, NIGHT, silent)
        _anonymise(night)
    assert told == refs[:2]


def test_a_folder_of_a_mailbox_that_is_gone_is_told_in_the_report(monkeypatch: pytest.MonkeyPatch) -> None:
    night = Night(cast("Store", None), Places(Path()), REGISTER, NIGHT, silent)
    route = Route(Kind.FOLDER, Access(Path()), "cluster-sheets.toml:2", Path("shared"))
    night.__dict__["config"] = Config(Transport(Kind.FOLDER, Access(Path())), (route,))
    filed = Filed({route.name: "EXAMPLE away"}, Counter({(route.where, "Held"): 2}))
    monkeypatch.setattr("cluster_sheets.intake.fetch.file_away", lambda *_: filed)
    _file_away(night)
    assert (night.unreachable, [each.where for each in night.needs]) == (["EXAMPLE away"], ["cluster-sheets.toml:2"])
