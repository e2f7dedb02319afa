"""Contents: what the pack holds, how far it has come, and what to do with it before the meeting."""

from cluster_sheets.base.date import in_words
from cluster_sheets.base.money import pounds
from cluster_sheets.look.book import Page
from cluster_sheets.panel import phrase
from cluster_sheets.panel.case_sheet import ALL_CASES, Laid, sheet_name
from cluster_sheets.panel.view import FUNDS, PackView
from cluster_sheets.store.packs import PackState

SHEET = "Contents"
BUDGET, SCORING, GLOSSARY = "Budget position", "Scoring", "Glossary"
WIDTHS = (190, 619, 200)
OVER = "A long agenda"
_FIRST = 4


def write_contents(page: Page, pack: PackView, laid: tuple[Laid, ...], first: str, listed: int) -> None:
    """The first sheet.

    ``laid`` says how many pages each case takes, ``first`` which sheet is the first of them, ``listed`` how many pages
    All cases takes.
    """
    page.open_with(f"Panel pack: {pack.name}, {in_words(pack.day)}", _lead(pack), "")
    page.banner(2, _banner(pack), pack.state.value.lower())
    page.headings(3, ["Open", "What it holds", "Prints on"])
    row = _sheets(page, pack, laid, first, listed)
    if pack.changes is not None:
        row = _section(page, row, f"What changed since version {pack.version - 1}", _changes(pack))
    row = _section(page, row, "Before the meeting", _before(pack))
    page.sheet.freeze_panes(4, 0)
    page.sheet.set_tab_color("#0F4C5C")
    page.printed(row, pack.label)
    page.locked()


def _lead(pack: PackView) -> str:
    count = len(pack.cases)
    if not count:
        return "No case is in this pack."
    minutes = phrase.reading(count * pack.policy.read_minutes)
    return f"{phrase.opened(phrase.cases(count))} to read and score before you meet. Reading takes {minutes}."


def _banner(pack: PackView) -> str:
    what = f"{pack.state}: {pack.label}"
    match pack.state:
        case PackState.DRAFT:
            left = pack.open_questions
            questions = "one question is" if left == 1 else f"{phrase.number(left)} questions are"
            return f"{what}, made {phrase.at(pack.moment)}. Not for the panel: {questions} still to be answered."
        case PackState.CHECKED:
            return f"{what}, every case checked {phrase.at(pack.moment)}. Not for the panel until it is released."
    return f"{what}, checked case by case and released {phrase.at(pack.moment)}"


def _sheets(page: Page, pack: PackView, laid: tuple[Laid, ...], first: str, listed: int) -> int:
    rows = [
        (BUDGET, BUDGET, "What each fund has, has promised, and is asked for.", "1 page"),
        (ALL_CASES, ALL_CASES, "One line a case, and a box to try an amount in.", _pages(listed)),
    ]
    if pack.cases:
        more = len(pack.cases) - 1
        name = f"{first} and {more} more" if more else first
        pages = sorted({made.pages or 2 for made in laid})
        printed = f"{_pages(pages[0])} each" if len(pages) == 1 else "1 or 2 pages each"
        rows.append((first, name, "One sheet a case, opened from All cases. Each has a way back.", printed))
    rows += [
        (SCORING, SCORING, "What a case is scored on, and a place to work a score out.", "2 pages"),
        (GLOSSARY, GLOSSARY, "Short forms that schools use, and the signs c, x and z.", "1 page"),
    ]
    row = _FIRST
    for target, text, holds, printed in rows:
        page.sheet.set_row(row, 21.75)
        page.link(row, 0, f"'{target}'!A1", text, "row")
        page.text(row, 1, holds, "row")
        page.text(row, 2, printed, "row", "muted")
        row += 1
    return row


def _pages(count: int) -> str:
    return "1 page" if count == 1 else f"{count} pages"


def _section(page: Page, row: int, title: str, told: list[tuple[str, str]]) -> int:
    page.sheet.set_row(row, 30)
    page.text(row, 0, title, "section")
    for label, text in told:
        row += 1
        page.fitted(row, [(label, WIDTHS[0], True), (text, WIDTHS[1], False)], pad=8)
        looks = ("row", "caution") if label == OVER else ("row",)
        page.text(row, 0, label, *looks, "bold")
        page.text(row, 1, text, *looks)
        page.blank(row, 2, *looks)
    return row + 1


def _changes(pack: PackView) -> list[tuple[str, str]]:
    if pack.changes is None:
        return []
    told = (
        ("New", pack.changes.added),
        ("Back again", pack.changes.back),
        ("Changed", pack.changes.changed),
        ("Taken out", pack.changes.taken_out),
    )
    lines = [(label, ", ".join(sheet_name(ref) for ref in refs)) for label, refs in told if refs]
    for pot, before, now in pack.changes.left:
        lines.append((BUDGET, f"{FUNDS[pot]}: {pounds(now)} is left to promise; it was {pounds(before)}."))
    return lines or [("Nothing", "The cases are as they were.")]


def _before(pack: PackView) -> list[tuple[str, str]]:
    over = [
        (
            OVER,
            f"{phrase.opened(phrase.cases(len(pack.cases)))} are more than the {pack.policy.warn_over} one meeting has "
            "time for. The clerk may put some off, or make the meeting longer.",
        )
    ]
    return [
        *(over if len(pack.cases) > pack.policy.warn_over else []),
        (f"By {pack.policy.scores_due}", "Read each case and score it. Scoring says how; a blank is not a nought."),
        (
            "Your own school",
            "Leave a case alone, unscored, where your school asks or is a partner, and say so at the start.",
        ),
        (
            "Keep it safe",
            "Names are taken out, but this is still personal data. Do not pass it on or leave it on a printer.",
        ),
        (
            "Who is it?",
            "Do not try to find out. Where a case tells you all the same, stop reading and tell the clerk that day.",
        ),
        ("Your notes", "Each case has a box for notes. They stay in your own copy: nobody collects them."),
    ]
