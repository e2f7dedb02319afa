"""A workspace with numbered forms, filled in well: what hostile workbooks are made of, and good ones beside them.

Every school is the pilot's, every request and person is an EXAMPLE.
"""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from cluster_sheets.demo import deliver
from cluster_sheets.demo.fill import Blank
from cluster_sheets.demo.forms import Forms
from cluster_sheets.demo.play import CLUSTER, KEY, START
from cluster_sheets.demo.requests import Habits, Sample, rounds, samples
from cluster_sheets.demo.texts import PROJECT
from cluster_sheets.form.kind import Raw
from cluster_sheets.night import init, opened
from cluster_sheets.register.make import made as register_workbook
from cluster_sheets.register.model import Register
from tests.hostile.archive import archive, entries

HABITS = Habits(careless_every=0, specials=False, tolerated=0, telling=(0, 0), purposes=((PROJECT, 1.0),))
QUIET: Mapping[str, Raw] = {"recurring": "No"}
"""What a good request says, so that nothing at all is said of it."""
_EVERY, _SEED = 500, 3
"""So many requests make one in ten for each meeting after the next."""
REQUEST = "xl/worksheets/sheet3.xml"
_CELL = re.compile(r'<c r="{}"(?: [^>]*?)?(?:/>|>.*?</c>)', re.DOTALL)


@dataclass(frozen=True)
class Good:
    """A good request in a numbered form of its school, and what can be done to it."""

    sample: Sample
    data: bytes
    register: Register
    other: "Good | None" = None
    """Another of the same round."""

    @cached_property
    def parts(self) -> dict[str, bytes]:
        """Its parts, inflated."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as opened_archive:
            return {name: opened_archive.read(name) for name in opened_archive.namelist()}

    @cached_property
    def blank(self) -> Blank:
        """The form, to be filled in otherwise."""
        return Blank(self.data)

    def but(self, **answers: Raw) -> bytes:
        """The same with other answers."""
        return self.blank.filled(answers, {})

    def with_parts(self, changed: Mapping[str, bytes | None]) -> bytes:
        """The same with parts put in place of its own, added, or (None) taken out."""
        made = {name: part for name, part in (self.parts | dict(changed)).items() if part is not None}
        return archive(entries(made))

    def replaced(self, part: str, before: str, after: str) -> bytes:
        """The same with some words of a part changed."""
        return self.with_parts({part: self.text(part, before, after)})

    def text(self, part: str, before: str, after: str) -> bytes:
        """A part with some words changed."""
        told = self.parts[part].decode()
        assert before in told, f"{before} is not in {part}"
        return told.replace(before, after, 1).encode()

    def place(self, key: str) -> tuple[str, str]:
        """(part, cell) of the answer to a question."""
        return self.blank._found.boxes[key]

    def cell(self, key: str) -> str:
        """The XML of the answer to a question."""
        part, where = self.place(key)
        found = re.search(_CELL.pattern.format(where), self.parts[part].decode(), re.DOTALL)
        assert found is not None, key
        return found[0]

    def with_cell(self, key: str, within: str, attributes: str = "") -> bytes:
        """The same with the answer to a question told in this XML."""
        part, where = self.place(key)
        return self.replaced(part, self.cell(key), f'<c r="{where}"{attributes}>{within}</c>')


class Desk:
    """A workspace with a form for each of so many good requests, of the next meeting and of those after it."""

    def __init__(self, root: Path, soon: int, later: int) -> None:
        self.places = init(root, register=register_workbook({"mail_authserv_name": deliver.EXCHANGER}), key=KEY)
        with opened(self.places, START) as night:
            self.register = night.register
            self.meeting = rounds(night.register, CLUSTER, START)[0]
            made = samples(night.register, _EVERY, _SEED, CLUSTER, START, HABITS)
            of_next = [each for each in made if each.meeting == self.meeting.meeting_id][:soon]
            of_after = [each for each in made if each.meeting != self.meeting.meeting_id][:later]
            forms = Forms()
            forms.issue(night, [*of_next, *of_after], self.meeting.meeting_id, START)
        assert (len(of_next), len(of_after)) == (soon, later)
        self.soon, self.later = (self._good(forms, each) for each in (of_next, of_after))

    @property
    def at(self) -> datetime:
        """When the night runs."""
        return self.meeting.closes_at - timedelta(hours=20)

    def _good(self, forms: Forms, wanted: Sequence[Sample]) -> list[Good]:
        made: list[Good] = []
        for sample in wanted:
            data = Blank(forms.filled(sample)[1]).filled(QUIET, {})
            made.append(Good(sample, data, self.register, made[-1] if made else None))
        return made
