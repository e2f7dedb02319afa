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

TYPES = """
import sys
import numpy as np
import pandas as pd
from cluster_sheets.checks.contract import SchemaErrors, pa
from cluster_sheets.reading.frames import DATE_TYPE, FIGURE_TYPE, TEXT_TYPE, series
asked = []
class Asked:
    def find_spec(self, name, path, target=None):
        asked.append(name)
sys.meta_path.insert(0, Asked())
kinds = {"text": TEXT_TYPE, "date": DATE_TYPE, "figure": FIGURE_TYPE}
frame = pd.DataFrame({name: series([None], kind, pd.RangeIndex(1)) for name, kind in kinds.items()})
frame["held"] = np.array([True])
held_to = pa.DataFrameSchema({name: pa.Column(kind, nullable=True) for name, kind in kinds.items()})
held_to = held_to.add_columns({"held": pa.Column(bool)})
pa.DataFrameSchema().validate(frame, lazy=True)
of_a_frame = asked.count("geopandas")
held_to.validate(frame, lazy=True)
print(asked.count("geopandas") - 2 * of_a_frame)
for name in frame:
    try:
        held_to.validate(frame.assign(**{name: [1.5]}), lazy=True)
    except SchemaErrors as refused:
        print(*refused.failure_cases["column"], *refused.failure_cases["check"])
"""


def test_a_batch_is_held_to_it_without_what_makes_up_data_for_tests_which_can_be_had_afterwards() -> None:
    told = subprocess.run([sys.executable, "-c", LOADS], capture_output=True, text=True, check=True)
    assert told.stdout.split("\n") == ["1 False", "hypothesis", ""]


def test_types_of_columns_are_known_without_a_look_at_the_disk_and_each_other_type_is_refused() -> None:
    told = subprocess.run([sys.executable, "-c", TYPES], capture_output=True, text=True, check=True)
    assert told.stdout.splitlines() == [
        "0",
        "text dtype('object')",
        "date dtype('datetime64[ns]')",
        "figure dtype('Int64')",
        "held dtype('bool')",
    ]
