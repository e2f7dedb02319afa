"""Night: the order of the stages, told once; the only room that catches whatever a stage may raise.

In: a workspace and the moment it is told as of. Out: the same workspace, taken on, and a ``Run`` that says how it went.
Run again as of the same moment, it changes nothing; killed anywhere and run again, it ends as if it never had been.
"""

from cluster_sheets.night.order import run
from cluster_sheets.night.workspace import init, opened

__all__ = ["init", "opened", "run"]
