"""Stages: what each does for the night, and the room it calls; a room is imported only where there is work for it."""

import gc
import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING, TypeVar

from cluster_sheets.night.workspace import IntegrityError, Night, must_be_whole
from cluster_sheets.report.control import controls, left_apart
from cluster_sheets.report.need import folder_gone, left_in_inbox, left_in_mailboxes
from cluster_sheets.report.run import Crash
from cluster_sheets.store import cases, keys, questions, replies, units
from cluster_sheets.store.error import StoreDiskError
from cluster_sheets.store.replies import OutboxState

if TYPE_CHECKING:
    from cluster_sheets.reading.raw import RawForm
    from cluster_sheets.replies.stage import Attempt
    from cluster_sheets.verdict.judging import Judge, Read

CHUNK = 500
"""Units judged in one transaction."""
Stage = Callable[[Night], None]
T = TypeVar("T")


def _whole(night: Night) -> None:
    """Nothing is built on records that somebody has changed: a night with nothing to do releases nothing either."""
    must_be_whole(night.store)


def _read_back(night: Night) -> None:
    """What people have filled in since: review workbooks and decisions workbooks."""
    from cluster_sheets.anonymise.review_read import read_reviews
    from cluster_sheets.panel.decisions.read import read_back

    night.findings += read_reviews(night.store, night.places, night.as_of)
    night.findings += read_back(night.store, night.places, night.register, night.as_of)


def _fetch(night: Night) -> None:
    """Mail out of mailboxes: kept, no more; once a night. Where one is away the night goes on with what it has."""
    if night.looked or not night.config.routes:
        return
    from cluster_sheets.intake.fetch import fetch
    from cluster_sheets.intake.limits import limits

    bounds = limits(night.register.settings.whole)
    told = fetch(night.store, night.config.routes, bounds, night.as_of, night.progress)
    night.looked = True
    night.away |= told.unreachable.keys()
    night.unreachable += told.unreachable.values()
    if told.left:
        night.needs.append(left_in_mailboxes(told.left))


def _take_in(night: Night) -> None:
    """Mails and files: kept first, then taken apart into units."""
    from cluster_sheets.intake.take_in import MailRules, take_in

    rules = MailRules.of(night.register.settings)
    left = take_in(night.store, night.places, rules, night.as_of, night.progress)
    night.too_large = len(left.too_large)
    if left.stays:
        night.needs.append(left_in_inbox(night.places.told(night.places.inbox), left.stays))


def _judge(night: Night) -> None:
    """A verdict on every unit that waits, and on held ones that a person or a changed register has a word on."""
    waiting = _waiting(night)
    if not waiting:
        return
    from cluster_sheets.intake.limits import limits
    from cluster_sheets.intake.pool import Pool
    from cluster_sheets.intake.take_in import MailRules
    from cluster_sheets.verdict.judging import Judge

    rules = MailRules.of(night.register.settings)
    judge = Judge(night.store, night.register, night.form, night.finder, rules, night.as_of)
    with Pool(limits(night.register.settings.whole)) as pool:
        for done in range(0, len(waiting), CHUNK):
            night.progress("Reading and judging", done, len(waiting))
            _judge_chunk(night, judge, waiting[done : done + CHUNK], pool.read)
            # What a chunk leaves in rings goes before the next one wants its room (__main__).
            gc.collect(0)
    night.returned = judge.returned
    night.crashes += [Crash(unit_id, trace) for unit_id, trace in judge.traces]
    night.progress("Reading and judging", len(waiting), len(waiting))


def _judge_chunk(night: Night, judge: "Judge", chunk: Sequence[units.Unit], read: "Read") -> None:
    """Judges a chunk; where our program breaks on it, each unit by itself, so that one costs nobody else anything."""
    from cluster_sheets.verdict.judging import set_apart

    try:
        judge.judge(chunk, read)
    except StoreDiskError:
        raise  # the chunk may be kept all the same: only the next run sees what was
    except Exception:  # noqa: BLE001 - a fault of ours on one unit costs nobody else anything
        if len(chunk) > 1:
            for unit in chunk:
                _judge_chunk(night, judge, [unit], read)
            return
        night.crashes.append(Crash(chunk[0].unit_id, traceback.format_exc()))
        set_apart(night.store, chunk[0], night.as_of)


