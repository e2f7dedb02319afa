"""The least a reader must do: opens each workbook of a folder with calamine and takes its sheets' values.

``python -m benchmarks.only_read calamine|openpyxl FOLDER``; the same files, the same sheets as the night reads.
"""

import sys
from pathlib import Path


def _calamine(path: Path) -> None:
    from python_calamine import CalamineWorkbook

    with path.open("rb") as file:
        book = CalamineWorkbook.from_filelike(file)
        for name in book.sheet_names:
            if name != "Lists":
                book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _openpyxl(path: Path) -> None:
    import openpyxl

    openpyxl.load_workbook(path)


if __name__ == "__main__":
    read = {"calamine": _calamine, "openpyxl": _openpyxl}[sys.argv[1]]
    for each in sorted(Path(sys.argv[2]).iterdir()):
        read(each)
