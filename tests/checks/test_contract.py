"""What a batch is held to, and what is loaded for it."""

import subprocess
import sys

LOADS = """
import sys
import pandas as pd
from cluster_sheets.checks.contract import SchemaErrors, pa
held_to = pa.DataFrameSchema({"a": pa.Column(bool, pa.Check(lambda held: held))})
try:
    held_to.validate(pd.DataFrame({"a": [False]}), lazy=True)
except SchemaErrors as refused:
    print(len(refused.failure_cases), "hypothesis" in sys.modules)
import hypothesis
print(hypothesis.__name__)
"""


def test_a_batch_is_held_to_it_without_what_makes_up_data_for_tests_which_can_be_had_afterwards() -> None:
    told = subprocess.run([sys.executable, "-c", LOADS], capture_output=True, text=True, check=True)
    assert told.stdout.split("\n") == ["1 False", "hypothesis", ""]
