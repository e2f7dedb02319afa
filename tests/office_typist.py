"""Types into a workbook the way a person at LibreOffice does: run by a Python that has UNO, never imported.

``tests.office.all_typed`` starts it, with the pipe of its office, each workbook and where to save it, and the steps of
each as JSON on standard input.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]


def connected(pipe: str) -> Any:
    """The desktop of the office that listens on ``pipe``; it may still be starting."""
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(600):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            time.sleep(0.1)
        else:
            return context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
    raise SystemExit("the office did not begin to listen")


def option(name: str, value: object) -> Any:
    """One option of loading or saving."""
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def typed(sheet: Any, cell: str, text: str) -> None:
    """Keys pressed in a cell: a date is a date and a figure a figure, as the language of the office has it."""
    sheet.getCellRangeByName(cell).FormulaLocal = text


def pasted(sheet: Any, cell: str, text: str) -> None:
    """Text pasted as text, past whatever the box lets in."""
    sheet.getCellRangeByName(cell).String = text


def cleared(sheet: Any, cell: str) -> None:
    """A cell emptied."""
    sheet.getCellRangeByName(cell).clearContents(1023)


def with_rows(sheet: Any, row: int, count: int) -> None:
    """Empty rows put in above a row, after the protection is taken off: it has no password."""
    sheet.unprotect("")
    sheet.Rows.insertByIndex(row - 1, count)


def without_row(sheet: Any, row: int) -> None:
    """A row taken out, after the protection is taken off."""
    sheet.unprotect("")
    sheet.Rows.removeByIndex(row - 1, 1)


def renamed(sheet: Any, name: str) -> None:
    """A tab given another name."""
    sheet.setName(name)


def with_fitted_rows(sheet: Any) -> None:
    """All rows as high as the office would make them, after the protection is taken off."""
    sheet.unprotect("")
    sheet.Rows.OptimalHeight = True


VERBS: dict[str, Callable[..., None]] = {
    "type": typed,
    "paste": pasted,
    "clear": cleared,
    "insert-rows": with_rows,
    "remove-row": without_row,
    "rename": renamed,
    "fit-rows": with_fitted_rows,
}


def main(pipe: str, *paths: str) -> None:
    """Opens each workbook, types, saves as .xlsx, and closes the office. ``paths``: source and target in turn."""
    desktop = connected(pipe)
    sources, targets = paths[::2], paths[1::2]
    for source, target, steps in zip(sources, targets, json.load(sys.stdin), strict=True):
        document = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, (option("Hidden", True),))
        for verb, sheet, *rest in steps:
            VERBS[verb](document.Sheets.getByName(sheet), *rest)
        document.calculateAll()
        document.storeToURL(Path(target).as_uri(), (option("FilterName", "Calc MS Excel 2007 XML"),))
        document.close(True)
    desktop.terminate()


if __name__ == "__main__":
    main(*sys.argv[1:])
