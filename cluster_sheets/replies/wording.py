"""What schools are told, each sentence written once: plain words for a busy office, no name and nothing typed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from cluster_sheets.base.date import in_words
from cluster_sheets.register.model import CITY, Meeting, Register

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MOST_CELLS = 6

SUBJECTS: Mapping[str, str] = {
    "receipt": "{about}: we have your request",
    "late": "{about}: we have your request, for a later meeting",
    "mend": "{about}: {things} to mend",
    "held": "{about}: we have your form, and a person looks at it first",
    "refused": "{about}: we could not take what you sent",
    "note": "{about}: about what you sent",
}
"""By kind of reply. ``about`` is a reference or a form's number: never a word that somebody typed."""
OPENINGS: Mapping[str, str] = {
    "receipt": "We have your request, and it is complete. There is nothing more for you to do.",
    "late": "We have your request, and it is complete. It waits for a later meeting than the one it was made for.",
    "mend": "We have your form. {things_are} to mend before the request can go to the meeting. All else is kept as you"
    " gave it.",
    "held": "We have your form. The cluster admin looks at it before it goes further, and writes to you if something"
    " is wanted.",
    "refused": "We had something from you, but we could not take it as a form.",
    "note": "We had something from you. Nothing in it has changed a request of yours.",
}
"""The first paragraph, by kind of reply."""
OPENING_BESIDE = (
    "We have your form. {things_are} to mend before this version can count. Until then the version we had at {stands}"
    " still counts. All else is kept as you gave it."
)
"""The first paragraph about what is to be mended, where an earlier version was accepted and stands."""
OF_SEVERAL: Mapping[str, str] = {
    "mend": "to mend",
    "refused": "we could not take",
    "held": "a person looks at first",
    "late": "complete, for a later meeting",
    "receipt": "complete",
    "note": "that changes nothing",
}
"""What is said of so many of several workbooks, by kind of reply, the most pressing first."""
SUBJECT_OF_SEVERAL = "Cluster funding: your {count} files, {kinds}"
OPENING_OF_SEVERAL = "We had {count} files from you in one message: {kinds}."
SECTION = "File {number} of {count}: {about}"
WITHOUT_A_FORM = "not a form of ours"
ONLY_WORKBOOK, NAMED_WORKBOOK = "The workbook with this message", "The workbook ‘{name}’ with this message"
COPY = (
    "{workbook} holds your answers. Its first sheet lists the same things, each with a link to its"
    " cell. Mend them there, save it, and send that workbook back."
)
UNMARKED = (
    "{workbook} holds your answers and lists the same things, but no form of your school is known for it. Mend them,"
    " copy your answers into one of the forms we sent your school, and send that."
)
OWN_FORM = "Copy your answers into one of the forms we sent your school, and send that."
MARK_OF_COPY = (
    "The workbook that goes back to you has a mark of its own, as your {number}: send that one, not the old one."
)
NO_COPY = "Mend them in your own workbook, save it, and send it again."
FRESH = "{workbook} is a new form with your answers in it, as far as they fit."
CHANGES = (
    "If you want to change something, change it in the same workbook and send it again by {deadline}. The newest"
    " complete one counts."
)
CHANGES_OVER = "The time for changes is over. If something in it is wrong, reply to this message."
BACK_BY = "Send it back by {deadline}, so that it counts for the {meeting}."
AGAIN_BY = "Send the form by {deadline}, so that it counts for the {meeting}."
BACK_ANEW = "Send it back by {deadline}. The cluster admin then says whether it goes before the {meeting}."
"""Of a request that was not agreed: that it is mended does not bring it back."""
STAYS = "It stays as it was decided: there is nothing for you to do."
NO_DATE = "The date of the next meeting is not set yet. Send it as soon as you can."
HELD = "There is nothing for you to do until then."
MORE = "There {are} more like these. They show once these are mended."
TO_DO, TO_TELL, LOOKED_AT = "What to mend:", "Only to tell you:", "What it is about:"
WHOLE = "The workbook as a whole."
"""Where a thing can be told neither by its place nor without what was typed."""
WHAT_HAPPENED = "What we found, and what to do:"
CLOSING = "Questions? Reply to this message. It was written by a program, but a person reads what comes back."


def day_in_words(day: date) -> str:
    """``Thursday 1 October 2026``."""
    return f"{DAYS[day.weekday()]} {in_words(day)}"


@lru_cache(maxsize=1024)
def moment_in_words(moment: datetime, zone: str) -> str:
    """``17:00 on Thursday 1 October 2026``, by the clock of the scheme."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%H:%M} on {day_in_words(local.date())}"


def meeting_in_words(register: Register, meeting: Meeting) -> str:
    """``Central cluster meeting of Thursday 15 October 2026``."""
    if meeting.kind == CITY:
        return f"City Cluster Meeting of {day_in_words(meeting.day)}"
    return f"{cluster_name(register, meeting.cluster)} cluster meeting of {day_in_words(meeting.day)}"


def cluster_name(register: Register, code: str) -> str:
    """A cluster's name; its code where it has none."""
    return next((each.name for each in register.clusters if each.code == code and each.name), code)


def things(count: int) -> str:
    """``1 thing``, ``4 things``."""
    return "1 thing" if count == 1 else f"{count} things"


def things_are(count: int) -> str:
    """``There are 4 things``, to open a sentence."""
    return "There is 1 thing" if count == 1 else f"There are {count} things"


def listed(words: Sequence[str]) -> str:
    """``C7, C9 and C12``; a long list ends ``and 4 more``."""
    if len(words) > _MOST_CELLS:
        return f"{', '.join(words[:_MOST_CELLS])} and {len(words) - _MOST_CELLS} more"
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def issued_lead(school: str, number: str, meeting: str) -> str:
    """Row 2 of a form's first sheet: for whom it is, which of its forms, which meeting."""
    return f"{school}: {number}, for the {meeting}."


def issued_status(mailbox: str, deadline: str) -> str:
    """Row 3 of a form's first sheet: by when to send it, and where."""
    return f"Send it to {mailbox or 'the address this form came from'} by {deadline}."


def returned_lead(school: str, number: str, received: str) -> str:
    """Row 2 of a copy sent back."""
    return f"{school}: {number or 'your form'}, as we had it at {received}."


def returned_status(mailbox: str, deadline: str, kept: int) -> str:
    """Row 3 of a copy sent back: by when, where to, and that the rest stands."""
    where = mailbox or "the address this message came from"
    by = f"by {deadline}" if deadline else "as soon as you can"
    rest = "Your other answer is" if kept == 1 else f"Your other {kept} answers are"
    return f"Send it back to {where} {by}. {rest} kept."


def not_in_copy(places: Sequence[str]) -> tuple[str, str]:
    """(what we found, what to do) about answers that have no place in the copy."""
    return (
        f"Your file also holds something in {listed(places)} that has no place in the form, so it is not in this copy.",
        "Look there in your own file. If it matters, type it where the form asks for it.",
    )
