"""Review view: what a meeting's review workbook says, before a cell of it is drawn. Pure.

In: the meeting's questions with their words. Out: sheets of lines, the open ones first.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from cluster_sheets.anonymise.kinds import IS_NAME, KEEP, KEEP_ALWAYS, NAMES, TAGGED, TAKE_OUT, UNKNOWN
from cluster_sheets.anonymise.normal import words_of
from cluster_sheets.anonymise.review_whose import Whose
from cluster_sheets.anonymise.words import names
from cluster_sheets.store.questions import REMEMBER, Question

HELD, REDACTION, FACT, READY = "held", "redaction", "fact", "ready"
ACCEPT, RETURN, BLUR, SHOW, YES = "accept", "return", "blur", "show", "yes"
NEEDS_YOU, COLUMNS, NAME = "#needs-you", "#columns", "#name"
"""Keys in the hidden column: of the first sheet, of a heading row, of the box for a name."""
ADDRESS = "address"
"""Among the words about a held submission: where it came from, where the register may be told to remember that."""
ANSWER = "Your answer"
_SOME_ONLY = frozenset((REMEMBER, IS_NAME, KEEP_ALWAYS))
NOTHING_FOUND = "It could not be settled without you."
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of question, and the sheet it stands on."""

    kind: str
    sheet: str
    widths: tuple[int, ...]
    headings: tuple[str, ...]
    """Without the number before them and the answer behind them."""
    answers: tuple[tuple[str, str], ...]
    """(code, what the list shows)."""
    lead: str
    do: str

    def choices(self, offered: Collection[str] = ()) -> list[str]:
        """What the list of a line shows: what any may be answered, and of the others what is ``offered``."""
        return [shown for code, shown in self.answers if code not in _SOME_ONLY or code in offered]

    def shown(self, code: str | None) -> str:
        """What the list shows for an answer; empty for none."""
        return dict(self.answers).get(code or "", "")

    def code(self, typed: str) -> str | None:
        """The answer that a typed text means, blind to case; None where it means none."""
        plain = " ".join(typed.split()).casefold().replace("-", " ")
        return next((code for code, shown in self.answers if plain in (shown.casefold(), code.replace("-", " "))), None)


SORTS = (
    Sort(
        HELD,
        "Held",
        (48, 236, 170, 435, 120),
        ("Who sent it", "Title", "What we found"),
        ((ACCEPT, "Accept"), (RETURN, "Return"), (REMEMBER, "Accept and remember this address")),
        "Requests that count only once you have said so.",
        "Accept: it counts from the next run. Return: it goes back to the school, with what we found.",
    ),
    Sort(
        REDACTION,
        "Redactions",
        (48, 160, 391, 180, 110, 120),
        ("Request", "Where it stands", "Why we ask", "Taken out, it reads"),
        ((TAKE_OUT, "Take out"), (KEEP, "Keep"), (IS_NAME, "It is a name"), (KEEP_ALWAYS, "Always keep this word")),
        "Words that may tell which school or child it is. Until you answer, the panel's copy leaves them out.",
        "Take out: the panel reads the words in brackets. Keep: it reads the words in bold as they stand.",
    ),
    Sort(
        FACT,
        "Facts",
        (48, 128, 130, 243, 340, 120),
        ("Case", "Fact", "What it says", "Why we ask"),
        ((BLUR, "Blur"), (SHOW, "Show")),
        "Facts that too few schools of the cluster share. Until you answer, the panel's copy leaves them out.",
        "Blur: the panel does not read the fact. Show: it does. The text may say the same: read it too.",
    ),
    Sort(
        READY,
        "Ready",
        (48, 52, 120, 206, 218, 120, 125, 120),
        ("Case", "Reference", "School", "Title, as the panel reads it", "Fits", "Outcome"),
        ((YES, "Yes"),),
        "Cases of the pack as they will go out, and whose they are: the panel never sees that.",
        "Open the draft pack, read the case, then choose Yes. A pack goes out when every case has its Yes.",
    ),
)
BY_KIND: Mapping[str, Sort] = {each.kind: each for each in SORTS}


@dataclass(frozen=True, slots=True)
class Line:
    """One question as a row."""

    question_id: str
    texts: tuple[str, ...]
    answer: str
    """What the list shows already; empty while it is open."""
    settled: bool
    """It was acted upon and cannot be changed here."""
    bold: tuple[str, ...] = ()
    """Words of the sentence to be shown in bold."""
    offered: tuple[str, ...] = ()
    """Answers that only some lines may have, in order: what a workbook was made of is known by its text."""


