"""TLS: what a server's certificate is checked by, always."""

import ssl
from pathlib import Path

from cluster_sheets.connect.error import ConfigError


def context(ca_file: Path | None = None) -> ssl.SSLContext:
    """Trusts what this computer trusts or, where a file is named, the authorities in it alone. Raises ConfigError."""
    try:
        made = ssl.create_default_context(cafile=None if ca_file is None else str(ca_file))
    except (OSError, ssl.SSLError) as failed:
        name = ca_file.name if ca_file else "What this computer trusts"
        raise ConfigError(f"{name} can't be read: ca_file must be a file of certificates (PEM).") from failed
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    return made
