"""What goes wrong with connections: each message is a sentence for the admin that says what to look at, no secret."""


class ConfigError(Exception):
    """cluster-sheets.toml, or a secret it names, can't be used; what is in a file is told by its file and line."""


class UnreachableError(Exception):
    """A mailbox or a mail server that can't be reached now, or did not let us in."""
