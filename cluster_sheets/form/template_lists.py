"""The Lists sheet: every list that a box of the form chooses from, in sight, so that nothing is a secret."""

from cluster_sheets.form.declared import Field, Form
from cluster_sheets.form.filled import Scheme
from cluster_sheets.look.book import Book

SHEET = "Lists"
YES_NO = ("Yes", "No")
WIDTHS = (342, 342)
_FIRST = 4


class ChoiceLists:
    """Lists of a form, each written once."""

    def __init__(self, form: Form, scheme: Scheme) -> None:
        self._scheme = scheme
        self._names: dict[tuple[str, ...], str] = {}
        self._rows: dict[tuple[str, ...], int] = {}
        for field in form.fields:
            if labels := self.labels(field):
                name = self._name(field, labels)
                told = self._names.setdefault(labels, name)
                if name not in told.split("; "):
                    self._names[labels] = f"{told}; {name}"
        row = _FIRST
        for labels in self._names:
            self._rows[labels] = row
            row += len(labels)
        self._end = row

    def _name(self, field: Field, labels: tuple[str, ...]) -> str:
        """What a list is called: by its question, unless many ask with it."""
        if labels == YES_NO:
            return "Yes or No"
        return "Schools" if field.list_of else self._scheme.told(field.label)

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
        first = self._rows[labels]
        return f"={SHEET}!$B${first + 1}:$B${first + len(labels)}"

    def write(self, book: Book) -> None:
        """The sheet itself: one table, a line for each choice."""
        page = book.sheet(SHEET, WIDTHS)
        names = ("Question", "You may choose")
        page.open_with("Lists", "What the boxes with an arrow may hold.", "Nothing to fill in here.")
        page.headings(_FIRST - 1, names)
        columns = [{"header": name, "header_format": book.style("heading")} for name in names]
        options = {"name": "Table_lists", "columns": columns, "autofilter": False, "style": None}
        page.sheet.add_table(_FIRST - 1, 0, self._end - 1, 1, options)
        for labels, first in self._rows.items():
            for row, label in enumerate(labels, start=first):
                name = self._names[labels]
                page.fitted(row, [(name, WIDTHS[0], False), (label, WIDTHS[1], False)], pad=4, floor=18)
                page.text(row, 0, name, "row", "muted")
                page.text(row, 1, label, "row")
        page.sheet.freeze_panes(_FIRST, 0)
        page.printed(self._end, "", marking="", kept=())
        page.locked()
