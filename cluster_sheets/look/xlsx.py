"""XlsxWriter, where ours goes a shorter way: the same bytes, in British English, for what our workbooks hold.

In: cells of sheets and rules for them, as ``look.book`` gives them. Out: the XML that XlsxWriter's own would write.
Never: another byte than XlsxWriter's, but for the language and for formulas as they stand. What is not usual is left
to it.
"""

import io
import re
from collections.abc import Mapping
from copy import copy
from functools import lru_cache
from typing import Any

import xlsxwriter
from xlsxwriter.core import Core
from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.worksheet import CellFormulaTuple, CellStringTuple, Worksheet

from cluster_sheets.base.cell import address
from cluster_sheets.look.style import style

_ROWS_OF_A_SPAN = 16
_NOT_PLAIN = re.compile("[&<>]|_x|^ | $")
"""What XlsxWriter looks for in a text of characters that all can be seen."""


class _British(Core):
    """Document properties that say the language, which XlsxWriter's own leave out."""

    def _write_cp_category(self) -> None:
        super()._write_cp_category()
        self._xml_data_element("dc:language", "en-GB")


class _Texts(SharedStrings):
    """The texts of all cells."""

    def _write_si(self, string: str) -> None:
        if string.isprintable() and not _NOT_PLAIN.search(string):
            file: Any = self.fh
            file.write(f"<si><t>{string}</t></si>")
        else:
            super()._write_si(string)


class _Packager(Packager):
    """Writes the parts of a workbook."""

    def _write_core_file(self) -> None:
        core = _British()
        workbook: Any = self.workbook
        core._set_properties(workbook.doc_properties)
        core._set_xml_writer(self._filename("docProps/core.xml"))  # type: ignore[no-untyped-call]
        core._assemble_xml_file()

    def _write_shared_strings_file(self) -> None:
        texts = _Texts()
        workbook: Any = self.workbook
        if workbook.str_table.count:
            texts.string_table = workbook.str_table
            texts._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # type: ignore[no-untyped-call]
            texts._assemble_xml_file()


class Sheet(Worksheet):
    """A sheet that keeps formulas as they stand.

    XlsxWriter looks each of them through for thirty functions that Excel 2016 lacks; we use none (design §3.10), and
    the looking took a quarter of the time of a form.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002 - theirs
        return formula.removeprefix("=")

    def put(self, row: int, column: int, cell: Any) -> None:
        """Puts a cell into its place. XlsxWriter's own ways in first ask of each what is sure of all of ours."""
        used: tuple[Any, ...] = (self.dim_rowmin, self.dim_rowmax, self.dim_colmin, self.dim_colmax)
        top, bottom, left, right = used
        within = top is not None and left is not None and top <= row <= bottom and left <= column <= right
        if not within and self._check_dimensions(row, column):
            raise ValueError(f"there is no cell {address(row, column)}")
        self.table[row][column] = cell

    def put_text(self, row: int, column: int, text: str, form: Format) -> None:
        """Puts a text into its place."""
        shared: Any = self.str_table
        self.put(row, column, CellStringTuple(shared._get_shared_string_index(text), form))

    def put_formula(self, row: int, column: int, formula: str, value: float | str, form: Format) -> None:
        """Puts a formula into its place, with its value."""
        self.put(row, column, CellFormulaTuple(self._prepare_formula(formula), form, value))

    def restrict(self, where: str, rule: Mapping[str, Any]) -> None:
        """Lets only into the cells ``where`` what ``rule`` says."""
        validations: list[Any] = self.validations
        validations += _validation(where, **rule)

    def _write_data_validation(self, options: Any) -> None:
        if isinstance(options, str):
            file: Any = self.fh
            file.write(options)
        else:
            super()._write_data_validation(options)

    def _calculate_spans(self) -> None:
        ends: dict[int, list[int]] = {}
        for row, cells in self.table.items():
            if cells:
                ends.setdefault(row // _ROWS_OF_A_SPAN, []).extend((min(cells), max(cells)))
        self.row_spans = {block: f"{min(columns) + 1}:{max(columns) + 1}" for block, columns in ends.items()}

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Writes what XlsxWriter's own would; the sorts that nearly all cells are without looking each through."""
        kind: str = type(cell).__name__
        file: Any = self.fh
        if cell.format is None:
            super()._write_cell(row, col, cell)
            return
        begun = f'<c r="{address(row, col)}" s="{cell.format.xf_index or cell.format._get_xf_index()}"'
        if kind == "Blank":
            file.write(f"{begun}/>")
        elif kind == "Number":
            file.write(f"{begun}><v>{cell.number:.16G}</v></c>")
        elif kind in ("String", "RichString"):
            file.write(f'{begun} t="s"><v>{cell.string}</v></c>')
        elif kind == "Formula" and type(cell.value) is not bool and not str(cell.value).startswith("#"):
            sort = ' t="str"' if cell.value and isinstance(cell.value, str) else ""
            escaped: Any = self._escape_data
            file.write(f"{begun}{sort}><f>{escaped(cell.formula)}</f><v>{escaped(cell.value)}</v></c>")
        else:
            super()._write_cell(row, col, cell)


class Workbook(xlsxwriter.Workbook):
    """A workbook in British English."""

    def _get_packager(self) -> Packager:
        return _Packager()

    def styled(self, roles: tuple[str, ...]) -> Format:
        """A new format of this workbook, for cells of some roles."""
        made = copy(_format(roles, **self.default_format_properties))
        made.xf_format_indices, made.dxf_format_indices = self.xf_format_indices, self.dxf_format_indices
        self.formats.append(made)
        return made


@lru_cache(maxsize=1024)
def _format(roles: tuple[str, ...], /, **usual: Any) -> Format:
    """A format of no workbook yet: to be copied, since reading its properties takes longer."""
    made = Format({**usual, **style(*roles)})
    made._get_format_key()  # type: ignore[no-untyped-call]
    return made


@lru_cache(maxsize=1024, typed=True)
def _validation(where: str, /, **rule: Any) -> tuple[str, ...]:
    """The element of a rule for what cells may hold, made once for all forms; none where it says nothing."""
    sheet, written = Sheet(), io.StringIO()
    sheet.data_validation(where, rule)
    sheet._set_filehandle(written)
    for each in sheet.validations:
        sheet._write_data_validation(each)
    return (written.getvalue(),) if sheet.validations else ()