@dataclass(frozen=True, slots=True)
class View:
    """Everything one review workbook says."""

    meeting: str
    lines: Mapping[str, tuple[Line, ...]]
    """By kind, the open ones first."""

    def left(self, kind: str) -> int:
        """How many of a kind wait for an answer."""
        return sum(not each.answer for each in self.lines[kind])

    @property
    def all_left(self) -> int:
        """How many wait for an answer."""
        return sum(self.left(kind) for kind in self.lines)


def view(
    meeting: str,
    asked: Sequence[Question],
    words: Mapping[str, Words],
    settled: Collection[str],
    owners: Mapping[str, Whose] = MappingProxyType({}),
) -> View:
    """The view of a meeting's questions; ``settled`` are ids of those acted upon. What was erased is left out.

    ``owners`` says whose each case is.
    """
    lines: dict[str, tuple[Line, ...]] = {}
    known = [each for each in asked if each.question_id in words]
    for sort in SORTS:
        of_kind = [each for each in known if each.kind == sort.kind]
        if sort.kind in (FACT, READY):
            of_kind = list(_newest(of_kind, words))
        mine = [_line(sort, each, words[each.question_id], settled, owners) for each in of_kind]
        lines[sort.kind] = tuple(sorted(mine, key=lambda line: (bool(line.answer), line.settled)))
    return View(meeting, lines)


def _newest(asked: Sequence[Question], words: Mapping[str, Words]) -> Iterator[Question]:
    """One question a case and code: the open one, else the one that was answered last."""
    newest: dict[tuple[str, str], Question] = {}
    for each in sorted(asked, key=lambda each: (each.answer is None, str(each.answered_at))):
        newest[words[each.question_id].get("case", each.question_id), each.code] = each
    yield from (each for each in asked if each in newest.values())


def _line(sort: Sort, asked: Question, words: Words, settled: Collection[str], owners: Mapping[str, Whose]) -> Line:
    answer = sort.shown(asked.answer)
    done = bool(answer) and asked.question_id in settled
    texts: tuple[str, ...]
    match sort.kind:
        case "held":
            came = f"came {words['came']}" if words.get("came") else ""
            told = dict.fromkeys(filter(None, (words.get("who", ""), words.get("sender", ""), came)))
            texts = ("\n".join(told), words.get("title", ""), words.get("findings", "") or NOTHING_FOUND)
        case "redaction":
            where = f"{asked.application_ref or ''}\n{words.get('question', '')}".strip()
            texts = (where, words.get("sentence", ""), words.get("why", ""), words.get("placeholder", ""))
        case "fact":
            case = f"{words.get('case', '')}\n{asked.application_ref or ''}".strip()
            texts = (case, words.get("question", ""), words.get("sentence", ""), words.get("why", ""))
        case _:
            case = words.get("case", asked.application_ref or "")
            owner = owners.get(case, Whose(asked.application_ref or "", ""))
            texts = (case, owner.reference, owner.school, words.get("title", ""), words.get("fits", ""), owner.outcome)
    bold = tuple(filter(None, words.get("words", "").split("\n"))) if sort.kind == REDACTION else ()
    return Line(asked.question_id, texts, answer, done, bold, offered(asked, words))


def offered(asked: Question, words: Words) -> tuple[str, ...]:
    """Answers that this question may have and others of its kind may not.

    A word that is in a list of names is never kept everywhere: somebody may have that name.
    """
    told = {
        REMEMBER: asked.kind == HELD and bool(words.get(ADDRESS)),
        IS_NAME: asked.kind == REDACTION and asked.code in NAMES,
        KEEP_ALWAYS: asked.kind == REDACTION and _is_nobodys(asked.code, words.get("words", "")),
    }
    return tuple(code for code, may in told.items() if may)


def _is_nobodys(code: str, asked: str) -> bool:
    """Whether words may be nobody's name: they are asked about, and in no list of names."""
    return code == UNKNOWN or (code == TAGGED and names().isdisjoint(words_of(asked)))


def key(line: Line) -> str:
    """What stands in the hidden column beside a row: whose it is, and the answer that it showed when it was made."""
    return f"{line.question_id}|{line.answer}"
