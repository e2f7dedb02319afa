"""Stamp: whose form a workbook is, by the keyed mark it carries (submission.md, "What it is an answer to")."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from cluster_sheets.base import reference
from cluster_sheets.form.keys import STAMP_PARTS
from cluster_sheets.reading.raw import RawForm
from cluster_sheets.register.model import Register
from cluster_sheets.store.forms import IssuedForm


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a stamp says, and whether it holds."""

    told: Mapping[str, str]
    """By part; blank where it is gone."""
    form: IssuedForm | None = None
    """The form that was issued, where the mark fits: a round that the register no longer has leaves it what it is."""
    code: str = ""
    """The rule that it breaks: at most one, the first of them."""

    @property
    def form_id(self) -> str:
        """What it calls itself, true or not."""
        return self.told.get("form_id", "")


def told_by(raw: RawForm) -> dict[str, str]:
    """The parts of a workbook's stamp; a part that stands twice with two values counts as gone."""
    parts = {}
    for name in STAMP_PARTS:
        values = {each for each in raw.stamp.get(name, ()) if each}
        parts[name] = values.pop() if len(values) == 1 else ""
    return parts


def stamped(parts: Mapping[str, str], register: Register, key: bytes, issued: Mapping[str, IssuedForm]) -> Stamped:
    """The stamp judged; ``issued`` are the forms of these ids that were issued here and not erased since."""
    if not all(parts[name] for name in STAMP_PARTS):
        return Stamped(parts, code="stamp-missing")
    meeting, form = register.meeting(parts["round"]), issued.get(parts["form_id"])
    wanted = reference.stamp(key, *(parts[name] for name in STAMP_PARTS[:-1]))
    holds = form is not None and wanted == parts["mark"] and form.urn == parts["urn"]
    if meeting is None or meeting.cluster != parts["cluster"]:
        # A meeting that is called something else by now: a form of ours stays the request that it always was.
        return Stamped(parts, form if holds and meeting is None else None, "stamp-of-another-cluster")
    return Stamped(parts, form) if holds else Stamped(parts, code="stamp-altered")


def version_code(raw: RawForm, parts: Mapping[str, str], accepted: Collection[str]) -> str:
    """The rule a version mark breaks, or nothing; a version that is gone is the stamp's affair."""
    if parts["version"] and parts["version"] not in accepted:
        return "version-not-taken"
    apart = raw.version_property and parts["version"] and raw.version_property != parts["version"]
    return "version-marks-apart" if apart else ""
