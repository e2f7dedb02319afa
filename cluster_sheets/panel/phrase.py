"""Words that several sheets of a pack share: small numbers, how many cases, hours of reading."""

from datetime import datetime

from cluster_sheets.base.date import in_words

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number(count: int) -> str:
    """``nine``; figures above twelve."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


def cases(count: int) -> str:
    """``nine cases``, ``one case``."""
    return f"{number(count)} {'case' if count == 1 else 'cases'}"


def opened(text: str) -> str:
    """The text with a capital to open a sentence."""
    return text[:1].upper() + text[1:]


def at(moment: datetime) -> str:
    """``8 October 2026 09:12``, of a local time."""
    return f"{in_words(moment.date())} {moment:%H:%M}"


def reading(minutes: int) -> str:
    """``about 75 minutes``, ``about 3 hours``: to the next five minutes, or half hour."""
    if minutes <= 120:
        return f"about {-(-minutes // 5) * 5} minutes"
    halves = -(-minutes // 30)
    return f"about {halves // 2}{'.5' if halves % 2 else ''} hours"
