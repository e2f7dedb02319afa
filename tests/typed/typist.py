"""Types into a workbook as a person at LibreOffice would. Run by the system's own Python, which knows UNO.

One job, as JSON on stdin: {"pipe": name, "source": path, "target": path, "steps": [[what, ...], ...]}.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

import uno  # type: ignore[import-not-found]  # only the system's Python has it
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]  # as above
from com.sun.star.connection import NoConnectException  # type: ignore[import-not-found]  # as above
from com.sun.star.table import CellRangeAddress  # type: ignore[import-not-found]  # as above

_LONGEST = 60.0
"""Seconds an office may take to start."""


def _value(name: str, value: object) -> Any:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def _context(pipe: str) -> Any:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    until = time.monotonic() + _LONGEST
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


class Typist:
    """Somebody at one workbook."""

    def __init__(self, context: Any, source: str) -> None:
        manager = context.ServiceManager
        self._desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        self._dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        self._book = self._opened(Path(source).as_uri())

    def _opened(self, url: str) -> Any:
        return self._desktop.loadComponentFromURL(url, "_blank", 0, (_value("Hidden", True),))

    def _do(self, command: str, **arguments: object) -> None:
        self._do_in(self._book, command, **arguments)

    def _do_in(self, book: Any, command: str, **arguments: object) -> None:
        told = tuple(_value(name, value) for name, value in arguments.items())
        self._dispatcher.executeDispatch(book.CurrentController.Frame, f".uno:{command}", "", 0, told)

    def _go(self, sheet: str, cell: str) -> None:
        self._book.CurrentController.setActiveSheet(self._book.Sheets.getByName(sheet))
        self._do("GoToCell", ToPoint=cell)

    def type(self, sheet: str, cell: str, text: str) -> None:
        """Goes to a cell, types and presses Enter."""
        self._go(sheet, cell)
        self._do("EnterString", StringName=text)

    def paste(self, sheet: str, cell: str, text: str) -> None:
        """Copies a cell of another workbook and pastes it: what the box allowed is gone with it."""
        other = self._opened("private:factory/scalc")
        other.Sheets.getByIndex(0).getCellByPosition(0, 0).setString(text)
        self._do_in(other, "GoToCell", ToPoint="A1")
        self._do_in(other, "Copy")
        self._go(sheet, cell)
        self._do("Paste")
        other.close(True)

    def insert_rows(self, sheet: str, row: int, count: int) -> None:
        """Takes the lock off a sheet and puts rows in above row ``row``."""
        found = self._book.Sheets.getByName(sheet)
        found.unprotect("")
        found.Rows.insertByIndex(row - 1, count)

    def rename(self, sheet: str, name: str) -> None:
        """Gives a tab another name."""
        self._book.Sheets.getByName(sheet).Name = name

    def copy_sheet(self, sheet: str, name: str) -> None:
        """Makes a copy of a sheet at the end."""
        self._book.Sheets.copyByName(sheet, name, self._book.Sheets.Count)

    def add_sheet(self, name: str, text: str) -> None:
        """Puts a sheet of one's own in, with a word in it."""
        self._book.Sheets.insertNewByName(name, self._book.Sheets.Count)
        self._book.Sheets.getByName(name).getCellByPosition(0, 0).setString(text)

    def move_lines(self, sheet: str, source: str, target: str) -> None:
        """Drags a block of cells to another place on its sheet."""
        found = self._book.Sheets.getByName(sheet)
        found.unprotect("")
        block, spot = found.getCellRangeByName(source).RangeAddress, found.getCellRangeByName(target).RangeAddress
        to = uno.createUnoStruct("com.sun.star.table.CellAddress")
        to.Sheet, to.Column, to.Row = block.Sheet, spot.StartColumn, spot.StartRow
        found.moveRange(to, _range(block))

    def sort(self, sheet: str, block: str, column: int) -> None:
        """Sorts the lines of a block by one of its columns, the largest first."""
        found = self._book.Sheets.getByName(sheet)
        found.unprotect("")
        by = uno.createUnoStruct("com.sun.star.table.TableSortField")
        by.Field, by.IsAscending = column, False
        fields = uno.Any("[]com.sun.star.table.TableSortField", (by,))
        uno.invoke(found.getCellRangeByName(block), "sort", ((_value("SortFields", fields),),))

    def delete_column(self, sheet: str, column: int) -> None:
        """Takes a column out of a sheet, counted from nought."""
        found = self._book.Sheets.getByName(sheet)
        found.unprotect("")
        found.Columns.removeByIndex(column, 1)

    def save(self, target: str) -> None:
        """Saves as .xlsx and closes."""
        self._book.storeToURL(Path(target).as_uri(), (_value("FilterName", "Calc MS Excel 2007 XML"),))
        self._book.close(True)


def _range(address: Any) -> Any:
    made = CellRangeAddress()
    made.Sheet = address.Sheet
    made.StartColumn, made.EndColumn = address.StartColumn, address.EndColumn
    made.StartRow, made.EndRow = address.StartRow, address.EndRow
    return made


def main() -> None:
    """Does one job."""
    job = json.load(sys.stdin)
    typist = Typist(_context(job["pipe"]), job["source"])
    for what, *told in job["steps"]:
        getattr(typist, what)(*told)
    typist.save(job["target"])


if __name__ == "__main__":
    main()
