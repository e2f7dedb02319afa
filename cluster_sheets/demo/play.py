"""Play: a whole round on invented requests, step by step, each told in a line.

In: a folder, how many requests, a seed. Out: a workspace that has been through a round, and what to look at in it.
Never: reads a clock, or touches a folder that is not a demo's.
"""

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cluster_sheets.base.date import financial_year, in_words, local_moment
from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.demo import answer, deliver
from cluster_sheets.demo.forms import Forms
from cluster_sheets.demo.requests import Fate, Sample, rounds, samples
from cluster_sheets.night import init, opened, run
from cluster_sheets.panel.decisions.view import view
from cluster_sheets.panel.decisions.workbook import path_of
from cluster_sheets.panel.release import NotReadyError, release
from cluster_sheets.register.make import made as register_workbook
from cluster_sheets.register.model import Meeting, Register
from cluster_sheets.report.need import plural
from cluster_sheets.report.run import Exit, Run
from cluster_sheets.report.summary import STATES
from cluster_sheets.store import file
from cluster_sheets.store.error import StoreError
from cluster_sheets.store.places import Places

SIZE, SEED = 40, 2026
CLUSTER = "CEN"
START = datetime(2026, 9, 14, 7, 0, tzinfo=UTC)
"""The day the demo's forms go out: EXAMPLE dates, never today's."""
KEY = hashlib.sha256(b"cluster-sheets demo").digest()
"""Of every demo workspace, so that the same seed gives the same references. A real one has a random key."""
NOTE = "demo.txt"
_NOTE = "A demo of cluster-sheets: every request, person, address and amount in this folder is invented.\n"
_ROUNDS_OF_ANSWERS = 4
_MENDED = 2
"""One in so many forms that came back is mended and sent again in time; the first always is."""
Say = Callable[[str], object]


def play(into: Path, size: int, seed: int, say: Say, progress: Progress = silent) -> int:
    """Makes a demo in ``into`` and walks it through a round. Gives the exit code.

    Raises StoreError where ``into`` holds something else than an earlier demo.
    """
    return _Play(into, size, seed, say, progress).walk()


