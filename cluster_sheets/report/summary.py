"""Summary: a night on one screen: what came, what went out, what needs a person, the money, and where it all is."""

import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from cluster_sheets.base.money import pounds
from cluster_sheets.replies.wording import day_in_words
from cluster_sheets.report.folder import folder_of
from cluster_sheets.report.need import Need, When, minutes, plural
from cluster_sheets.report.run import Exit, Received, Run
from cluster_sheets.store.places import Places

WIDTH = 100
_HEAD = 16
_SHOWN = 6
"""Needs told on the screen; the workbook has them all."""
STATES = {
    "accepted": "accepted",
    "returned": "sent back to mend",
    "held": "held for you",
    "quarantined": "set apart unread",
    "set-aside": "set aside",
}
REPLIES = {
    "receipt": ("receipt", "receipts"),
    "late": ("receipt for a later meeting", "receipts for a later meeting"),
    "mend": ("to mend", "to mend"),
    "held": ("being looked at", "being looked at"),
    "refused": ("could not be taken", "could not be taken"),
    "note": ("for information", "for information"),
}
"""What a kind of message is called: of one, of several."""
HOW_FAR = {
    "written": "in private/outbox",
    "sent": "sent",
    "queued": "waiting to be sent",
    "sending": "of which nobody knows yet whether the mail server has them",
    "due": "due",
    "failed": "refused by a mail server",
    "undeliverable": "undeliverable: they came back",
    "cancelled": "cancelled",
}
"""What is said of messages that have come just so far."""
ENDED = {
    Exit.CLEAN: "Done. Nobody is needed.",
    Exit.NEEDED: "Done.",
    Exit.UNREACHABLE: "Done, but for the mail: a mailbox or mail server could not be reached.",
    Exit.FAILED: "NOT DONE. Nothing was released.",
    Exit.INTEGRITY: "STOPPED to be safe. Nothing was released.",
}
POTS = {"MAIN": "Main", "CONTINGENCY": "Contingency"}


def summary(run: Run, places: Places) -> str:
    """The summary with paths from where the program was started, where the workspace lies below it."""
    root = places.root
    if root.is_absolute() and root.is_relative_to(Path.cwd()):
        root = root.relative_to(Path.cwd())
    before, report = "" if root == Path() else f"{root.as_posix()}/", places.told(folder_of(places, run.as_of))
    return text(run, before, lambda path: (places.root / path).exists(), report)


def text(run: Run, root: str = "", is_there: Callable[[str], bool] = lambda _: True, report: str = "") -> str:
    """The summary, whose files lie in the folder ``report``; without one, in the first night's of that minute.

    Paths from the workspace, with ``root`` before them, of what ``is_there``: a dry run leaves none.
    """
    report = report or Places(Path()).reports(run.as_of).as_posix()
    workbook = f"{report}/needs-you.xlsx"
    shown = _SHOWN if is_there(workbook) else len(run.needs)
    files = (workbook if run.needs else f"{report}/summary.txt", *run.files)
    blocks = (
        ("", [f"Night of {day_in_words(run.local_day)}. {_ended(run)}"]),
        ("What came", list(_came(run))),
        ("What went out", list(_went_out(run))),
        ("The packs", list(_packs(run))),
        ("The tagger", list(_tagger(run))),
        ("Decided", [f"{meeting}: {_counted(outcomes)}" for meeting, outcomes in sorted(run.decisions.items())]),
        ("The money", list(_money(run))),
        ("What needs you", list(_needs(run.needs, shown))),
        ("Where it is", [root + path for path in files if is_there(path)]),
    )
    return "\n\n".join(_block(name, lines) for name, lines in blocks if lines) + "\n"


def _block(name: str, lines: list[str]) -> str:
    indent = " " * _HEAD if name else ""
    wrapped = [
        part
        for line in lines
        for part in textwrap.wrap(
            line, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  ",
            break_long_words=False, break_on_hyphens=False,
        )
    ]  # fmt: skip
    first = f"{name:<{_HEAD}}{wrapped[0][_HEAD:]}" if name else wrapped[0]
    return "\n".join((first, *wrapped[1:]))


