"""Who: the people and schools that a request's texts may speak of, as its slots."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from cluster_sheets.demo.texts import common
from cluster_sheets.register.model import Register, School

_MARK = "EXAMPLE "
"""Stands before every invented name in the register."""
_ROLES = ("SENCO", "Headteacher")


@dataclass(frozen=True, slots=True)
class Who:
    """What a request may say of itself."""

    headteacher: str
    heads: Mapping[str, str]
    """Headteacher of each partner, by URN."""
    phone: str
    slots: Mapping[str, str]

    def said(self, sentence: str) -> str:
        """A sentence with its slots filled."""
        return sentence.format_map(self.slots)


def teller(school: School, partners: Sequence[School], register: Register, sent: date, rng: Random) -> Who:
    """The people and schools around one request sent on a day."""
    named = common()
    others = [each for each in register.schools.values() if each.urn != school.urn]
    senco, head = (_named(register, school.urn, role) for role in _ROLES)
    phone = f"01632 960{rng.randrange(100, 999)}"
    addresses = register.reply_addresses(school.urn, sent)
    surnames = [*named.surnames, senco.rpartition(" ")[2], head.rpartition(" ")[2]]
    slots = {
        "own": school.name,
        "alias": rng.choice(school.aliases or (school.name,)),
        "other": rng.choice(others).name,
        "person": senco.removeprefix(_MARK),
        "stranger": rng.choice(named.strangers),
        "phone": phone,
        "mail": addresses[0] if addresses else "office@school.example",
        "postcode": school.postcode or next((each.postcode for each in others if each.postcode), "ZZ1 1ZZ"),
        "surname": rng.choice(surnames),
    }
    heads = {each.urn: _named(register, each.urn, _ROLES[1]) for each in partners}
    return Who(head, heads, phone, slots)


def _named(register: Register, urn: str, role: str) -> str:
    """Name of a school's person in a role; an invented one where the register has none."""
    found = (each.name for each in register.members if each.school_urn == urn and each.role == role)
    return next(found, f"{_MARK}Jo Tamsin")
