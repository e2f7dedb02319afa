"""Hidden keys: how a workbook says which cell answers which question, whatever rows, names and order become of it.

Column A is hidden and locked on every sheet of a form. A row is known by what stands there, never by its number::

    A1                 sheet:2 Request          the sheet, whatever its tab is called now
    one question       purpose                  label in B, answer in C, help in D, check in E
    part of the stamp  stamp:form_id            value in C
    hidden row         table:costs              the names of the table's columns stand in B, C, …, computed ones too
    visible headings   headings:costs
    lines              (nothing)                every row between the headings and the end marker is a line
    end of the lines   end:costs
    below a table      partners.lead_share      a computed cell of its own: value in C
"""

from cluster_sheets.form.declared import Computed, Field, Sheet, Table

ANSWER_COLUMN = 2
"""Column C, counted from nought."""
STAMP_PARTS = ("form_id", "urn", "cluster", "round", "version", "mark")
"""Of the stamp (submission.md): what a form is an answer to, and the keyed mark over it."""
VERSION_PROPERTY = "cluster-sheets version"
"""Custom document property that repeats the template version of the stamp."""


def of_sheet(sheet: Sheet) -> str:
    """Key in A1 of a sheet."""
    return f"sheet:{sheet.name}"


def of_field(field: Field) -> str:
    """Key of one question's row."""
    return field.name


def of_stamp(part: str) -> str:
    """Key of the row that holds one part of the stamp."""
    return f"stamp:{part}"


def of_table(table: Table) -> str:
    """Key of the hidden row of column names."""
    return f"table:{table.name}"


def of_headings(table: Table) -> str:
    """Key of the row of visible headings."""
    return f"headings:{table.name}"


def of_end(table: Table) -> str:
    """Key of the row behind the last line."""
    return f"end:{table.name}"


def of_computed(cell: Computed) -> str:
    """Key of the row of a computed cell below its table."""
    return cell.key


def column_names(table: Table) -> tuple[str, ...]:
    """Names in a table's hidden row, from column B: its inputs in order, each computed cell behind its column."""
    names: list[str] = []
    for field in table.columns:
        names.append(field.name)
        names += [cell.name for cell in table.computed if cell.after == field.name]
    return tuple(names)