def _waiting(night: Night) -> tuple[units.Unit, ...]:
    """Pending units, and held ones that were answered, decided on since, or judged under another register."""
    held = units.held(night.store)
    said = set()
    if held:
        from cluster_sheets.verdict.decided import since

        asked = questions.of_units(night.store, [each.unit_id for each in held])
        said = {each.unit_id for each in asked if each.kind == "held" and each.answer} | since(night.store, held)
    again = [each for each in held if each.unit_id in said or each.judged_under != night.register.sha256]
    return (*again, *units.pending(night.store))


def _again(night: Night) -> None:
    """Accepted requests looked at once more where the register or their meeting has changed; none is withdrawn."""
    from cluster_sheets.verdict.listed import is_due

    if is_due(night.store, night.register.sha256):
        from cluster_sheets.verdict.again import look_again

        look_again(night.store, night.register, night.form, night.finder, night.as_of)


def _money(night: Night) -> None:
    """Budget and decisions into the ledger, and the statement; where it does not tie, nothing is released tonight."""
    from cluster_sheets.money.stage import post, reconcile

    post(night.store, night.register, night.as_of)
    told = reconcile(night.store, night.places, night.register, night.form, night.as_of)
    night.controls = tuple(controls(told.accounts))
    if not told.ties:
        raise IntegrityError(f"The ledger does not tie ({left_apart(night.controls)}): see the statement in finance.")


def _reckon(night: Night) -> None:
    """The control totals of a night with nothing else to do; the statements are as they were written."""
    from cluster_sheets.money.reckon import reckoned

    night.controls = tuple(controls(reckoned(night.store, night.register, night.as_of)))
    if left_apart(night.controls):
        _money(night)


def _reply(night: Night) -> None:
    """An answer to every school that is owed one."""
    if replies.any_in(night.store, OutboxState.QUEUED):
        from cluster_sheets.replies.send import write_again

        write_again(night.store, night.places, night.register, night.as_of)
    if not replies.any_in(night.store, OutboxState.DUE):
        return
    from cluster_sheets.replies.stage import write_due

    with ExitStack() as stack:
        raw_of, attempt = _reader(night, stack), _attempt(night)
        write_due(
            night.store, night.places, night.register, night.form, raw_of, night.as_of, night.progress, attempt,
            queued=night.config.sends,
        )  # fmt: skip


def _send(night: Night) -> None:
    """What is queued goes to the mail server; where it is not reached, all of it waits and the night goes on."""
    if not replies.any_in(night.store, OutboxState.QUEUED, OutboxState.SENDING):
        return
    from cluster_sheets.replies.send import send_due
    from cluster_sheets.report.needed_replies import of_sending

    told = send_due(night.store, night.places, night.config, night.register, night.as_of, night.progress)
    night.needs += of_sending(told)
    night.unreachable += [told.unreachable] if told.unreachable else []


def _attempt(night: Night) -> "Attempt":
    """Makes one reply; where our program breaks on it, it stays due, and the others are made."""

    def attempt(unit_ids: Sequence[str], make: Callable[[], T], /) -> T | None:
        try:
            return make()
        except Exception:  # noqa: BLE001 - a fault of ours on one reply costs nobody else anything
            if len(unit_ids) == 1:
                night.crashes.append(Crash(unit_ids[0], traceback.format_exc(), of_reply=True))
            return None

    return attempt


