"""Order: the night from its first stage to its last; the one place that catches whatever a stage may raise."""

import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.connect.error import ConfigError
from cluster_sheets.night import quiet
from cluster_sheets.night.stages import LOOK, QUIET, STAGES, Stage
from cluster_sheets.night.workspace import IntegrityError, Night, opened
from cluster_sheets.report.folder import folder_of
from cluster_sheets.report.run import Exit, Met, Run, collected
from cluster_sheets.report.written import written
from cluster_sheets.store import nights, permission
from cluster_sheets.store.error import StoreError, disk_says
from cluster_sheets.store.file import PRIVATE, write_whole
from cluster_sheets.store.places import Places


def run(root: Path, as_of: datetime, *, progress: Progress = silent) -> Run:
    """Runs the night and says how it went; its report lies in ``reports/`` when this returns.

    Raises BusyError, RegisterError, StoreError, ConfigError: then no night was begun.
    """
    places = Places(root)
    with opened(places, as_of, progress) as night:
        if night.has_config:
            from cluster_sheets.connect.config import ready

            ready(night.config)
            _ = night.tagger
        stopped, why = _gone_through(night)
        met = Met(
            stopped=stopped,
            why=why,
            findings=night.findings,
            crashes=night.crashes,
            controls=night.controls,
            too_large=night.too_large,
            unreachable=night.unreachable,
            needs=night.needs,
            tagger=night.tagger.model.told() if night.tagger else {},
        )
        told = collected(night.store, night.register, places, as_of, met)
        written(told, places)
        _end(night, nights.Night(as_of, night.register.sha256, told.exit_code, why))
        quiet.keep(night, told)
        return told


def _gone_through(night: Night) -> tuple[Exit, str]:
    """The night's work, or as much of it as there is."""
    if not quiet.is_quiet(night):
        return _worked(night)
    if night.has_config and night.config.routes:
        stopped, why = _staged(night, LOOK)
        if stopped is not Exit.CLEAN:
            return stopped, why
        if not quiet.is_quiet(night):
            return _worked(night)
    return _staged(night, QUIET)


def _worked(night: Night) -> tuple[Exit, str]:
    """All the work of a night, which the store knows as begun from here on."""
    with night.store.transaction():
        nights.save(night.store, nights.Night(night.as_of, night.register.sha256))
    return _staged(night, STAGES)


def _end(night: Night, ended: nights.Night) -> None:
    if nights.last(night.store) != ended:
        with night.store.transaction():
            nights.save(night.store, ended)


def _staged(night: Night, stages: Sequence[Stage]) -> tuple[Exit, str]:
    """The stages in order; how the night ended, where a stage ended it."""
    for stage in stages:
        try:
            stage(night)
        except IntegrityError as stop:
            return Exit.INTEGRITY, str(stop)
        except Exception as broke:  # noqa: BLE001 - whatever a stage raises is told, and the report is still written
            trace = night.places.private / "traces" / f"{folder_of(night.places, night.as_of).name}.txt"
            permission.make_folder(trace.parent)
            write_whole(trace, traceback.format_exc().encode(), PRIVATE)
            return Exit.FAILED, f"{_why(broke)} What it said lies in {night.places.told(trace)}."
    return Exit.CLEAN, ""


def _why(broke: Exception) -> str:
    """What ended the night: the disk, what is set up, or a mistake of ours."""
    if isinstance(broke, (StoreError, ConfigError)):
        return str(broke)
    return disk_says(broke) if isinstance(broke, OSError) else "The program broke."
