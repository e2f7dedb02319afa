"""Makes what ships in the scheme of the pilot: the register, the blank form, and the reference pages of docs/.

``python -m cluster_sheets.register.ship workbooks FOLDER`` (or ``pages FOLDER``) writes them; tests hold what is
committed to it.
"""

import sys
from collections.abc import Mapping
from pathlib import Path

from cluster_sheets.form.filled import Scheme
from cluster_sheets.form.reference import findings_page, form_page
from cluster_sheets.form.shipped import form
from cluster_sheets.form.template import blank
from cluster_sheets.register import make
from cluster_sheets.register.model import Register
from cluster_sheets.register.read import register_of
from cluster_sheets.register.sheet import declared
from cluster_sheets.store.file import write_whole

REGISTER = "register-central-2025.xlsx"
FORMS = ("application", "decisions")


def workbooks() -> Mapping[str, bytes]:
    """Each workbook that ships, by its file name."""
    made = make.made()
    register, faults = register_of(made, REGISTER)
    if register is None:
        raise ValueError(f"the register we ship has {len(faults)} faults, the first: {faults[0]}")
    version = register.settings.text(form("application").version_setting)
    return {REGISTER: made, f"application-{version.replace(' ', '-')}.xlsx": blank_form(register, version)}


def blank_form(register: Register, version: str) -> bytes:
    """The form for nobody in particular: every school of the register may be chosen."""
    settings = register.settings
    schools = tuple(school.name for school in register.schools.values())
    scheme = Scheme(schools, settings.listed("years_accepted"), settings.number, settings.words)
    return blank(form("application"), scheme, version)


def pages() -> Mapping[str, bytes]:
    """Each page of docs/ that is made, by its file name."""
    texts = {
        "form-reference.md": form_page(form("application")),
        "findings.md": findings_page([form(name) for name in FORMS], declared()[1]),
    }
    return {name: text.encode() for name, text in texts.items()}


def main(kind: str, folder: str) -> None:
    """Writes the workbooks, or the pages, into a folder."""
    made = {"workbooks": workbooks, "pages": pages}[kind]()
    for name, data in made.items():
        write_whole(Path(folder) / name, data)


if __name__ == "__main__":
    main(*sys.argv[1:])
