"""What goes wrong with a store: each message is a sentence for the admin that says what to do."""


class StoreError(Exception):
    """The store can't be used as it stands."""


class StoreBusyError(StoreError):
    """Another run holds the store."""


class StoreDiskError(StoreError):
    """The disk failed the store: what was being kept may be there all the same."""


class SealBrokenError(StoreError):
    """Sealed bytes were altered, or were sealed with another key."""


def disk_says(failed: OSError) -> str:
    """A file that can't be written or read, as a sentence; its folder and name are not told, for they may say who."""
    return f"The disk can't be used ({failed.strerror}): look at it, then run again. What was kept is not lost."
