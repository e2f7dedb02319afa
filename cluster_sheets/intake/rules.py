"""What the intake goes by: limits on mails and files, and which marks of our own systems are trusted."""

from dataclasses import dataclass, field

from cluster_sheets.intake.limits import Limits, limits
from cluster_sheets.register.settings import Settings
from cluster_sheets.store.replies import OWN_DOMAIN


@dataclass(frozen=True, slots=True)
class MailRules:
    """Rules of one workspace; the defaults trust nothing."""

    limits: Limits = field(default_factory=Limits)
    exchanger: str = ""
    """Name of our own mail exchanger in Authentication-Results and Received; empty: nothing is verified."""
    own_domain: str = OWN_DOMAIN
    """Domain of the Message-IDs we give: mail that carries one is our own, come back."""
    folder_trusted: bool = False
    """Nobody else can drop mails in the inbox: those in it count as verified."""

    @classmethod
    def of(cls, settings: Settings) -> "MailRules":
        """The rules that the register's settings state."""
        return cls(
            limits=limits(settings.whole),
            exchanger=settings.text("mail_authserv_name").strip().casefold(),
            folder_trusted=settings.flag("folder_trusted"),
        )