def _ended(run: Run) -> str:
    ended = " ".join(part for part in (ENDED.get(run.exit_code, ""), run.why) if part)
    if run.exit_code in (Exit.NEEDED, Exit.UNREACHABLE):
        return f"{ended} {title(run)}."
    return ended


def title(run: Run) -> str:
    """``6 things need you, about 25 minutes``."""
    things = f"{plural(len(run.needs), 'thing')} {'needs' if len(run.needs) == 1 else 'need'} you"
    return f"{things}, about {plural(minutes(run.needs), 'minute')}"


def _came(run: Run) -> Iterator[str]:
    yield _units(run.tonight, "tonight")
    if run.in_all.received != run.tonight.received:
        yield _units(run.in_all, "in all")


def _units(received: Received, when: str) -> str:
    states = ", ".join(f"{count} {STATES[state]}" for state, count in received.states.items() if count)
    return f"{received.received} {when}: {states}" if states else f"{received.received} {when}"


def _went_out(run: Run) -> Iterator[str]:
    """What was told about tonight's verdicts, then about all there ever were; and what the files are called."""
    tonight = list(_told(run.replies_tonight, " tonight"))
    yield from tonight
    if run.replies != run.replies_tonight:
        yield from _told(run.replies, " in all")
    if tonight and any("private/outbox" in line for line in tonight):
        yield "Each is named <date>-<kind>-<reference>-v<version>.eml"


def _told(replies: Mapping[str, Mapping[str, int]], when: str) -> Iterator[str]:
    for state, said in HOW_FAR.items():
        kinds = {kind: states[state] for kind, states in replies.items() if states.get(state)}
        if kinds:
            listed = ", ".join(plural(kinds[kind], *called) for kind, called in REPLIES.items() if kind in kinds)
            yield f"{plural(sum(kinds.values()), 'message')}{when} {said}: {listed}"


def _packs(run: Run) -> Iterator[str]:
    for pack in run.packs:
        left = f", {plural(pack.open_questions, 'question')} open" if pack.open_questions else ""
        each = f" ({pack.asked / pack.cases:.1f} a case)" if pack.asked and pack.cases else ""
        asked = f", {plural(pack.asked, 'question')} about words{each}" if pack.asked else ""
        few = f", {pack.few} of them {'fits' if pack.few == 1 else 'fit'} too few schools" if pack.few else ""
        yield f"{pack.meeting}: {pack.state}, version {pack.version}, {plural(pack.cases, 'case')}{few}{asked}{left}"


def _tagger(run: Run) -> Iterator[str]:
    if told := run.tagger:
        yield f"{told['name']} {told['version']} has a vote on names (licence {told['licence']}, by {told['author']})."


def _counted(outcomes: dict[str, int] | object) -> str:
    pairs = sorted(outcomes.items()) if isinstance(outcomes, dict) else []
    return ", ".join(f"{count} {outcome.replace('_', ' ').lower()}" for outcome, count in pairs)


def _money(run: Run) -> Iterator[str]:
    apart = [each for each in run.controls if not each.ties]
    yield from (each.sentence for each in apart)
    if run.controls and not apart:
        yield f"{plural(len(run.controls), 'control total')}: all tie to the penny."
    for fund in run.funds:
        yield (
            f"{fund.cluster} {fund.la_fy} {POTS.get(fund.pot, fund.pot)}: {pounds(fund.budget_pence)} in all,"
            f" {pounds(fund.promised_pence)} promised, {pounds(fund.left_pence)} left"
        )


def _needs(needs: Sequence[Need], most: int) -> Iterator[str]:
    shown = needs[:most]
    for kind in When:
        group = [each for each in shown if each.kind is kind]
        if group:
            yield f"{kind[:1].upper()}{kind[1:]}"
        for each in group:
            where = f"{each.where}, {each.about}" if each.about else each.where
            yield f"- {where}: {each.do if each.about else f'{each.what} {each.do}'}"
    if len(needs) > most:
        yield f"and {len(needs) - most} more in needs-you.xlsx"
