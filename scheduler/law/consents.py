"""Consents and opt-outs: given on a day, held for a time, and withdrawn with notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """That somebody agreed to be outside a rule, on the civil days ``[valid_from, ends_on)``.

    Parameters
    ----------
    ground
        Name of the exception that it opens, as the pack names it (``opt_out``).
    valid_from
        First civil day; not before the day on which it was given.
    given_on
        Civil day on which it was given.
    valid_until
        First civil day after; None where it was given without end.
    withdrawn_on
        Civil day on which the person took it back; None where they did not.
    notice_days
        Days after which taking it back counts, >= 0: agreed, within what the law allows.
    evidence
        Where it is kept, such as the name of a document.

    Raises
    ------
    ValueError
        If it holds before it was given, is taken back before it was given, or ends before it begins.

    Examples
    --------
    >>> opt_out = Consent(
    ...     ground="opt_out", given_on=date(2026, 1, 5), valid_from=date(2026, 1, 5),
    ...     withdrawn_on=date(2026, 3, 2), notice_days=7,
    ... )
    >>> opt_out.holds_on(date(2026, 3, 8)), opt_out.holds_on(date(2026, 3, 9))
    (True, False)
    """

    ground: str
    given_on: date
    valid_from: date
    valid_until: date | None = None
    withdrawn_on: date | None = None
    notice_days: int = 0
    evidence: str = ""

    def __post_init__(self) -> None:
        if self.valid_from < self.given_on:
            raise ValueError(f"holds from {self.valid_from}, before it was given on {self.given_on}")
        if self.withdrawn_on is not None and self.withdrawn_on < self.given_on:
            raise ValueError(f"withdrawn on {self.withdrawn_on}, before it was given on {self.given_on}")
        if self.valid_until is not None and self.valid_until <= self.valid_from:
            raise ValueError(f"until {self.valid_until} is not after from {self.valid_from}")
        if self.notice_days < 0:
            raise ValueError(f"notice of {self.notice_days} days; use 0 or more")

    @property
    def ends_on(self) -> date | None:
        """First civil day on which it holds no longer; None where no end is known."""
        ends = [] if self.valid_until is None else [self.valid_until]
        if self.withdrawn_on is not None:
            ends.append(self.withdrawn_on + timedelta(days=self.notice_days))
        return min(ends, default=None)

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a civil day."""
        return self.valid_from <= day and (self.ends_on is None or day < self.ends_on)
