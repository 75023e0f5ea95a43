"""On what terms a published roster may change: what stays, who may still be called in, what notice costs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from solver.rules.stability import AddedStep, Stability

DAY = 1440


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePrice:
    """What a change costs that is made known at least so long before.

    Parameters
    ----------
    minutes
        From the moment of re-planning to the start of the work, at least.
    price
        Of withdrawing published work, > 0.
    """

    minutes: int
    price: int


STEPS = (
    NoticePrice(minutes=14 * DAY, price=10),
    NoticePrice(minutes=7 * DAY, price=20),
    NoticePrice(minutes=2 * DAY, price=40),
    NoticePrice(minutes=DAY, price=80),
    NoticePrice(minutes=0, price=160),
)
"""Twice the price at each step nearer; the two-week step is where predictability laws usually begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What stays and what changing the rest costs.

    Prices of changes weigh against each other only: how many people are missing below a minimum always comes
    before them, everything else after them.

    Parameters
    ----------
    freeze_minutes
        Published work that starts sooner than so many minutes from now stays, unless the person is absent.
    call_in_minutes
        Nobody starts other work sooner than so many minutes from now; at most ``freeze_minutes``.
    steps
        Prices by notice, the longest first, the last from 0 minutes on; never falling.
    altered_percent
        What other work on the same day costs, per cent of withdrawing it.
    added_percent
        What work on a day that was free costs, per cent of withdrawing it with as much notice.

    Examples
    --------
    >>> terms = Terms()
    >>> [terms.price(notice) for notice in (-30, 0, 1440, 10080, 30000)]
    [160, 160, 80, 20, 10]
    """

    freeze_minutes: int = 120
    call_in_minutes: int = 60
    steps: tuple[NoticePrice, ...] = STEPS
    altered_percent: int = 50
    added_percent: int = 50

    def __post_init__(self) -> None:
        """Refuse spans that are not in order and prices that fall."""
        if not 0 <= self.call_in_minutes <= self.freeze_minutes:
            raise ValueError(
                f"call_in_minutes is {self.call_in_minutes}; use 0 to freeze_minutes {self.freeze_minutes}"
            )
        if not self.steps or self.steps[-1].minutes != 0:
            raise ValueError("steps must end with one of 0 minutes, for whatever is nearer than the others")
        for far, near in pairwise(self.steps):
            if far.minutes <= near.minutes or far.price > near.price:
                raise ValueError(
                    f"the step of {near.minutes} minutes at {near.price} must not come after the one of "
                    f"{far.minutes} minutes at {far.price}: less notice is not cheaper"
                )
        if min(step.price for step in self.steps) < 1:
            raise ValueError("every step needs a price of 1 or more")
        if not 0 <= self.added_percent <= 1000:
            raise ValueError(f"added_percent is {self.added_percent}; use 0 to 1000")

    def price(self, notice_minutes: int) -> int:
        """What withdrawing work costs with so much notice."""
        return next(
            (step.price for step in self.steps if notice_minutes >= step.minutes), self.steps[-1].price
        )

    def stability(self, now: int) -> Stability:
        """The rule that charges these prices from a moment on."""
        nearest_first = list(reversed(self.steps))
        added = [step.price * self.added_percent // 100 for step in nearest_first]
        return Stability(
            altered_percent=self.altered_percent,
            added_price=added[-1],
            added_steps=tuple(
                AddedStep(before=now + further.minutes, price=price)
                for price, further in zip(added, nearest_first[1:], strict=False)
            ),
        )
