"""Decisions: the workbook the chair fills in, made beside the panel workbook, and never at the cost of what was typed.

In: the cases of a meeting, what each fund has left. Out: ``panel/<meeting>/decisions-<meeting>.xlsx``.
Never: a vote, a score or a school. Reading it back is ``read``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from cluster_sheets.form.declared import Form
from cluster_sheets.form.kind import is_blank
from cluster_sheets.form.shipped import form as shipped_form
from cluster_sheets.intake.archive import RefusedError
from cluster_sheets.intake.limits import Limits, limits
from cluster_sheets.panel.decisions import book, left
from cluster_sheets.panel.decisions.again import is_known, recorded
from cluster_sheets.panel.decisions.left import Lying, ref_of
from cluster_sheets.panel.decisions.place import DECIDED, IN_WORDS
from cluster_sheets.panel.decisions.view import Asked, Typed, View, view
from cluster_sheets.reading.raw import RawForm
from cluster_sheets.register.model import Meeting, Register
from cluster_sheets.store.database import Store
from cluster_sheets.store.file import write_whole
from cluster_sheets.store.places import Places

Gate = Callable[[bytes, Callable[[], bytes]], None]
"""Looks at a finished workbook and at the same without a case; raises where one is told of in it."""
GONE = "No longer in the pack."


def path_of(places: Places, meeting: str) -> Path:
    """Where the decisions workbook of a meeting lies."""
    return places.decisions(meeting)


@cache
def declared() -> Form:
    """The workbook as declared."""
    return shipped_form("decisions")


def read_raw(data: bytes, bounds: Limits) -> RawForm | None:
    """What stands in the boxes of a decisions workbook; None where it is none, or cannot be opened."""
    from python_calamine import CalamineError

    from cluster_sheets.intake.precheck import checked
    from cluster_sheets.reading.located import Locator
    from cluster_sheets.reading.raw import raw_form

    try:
        raw = raw_form(data, Locator(declared()), checked(data, bounds))
    except (RefusedError, CalamineError):
        return None
    return raw if raw.ours else None


def lying(data: bytes, bounds: Limits) -> Lying | None:
    """All that stands in a decisions workbook; None where it is none, or cannot be opened."""
    from cluster_sheets.intake.precheck import checked
    from cluster_sheets.reading.package import Package
    from cluster_sheets.reading.values import values

    raw = read_raw(data, bounds)
    if raw is None:
        return None
    package = Package(data, checked(data, bounds))
    read = {each.name: each for each in values(package)}
    hidden = frozenset(each.name for each in package.sheets() if not each.visible)
    return Lying(declared(), raw, {each.name: read.get(each.name) for each in package.sheets()}, hidden)


def typed_in(raw: RawForm) -> Typed:
    """What the chair has typed so far, as it was typed."""
    lines: dict[str, dict[str, Any]] = {}
    for table in (DECIDED, IN_WORDS):
        for line in raw.lines.get(table, ()):
            case_ref = ref_of(line)
            given = {name: told[2] for name, told in line.items() if name != "case_ref"}
            lines.setdefault(case_ref, {}).update({name: each for name, each in given.items() if not is_blank(each)})
    own = {name: told[2] for name, told in raw.answers.items() if not is_blank(told[2])}
    return Typed(own, lines)


def write_decisions(
    store: Store,
    places: Places,
    register: Register,
    form: Form,
    meeting: Meeting,
    gate: Gate | None = None,
) -> Path | None:
    """Makes the decisions workbook of a meeting, or brings it up to date; gives its place, None where it has no case.

    What the chair has typed stays. A workbook that shows the cases as they stand is left alone, and so is one that
    cannot be read: the reading back tells the admin. So is one that holds what a new one would lose: that is noted, for
    the night to tell. ``gate`` is asked before anything is written, and raises where what we put into the workbook
    would tell who it is about; what the chair types there is the chair's own.
    """
    shown = view(store, register, form, meeting)
    path, bounds = path_of(places, meeting.meeting_id), limits(register.settings.whole)
    mark = shown.mark(store.key)
    before = path.read_bytes() if path.exists() else b""
    lies = lying(before, bounds) if before else None
    if path.exists() and lies is None:
        return path
    if lies is not None and left.mark_of(lies) == mark:
        left.forget(store, meeting.meeting_id)
        return path
    typed = typed_in(lies.raw) if lies is not None else recorded(store, meeting.meeting_id)
    shown = with_typed(shown, typed)
    if not shown.cases:
        return path if not remove_blank(path, bounds) else None
    stamp = _stamp(shown, mark, bounds)
    data = book.made(declared(), shown, stamp, Typed())
    if gate is not None:
        gate(data, lambda: _of_no_case(shown, stamp))
    if typed != Typed():
        data = book.made(declared(), shown, stamp, typed)
    if lies and (spot := left.lost(lies, _read_again(data, bounds))) is not None:
        left.note(store, meeting.meeting_id, places.told(path), before, spot)
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data)
    left.forget(store, meeting.meeting_id)
    if lies is None:
        is_known(store, meeting.meeting_id, data)
    return path


def remove_blank(path: Path, bounds: Limits) -> bool:
    """Removes a decisions workbook that nothing was typed in; whether there is none now."""
    lies = lying(path.read_bytes(), bounds) if path.exists() else None
    if path.exists() and (
        lies is None or lies.answers or lies.changed() or lies.raw.notes or lies.raw.pictures or lies.hidden
    ):
        return False
    path.unlink(missing_ok=True)
    return True


def _stamp(shown: View, mark: str, bounds: Limits) -> str:
    """What the workbook carries; the boxes do not matter to it, so it is worked out of a blank one."""
    return left.stamp(mark, _read_again(book.made(declared(), shown, mark, Typed()), bounds))


def _read_again(data: bytes, bounds: Limits) -> Lying:
    """A workbook that we have just made."""
    lies = lying(data, bounds)
    if lies is None:
        raise ValueError("a decisions workbook was made that cannot be read")
    return lies


def made_anew(store: Store, register: Register, meeting: Meeting, lies: Lying) -> Lying:
    """The workbook of a meeting as it would be made now, with nothing typed in it: to know our own words by."""
    shown = with_typed(view(store, register, shipped_form("application"), meeting), typed_in(lies.raw))
    data = book.made(declared(), shown, shown.mark(store.key), Typed())
    return _read_again(data, limits(register.settings.whole))


def _of_no_case(shown: View, mark: str) -> bytes:
    """The same workbook without a case: what stands there too tells of nobody."""
    return book.made(declared(), replace(shown, cases=()), mark, Typed())


def with_typed(shown: View, typed: Typed) -> View:
    """``shown``, with a line for each case that was taken out of the pack but that the chair has typed about."""
    known = {each.case_ref for each in shown.cases}
    lost = [case_ref for case_ref, given in typed.lines.items() if case_ref not in known and _boxes(given)]
    return replace(shown, cases=(*shown.cases, *(_gone(case_ref) for case_ref in lost)))


def _boxes(given: Mapping[str, Any]) -> bool:
    fields: Iterable[str] = (each.name for table in declared().tables for each in table.columns)
    return any(name in given for name in fields)


def _gone(case_ref: str) -> Asked:
    return Asked(case_ref, "", "", "", GONE, None, 0, None)
