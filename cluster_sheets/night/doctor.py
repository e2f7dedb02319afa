"""Doctor: whether a workspace is in good order, and whether its mailboxes and mail server really let us in.

In: a workspace. Out: one finding after another, each with what to do where something is to be done.
Never: changes anything, takes mail in or sends any; and says no secret.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from cluster_sheets.connect.config import Config, Kind, Route, Transport, config, secrets_lie_there
from cluster_sheets.connect.error import ConfigError, UnreachableError
from cluster_sheets.intake.worker import limits_hold
from cluster_sheets.register.model import Register
from cluster_sheets.register.read import register as read_register
from cluster_sheets.register.sheet import worded
from cluster_sheets.report.folder import folder_of
from cluster_sheets.report.need import plural
from cluster_sheets.report.run import Exit
from cluster_sheets.store import nights, packs, permission
from cluster_sheets.store.database import Store
from cluster_sheets.store.error import StoreBusyError, StoreError
from cluster_sheets.store.lock import locked
from cluster_sheets.store.places import Places

ORDER = (Exit.INTEGRITY, Exit.SET_UP, Exit.UNREACHABLE, Exit.NEEDED, Exit.CLEAN)
"""The gravest first."""
ON_WINDOWS = os.name == "nt"
_WITHOUT_A_NIGHT = timedelta(days=3)
"""After so long somebody must have noticed: a weekend with a day off is shorter."""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that was looked at."""

    what: str
    said: str
    code: Exit = Exit.CLEAN
    """How the command ends for it alone."""


Told = tuple[str, Exit]


def looked_over(places: Places, as_of: datetime) -> Iterator[Found]:
    """Each thing as it is found, the workspace first. Raises StoreBusyError."""
    try:
        with Store.open(places.root) as store:
            yield from _private(places)
            yield _records(store, places)
            yield _last_night(store, places, as_of)
            yield from _packs(store, places)
    except StoreBusyError:
        raise
    except StoreError as wrong:
        yield Found("Workspace", str(wrong), Exit.SET_UP)
        return
    register, faults = read_register(places.register)
    if register is None:
        yield Found("Register", "\n".join(worded(each) for each in faults), Exit.SET_UP)
    else:
        count = plural(len(register.schools), "school")
        yield Found("Register", f"{count}, {plural(len(register.meetings), 'meeting')}; nothing to mend.")
    yield _reader()
    try:
        told = config(places)
    except ConfigError as wrong:
        yield Found("Mail", str(wrong), Exit.SET_UP)
        return
    if told.tagger:
        yield _tried(f"Tagger at {told.tagger_at}", lambda: _of_tagger(told, places))
    yield from _mail(told, places, register)


def _private(places: Places) -> Iterator[Found]:
    """Whether what says who it was is closed to others."""
    if ON_WINDOWS:
        said = (
            "Windows keeps lists of who may open a folder; they were not looked at. Ask IT that private is yours alone."
        )
        yield Found("Workspace", said)
        return
    for path in sorted(places.private.iterdir()):
        try:
            permission.check(path, permission.FOLDER if path.is_dir() else permission.FILE)
        except StoreError as open_to_others:
            yield Found("Workspace", str(open_to_others), Exit.SET_UP)
            return
    yield Found("Workspace", f"{places.root.resolve().name} is there, and private is closed to others.")


def _records(store: Store, places: Places) -> Found:
    """Whether both databases and the audit are as they were kept."""
    if not places.lock.exists():  # no run was ever here: to make its file would change something
        return _verified(store)
    with locked(places.lock) as held:
        if held:
            return _verified(store)
    # Read between two commits of another run, what is whole would seem broken.
    return Found(
        "Records", "Another run is writing: they were not looked at. Ask again when it has ended.", Exit.NEEDED
    )


def _verified(store: Store) -> Found:
    from cluster_sheets.store import integrity

    if found := integrity.problems(store):
        return Found("Records", "\n".join((integrity.told(found), *found[integrity.SHOWN :])), Exit.INTEGRITY)
    return Found("Records", "Both databases, the ledger and every line of the audit are whole.")


def _last_night(store: Store, places: Places, as_of: datetime) -> Found:
    last = nights.last(store)
    if last is None:
        return Found("Last night", "There was none yet.")
    when, folder = f"{last.as_of:%d.%m.%Y %H:%M} UTC", places.told(folder_of(places, last.as_of))
    if last.exit_code is None:
        return Found("Last night", f"{when}: it was cut short. Run it again: cluster-sheets run", Exit.NEEDED)
    if last.exit_code not in (Exit.CLEAN, Exit.NEEDED):
        return Found("Last night", f"{when}: it ended with code {last.exit_code}. See {folder}.", Exit.NEEDED)
    if as_of - last.as_of > _WITHOUT_A_NIGHT:
        said = f"{when}: {(as_of - last.as_of).days} days ago. Does the task scheduler still start it?"
        return Found("Last night", said, Exit.NEEDED)
    return Found("Last night", f"{when}: done. See {folder}.")


