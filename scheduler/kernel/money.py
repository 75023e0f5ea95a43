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


def wage_cents(minutes: int, hourly_rate_cents: int) -> int:
    """Pay for ``minutes`` at an hourly rate, in minor units, rounded half up once.

    Examples
    --------
    >>> wage_cents(450, 3140)
    23550
    """
    return round_cents(Decimal(minutes) * hourly_rate_cents / 60)


_NO_MONEY = {"XXX", "XTS"}
"""ISO 4217 codes for "no currency" and for tests."""


def is_currency(code: str) -> bool:
    """Whether something can be paid in it: an ISO 4217 code of a currency, present or past.

    Examples
    --------
    >>> [code for code in ("PLN", "pln", "ZZZ", "XXX") if is_currency(code)]
    ['PLN']
    """
    from babel.numbers import is_currency as is_known  # 0.1 s that a feed need not pay

    return code not in _NO_MONEY and is_known(code)


_NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
_DIGITS = (
    dict.fromkeys(_NO_DIGITS.split(), 0) | dict.fromkeys(_THREE_DIGITS.split(), 3) | {"CLF": 4, "UYW": 4}
)


def minor_digits(currency: str) -> int:
    """Decimal digits between a currency and its minor unit, such as 2 for cents.

    References
    ----------
    ISO 4217, list one. A table of our own, because amounts once written must read the same for ever, and the
    number of digits people like to see (CLDR) changes with the release of a library.
    """
    return _DIGITS.get(currency, 2)


def major_units(cents: int, currency: str) -> Decimal:
    """An amount of minor units in units of its currency, exact and with all its digits.

    Examples
    --------
    >>> str(major_units(-23550, "PLN")), str(major_units(5, "PHP")), str(major_units(1100, "JPY"))
    ('-235.50', '0.05', '1100')
    """
    return Decimal(cents).scaleb(-minor_digits(currency))
