"""Values of law that are no lengths of time: money, factors, shares, yes or no, and sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

LONGEST_SENTENCE = 400


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of a currency.

    Parameters
    ----------
    amount
        In units of the currency, such as zloty or dollars; exact.
    currency
        ISO 4217 code.

    Examples
    --------
    >>> Money.parse("31.40 PLN")
    Money(amount=Decimal('31.40'), currency='PLN')
    >>> str(Money.parse("7.25 USD"))
    '7.25 USD'
    """

    amount: Decimal
    currency: str

    @classmethod
    def parse(cls, text: str) -> Money:
        """Read ``31.40 PLN``."""
        match = re.fullmatch(r"(\d+(?:\.\d+)?) ([A-Z]{3})", text)
        if match is None:
            raise ValueError(f"{text!r} is no amount of money; write 31.40 PLN")
        return cls(Decimal(match[1]), match[2])

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


@dataclass(frozen=True, slots=True)
class Factor:
    """By how much a rate of pay is multiplied.

    Examples
    --------
    >>> Factor.parse("x 1.25")
    Factor(of=Decimal('1.25'))
    >>> str(Factor.parse("x 2"))
    'x 2'
    """

    of: Decimal

    @classmethod
    def parse(cls, text: str) -> Factor:
        """Read ``x 1.25``."""
        match = re.fullmatch(r"x (\d+(?:\.\d+)?)", text)
        if match is None:
            raise ValueError(f"{text!r} is no factor; write x 1.25")
        return cls(Decimal(match[1]))

    def __str__(self) -> str:
        return f"x {self.of}"


@dataclass(frozen=True, slots=True)
class Share:
    """So many of a hundred.

    Parameters
    ----------
    percent
        Of the base that the law names.

    Examples
    --------
    >>> Share.parse("20 %"), Share.parse("12.07 %").fraction
    (Share(percent=Decimal('20')), Decimal('0.1207'))
    """

    percent: Decimal

    @classmethod
    def parse(cls, text: str) -> Share:
        """Read ``20 %``."""
        match = re.fullmatch(r"(\d+(?:\.\d+)?) %", text)
        if match is None:
            raise ValueError(f"{text!r} is no share of a hundred; write 20 %")
        return cls(Decimal(match[1]))

    @property
    def fraction(self) -> Decimal:
        """As part of one: 20 % is 0.2."""
        return self.percent / 100

    def __str__(self) -> str:
        return f"{self.percent} %"


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no.

    Examples
    --------
    >>> bool(Flag.parse("no")), str(Flag(True))
    (False, 'yes')
    """

    is_so: bool

    @classmethod
    def parse(cls, text: str) -> Flag:
        """Read ``yes`` or ``no``."""
        if text not in ("yes", "no"):
            raise ValueError(f"{text!r} is neither yes nor no")
        return cls(text == "yes")

    def __bool__(self) -> bool:
        return self.is_so

    def __str__(self) -> str:
        return "yes" if self.is_so else "no"


@dataclass(frozen=True, slots=True)
class Sentence:
    """What the law says where no figure does: a definition, a formula, a duty, in our own words.

    Examples
    --------
    >>> str(Sentence.parse("Undertime never nets off overtime."))
    'Undertime never nets off overtime.'
    """

    text: str

    @classmethod
    def parse(cls, text: str) -> Sentence:
        """Read a sentence that begins with a capital letter or a figure and ends with a full stop."""
        if (
            len(text) > LONGEST_SENTENCE
            or not text.endswith(".")
            or not (text[0].isupper() or text[0].isdigit())
        ):
            raise ValueError(
                f"{text[:40]!r} is no sentence; begin with a capital, end with a full stop, "
                f"at most {LONGEST_SENTENCE} characters"
            )
        return cls(text)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class PunchRounding:
    """How the times of punches may be rounded to a step of the clock.

    Parameters
    ----------
    steps_minutes
        The steps allowed, the longest last; none where the exact minute counts.

    Examples
    --------
    >>> PunchRounding.parse("nearest 5, 6 or 15 min")
    PunchRounding(steps_minutes=(5, 6, 15))
    >>> str(PunchRounding.parse("exact minutes")), str(PunchRounding((15,)))
    ('exact minutes', 'nearest 15 min')
    """

    steps_minutes: tuple[int, ...]

    @classmethod
    def parse(cls, text: str) -> PunchRounding:
        """Read ``exact minutes`` or ``nearest 5, 6 or 15 min``."""
        if text == "exact minutes":
            return cls(())
        match = re.fullmatch(r"nearest (\d+(?:(?:, | or )\d+)*) min", text)
        if match is None:
            raise ValueError(
                f"{text!r} is no rounding of punches; write exact minutes, or nearest 5 or 15 min"
            )
        return cls(tuple(sorted(int(step) for step in re.findall(r"\d+", match[1]))))

    def __str__(self) -> str:
        if not self.steps_minutes:
            return "exact minutes"
        *first, last = map(str, self.steps_minutes)
        return f"nearest {' or '.join([', '.join(first), last] if first else [last])} min"
