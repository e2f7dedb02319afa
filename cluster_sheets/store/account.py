"""Accounts and kinds of the ledger, named once.

``allocation:CEN`` is what the council gives (below nought as far as it was given), ``main:CEN`` and ``contingency:CEN``
hold what is left to promise, ``award:CEN-2627-0017`` what is promised and not yet paid. All of them come to nought.
"""

MAIN, CONTINGENCY = "MAIN", "CONTINGENCY"
POTS = (MAIN, CONTINGENCY)
BUDGET, UPLIFT, CARRY_IN = "BUDGET", "UPLIFT", "CARRY_IN"
GIVEN = (BUDGET, UPLIFT, CARRY_IN)
"""Kinds that bring money into a fund, in the order the statement lists them."""
CARRY_OUT = "CARRY_OUT"
"""The other side of what the next year carries in: it leaves the year before, so that no pound is there twice."""
OF_BUDGET = (*GIVEN, CARRY_OUT)
"""Kinds whose figures the register's budget says."""
MOVED = ("SET_ASIDE", "TRANSFER_IN", "TRANSFER_OUT", CARRY_OUT)
"""Kinds that move money between funds and years."""
COMMIT, VARY, RELEASE = "COMMIT", "VARY", "RELEASE"
PROMISES = (COMMIT, VARY, RELEASE)
"""Kinds of movements between a fund and its awards."""
PAID = ("PAY", "PAY_REVERSED", "CLAWBACK")


def allocation(cluster: str) -> str:
    """What the council gives a cluster."""
    return f"allocation:{cluster}"


def fund(pot: str, cluster: str) -> str:
    """What is left to promise of a fund."""
    return f"{pot.lower()}:{cluster}"


def award(application_ref: str) -> str:
    """What is promised to an application and not yet paid."""
    return f"award:{application_ref}"
