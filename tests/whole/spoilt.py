"""One spoilt file or mail for each rule that is not about an answer: what is dropped, and what is to be found in it.

Every school is the pilot's, every request and person is an EXAMPLE.
"""

import base64
import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import openpyxl
from openpyxl.comments import Comment
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cluster_sheets.demo import deliver
from cluster_sheets.demo.fill import Blank
from cluster_sheets.demo.requests import Sample
from cluster_sheets.form import keys, own_words
from cluster_sheets.form.kind import Raw
from cluster_sheets.form.shipped import form
from cluster_sheets.register.model import Register
from cluster_sheets.store.units import State
from tests.intake.files import ole, with_part, workbook, zipped
from tests.intake.outlook import attachment
from tests.intake.outlook import msg as saved
from tests.whole.targets import STOP

NO_MAIL = b"X-No-Mail: EXAMPLE of one that breaks the parser\r\n"
"""No mail is known that breaks ours: the test breaks it on this one."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REQUEST, OUTCOMES = "2 Request", "6 Outcomes"
File = tuple[str, bytes]


@dataclass(frozen=True)
class Made:
    """What a spoilt file is made of: a good request in a numbered form of its school, and how it could be sent."""

    code: str
    sample: Sample
    good: bytes
    another: Callable[[], bytes]
    """A second numbered form of the same school, filled in as well."""
    register: Register
    at: datetime
    """When the night runs."""

    @property
    def name(self) -> str:
        """What its file is called."""
        return f"{self.code}.xlsx"

    def but(self, **answers: Raw) -> bytes:
        """The good one with other answers."""
        return Blank(self.good).filled(answers, {})

    def mail(self, *files: File, sender: str = "", text: str = "Attached.", before: int = 3) -> File:
        """A mail of the school's SENCO, some hours before the night."""
        to = self.register.mailbox("CEN")
        sent = self.at - timedelta(hours=before)
        address = sender or self.sample.sender
        return f"{self.code}.eml", deliver.mail(address, to, sent, self.code, text, files, self.register.zone)


