"""Amounts of leave: whole numbers of steps inside, days and hours in front of people."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from fractions import Fraction

from scheduler.timeoff.models import LeaveUnit

HUNDREDTHS = 100
HOUR_MINUTES = 60


def in_words(amount: int, unit: LeaveUnit) -> str:
    """An amount as people say it.

    Examples
    --------
    >>> in_words(1250, LeaveUnit.DAYS), in_words(100, LeaveUnit.DAYS), in_words(-455, LeaveUnit.MINUTES)
    ('12.5 days', '1 day', '-7 h 35 min')
    """
    if unit is LeaveUnit.DAYS:
        return f"{plain(amount, unit)} {'day' if abs(amount) == HUNDREDTHS else 'days'}"
    hours, minutes = divmod(abs(amount), HOUR_MINUTES)
    told = " ".join(
        text for text, said in ((f"{hours} h", hours or not minutes), (f"{minutes} min", minutes)) if said
    )
    return f"-{told}" if amount < 0 else told


def plain(amount: int, unit: LeaveUnit) -> str:
    """The number alone: days with at most two decimals, or hours with as many as forms take back.

    Examples
    --------
    >>> plain(1250, LeaveUnit.DAYS), plain(2000, LeaveUnit.DAYS), plain(9630, LeaveUnit.MINUTES)
    ('12.5', '20', '160.5')
    """
    step = HUNDREDTHS if unit is LeaveUnit.DAYS else HOUR_MINUTES
    number = Decimal(amount) / step
    text = f"{number.quantize(Decimal('0.01')):f}"
    return text.rstrip("0").rstrip(".")


def amount_of(text: str, unit: LeaveUnit) -> int:
    """The steps that a number of days or hours stands for.

    Raises
    ------
    ValueError
        If it is no number with at most two decimals, or its steps are too many for a record.

    Examples
    --------
    >>> amount_of("12,5", LeaveUnit.DAYS), amount_of("7.5", LeaveUnit.MINUTES)
    (1250, 450)
    """
    try:
        number = Decimal(text.strip().replace(",", "."))
        is_fine = number.is_finite() and abs(number) <= LARGEST and number == number.quantize(Decimal("0.01"))
    except InvalidOperation:
        is_fine, number = False, Decimal(0)
    if not is_fine:
        raise ValueError(f"{text!r} is no number of {'days' if unit is LeaveUnit.DAYS else 'hours'}")
    return rounded(Fraction(number) * (HUNDREDTHS if unit is LeaveUnit.DAYS else HOUR_MINUTES))


LARGEST = Decimal(10_000)
"""Days or hours that an entry can be about at most."""


def number(amount: int, unit: LeaveUnit) -> int | float:
    """An amount as programs are told it: a number of days or of minutes.

    Examples
    --------
    >>> number(1250, LeaveUnit.DAYS), number(455, LeaveUnit.MINUTES)
    (12.5, 455)
    """
    return amount / HUNDREDTHS if unit is LeaveUnit.DAYS else amount


def steps_of(told: Decimal, unit: LeaveUnit) -> int | None:
    """The steps of a number of days or minutes; None where it says parts of a step.

    Examples
    --------
    >>> steps_of(Decimal("12.5"), LeaveUnit.DAYS), steps_of(Decimal("0.5"), LeaveUnit.MINUTES)
    (1250, None)
    """
    steps = told * (HUNDREDTHS if unit is LeaveUnit.DAYS else 1)
    return int(steps) if steps == steps.to_integral_value() else None


def whole_day(unit: LeaveUnit, day_minutes: int) -> int:
    """The steps of a whole day."""
    return HUNDREDTHS if unit is LeaveUnit.DAYS else day_minutes


def rounded(amount: Fraction) -> int:
    """The nearest step, the larger one from a half on."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)
