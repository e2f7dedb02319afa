"""Moments as the store keeps them: text in UTC whose order is the order in time."""

from datetime import UTC, datetime


def told(moment: datetime) -> str:
    """ISO text in UTC. Raises ValueError where ``moment`` has no zone: such a time could mean two."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone is not kept")
    return moment.astimezone(UTC).isoformat()


def told_or_none(moment: datetime | None) -> str | None:
    """``told``, and None of None."""
    return None if moment is None else told(moment)


def read(text: str) -> datetime:
    """The aware moment that ``told`` wrote."""
    return datetime.fromisoformat(text)


def read_or_none(text: str | None) -> datetime | None:
    """``read``, and None of None."""
    return None if text is None else datetime.fromisoformat(text)
