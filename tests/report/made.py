"""A night's report made up from the store, and runs made up whole; every name is an EXAMPLE of the shipped register."""

from dataclasses import replace

from cluster_sheets.report.control import ControlTold
from cluster_sheets.report.fund import Fund
from cluster_sheets.report.need import Need, When
from cluster_sheets.report.run import Exit, PackTold, Received, Run, collected
from cluster_sheets.store import applications, questions
from cluster_sheets.store.entries import Entry
from cluster_sheets.store.questions import Question
from cluster_sheets.store.units import Unit
from tests.register.made import REGISTER
from tests.replies.made import NIGHT, ROUND, Workspace, came, issued

STATES = {"accepted": 9, "returned": 2, "held": 1, "quarantined": 1, "set-aside": 1}
HELD = Need(
    When.TODAY, ROUND, "The form came from an address we do not hold.", "Open it, and choose.", 3,
    REGISTER.day_of(NIGHT), "1 submission held",
)  # fmt: skip
READY = Need(When.BEFORE_PACK, ROUND, "9 cases wait for your tick.", "Read each.", 18, None, "9 cases to read")
TIES = ControlTold(
    "CEN", "2026-27", "R1", "Budget lines, and the signed allocation", 38000000, 38000000, 0, True, True, "Ties."
)  # fmt: skip
APART = ControlTold(
    "CEN", "2026-27", "R4", "Of 2026-27: awards decided, and promises that match", 129986, 0, 129986, True,
    False, "DOES NOT TIE. CEN-2627-0001: £1,299.86 of 2026-27 decided, £0.00 promised in the ledger.",
)  # fmt: skip
LATER = Need(When.LATER, "Unit 0123456789abcdef", "The file has macros.", "Nothing unless no new one comes.", 1)
RUN = Run(
    as_of=NIGHT,
    local_day=REGISTER.day_of(NIGHT),
    exit_code=Exit.NEEDED,
    why="",
    tonight=Received(14, STATES),
    in_all=Received(28, {name: 2 * count for name, count in STATES.items()}),
    replies={"receipt": {"written": 9}, "mend": {"written": 2, "due": 1}},
    replies_tonight={"receipt": {"written": 1}, "mend": {"written": 2, "due": 1}},
    findings={"blank": 3},
    packs=(PackTold(ROUND, 2, "DRAFT", 9, f"panel/{ROUND}/panel-{ROUND}-v2.xlsx", 10, 14),),
    questions={ROUND: 10},
    decisions={"CEN-2526-Su2": {"AGREED": 3, "NOT_AGREED": 1}},
    funds=(Fund("CEN", "2026-27", "MAIN", 36000000, 496000, 35504000),),
    needs=(HELD, READY, LATER),
    crashes=(),
    files=(f"panel/{ROUND}/panel-{ROUND}-v2.xlsx",),
    controls=(TIES,),
)


def run(at: Workspace) -> Run:
    """The report of a night that nothing stopped."""
    return collected(at.store, REGISTER, at.places, NIGHT)


def asked(at: Workspace, unit: Unit, kind: str, number: int = 1, code: str = "") -> None:
    """A question of the round about a unit."""
    question = Question(f"{kind} {unit.unit_id} {number}", ROUND, unit.unit_id, None, kind, code or kind)
    with at.store.transaction():
        questions.add_many(at.store, [(question, {"who": "Abbey Hulton Primary School"})])


def moved(pence: int, kind: str, pot: str = "MAIN") -> list[Entry]:
    """A movement between a fund and elsewhere."""
    here = Entry(f"{pot.lower()}:CEN", pence, "CEN", "2026-27", "2026/27", pot, kind, NIGHT)
    return [here, replace(here, account="elsewhere", amount_pence=-pence)]


def accepted(at: Workspace, number: int) -> Unit:
    """A submission that became an application."""
    ref = f"CEN-2627-{number:04d}"
    unit = came(at, "receipt", content=f"EXAMPLE {number}".encode(), about=issued(at.store), application_ref=ref)
    made = applications.Application(
        ref, f"form {number}", "CEN", ROUND, "PROJECT", "SINGLE", "PUPIL_GROUP", "MAIN", 100, None, "VALID", ROUND,
        unit.unit_id,
    )  # fmt: skip
    with at.store.transaction():
        applications.save_many(at.store, [made])
    return unit