def _reader(night: Night, stack: ExitStack) -> Callable[[Collection[str]], Mapping[str, "RawForm"]]:
    """Raw answers of units for their marked-up copies: at hand from the judging, or read again by a worker."""
    from cluster_sheets.intake.arrived import arrived
    from cluster_sheets.intake.limits import limits
    from cluster_sheets.intake.pool import Pool, Refused
    from cluster_sheets.intake.take_in import MailRules

    settings = night.register.settings
    started: list[Pool] = []

    def raw_of(unit_ids: Collection[str]) -> dict[str, "RawForm"]:
        at_hand = {unit_id: night.returned[unit_id] for unit_id in unit_ids if unit_id in night.returned}
        if len(at_hand) == len(unit_ids):
            return at_hand
        return at_hand | read_again([unit_id for unit_id in unit_ids if unit_id not in at_hand])

    def read_again(unit_ids: Collection[str]) -> dict[str, "RawForm"]:
        from cluster_sheets.reading.raw import RawForm

        if not started:
            started.append(stack.enter_context(Pool(limits(settings.whole))))
        # Of what was erased with another form of its mail no copy goes back: the letter says what to mend.
        known = units.get_many(night.store, unit_ids).values()
        there = keys.of_blobs(night.store, {each.mail_sha256 for each in known})
        wanted = [each for each in known if each.mail_sha256 in there]
        files = [(each.unit_id, each.data) for each in arrived(night.store, wanted, MailRules.of(settings))]
        told = started[0].read(files)
        return {unit: RawForm(**read) for unit, read in told.items() if not isinstance(read, Refused)}

    return raw_of


def _anonymise(night: Night) -> None:
    """Cases for the meetings next due, with everything taken out that tells who they are."""
    from cluster_sheets.anonymise.stage import anonymise
    from cluster_sheets.panel.stage import assign

    assign(night.store, night.register, night.as_of, claimed(night))
    refs = [
        case.application_ref
        for meeting in night.register.due(night.as_of)
        for case in cases.of_meeting(night.store, meeting.meeting_id)
        if case.version_out is None and case.carried_to is None
    ]
    anonymise(
        night.store, night.register, night.form, lambda: night.finder, refs, night.as_of, night.progress, night.tagger
    )


def claimed(night: Night) -> frozenset[str]:
    """Meetings of which the chair says that they have decided on a pack that was never released."""
    said = {each.place.file for each in night.findings if each.code == "decisions-not-released"}
    return frozenset(each.meeting_id for each in night.register.meetings if f"decisions-{each.meeting_id}.xlsx" in said)


def _panel(night: Night) -> None:
    """Panel and decisions workbooks of the meetings next due."""
    from cluster_sheets.anonymise.leak import LeakError
    from cluster_sheets.panel.decisions.left import left_as_they_are
    from cluster_sheets.panel.stage import build

    try:
        build(night.store, night.places, night.register, night.form, lambda: night.finder, night.as_of, night.progress)
    except LeakError as leak:
        raise IntegrityError(str(leak)) from leak
    night.findings += left_as_they_are(night.store, night.places, night.register)


def _review(night: Night) -> None:
    """What is left to ask, as workbooks the admin answers in."""
    from cluster_sheets.anonymise.review import write_reviews
    from cluster_sheets.register.proposal import write_proposal

    write_reviews(night.store, night.places, night.register, night.as_of)
    write_proposal(night.store, night.places, night.register, night.as_of)


def _file_away(night: Night) -> None:
    """Mails of mailboxes, to where what became of them wants them; nobody waits for it."""
    if not night.config.routes:
        return
    from cluster_sheets.intake.fetch import file_away

    filed = file_away(night.store, night.config.routes, night.away, night.progress)
    night.unreachable += filed.unreachable.values()
    night.needs += [folder_gone(where, name, count) for (where, name), count in filed.lost.items()]


STAGES: tuple[Stage, ...] = (
    _whole, _read_back, _fetch, _take_in, _judge, _money, _reply, _send, _anonymise, _again, _panel, _review,
    _file_away,
)  # fmt: skip
LOOK: tuple[Stage, ...] = (_fetch,)
"""Of a night before which nothing has changed here: something may have come elsewhere."""
QUIET: tuple[Stage, ...] = (_reckon,)
"""Of a night before which nothing has changed."""
