from pathlib import Path
from typing import cast

from cluster_sheets.base.finding import Finding, Place
from cluster_sheets.base.progress import silent
from cluster_sheets.night.stages import STAGES, claimed
from cluster_sheets.night.workspace import Night
from cluster_sheets.store.database import Store
from cluster_sheets.store.places import Places
from tests.panel.made import MEETING, NEXT, NIGHT
from tests.register.made import REGISTER


def test_money_is_looked_at_before_anybody_is_answered_and_anything_is_shown() -> None:
    order = [stage.__name__ for stage in STAGES]
    assert order == [
        "_whole",
        "_read_back",
        "_fetch",
        "_take_in",
        "_judge",
        "_again",
        "_money",
        "_reply",
        "_send",
        "_anonymise",
        "_panel",
        "_review",
        "_file_away",
    ]


def test_a_meeting_that_says_it_decided_on_a_pack_never_released_is_told_from_one_with_other_faults() -> None:
    night = Night(cast("Store", None), Places(Path()), REGISTER, NIGHT, silent)
    told = ((MEETING, "decisions-not-released"), (NEXT, "quorum-not-met"))
    night.findings = [Finding(Place(f"decisions-{meeting}.xlsx", "Meeting", "C8"), code) for meeting, code in told]
    assert claimed(night) == {MEETING}
