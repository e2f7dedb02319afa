"""Issue: numbered forms for each school of a round, stamped and filled in with what the register knows.

In: the register, a round. Out: workbooks in private/templates/<round>/, the forms' ids and keys in the store.
Never: changes whose a form is or what it is called, or the file of one that has come back.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count, islice
from pathlib import Path

from cluster_sheets.base import columns
from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.base.text import folded
from cluster_sheets.form.declared import Form
from cluster_sheets.form.filled import Filled, Stamp
from cluster_sheets.form.kind import Raw
from cluster_sheets.register.model import CANCELLED, CLUSTER, SENDERS_FIRST, Meeting, Member, Register, School
from cluster_sheets.replies import wording
from cluster_sheets.replies.form_name import file_name, number_in_words
from cluster_sheets.replies.scheme import scheme
from cluster_sheets.store import audit, file, permission
from cluster_sheets.store.database import Store
from cluster_sheets.store.forms import IssuedForm, issue_many, made, of_round, renew_many, used
from cluster_sheets.store.places import Places

ADMIN = "admin"
"""Who, in the audit: issuing is a person's command, never the night's."""
EXAMPLE = "EXAMPLE "
"""What the names of the people begin with whom the register ships with."""
_NO_ROUND = "Put the next meeting into register.xlsx, sheet Meetings."


@dataclass(frozen=True, slots=True)
class Issued:
    """The forms that the schools now have of a round."""

    paths: tuple[Path, ...]
    """Files, by school and number."""
    anew: int = 0
    """How many files were there and show something else now."""
    stay: int = 0
    """How many would show something else too, and have come back already: they stay as they are."""


class IssueError(ValueError):
    """Forms can't be issued as asked; the message is a sentence for the admin."""


def issue(
    store: Store,
    places: Places,
    register: Register,
    form: Form,
    round_id: str,
    as_of: datetime,
    how_many: int | None = None,
    urns: Collection[str] = (),
    progress: Progress = silent,
) -> Issued:
    """All forms these schools now have of a round. One that nobody has sent back shows what the register says now.

    Args:
        store: the workspace's.
        places: of the same workspace.
        register: who is a member, and whom we write to.
        form: the declaration.
        round_id: a cluster meeting.
        as_of: the moment of the command.
        how_many: forms each school is to have; as many as the settings say where it is not given.
        urns: the schools; every member of the cluster where none is named.
        progress: told of each form.

    Raises IssueError.
    """
    meeting = _meeting(register, round_id, as_of)
    schools = _schools(register, meeting, urns)
    wanted = register.settings.whole("forms_per_school") if how_many is None else how_many
    if wanted < 1:
        raise IssueError("Say how many forms each school is to have: 1 or more.")
    version = register.settings.text("template_version")
    folder = places.templates(meeting.meeting_id)
    with store.transaction():
        back = used(store, meeting.meeting_id)
        renew_many(store, _renewed(store, meeting, {each.urn for each in schools}, back, version))
        given = _given(store, register, meeting, schools, folder, back)
        new = list(_new(store, meeting, given, wanted, version, as_of))
        how_many_new = issue_many(store, new)
        if how_many_new:
            told = f"{how_many_new} forms of {meeting.meeting_id} for {len(schools)} schools"
            audit.append_many(store, [audit.Line(as_of, ADMIN, "issued", told)])
    for each in (folder.parent, folder):
        permission.make_folder(each)
    for fresh in new:
        given[fresh.urn].append(fresh)
    named = [
        (file_name(register, school, number_in_words(each)), school, each)
        for school in schools
        for each in sorted(given[school.urn], key=lambda each: each.number)
    ]
    stay = {name for name, _, each in named if each.form_id in back}
    told_apart = _Changed(folder, stay)
    file.write_many(folder, told_apart.of(_written(register, form, meeting, named, as_of, progress)))
    if told_apart.anew:
        told = f"{told_apart.anew} forms of {meeting.meeting_id} written anew"
        with store.transaction():
            audit.append_many(store, [audit.Line(as_of, ADMIN, "issued", told)])
    return Issued(tuple(folder / name for name, _, _ in named), told_apart.anew, told_apart.stay)


