"""Value: invented numbers and addresses in the many ways in which they are typed; none can be anybody's.

In: a source of chance. Out: (as typed, which way of typing) pairs.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random

Typed = tuple[str, str]
_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"
_DRAMA = ("01632 960", "07700 900", "020 7946 0", "0121 496 0", "0161 496 0", "0114 496 0")
"""Numbers that nobody has. Source: Ofcom, telephone numbers for use in TV and radio drama programmes."""


def upn(chance: Random) -> Typed:
    """A pupil's number of LA 999; of every fourth the check letter is wrong."""
    figures = f"999{chance.randint(1000, 9999)}{chance.randint(15, 25)}{chance.randint(0, 999):03}"
    right = _LETTERS[sum(weight * int(each) for weight, each in enumerate(figures, start=2)) % 23]
    if chance.random() < 0.25:
        return f"{chance.choice(_LETTERS.replace(right, ''))}{figures}", "wrong letter"
    spaced = f"{right} {figures[:3]} {figures[3:7]} {figures[7:]}"
    return chance.choice((right + figures, right + figures, spaced, right.lower() + figures)), "right letter"


def nhs(chance: Random) -> Typed:
    """A number of the range kept for tests; of every fourth the check figure is wrong."""
    while True:
        figures = f"999{chance.randint(0, 999999):06}"
        check = -sum(weight * int(each) for weight, each in zip(range(10, 1, -1), figures, strict=True)) % 11
        if check < 10:
            break
    wrong = chance.random() < 0.25
    whole = figures + str((check + wrong) % 10)
    parted = chance.choice(" -").join((whole[:3], whole[3:6], whole[6:]))
    return chance.choice((parted, parted, whole)), "wrong figure" if wrong else "right figure"


def phone(chance: Random) -> Typed:
    """A number of the drama ranges."""
    prefix = chance.choice(_DRAMA)
    typed = f"{prefix}{chance.randint(0, 10 ** (11 - len(prefix.replace(' ', ''))) - 1):03}"
    code, _, rest = typed.partition(" ")
    ways = (
        (typed, "spaced"),
        (typed.replace(" ", ""), "joined"),
        (f"+44 {typed[1:]}", "international"),
        (f"+44 (0){typed[1:]}", "international"),
        (f"({code}) {rest}", "bracketed"),
        (typed.replace(" ", "-"), "hyphens"),
        (typed.replace(" ", "."), "full stops"),
    )
    return chance.choice(ways)


def postcode(chance: Random) -> Typed:
    """A postcode of a district that no town has."""
    outward = f"{chance.choice(('ST', 'CW', 'TF', 'WS', 'DE', 'SK'))}{chance.randint(71, 89)}"
    inward = f"{chance.randint(1, 9)}{chance.choice(_INWARD)}{chance.choice(_INWARD)}"
    ways = (
        (f"{outward} {inward}", "spaced"),
        (f"{outward} {inward}", "spaced"),
        (outward + inward, "joined"),
        (f"{outward} {inward}".lower(), "lower case"),
    )
    return chance.choice(ways)


def vehicle(chance: Random) -> Typed:
    """A registration with an age mark that was never given out."""
    letters = "".join(chance.choice("ABDEFGHJKLMNPRSTVWX") for _ in range(5))
    head, tail = f"{letters[:2]}{chance.randint(30, 49)}", letters[2:]
    return chance.choice(((f"{head} {tail}", "spaced"), (head + tail, "joined")))


def born(chance: Random) -> Typed:
    """The day a pupil was born, in figures or in words."""
    day = date(chance.randint(2011, 2021), 1, 1) + timedelta(days=chance.randint(0, 364))
    month, ending = day.strftime("%B"), _ending(day.day)
    ways = (
        (day.strftime("%d/%m/%Y"), "figures"),
        (f"{day.day}/{day.month}/{day.year}", "figures"),
        (day.strftime("%d/%m/%y"), "short year"),
        (day.strftime("%d.%m.%y"), "short year"),
        (day.strftime("%d.%m.%Y"), "full stops"),
        (day.strftime("%d-%m-%Y"), "hyphens"),
        (day.isoformat(), "year first"),
        (f"{day.day} {month} {day.year}", "in words"),
        (f"{day.day}{ending} {month} {day.year}", "in words"),
        (f"{day.day}{ending} of {month}, {day.year}", "in words"),
        (f"{month} {day.day}{ending} {day.year}", "month first"),
        (f"{month} {day.day}, {day.year}", "month first"),
        (f"{day.day} {month[:3]} {day:%y}", "short month"),
        (f"{day.day}-{month[:3]}-{day.year}", "short month"),
    )
    return chance.choice(ways)


def ehc_ref(chance: Random) -> Typed:
    """What a plan is filed under."""
    number = chance.randint(10000, 99999)
    ways = (
        (f"EHC-{chance.randint(2019, 2026)}-{number}", "EHC and figures"),
        (f"EHCP/{number}", "EHC and figures"),
        (f"EHCP{number}", "EHC and figures"),
        (f"SEN/{number}/{chance.choice(_LETTERS)}", "other letters"),
        (f"{chance.choice(_LETTERS)}{chance.choice(_LETTERS)}{number}", "other letters"),
        (str(number), "figures"),
    )
    return chance.choice(ways)


def urn(chance: Random) -> Typed:
    """A number in the form of a school's; none begins so high."""
    return str(chance.randint(990000, 999999)), "of no register"


def dfe(chance: Random) -> Typed:
    """LA 999 and four figures."""
    number = chance.randint(2000, 7999)
    return chance.choice(((f"999/{number}", "stroke"), (f"999{number}", "joined"), (f"999 {number}", "spaced")))


def _ending(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


VALUES: Mapping[str, Callable[[Random], Typed]] = {
    "upn": upn,
    "nhs": nhs,
    "phone": phone,
    "postcode": postcode,
    "vehicle": vehicle,
    "dob": born,
    "ehc-ref": ehc_ref,
    "urn": urn,
    "dfe": dfe,
}
"""By the kind of a label, which is also what a template calls it."""
