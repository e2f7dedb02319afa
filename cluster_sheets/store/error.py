"""What goes wrong with a store: each message is a sentence for the admin that says what to do."""


class StoreError(Exception):
    """The store can't be used as it stands."""


class StoreBusyError(StoreError):
    """Another run holds the store."""


class SealBrokenError(StoreError):
    """Sealed bytes were altered, or were sealed with another key."""