class _Changed:
    """Tells files that are to be written from those that are there and say the same, or that stay."""

    def __init__(self, folder: Path, back: Collection[str]) -> None:
        self._folder, self._back = folder, back
        self.anew = self.stay = 0

    def of(self, made: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """Those to be written."""
        for name, data in made:
            path = self._folder / name
            if not path.exists():
                yield name, data
            elif path.read_bytes() != data:
                if name in self._back:
                    self.stay += 1
                else:
                    self.anew += 1
                    yield name, data


def examples(register: Register) -> int:
    """How many of the register's people are still the EXAMPLE ones it ships with: forms are filled in with them."""
    return sum(each.name.startswith(EXAMPLE) for each in register.members)


def _meeting(register: Register, round_id: str, as_of: datetime) -> Meeting:
    meeting = register.meeting(round_id)
    if meeting is None or meeting.kind != CLUSTER:
        known = ", ".join(each.meeting_id for each in register.meetings if each.kind == CLUSTER)
        raise IssueError(f"{round_id} is not a cluster meeting of the register. It has: {known or 'none yet'}.")
    if meeting.status == CANCELLED:
        raise IssueError(f"The meeting {round_id} is cancelled in the register. Choose the round that takes its place.")
    ahead = [each.meeting_id for each in register.open_rounds(as_of, meeting.cluster)]
    then = f"Choose a round that is still to come: {', '.join(ahead)}." if ahead else _NO_ROUND
    if meeting.day < register.day_of(as_of):
        raise IssueError(f"The meeting {round_id} is over: it was on {wording.day_in_words(meeting.day)}. {then}")
    if meeting.closes_at < as_of:
        closed = wording.moment_in_words(meeting.closes_at, register.zone)
        raise IssueError(f"The round {round_id} has closed: its forms were due by {closed}. {then}")
    return meeting


def _schools(register: Register, meeting: Meeting, urns: Collection[str]) -> tuple[School, ...]:
    members = register.members_on(meeting.cluster, meeting.day)
    strangers = sorted(set(urns) - {school.urn for school in members})
    if strangers:
        raise IssueError(
            f"Not in the cluster on the day of {meeting.meeting_id}: {', '.join(strangers)}. Look at the register's"
            " Schools sheet."
        )
    return tuple(school for school in members if not urns or school.urn in urns)


def _new(
    store: Store,
    meeting: Meeting,
    given: Mapping[str, Sequence[IssuedForm]],
    wanted: int,
    version: str,
    as_of: datetime,
) -> Iterator[IssuedForm]:
    """The forms that schools still lack, under numbers that no form has."""
    taken: dict[str, set[int]] = {}
    for each in of_round(store, meeting.meeting_id):
        taken.setdefault(each.urn, set()).add(each.number)
    for urn, forms in given.items():
        for number in _free(taken.get(urn, ()), wanted - len(forms)):
            yield made(store.key, urn, meeting.cluster, meeting.meeting_id, number, version, as_of)


def _renewed(
    store: Store, meeting: Meeting, urns: Collection[str], back: Collection[str], version: str
) -> Iterator[IssuedForm]:
    """Forms of these schools that are of another version and that nobody has sent back, as they are of this one."""
    for each in of_round(store, meeting.meeting_id):
        if each.urn in urns and each.form_id not in back and each.version != version:
            yield made(store.key, each.urn, each.cluster, each.round, each.number, version, each.issued_at)


def _given(
    store: Store, register: Register, meeting: Meeting, schools: Sequence[School], folder: Path, back: Collection[str]
) -> dict[str, list[IssuedForm]]:
    """The forms of a round that each school was given to fill in.

    A form that something came in, and that has no workbook here, was never given: it was vouched for by the admin, for
    a request that came without a mark. Were it given now, another request would take the place of that one.
    """
    given: dict[str, list[IssuedForm]] = {school.urn: [] for school in schools}
    for each in of_round(store, meeting.meeting_id):
        if each.urn in given:
            name = file_name(register, register.schools[each.urn], number_in_words(each))
            if each.form_id not in back or (folder / name).exists():
                given[each.urn].append(each)
    return given


def _free(taken: Collection[int], how_many: int) -> Iterator[int]:
    """The first so many numbers that no form has."""
    return islice((number for number in count(1) if number not in taken), max(how_many, 0))


def _written(
    register: Register,
    form: Form,
    meeting: Meeting,
    named: Sequence[tuple[str, School, IssuedForm]],
    as_of: datetime,
    progress: Progress,
) -> Iterator[tuple[str, bytes]]:
    from cluster_sheets.form.template import template

    offered = scheme(register, meeting.cluster, meeting.day)
    deadline = wording.moment_in_words(meeting.closes_at, register.zone)
    status = wording.issued_status(register.mailbox(meeting.cluster), deadline)
    when = wording.meeting_in_words(register, meeting)
    for done, (name, school, each) in enumerate(named, start=1):
        lead = wording.issued_lead(school.name, number_in_words(each), when)
        answers = prefilled(register, form, school, register.day_of(as_of))
        yield name, template(form, Filled(offered, stamp_of(each), lead, status, answers))
        progress("forms", done, len(named))


def stamp_of(issued: IssuedForm) -> Stamp:
    """The stamp a form was issued with."""
    return Stamp(issued.form_id, issued.urn, issued.cluster, issued.round, issued.version, issued.stamp)


def prefilled(register: Register, form: Form, school: School, day: date) -> dict[str, Raw]:
    """What the register knows of a school on a day: itself, its headteacher, and whom we write to."""
    people = [each for each in register.members if each.school_urn == school.urn and each.serves(day)]
    answers: dict[str, Raw] = {columns.SCHOOL: school.name, columns.URN: school.urn}
    senco, head = SENDERS_FIRST
    headteacher = _of_role(people, head)
    if headteacher:
        answers[columns.HEADTEACHER] = headteacher.name
    # As answers go: who has no address is passed over.
    reached = [each for each in people if each.email]
    contact = _of_role(reached, senco) or _of_role(reached, head)
    if contact:
        roles = [choice.label for choice in form.field(columns.CONTACT_ROLE).choices]
        answers[columns.CONTACT] = contact.name
        answers[columns.CONTACT_ROLE] = next(label for label in roles if folded(label) == folded(contact.role))
        answers[columns.CONTACT_EMAIL] = contact.email
    return answers


def _of_role(people: Sequence[Member], role: str) -> Member | None:
    return next((each for each in people if folded(each.role) == folded(role)), None)
