"""Glossary: the short forms schools use, and the signs that stand for a figure."""

from cluster_sheets.look.book import Page
from cluster_sheets.panel.contents import GLOSSARY
from cluster_sheets.panel.scheme import glossary
from cluster_sheets.panel.view import PackView

WIDTHS = (240, 769)


def write_glossary(page: Page, pack: PackView) -> None:
    """The sheet."""
    words = glossary(pack.policy.threshold)
    page.open_with(GLOSSARY, "Short forms that schools use, and what this pack means by its signs.", "")
    page.text(2, 0, f"{len(words)} terms, in the order of the alphabet.", "status")
    page.headings(3, ["Term", "What it means"])
    for row, (term, means) in enumerate(words, start=4):
        page.fitted(row, [(term, WIDTHS[0], True), (means, WIDTHS[1], False)], pad=4, floor=19.5)
        page.text(row, 0, term, "criterion")
        page.text(row, 1, means, "row")
    page.sheet.freeze_panes(4, 0)
    page.printed(4 + len(words), pack.label)
    page.locked()
