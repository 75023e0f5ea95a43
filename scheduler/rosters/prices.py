"""What one minute of each wish is worth against the others, where a roster cannot have them all.

Levels come first: hard rules always hold, then the minimum coverage, then these soft prices, all per minute.
"""

from __future__ import annotations

from datetime import datetime

MISSING = 10
"""A person-minute below the target coverage."""
CONTRACT_MINIMUM = 7
"""A minute below the least that a contract guarantees: dearer than having one person too many."""
SURPLUS = 5
"""A person-minute above the target, or where nobody is asked for: dearer than any unfairness, so that hours
nobody asked for are not planned to even things out."""
OVERTIME = 4
"""A minute of overtime that the law pays twice; half of it where it pays half as much again. Less than work
left open or hours nobody asked for, more than a roster that is a little less fair."""
SHORT_REST = 3
"""A minute below the company's rest, of somebody who agreed to less: rather than leave work open, no more."""
DISLIKED = 1
"""A minute worked when somebody would rather not."""
UNFAIR = 1
"""A minute away from the fair share; once more beyond each further four hours, at most four times."""

CHANGE = 120
"""Taking back a published shift that is more than two weeks away."""
CHANGE_SOON = 960
"""Taking back a published shift that starts now; in between the price rises evenly."""
CALM_DAYS = 14


def price_of_change(starts_at: datetime, now: datetime) -> int:
    """The price of taking back or altering a published shift, higher the nearer it is.

    Examples
    --------
    >>> from datetime import UTC, timedelta
    >>> now = datetime(2026, 11, 1, tzinfo=UTC)
    >>> [price_of_change(now + timedelta(days=days), now) for days in (0, 7, 14, 30)]
    [960, 540, 120, 120]
    """
    days = max(0.0, (starts_at - now).total_seconds() / 86400)
    nearness = max(0.0, 1 - days / CALM_DAYS)
    return round(CHANGE + nearness * (CHANGE_SOON - CHANGE))
