"""Money in minor units, and the one place where it is rounded."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum


class Rounding(StrEnum):
    """How a fraction of a cent becomes a cent."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"


_MODES = {Rounding.HALF_UP: ROUND_HALF_UP, Rounding.HALF_EVEN: ROUND_HALF_EVEN}


def round_cents(amount: Decimal, mode: Rounding = Rounding.HALF_UP) -> int:
    """Whole minor units nearest to ``amount`` (in minor units).

    Examples
    --------
    >>> round_cents(Decimal("2.5")), round_cents(Decimal("2.5"), Rounding.HALF_EVEN)
    (3, 2)
    """
    return int(amount.quantize(Decimal(1), rounding=_MODES[mode]))


def wage_cents(minutes: int, hourly_rate_cents: int, multiplier: Decimal = Decimal(1)) -> int:
    """Pay for ``minutes`` at an hourly rate, in minor units, rounded half up once.

    Examples
    --------
    >>> wage_cents(450, 3140)
    23550
    """
    return round_cents(Decimal(minutes) * hourly_rate_cents * multiplier / 60)
