"""What an issued form is called by people: its number among its school's, and the name of its file."""

import re

from cluster_sheets.base.text import folded, squeezed, without_odd_characters
from cluster_sheets.register.model import Register, School
from cluster_sheets.store.forms import IssuedForm

_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


def number_in_words(form: IssuedForm) -> str:
    """``form 2``; never of how many: a school may get more later, and a form is called the same for ever."""
    return f"form {form.number}"


def school_in_names(register: Register, school: School) -> str:
    """A school's name as a file may bear it; with its URN where two schools share the name."""
    name = squeezed(_NOT_IN_NAMES.sub(" ", without_odd_characters(school.name))).rstrip(". ")
    shared = sum(folded(each.name) == folded(school.name) for each in register.schools.values()) > 1
    return f"{name} {school.urn}" if shared or not name else name


def file_name(register: Register, school: School, number: str) -> str:
    """``Abbey Hulton Primary School form 2.xlsx``."""
    return f"{school_in_names(register, school)} {number}.xlsx"