class _Play:
    def __init__(self, into: Path, size: int, seed: int, say: Say, progress: Progress) -> None:
        self._into, self._say, self._progress = _from_here(into), say, progress
        self._size, self._seed = size, seed
        self._forms = Forms()
        self._worst = Exit.CLEAN

    def walk(self) -> int:
        """The whole of it."""
        self._places = self._made()
        self._issue()
        self._first_night()
        self._second_night()
        if self._answered() and self._released():
            self._decided()
        self._told()
        return int(self._worst)

    def _made(self) -> Places:
        if self._into.exists() and any(self._into.iterdir()):
            if not (self._into / NOTE).is_file():
                raise StoreError(f"{self._into.as_posix()} holds something else: name another folder with --into.")
            shutil.rmtree(self._into)
        changes = {"mail_authserv_name": deliver.EXCHANGER}
        places = init(self._into, register=register_workbook(changes), key=KEY)
        file.write_whole(self._into / NOTE, _NOTE.encode())
        self._say(f"{_NOTE.rstrip()}\n")
        return places

    def _issue(self) -> None:
        with opened(self._places, START, self._progress) as night:
            self._register: Register = night.register
            self._meeting: Meeting = rounds(night.register, CLUSTER, START)[0]
            self._samples = samples(night.register, self._size, self._seed, CLUSTER, START)
            self._forms.issue(night, self._samples, self._meeting.meeting_id, START)
        self._step(START, f"{len(self._forms)} numbered forms go out to the schools; {self._size} are filled in.")

    def _first_night(self) -> None:
        at = self._meeting.closes_at - timedelta(hours=20)
        first = [each for each in self._samples if each.fate != Fate.LATE]
        inbox = [*deliver.delivered(first, self._filled, self._register, CLUSTER)]
        inbox += deliver.extras(first, self._forms.filled, self._register, CLUSTER, at)
        self._drop(inbox)
        self._step(at, f"{len(inbox)} mails and files in the inbox. The first night runs.")
        self._night(at)

    def _second_night(self) -> None:
        at = self._meeting.fix_by + timedelta(hours=4)
        copies = self._forms.look_into(self._places.outbox, self._progress)
        back = [each for each in self._samples if each.goes_back and each.meeting == self._meeting.meeting_id]
        mended = [self._again(each) for each in back[::_MENDED]]
        late = [each for each in self._samples if each.fate == Fate.LATE]
        self._drop(deliver.delivered(mended, self._forms.mended, self._register, CLUSTER))
        self._drop(deliver.delivered(late, self._forms.filled, self._register, CLUSTER))
        self._step(at, f"{come_again(copies, len(mended), len(late))} The second night runs.")
        self._night(at)

    def _again(self, sample: Sample) -> Sample:
        return replace(sample, sent_at=self._meeting.fix_by - timedelta(hours=5), by_mail=True)

    def _answered(self) -> bool:
        """Answers what the nights ask until the pack is checked; whether it is."""
        at = local_moment(self._meeting.pack_out, (6, 0), self._register.zone)
        for turn in range(_ROUNDS_OF_ANSWERS):
            given: Counter[str] = Counter()
            for path in sorted(self._places.review.glob("*.xlsx")):
                given += answer.review(path)
            if not given:
                break
            told = ", ".join(f"{count} {kind}" for kind, count in sorted(given.items()))
            at += timedelta(minutes=40 * bool(turn))
            self._step(at, f"The demo answers its own review questions ({told}), as you would in private/review.")
            self._night(at)
        state = next((pack.state for pack in self._last.packs if pack.meeting == self._meeting.meeting_id), "not there")
        if state != "CHECKED":
            self._say(f"The pack is {state}, so nothing is released.")
            self._worst = max(self._worst, Exit.FAILED)
        return state == "CHECKED"

    def _released(self) -> bool:
        at = local_moment(self._meeting.pack_out, (10, 0), self._register.zone)
        meeting = self._meeting.meeting_id
        with opened(self._places, at) as night:
            try:
                finder = night.finder
                pack = release(night.store, night.places, night.register, night.form, lambda: finder, meeting, at)
            except NotReadyError as early:
                self._say(str(early))
                self._worst = max(self._worst, Exit.FAILED)
                return False
        self._step(at, f"The pack is released: {(self._into / pack.path).as_posix()}")
        return True

    def _decided(self) -> None:
        at = local_moment(self._meeting.day + timedelta(days=1), (3, 0), self._register.zone)
        with opened(self._places, at) as night:
            shown, key = view(night.store, night.register, night.form, self._meeting), night.store.key
        path = path_of(self._places, self._meeting.meeting_id)
        if not path.exists():
            self._say(f"There is no decisions workbook in {path.parent.as_posix()}, so nothing can be decided.")
            self._worst = max(self._worst, Exit.FAILED)
            return
        given = answer.decide(path, shown, key, self._meeting.quorum_needed + 3)
        told = ", ".join(f"{count} {outcome.lower().replace('_', ' ')}" for outcome, count in sorted(given.items()))
        self._step(at, f"Example decisions are typed into the decisions workbook: {told}. The night after it runs.")
        self._night(at)

    def _told(self) -> None:
        """What there is to look at."""
        left = sum(self._last.questions.values())
        if left:
            self._say(f"   The next packs have begun; {plural(left, 'question')} for them are left for you to try.")
        self._say("\nLook at:")
        meeting = self._meeting.meeting_id
        places = self._places
        for what, where in (
            ("a form as a school gets it", places.templates(meeting).glob("*.xlsx")),
            ("a reply to a school", places.outbox.rglob("*.eml")),
            ("what the admin was asked", places.review.glob("*.xlsx")),
            ("the panel workbook", places.panel(meeting).glob("panel-*.xlsx")),
            ("the decisions", places.panel(meeting).glob("decisions-*.xlsx")),
            ("the statement", places.finance.glob(f"statement-*-{financial_year(self._meeting.day)}.xlsx")),
            ("the night's report", (self._into / "reports").glob("*/*.xlsx")),
        ):
            found = sorted(where)
            if found:
                more = f" and {len(found) - 1} more" if len(found) > 1 else ""
                self._say(f"  {what:<28}{found[-1].as_posix()}{more}")

    def _filled(self, sample: Sample) -> tuple[str, bytes]:
        self._progress("Filling in forms", sample.number + 1, self._size)
        return self._forms.filled(sample)

    def _drop(self, files: Iterable[tuple[str, bytes]]) -> None:
        file.write_many(self._places.inbox, files, file.OPEN_TO_GROUP)

    def _night(self, at: datetime) -> None:
        self._last: Run = run(self._places.root, at, progress=self._progress)
        if self._last.exit_code not in (Exit.CLEAN, Exit.NEEDED):
            self._worst = max(self._worst, self._last.exit_code)
        self._say(f"   {_in_short(self._last)}")

    def _step(self, at: datetime, words: str) -> None:
        self._say(f"{in_words(self._register.day_of(at))}. {words}")


def come_again(copies: int, mended: int, late: int) -> str:
    """What came back between the nights, counted, in a sentence."""
    gone = plural(copies, "marked-up copy", "marked-up copies")
    comes, is_late = "comes" if mended == 1 else "come", "is" if late == 1 else "are"
    return f"{gone} had gone back; {mended} {comes} again, mended, and {late} {is_late} late."


def _from_here(into: Path) -> Path:
    """A folder as seen from where the program was started, where it lies below it."""
    here = Path.cwd()
    return into.relative_to(here) if into.is_absolute() and into.is_relative_to(here) else into


def _in_short(night: Run) -> str:
    """A night in one line."""
    states = ", ".join(f"{count} {STATES.get(name, name)}" for name, count in night.tonight.states.items() if count)
    told = f"{night.tonight.received} came: {states}." if night.tonight.received else "Nothing new came."
    packs = [f"{each.meeting} {each.state}, {plural(each.cases, 'case')}" for each in night.packs if each.cases]
    asked = sum(night.questions.values())
    questions = f" {plural(asked, 'question')} for the admin." if asked else " No question is open."
    return f"{told} Packs: {'; '.join(packs) or 'none yet'}.{questions}{' ' + night.why if night.why else ''}"
