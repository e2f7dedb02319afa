"""The Lists sheet: every list that a box of the form chooses from, in sight, so that nothing is a secret."""

from cluster_sheets.base.cell import letters
from cluster_sheets.form.declared import Field, Form
from cluster_sheets.form.filled import Scheme
from cluster_sheets.look.book import Book

SHEET = "Lists"
YES_NO = ("Yes", "No")
_FIRST = 4
_WIDTH = 230


class ChoiceLists:
    """Lists of a form, each written once."""

    def __init__(self, form: Form, scheme: Scheme) -> None:
        self._scheme = scheme
        self._columns: dict[tuple[str, ...], int] = {}
        self._names: list[str] = []
        for field in form.fields:
            labels = self.labels(field)
            if labels and labels not in self._columns:
                self._columns[labels] = len(self._names)
                self._names.append("Schools" if field.list_of else "Yes or No" if labels == YES_NO else field.label)

    def labels(self, field: Field) -> tuple[str, ...]:
        """What a box may hold; none where it is not chosen from a list."""
        if field.list_of == "SCHOOLS":
            return self._scheme.schools
        if field.kind == "yes-no":
            return YES_NO
        if field.name == "year_group":
            return tuple(choice.label for choice in field.choices if choice.code in self._scheme.years)
        return tuple(choice.label for choice in field.choices)

    def source(self, field: Field) -> str:
        """Where a box's list stands, as a validation names it; empty where there is none."""
        labels = self.labels(field)
        if not labels:
            return ""
        column = letters(self._columns[labels])
        return f"={SHEET}!${column}${_FIRST + 1}:${column}${_FIRST + len(labels)}"

    def write(self, book: Book) -> None:
        """The sheet itself."""
        page = book.sheet(SHEET, [_WIDTH] * len(self._names), landscape=True)
        page.open_with("Lists", "What the boxes with an arrow may hold.", "Nothing to fill in here.")
        page.headings(_FIRST - 1, self._names)
        for labels, column in self._columns.items():
            for row, label in enumerate(labels, start=_FIRST):
                page.text(row, column, label, "row")
        page.sheet.freeze_panes(_FIRST, 0)
        page.printed(_FIRST + max(map(len, self._columns), default=0), "Lists", marking="")
        page.locked()