def _packs(store: Store, places: Places) -> Iterator[Found]:
    """Whether the released workbooks lie as they were released."""
    for pack, lies in packs.not_as_released(store, places.root):
        how = "is gone" if lies is packs.Lies.GONE else "was changed after its release"
        said = f"{pack.path} {how}. Put it back from your backup; the night's report says what else may be done."
        yield Found(f"Pack of {pack.meeting}", said, Exit.NEEDED)


def _reader() -> Found:
    if limits_hold():
        return Found("Reader", "Forms are read in a process that is held to seconds of CPU and bytes of memory.")
    said = (
        "Limits on CPU and memory are off: this system has none we can set. A form made to do harm could slow a night."
    )
    return Found("Reader", said)


def _mail(told: Config, places: Places, register: Register | None) -> Iterator[Found]:
    anybody = any(route.kind is not Kind.FOLDER for route in told.routes)
    if anybody and register is not None and not register.settings.text("mail_authserv_name").strip():
        said = "mail_authserv_name is blank in the register: no message counts as verified, each form is held for you."
        yield Found("Settings", said, Exit.NEEDED)
    if not told.routes:
        yield Found("Mailbox", f"None is set up in {places.config.name}: what lies in inbox is taken in.")
    for route in told.routes:
        yield _tried(f"Mailbox at {route.where}", lambda route=route: _of_route(route))  # type: ignore[misc]
    where = f" at {told.transport.where}" if told.transport.where else ""
    yield _tried(f"Way out{where}", lambda: _of_transport(told.transport, places))


def _tried(what: str, look: Callable[[], Told]) -> Found:
    try:
        return Found(what, *look())
    except ConfigError as wrong:
        return Found(what, str(wrong), Exit.SET_UP)
    except UnreachableError as away:
        return Found(what, str(away), Exit.UNREACHABLE)


def _of_tagger(told: Config, places: Places) -> Told:
    """The model is really loaded: it may be there and not fit what reads it."""
    from cluster_sheets.anonymise.tagger import found

    tagger = found(told.tagger, places.root.absolute(), told.tagger_at)
    tagger.load()
    return f"It has a vote on names: {tagger}.", Exit.CLEAN


def _of_route(route: Route) -> Told:
    # Else a server that is away would hide it, and the next night would not begin.
    secrets_lie_there(route.access)
    match route.kind:
        case Kind.IMAP:
            return _of_imap(route)
        case Kind.GRAPH:
            return _of_graph(route)
        case _:
            return _of_files(route)


def _of_imap(route: Route) -> Told:
    from cluster_sheets.connect.imap import opened

    with opened(route, write=True) as box:
        count = plural(len(box.sizes()), "message")
        if not box.can_move:
            said = f"{box.place} lets us in, but cannot move mail (it lacks MOVE): all of it stays where it is."
            return said, Exit.NEEDED
        missing = [each for each in (route.processed, route.held, route.quarantine) if not box.has(each)]
    made = f"; the first night makes {', '.join(missing)}" if missing else ""
    return f"{box.place} lets us in: {count} in {route.mailbox}{made}.", Exit.CLEAN


def _of_graph(route: Route) -> Told:
    from cluster_sheets.connect.graph import Graph
    from cluster_sheets.intake.routes.graph import opened

    with Graph(route.access) as box:
        box.get(f"/mailFolders/{opened(box, route)}/messages", select="id", top="1")
    return (
        f"{box.place} lets us in: {route.mailbox} can be read. Whether mail may be moved shows the first night.",
        Exit.CLEAN,
    )


def _of_files(route: Route) -> Told:
    path = route.path
    if path is None or not path.exists():
        return f"{path} is not there: look at path.", Exit.UNREACHABLE
    if (route.kind is Kind.MBOX) is path.is_dir():
        kind = "no file" if route.kind is Kind.MBOX else "no folder"
        return f"{path.name} is {kind}: look at path.", Exit.SET_UP
    if not os.access(path, os.R_OK if route.kind is Kind.MBOX else os.R_OK | os.W_OK | os.X_OK):
        return f"{path.name} may not be read and written by this account.", Exit.SET_UP
    if route.kind is Kind.MBOX:
        from cluster_sheets.intake.routes.mbox import is_mbox

        if not is_mbox(path):
            return f"{path.name} is no mbox: look at path.", Exit.SET_UP
    return f"{path.name} is there.", Exit.CLEAN


def _of_transport(transport: Transport, places: Places) -> Told:
    secrets_lie_there(transport.access)
    match transport.kind:
        case Kind.SMTP:
            from cluster_sheets.connect.smtp import opened

            with opened(transport):
                return f"{transport.access.place} lets us in to send.", Exit.CLEAN
        case Kind.GRAPH:
            from cluster_sheets.connect.graph import Graph

            with Graph(transport.access) as box:
                box.get("/mailFolders/sentitems", select="id")
            return f"{box.place} lets us in. Whether mail may be sent (Mail.Send) shows the first night.", Exit.CLEAN
        case _:
            return f"Answers lie in {places.told(places.outbox)}, for you to send.", Exit.CLEAN
