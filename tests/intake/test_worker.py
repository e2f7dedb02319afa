import io
import subprocess
import sys

import pytest

from cluster_sheets.intake.limits import Limits
from cluster_sheets.intake.worker import read_frame, write_frame


def test_a_message_comes_out_as_it_went_in_and_a_cut_one_not_at_all() -> None:
    stream = io.BytesIO()
    write_frame(stream, [("a", b"1")])
    write_frame(stream, "second")
    whole = stream.getvalue()
    stream.seek(0)
    frames = [read_frame(stream), read_frame(stream), read_frame(stream)]
    assert [None if each is None else len(each) > 8 for each in frames] == [True, True, None]
    assert read_frame(io.BytesIO(whole[:12])) is None
    assert read_frame(io.BytesIO(whole[:5])) is None


@pytest.mark.parametrize("begun", [False, True])
def test_a_worker_ends_when_nobody_is_left_to_ask_it(begun: bool) -> None:
    asked = io.BytesIO()
    if begun:
        write_frame(asked, ("tests.intake.targets:obey", Limits()))
    done = subprocess.run(
        [sys.executable, "-m", "cluster_sheets.intake.worker"], input=asked.getvalue(), capture_output=True, check=True
    )
    assert (len(done.stdout) > 0, done.stderr) == (begun, b"")
