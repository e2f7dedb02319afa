"""A mailbox of the Graph stand-in: its folders, and the messages in them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.utils import parseaddr

WELL_KNOWN = {"inbox": "Inbox", "sentitems": "Sent Items", "deleteditems": "Deleted Items"}
"""Names that stand for a folder's id."""


@dataclass
class Kept:
    """One message."""

    raw: bytes
    immutable_id: str
    id: str
    """The one that a move changes."""
    folder: str
    is_read: bool = False

    def told(self, immutable: bool) -> dict[str, object]:
        """What a list says of it."""
        message = message_from_bytes(self.raw)
        name, address = parseaddr(str(message["From"] or ""))
        return {
            "id": self.immutable_id if immutable else self.id,
            "internetMessageId": str(message["Message-ID"] or ""),
            "subject": str(message["Subject"] or ""),
            "from": {"emailAddress": {"name": name, "address": address}},
            "receivedDateTime": "2026-11-23T16:59:30Z",
            "parentFolderId": self.folder,
            "isRead": self.is_read,
        }


@dataclass
class Box:
    """One mailbox."""

    numbers: Iterator[int]
    folders: dict[str, str] = field(default_factory=dict)
    """Display name by id."""
    messages: list[Kept] = field(default_factory=list)
    sent: list[bytes] = field(default_factory=list)
    """Mails handed to sendMail, in order; each lies in Sent Items as well."""

    def __post_init__(self) -> None:
        for name in (*WELL_KNOWN.values(), "Processed", "Held", "Quarantine"):
            self.add_folder(name)

    def add_folder(self, name: str) -> str:
        """A new folder's id."""
        folder_id = f"AAMk-folder-{next(self.numbers)}="
        self.folders[folder_id] = name
        return folder_id

    def folder(self, told: str) -> str | None:
        """The id of the folder that an id or a well-known name stands for."""
        if told in self.folders:
            return told
        return next((each for each, name in self.folders.items() if name == WELL_KNOWN.get(told.lower())), None)

    def deliver(self, raw: bytes, folder: str = "Inbox") -> Kept:
        """Puts a message into a folder, by its display name."""
        where = next(each for each, name in self.folders.items() if name == folder)
        number = next(self.numbers)
        kept = Kept(raw, f"AAkALg-message-{number}=", f"AAMk-message-{number}-1=", where)
        self.messages.append(kept)
        return kept

    def message(self, told: str) -> Kept | None:
        """The message of an id, of either kind."""
        return next((each for each in self.messages if told in (each.id, each.immutable_id)), None)

    def move(self, kept: Kept, folder_id: str) -> None:
        """Puts it elsewhere, under another id."""
        kept.folder = folder_id
        kept.id = f"{kept.immutable_id.replace('AAkALg', 'AAMk').rstrip('=')}-{next(self.numbers)}="

    def mails(self, folder: str = "Inbox") -> list[bytes]:
        """What lies in a folder, by its display name."""
        return [each.raw for each in self.messages if self.folders[each.folder] == folder]
