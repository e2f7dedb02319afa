"""Places: where everything lies in a workspace, told once (design §4)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cluster_sheets.store.database import PRIVATE


@dataclass(frozen=True, slots=True)
class Places:
    """Folders and files of one workspace; ``root`` is the admin's folder. Nothing here touches the disk."""

    root: Path

    @property
    def register(self) -> Path:
        """The register workbook."""
        return self.root / "register.xlsx"

    @property
    def config(self) -> Path:
        """Mailbox, routes and the like; never a secret."""
        return self.root / "cluster-sheets.toml"

    @property
    def inbox(self) -> Path:
        """Where files and mails may be dropped; emptied at intake."""
        return self.root / "inbox"

    @property
    def own(self) -> tuple[Path, ...]:
        """The folders that are the program's own, the inbox first."""
        return self.inbox, self.finance, self.private, self.root / "panel", self.root / "reports"

    @property
    def finance(self) -> Path:
        """Statements out, later extracts in."""
        return self.root / "finance"

    @property
    def private(self) -> Path:
        """All that holds an identity."""
        return self.root / PRIVATE

    @property
    def leaving(self) -> Path:
        """What has left the inbox because it is kept, until the run that took it in ends."""
        return self.private / "leaving"

    @property
    def outbox(self) -> Path:
        """Replies to schools, one .eml each."""
        return self.private / "outbox"

    @property
    def review(self) -> Path:
        """Review workbooks that the admin answers in, one a meeting."""
        return self.private / "review"

    def review_of(self, meeting: str) -> Path:
        """The review workbook of a meeting; of what no meeting is known for, where that is empty."""
        return self.review / f"{meeting or 'no-meeting'}.xlsx"

    @property
    def proposal(self) -> Path:
        """Addresses that the admin wants remembered, as lines to be copied into the register."""
        return self.review / "register-proposal.xlsx"

    @property
    def lock(self) -> Path:
        """Held by the one run that is under way."""
        return self.private / "run.lock"

    def panel(self, meeting: str) -> Path:
        """Panel workbook and decisions workbook of a meeting."""
        return self.root / "panel" / meeting

    def decisions(self, meeting: str) -> Path:
        """What the chair of a meeting fills in."""
        return self.panel(meeting) / f"decisions-{meeting}.xlsx"

    def templates(self, round_id: str) -> Path:
        """Forms made for the schools, of one round."""
        return self.private / "templates" / round_id

    def reports(self, as_of: datetime) -> Path:
        """Report of the first night of that minute (``report.folder`` says where those of others lie)."""
        return self.root / "reports" / as_of.strftime("%Y-%m-%d-%H%M")

    def told(self, path: Path) -> str:
        """A path as people and the store name it: from the workspace, with forward slashes."""
        return path.relative_to(self.root).as_posix()
