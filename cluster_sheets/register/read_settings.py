"""The Settings sheet of a register: each value is one it may be, those that belong together fit, weights come to 100.

In: its lines. Out: the settings; what is wrong is told at its cell.
"""

from collections.abc import Mapping, Sequence

from cluster_sheets.register import defaults
from cluster_sheets.register.allowed import Told, apart, told_of
from cluster_sheets.register.settings import Setting, Settings
from cluster_sheets.register.sheet import Faults, Line

_WEIGHT = "weight_"
"""Begins the name of a score weight; then comes its purpose."""


def settings_of(rows: Sequence[Line], faults: Faults) -> Settings:
    """The settings; those of a faulty sheet are for nothing but to look on for more faults."""
    expected = {line.name: line for line in defaults.settings()}
    made: dict[str, Setting] = {}
    sound: dict[str, str] = {}
    for line in rows:
        name, value = line.values["name"] or "", line.values["value"] or ""
        if name not in expected:
            faults.add("register-unknown-setting", "Settings", line.cells["name"], typed=name)
            continue
        if name in made:
            faults.add("register-setting-twice", "Settings", line.cells["name"], typed=name)
        made[name] = Setting(name, expected[name].type, value, expected[name].unit, line.values["note"] or "")
        wrong = told_of(made[name])
        if wrong is None:
            sound[name] = line.cells["value"]
        else:
            _tell(faults, name, line.cells["value"], wrong)
    for name in expected:
        if name not in made:
            faults.add("register-setting-missing", "Settings", typed=name)
    _together(Settings(made), sound, faults)
    return Settings(made)


def _tell(faults: Faults, name: str, cell: str, wrong: Told) -> None:
    faults.add(wrong.code, "Settings", cell, field=name, typed=wrong.typed, limit=wrong.limit)


def _together(settings: Settings, cells: Mapping[str, str], faults: Faults) -> None:
    """Settings that belong together; ``cells`` are those of the ones that are good by themselves."""
    for name, wrong in apart(settings, cells):
        _tell(faults, name, cells[name], wrong)
    if not faults.found:
        _weights(settings, cells, faults)


def _weights(settings: Settings, cells: Mapping[str, str], faults: Faults) -> None:
    """The score weights of each purpose come to 100: a score is out of that."""
    names = [name for name in settings.lines if name.startswith(_WEIGHT)]
    for purpose in dict.fromkeys(name.split("_")[1] for name in names):
        mine = [name for name in names if name.startswith(f"{_WEIGHT}{purpose}_")]
        tenths = sum(settings.number(name) for name in mine)
        if tenths != 1000:
            whole, tenth = divmod(tenths, 10)
            said = f"{whole}.{tenth}" if tenth else f"{whole}"
            field = f"{_WEIGHT}{purpose}"
            faults.add("register-weights-apart", "Settings", cells[mine[0]], field=field, typed=said)
