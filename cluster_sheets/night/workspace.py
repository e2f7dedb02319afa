"""Workspace: made, opened under its lock, or copied for a dry run; and what a night's stages share of it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cluster_sheets.base.finding import Finding
from cluster_sheets.base.progress import Progress, silent
from cluster_sheets.connect.error import ConfigError
from cluster_sheets.connect.told import told
from cluster_sheets.form.shipped import form as shipped_form
from cluster_sheets.form.shipped import workbook
from cluster_sheets.register import kept
from cluster_sheets.register.model import Register
from cluster_sheets.report.control import ControlTold
from cluster_sheets.report.need import Need
from cluster_sheets.report.run import Crash
from cluster_sheets.store import permission
from cluster_sheets.store.database import Store
from cluster_sheets.store.error import StoreError
from cluster_sheets.store.file import write_whole
from cluster_sheets.store.lock import locked
from cluster_sheets.store.places import Places

if TYPE_CHECKING:
    from cluster_sheets.anonymise.known import Finder
    from cluster_sheets.anonymise.tagger import SpacyTagger
    from cluster_sheets.connect.config import Config
    from cluster_sheets.form.declared import Form
    from cluster_sheets.reading.raw import RawForm

REGISTER = "register-central-2025.xlsx"


class BusyError(Exception):
    """Another run holds the workspace."""


class RegisterError(Exception):
    """The register can't be used; ``findings`` say what to mend, at its cells."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("The register has things to mend; the night has not begun.")
        self.findings = tuple(findings)


class IntegrityError(Exception):
    """Nothing is released: money does not reconcile, a panel file would tell who it is, the records were changed."""


@dataclass
class Night:
    """What the stages of one night share."""

    store: Store
    places: Places
    register: Register
    as_of: datetime
    progress: Progress
    findings: list[Finding] = field(default_factory=list)
    """About workbooks the admin or the chair filled in."""
    crashes: list[Crash] = field(default_factory=list)
    returned: "dict[str, RawForm]" = field(default_factory=dict)
    """Raw answers of forms sent back tonight."""
    controls: tuple[ControlTold, ...] = ()
    """Tied or not."""
    too_large: int = 0
    """Files that stay in the inbox."""
    unreachable: list[str] = field(default_factory=list)
    """A sentence for each mailbox or mail server that could not be reached; all else goes on."""
    needs: list[Need] = field(default_factory=list)
    """What stages have found that a person must know."""
    away: set[str] = field(default_factory=set)
    """Names of mailboxes that could not be reached."""
    looked: bool = False
    """The mailboxes were looked into."""

    @cached_property
    def form(self) -> "Form":
        """The application form as declared; read when first wanted."""
        return shipped_form("application")

    @cached_property
    def has_config(self) -> bool:
        """Whether cluster-sheets.toml says anything: while it does not, mail and a tagger cost a night nothing."""
        return bool(told(self.places.config))

    @cached_property
    def config(self) -> "Config":
        """The ways in and out, and the tagger; read when first wanted."""
        from cluster_sheets.connect.config import config

        return config(self.places)

    @cached_property
    def tagger(self) -> "SpacyTagger | None":
        """The tagger that has a vote on names, if one is switched on. Raises ConfigError where it is not to be had."""
        if not self.has_config or not self.config.tagger:
            return None
        from cluster_sheets.anonymise.tagger import found

        return found(self.config.tagger, self.places.root.absolute(), self.config.tagger_at)

    @cached_property
    def finder(self) -> "Finder":
        """Known identities; made when first wanted."""
        from cluster_sheets.anonymise.known import Finder

        return Finder.of(self.register)


def must_be_whole(store: Store) -> None:
    """Raises IntegrityError where the audit, or what the two databases say of each other, is not as it was kept."""
    from cluster_sheets.store import integrity

    if found := integrity.problems(store, thorough=False):
        raise IntegrityError(integrity.told(found))


@contextmanager
def opened(places: Places, as_of: datetime, progress: Progress = silent) -> Iterator[Night]:
    """A workspace with its lock held, its register read and its store open.

    Raises BusyError, RegisterError, StoreError.
    """
    with _locked(places), Store.open(places.root) as store:
        register, faults = kept.register(places.register, places.private / "register.json", store.key)
        if register is None:
            raise RegisterError(faults)
        try:
            yield Night(store, places, register, as_of, progress)
        finally:
            _let_go(places.leaving)


def _let_go(folder: Path) -> None:
    """Deletes what was taken in, last of all: where many were just deleted, a file system is slow to make a file."""
    if folder.is_dir():
        import shutil

        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(places: Places) -> Iterator[None]:
    """One run at a time."""
    if not places.private.is_dir():
        # The store says in its own words what is missing.
        yield
        return
    with locked(places.lock) as held:
        if not held:
            raise BusyError("Another run holds this workspace: wait until it has ended.")
        yield


def init(root: Path, *, register: bytes | None = None, key: bytes | None = None) -> Places:
    """Makes a workspace, or finishes the making of one; what is there already stays as it is.

    Args:
        root: the admin's folder.
        register: bytes of a register workbook; else the pilot's, as it ships.
        key: the workspace's key, fixed (tests, the demo); else a random one.

    Raises StoreError where it can't be made.
    """
    places = Places(root)
    try:
        _make(places, register, key)
    except OSError as failed:
        raise StoreError(f"{root.name} can't be made here ({failed.strerror}): name another folder.") from failed
    return places


def _make(places: Places, register: bytes | None, key: bytes | None) -> None:
    places.root.mkdir(parents=True, exist_ok=True)
    with Store.open(places.root, create=True, key=key):
        pass
    for folder in (places.inbox, places.root / "panel", places.finance, places.root / "reports"):
        folder.mkdir(exist_ok=True)
    for folder in (places.outbox, places.review, places.private / "templates"):
        permission.make_folder(folder)
    if not places.config.exists():
        from cluster_sheets.connect.config import example

        write_whole(places.config, example().encode())
    if not places.register.exists():
        write_whole(places.register, register or workbook(REGISTER))


@contextmanager
def rehearsed(places: Places, wanted: bool) -> Iterator[Places]:
    """The workspace itself or, where a dry run is ``wanted``, a copy of it that is gone afterwards."""
    if not wanted:
        yield places
        return
    import shutil

    stage = places.private / "dry-run"
    shutil.rmtree(stage, ignore_errors=True)
    permission.make_folder(stage)
    try:
        # Without what names mailboxes and mail servers: a rehearsal takes no mail in, and sends none.
        left_out = shutil.ignore_patterns("dry-run", "run.lock", places.config.name)
        inner = stage / places.root.resolve().name  # what stands for the folder one is in, a dot, is no name
        shutil.copytree(places.root, inner, ignore=left_out)
        copy = Places(inner)
        if text := told(places.config):
            write_whole(copy.config, _without_mail(places, text).encode())
        yield copy
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _without_mail(places: Places, text: str) -> str:
    """What a rehearsal is told of ``text``: the tagger, at its line; all of it where something is to be mended."""
    from cluster_sheets.connect.config import config

    try:
        found = config(places)
    except ConfigError:
        return text
    if not found.tagger:
        return ""
    from cluster_sheets.anonymise.tagger import is_folder

    named = str(places.root.absolute() / found.tagger) if is_folder(found.tagger) else found.tagger
    above = "\n" * (int(found.tagger_at.rpartition(":")[2]) - 1)
    return f"{above}anonymise.tagger = {json.dumps(named, ensure_ascii=False)}\n"