def edited(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    """A workbook as another program would save it after a change; its sums have become plain figures."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """A workbook with parts added or put in place of its own."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()} | dict(parts))


def row_of(sheet: Worksheet, key: str) -> int:
    """The row a hidden key stands in."""
    return next(row[0].row for row in sheet.iter_rows(max_col=1) if row[0].value == key)


def answer(key: str, sheet: str = REQUEST) -> Callable[[Workbook], str]:
    """Where the answer of a question stands."""
    return lambda book: f"{sheet}!C{row_of(book[sheet], key)}"


Place = str | Callable[[Workbook], str]
Send = Callable[[Made], Sequence[File]]


@dataclass(frozen=True)
class Spoilt:
    """A rule, what is dropped to break it (the last file does), and what is expected of that."""

    code: str
    send: Send
    state: State
    place: Place = ""
    """``sheet!cell``, or empty where it is about the whole file."""


def bare(make: Callable[[Made], bytes]) -> Send:
    """A file dropped into the inbox."""
    return lambda made: [(made.name, make(made))]


def mailed(make: Callable[[Made], bytes]) -> Send:
    """A file sent by the school."""
    return lambda made: [made.mail((made.name, make(made)))]


def changed(change: Callable[[Workbook], None]) -> Send:
    """The good file after a change by another program."""
    return bare(lambda made: edited(made.good, change))


def without(key: str, sheet: str, *, label: bool) -> Callable[[Workbook], None]:
    """Takes a question's hidden key away, and its label too."""

    def change(book: Workbook) -> None:
        number = row_of(book[sheet], key)
        book[sheet].cell(number, 1).value = None
        if label:
            book[sheet].cell(number, 2).value = "What was here?"

    return change


def _beside_its_label(book: Workbook) -> str:
    sheet, label = book[REQUEST], form("application").field("sustain").label
    number = next(row[1].row for row in sheet.iter_rows(max_col=2) if row[1].value == label)
    return f"{REQUEST}!C{number}"


def _twice(book: Workbook) -> None:
    sheet = book[REQUEST]
    last = sheet.max_row + 2
    sheet.cell(last, 1).value, sheet.cell(last, 3).value = "summary", "Another answer to the very same question."


def _headless(book: Workbook) -> None:
    sheet = book[OUTCOMES]
    sheet.cell(row_of(sheet, "table:outcomes"), 1).value = None
    for cell in sheet[row_of(sheet, "headings:outcomes")]:
        cell.value = None


def _below(book: Workbook) -> None:
    sheet = book[OUTCOMES]
    sheet.cell(row_of(sheet, "end:outcomes") + 1, 2).value = "And one thing more"


def _on_the_list(book: Workbook) -> None:
    sheet = book.create_sheet(own_words.MEND)
    for row in (own_words.MEND_HEADINGS, (1, "5 Costs C6", "Too much.", "Say why.", "For example: a quote.", "done")):
        sheet.append(row)
    sheet.insert_rows(1, 2)


def _beside(book: Workbook) -> None:
    book[REQUEST].cell(row_of(book[REQUEST], "amount_requested"), 6).value = "plus 500 for travel"


def _added(state: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book.create_sheet("Workings").sheet_state = state

    return change


def _note(book: Workbook) -> None:
    sheet = book[REQUEST]
    sheet.cell(row_of(sheet, "need"), 3).comment = Comment("Ask the head first.", "EXAMPLE")


def _copied(book: Workbook) -> None:
    book.copy_worksheet(book[REQUEST])


def _two(book: Workbook) -> None:
    book["8 Declaration"]["A60"], book["8 Declaration"]["C60"] = "purpose", "Advice, no money"


def _without_a_column(book: Workbook) -> None:
    for column, cell in enumerate(book[OUTCOMES][row_of(book[OUTCOMES], "table:outcomes")], start=1):
        if cell.value == "measure":
            book[OUTCOMES].delete_cols(column)
            return


def _menu() -> bytes:
    """A workbook that is no form."""
    book, saved = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0]["A1"] = "EXAMPLE: Monday, soup"
    book.save(saved)
    return saved.getvalue()


def _missing(book: Workbook) -> None:
    del book["7 Partners"]


def _stamp(part: str, change: Callable[[str], str]) -> Send:
    def make(made: Made) -> bytes:
        blank = Blank(made.good)
        told = blank.stamp(part)
        return blank.with_texts({told: change(told)}).filled({}, {})

    return bare(make)


def _unmarked(book: Workbook) -> None:
    sheet = book["Start here"]
    sheet.cell(row_of(sheet, keys.of_stamp("mark")), 3).value = None


def _other_school(made: Made) -> bytes:
    other = next(each for each in made.register.schools.values() if each.urn != made.sample.urn)
    return made.but(school_name=other.name, school_urn=other.urn)


def _property(made: Made) -> bytes:
    part = "docProps/custom.xml"
    with zipfile.ZipFile(io.BytesIO(made.good)) as archive:
        told = archive.read(part)
    return with_parts(made.good, {part: told.replace(b"CS-APP 2026.1", b"CS-APP 2025.9")})


def _damaged(made: Made) -> Sequence[File]:
    name, mail = made.mail((made.name, made.good))
    head, mark, rest = mail.partition(base64.b64encode(made.good[:45]))
    assert mark
    return [(name, head + b"#" + mark[1:] + rest[:200] + b"\r\n" + rest[300:])]


def _many(made: Made) -> Sequence[File]:
    return [made.mail(*((f"{number}.xlsx", workbook() + bytes(number)) for number in range(11)))]


def _by_a_list(made: Made) -> Sequence[File]:
    name, mail = made.mail((made.name, made.good))
    return [(name, b"List-Id: <staff.school.example>\r\n" + mail)]


def _two_senders(made: Made) -> Sequence[File]:
    name, mail = made.mail((made.name, made.good))
    return [(name, b"From: head@elsewhere.example\r\n" + mail)]


def _not_readable(made: Made) -> Sequence[File]:
    name, mail = made.mail((made.name, made.good))
    return [(name, NO_MAIL + mail)]


def _outlook(made: Made) -> Sequence[File]:
    raw = saved(attachment(made.name, made.good), headers=f"From: {made.sample.sender}\r\n")
    return [(f"{made.code}.msg", raw)]


def _signed(made: Made) -> Sequence[File]:
    return [made.mail(("smime.p7m", bytes.fromhex("308006092a864886f70d010702a080") + bytes(200)))]


def _same_id(made: Made) -> Sequence[File]:
    mails = [made.mail((made.name, data)) for data in (made.good, made.but(sustain=SUSTAIN))]
    # They came at one moment: which is the first is told by their bytes.
    (first, mail), (name, other) = sorted(mails, key=lambda each: hashlib.sha256(each[1]).hexdigest())
    assert mail.partition(b"Message-ID: ")[2][:40] == other.partition(b"Message-ID: ")[2][:40]
    return [(f"first {first}", mail), (name, other)]


def _again(made: Made) -> Sequence[File]:
    return [made.mail((made.name, made.good)), (made.name, made.good)]


def _newer(**answers: Raw) -> Send:
    return lambda made: [made.mail(("first.xlsx", made.good)), (made.name, made.but(**answers))]


def _alike(made: Made) -> Sequence[File]:
    title = str(made.sample.meant.answers["request_title"])
    return [
        made.mail(("first.xlsx", made.good)),
        (made.name, Blank(made.another()).filled({"request_title": f"{title}s"}, {})),
    ]


def _sent_by_another(made: Made) -> Sequence[File]:
    day = made.register.day_of(made.at)
    other = next(urn for urn in reversed(list(made.register.schools)) if urn != made.sample.urn)
    return [made.mail((made.name, made.good), sender=made.register.reply_addresses(other, day)[0])]


def _not_verified(made: Made) -> Sequence[File]:
    name, mail = made.mail((made.name, made.good))
    return [(name, mail.replace(b"dmarc=pass", b"dmarc=none"))]


BROKEN_ZIP = zipped({"xl/workbook.xml": b"<workbook/>", "XL/WORKBOOK.XML": b"<workbook/>"})
DOCTYPE = with_part("xl/sharedStrings.xml", b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "b">]><sst>&a;</sst>')
SUSTAIN = "Every member of staff is trained by then, and goes on with it in the hours that the timetable has for it."
LINK = "It is too big to attach: https://council.sharepoint.com/:x:/r/sites/send/form.xlsx"
FILES: Sequence[tuple[str, Callable[[Made], bytes], State]] = (
    ("file-empty", lambda _: b"", State.RETURNED),
    ("file-too-big", lambda made: made.good + bytes(6 * 1024 * 1024), State.RETURNED),
    ("file-broken", lambda made: made.good[: len(made.good) * 3 // 5], State.RETURNED),
    ("file-old-excel", lambda _: ole("Workbook"), State.RETURNED),
    ("file-password", lambda _: ole("EncryptedPackage"), State.RETURNED),
    ("file-macros", lambda made: deliver.with_macro(made.good), State.RETURNED),
    ("file-binary-excel", lambda _: with_part("xl/workbook.bin", b"\x00"), State.RETURNED),
    (
        "file-opendocument",
        lambda _: zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}),
        State.RETURNED,
    ),
    ("file-csv-or-text", lambda _: b"School,Amount\nEXAMPLE,4960\n", State.RETURNED),
    ("file-pdf", lambda _: b"%PDF-1.7 EXAMPLE", State.RETURNED),
    ("file-word", lambda _: zipped({"word/document.xml": b"<a/>", "[Content_Types].xml": b"<Types/>"}), State.RETURNED),
    ("file-in-zip", lambda made: zipped({"My request.xlsx": made.good}), State.RETURNED),
    ("file-archive", lambda _: b"Rar!\x1a\x07\x00" + bytes(200), State.RETURNED),
    ("file-winmail", lambda _: b"\x78\x9f\x3e\x22" + bytes(200), State.RETURNED),
    ("file-unsafe-zip", lambda _: BROKEN_ZIP, State.QUARANTINED),
    ("file-unsafe-xml", lambda _: DOCTYPE, State.QUARANTINED),
    (
        "file-past-a-limit",
        lambda _: zipped({f"xl/media/{number}.xml": b"<a/>" for number in range(501)}),
        State.QUARANTINED,
    ),
    ("file-stops-the-reader", lambda made: with_parts(made.good, {STOP: b""}), State.QUARANTINED),
    ("not-our-form", lambda _: _menu(), State.RETURNED),
)
HELD, BACK, TAKEN = State.HELD, State.RETURNED, State.ACCEPTED
CASES: tuple[Spoilt, ...] = (
    # By mail first: each of these comes from a school of its own.
    Spoilt("file-link", lambda made: [made.mail(text=LINK)], BACK),
    Spoilt("mail-without-a-form", lambda made: [made.mail(text="Four pages or five?")], State.SET_ASIDE),
    Spoilt("mail-encrypted", lambda made: [made.mail(text="-----BEGIN PGP MESSAGE-----")], State.SET_ASIDE),
    Spoilt("mail-signed", _signed, State.SET_ASIDE),
    Spoilt("mail-past-a-limit", _many, State.QUARANTINED),
    Spoilt("file-damaged-in-mail", _damaged, State.QUARANTINED),
    Spoilt("mail-sender-unclear", _two_senders, State.QUARANTINED),
    Spoilt("mail-not-readable", _not_readable, State.QUARANTINED),
    Spoilt("mail-outlook-file", _outlook, State.QUARANTINED),
    Spoilt("message-id-again", _same_id, State.QUARANTINED),
    Spoilt("sender-through-a-list", _by_a_list, HELD),
    Spoilt("sender-domain-not-the-schools", mailed(lambda made: made.good), HELD),
    Spoilt("sender-of-another-school", _sent_by_another, HELD),
    Spoilt("sender-not-verified", _not_verified, HELD),
    Spoilt(
        "sender-not-registered",
        lambda made: [made.mail((made.name, made.good), sender="temp.senco@agency.example")],
        HELD,
    ),
    Spoilt("same-file-again", _again, State.SET_ASIDE),
    Spoilt("newer-version-kept", _newer(sustain=SUSTAIN), TAKEN),
    Spoilt("another-request-in-this-form", _newer(request_title="Jazz quiz, by bike"), HELD, answer("request_title")),
    Spoilt("title-like-another", _alike, HELD, answer("request_title")),
    *(Spoilt(code, bare(make), state) for code, make, state in FILES),
    Spoilt("sheet-missing", changed(_missing), BACK),
    Spoilt("question-missing", changed(without("sustain", REQUEST, label=True)), BACK, f"{REQUEST}!"),
    Spoilt("question-found-by-label", changed(without("sustain", REQUEST, label=False)), TAKEN, _beside_its_label),
    Spoilt("question-twice", changed(_twice), HELD, answer("summary")),
    Spoilt("table-heading-missing", changed(_headless), BACK, f"{OUTCOMES}!"),
    Spoilt(
        "answers-below-the-table",
        changed(_below),
        BACK,
        lambda book: f"{OUTCOMES}!B{row_of(book[OUTCOMES], 'end:outcomes') + 1}",
    ),
    Spoilt(
        "files-beside-the-form",
        lambda made: [made.mail((made.name, made.good), ("quote.pdf", b"%PDF-1.7 EXAMPLE"))],
        TAKEN,
    ),
    Spoilt(
        "written-beside-the-boxes",
        changed(_beside),
        BACK,
        lambda book: f"{REQUEST}!F{row_of(book[REQUEST], 'amount_requested')}",
    ),
    Spoilt("written-on-what-to-mend", changed(_on_the_list), TAKEN, "What to mend!F4"),
    Spoilt("sheet-added", changed(_added("visible")), TAKEN, "Workings!"),
    Spoilt("hidden-sheet-added", changed(_added("hidden")), HELD, "Workings!"),
    Spoilt(
        "external-links",
        bare(lambda made: with_parts(made.good, {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})),
        HELD,
    ),
    Spoilt("notes-with-text", changed(_note), HELD, answer("need")),
    Spoilt(
        "pictures-or-files-inside",
        bare(lambda made: with_parts(made.good, {"xl/media/image1.png": b"\x89PNG EXAMPLE"})),
        HELD,
    ),
    Spoilt("two-requests-in-one-file", changed(_two), BACK),
    Spoilt("sheet-twice", changed(_copied), BACK),
    Spoilt("column-missing", changed(_without_a_column), BACK, f"{OUTCOMES}!"),
    Spoilt("version-not-taken", _stamp("version", lambda _: "CS-APP 2024.1"), BACK),
    Spoilt("version-marks-apart", bare(_property), HELD),
    Spoilt("stamp-missing", changed(_unmarked), HELD),
    Spoilt("stamp-altered", _stamp("mark", lambda mark: mark[::-1]), HELD),
    Spoilt("stamp-of-another-cluster", _stamp("round", lambda _: "NOR-2627-A1"), HELD),
    Spoilt("stamp-of-another-school", bare(_other_school), HELD, answer("school_urn", "1 School")),
)
