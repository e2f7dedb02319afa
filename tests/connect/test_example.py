"""The cluster-sheets.toml that ``init`` writes: nothing in it counts, and each example does once its # is gone."""

import re
from pathlib import Path

import pytest

from cluster_sheets.connect.config import Access, Config, Kind, Transport, config, example
from cluster_sheets.connect.config_read import read
from cluster_sheets.store.places import Places

BLOCKS = re.findall(r"(?m)^# \[.*\n(?:# [a-z_]+ = .*\n)+", example())


def test_as_it_is_written_nothing_in_it_counts(tmp_path: Path) -> None:
    (tmp_path / "cluster-sheets.toml").write_text(example(), encoding="utf-8")
    assert config(Places(tmp_path)) == Config(Transport(Kind.FOLDER, Access(tmp_path)))


@pytest.mark.parametrize("block", BLOCKS, ids=range(len(BLOCKS)))
def test_each_example_is_right_once_its_marks_are_gone(block: str, tmp_path: Path) -> None:
    told = read(re.sub(r"(?m)^# ", "", block), "c.toml", tmp_path)
    assert (len(told.routes), told.transport.kind is Kind.FOLDER, bool(told.tagger)) in (
        (1, True, False),
        (0, False, False),
        (0, True, True),
    )


def test_there_is_an_example_of_every_kind() -> None:
    kinds = set(re.findall(r'(?m)^# kind = "(\w+)"', example()))
    assert kinds == {str(kind) for kind in Kind} - {"mbox"}
    assert len(BLOCKS) == 8


def test_what_may_be_added_is_known(tmp_path: Path) -> None:
    route = BLOCKS[0].replace("# ", "")
    added = re.findall(r'(?m)^# ((?:mailbox|processed|held|quarantine|tls|port|ca_file) = (?:"[^"]*"|\d+))', example())
    assert len(added) == 7
    (told,) = read("\n".join([route, *added]), "c.toml", tmp_path).routes
    assert (told.mailbox, told.access.port) == ("INBOX", 993)
