"""Good workbooks changed by chance: each is refused, or read as it was; nothing breaks, nothing hangs."""

import io
import time
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from hypothesis import event, given, settings
from hypothesis import strategies as st

from cluster_sheets.reading.raw import RawForm, read
from cluster_sheets.verdict import structure
from tests.checks.batch import judged
from tests.fuzz.packed import packed
from tests.fuzz.walked import FORM, raw_form
from tests.reading.workbooks import workbook
from tests.replies.test_marked import copy
from tests.requests import KINDS

NAMES = sorted(KINDS)
KNOWN = {each.code for each in FORM.rules}
SECONDS = 3
"""Of CPU: a good one takes thousandths."""
TOKENS = [
    line[1:-1].encode().decode("unicode_escape").encode("latin-1")
    for line in Path(__file__).with_name("xlsx.dict").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@cache
def good(kind: str) -> bytes:
    return workbook(KINDS[kind])


@cache
def parts(kind: str) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(good(kind))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def read_well(kind: str) -> RawForm:
    return RawForm(**read(good(kind)))


@st.composite
def changed(draw: st.DrawFn, data: bytes, most: int) -> bytes:
    """Bytes, up to ``most`` places of them overwritten, cut out, doubled, or with something put in."""
    made = bytearray(data)
    for _ in range(draw(st.integers(1, most))):
        at = draw(st.integers(0, max(len(made) - 1, 0)))
        length = draw(st.integers(0, 40))
        what = draw(st.sampled_from(["byte", "cut", "double", "put in", "token"]))
        if what == "byte" and made:
            made[at] = draw(st.integers(0, 255))
        elif what == "cut":
            del made[at : at + length]
        elif what == "double":
            made[at:at] = made[at : at + length]
        elif what == "put in":
            made[at:at] = draw(st.binary(max_size=length))
        else:
            made[at:at] = draw(st.sampled_from(TOKENS))
    return bytes(made)


def walked(data: bytes) -> RawForm | str:
    begun = time.process_time()
    told = raw_form(data)
    assert time.process_time() - begun < SECONDS
    assert isinstance(told, RawForm) or told in KNOWN
    return told


@given(st.data(), st.sampled_from(NAMES))
@settings(max_examples=max(300, 4 * settings().max_examples))
def test_a_workbook_whose_bytes_were_altered_is_refused_or_reads_the_same(draw: st.DataObject, kind: str) -> None:
    told = walked(draw.draw(changed(good(kind), 3)))
    event(told if isinstance(told, str) else "read")
    assert isinstance(told, str) or told == read_well(kind)


@given(st.data(), st.sampled_from(NAMES))
@settings(max_examples=max(100, settings().max_examples))
def test_a_part_that_was_altered_is_refused_or_goes_all_the_way_to_a_reply(draw: st.DataObject, kind: str) -> None:
    found = dict(parts(kind))
    name = draw.draw(st.sampled_from(sorted(found)))
    found[name] = draw.draw(changed(found[name], 4))
    told = walked(packed(found))
    event(told if isinstance(told, str) else "read")
    if isinstance(told, RawForm) and told.ours and not told.two_requests:
        shape = structure.findings(FORM, told, "a.xlsx")
        again = read(copy(told, (*shape, *judged(told)[0])))
        assert RawForm(**again).ours


def test_what_was_not_altered_is_read() -> None:
    for kind in NAMES:
        assert walked(packed(parts(kind))) == read_well(kind)
