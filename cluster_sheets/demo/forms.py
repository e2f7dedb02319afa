"""Forms: issued for the samples, filled by their schools, and mended from the copies that were sent back."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.demo.fill import Blank
from cluster_sheets.demo.requests import Sample, forms_needed
from cluster_sheets.demo.written import Written
from cluster_sheets.night.workspace import Night
from cluster_sheets.replies.issue import issue

_XLSX = ".xlsx"


class Forms:
    """Every sample's form, by where it lies."""

    def __init__(self) -> None:
        self._paths: dict[tuple[str, str, int], Path] = {}
        self._sent_back: dict[str, bytes] = {}
        """Marked-up copies, by form id."""

    def __len__(self) -> int:
        return len(self._paths)

    def issue(self, night: Night, made: Sequence[Sample], first: str, as_of: datetime) -> None:
        """Issues the forms that the samples need; of ``first`` every school gets its usual number at least."""
        usual = night.register.settings.whole("forms_per_school")
        for round_id, by_school in forms_needed(made).items():
            if round_id == first:
                self._keep(round_id, _issued(night, round_id, as_of, max(usual, *by_school.values()), ()))
                continue
            for count in sorted(set(by_school.values())):
                urns = sorted(urn for urn, wanted in by_school.items() if wanted == count)
                self._keep(round_id, _issued(night, round_id, as_of, count, urns))

    def _keep(self, round_id: str, paths: Sequence[Path]) -> None:
        numbers: Counter[str] = Counter()
        for path in paths:
            urn = Blank(path.read_bytes()).stamp("urn")
            numbers[urn] += 1
            self._paths[round_id, urn, numbers[urn]] = path

    def filled(self, sample: Sample) -> tuple[str, bytes]:
        """Name and bytes of a sample's form as it is sent first."""
        path = self._paths[sample.meeting, sample.urn, sample.form_number]
        return path.name, _with(path.read_bytes(), sample.typed)

    def mended(self, sample: Sample) -> tuple[str, bytes]:
        """The marked-up copy of a sample, put right; the form itself where no copy came."""
        path = self._paths[sample.meeting, sample.urn, sample.form_number]
        data = path.read_bytes()
        return path.name, _with(self._sent_back.get(Blank(data).stamp("form_id"), data), sample.meant)

    def look_into(self, outbox: Path, progress: Progress = silent) -> int:
        """Finds the marked-up copies in the replies; how many there are."""
        mails = sorted(outbox.rglob("*.eml"))
        for done, path in enumerate(mails, start=1):
            for part in message_from_bytes(path.read_bytes(), policy=default).iter_attachments():
                if str(part.get_filename()).endswith(_XLSX):
                    data: bytes = part.get_content()
                    self._sent_back[Blank(data).stamp("form_id")] = data
            progress("Opening replies", done, len(mails))
        return len(self._sent_back)


def _with(data: bytes, written: Written) -> bytes:
    return Blank(data).filled(written.answers, written.lines)


def _issued(night: Night, round_id: str, as_of: datetime, count: int, urns: Sequence[str]) -> tuple[Path, ...]:
    form, places = night.form, night.places
    return issue(night.store, places, night.register, form, round_id, as_of, count, urns, night.progress).paths
