"""Money is whole pence: an ``int`` everywhere, pounds only where a person reads them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction


def pounds(pence: int) -> str:
    """``£1,234.50`` from 123450; a minus sign stands in front of the pound sign."""
    sign = "-" if pence < 0 else ""
    whole, part = divmod(abs(pence), 100)
    return f"{sign}£{whole:,}.{part:02d}"


def half_up(amount: "Fraction | Decimal") -> int:
    """The nearest whole number, a half going up (away from nought below it).

    Derived amounts round once, at the line (design §3.9).
    """
    from fractions import Fraction

    exact = Fraction(amount)
    return half_up_of(exact.numerator, exact.denominator)


def half_up_of(numerator: int, denominator: int) -> int:
    """``half_up`` of a fraction given by its parts; ``denominator`` is above nought."""
    whole = (2 * abs(numerator) + denominator) // (2 * denominator)
    return -whole if numerator < 0 else whole


def in_parts(pence: int, weights: Sequence[int]) -> tuple[int, ...]:
    """``pence`` split in proportion to ``weights``; the odd pence go to the last part.

    Source: R7 and R12 of the scheme's control totals. The parts always add up to ``pence``.
    """
    total = sum(weights)
    if total <= 0:
        raise ValueError("weights must come to more than nought")
    parts = [pence * weight // total for weight in weights]
    parts[-1] += pence - sum(parts)
    return tuple(parts)


def rounded_pence(text: str) -> int:
    """Whole pence of an amount of pounds written by us, such as a setting's default ``250.00``."""
    from decimal import ROUND_HALF_UP, Decimal

    return int((Decimal(text) * 100).to_integral_value(ROUND_HALF_UP))
