"""Punches rounded to a step of the clock, where the law of the place allows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from scheduler.law.amounts import PunchRounding
from scheduler.law.pack import Pack
from scheduler.law.provisions import Provision, provision
from scheduler.law.subject import LawSubject

ANYBODY = LawSubject(id="anybody")


def rounding_policy(layers: Sequence[Pack], day: date, *, meal: bool = False) -> PunchRounding:
    """To which steps punches of a civil day may be rounded; the exact minute where no layer allows any.

    Parameters
    ----------
    layers
        Packs, nearest first.
    day
        Civil day of the punch.
    meal
        Whether a meal break begins or ends; where the law says nothing of those, they are like all others.
    """
    found = rounding_provision(layers, day, meal=meal)
    return found.value if found and isinstance(found.value, PunchRounding) else PunchRounding(())


def rounding_provision(layers: Sequence[Pack], day: date, *, meal: bool = False) -> Provision | None:
    """What the law says about it and where; None where it is silent. See `rounding_policy`."""
    topics = ("meal_punch_rounding", "punch_rounding") if meal else ("punch_rounding",)
    every = (provision(layers, topic, ANYBODY, day) for topic in topics)
    return next((found for found in every if found and isinstance(found.value, PunchRounding)), None)


def rounded(at: datetime, step_minutes: int, *, up_from_seconds: int | None = None) -> datetime:
    """The nearest step of the hour; exactly half a step goes up.

    Parameters
    ----------
    at
        Time of a punch.
    step_minutes
        Length of a step, minutes, a part of an hour.
    up_from_seconds
        Seconds past a step from which the next one is taken, where it is not half a step.

    Raises
    ------
    ValueError
        If an hour is not made of such steps.

    Examples
    --------
    >>> [f"{rounded(datetime(2026, 5, 4, 7, minute), 15):%H:%M}" for minute in (52, 53, 59)]
    ['07:45', '08:00', '08:00']
    >>> f"{rounded(datetime(2026, 5, 4, 23, 58), 6):%d %H:%M}"
    '05 00:00'
    """
    if step_minutes < 1 or 60 % step_minutes:
        raise ValueError(f"an hour is not made of steps of {step_minutes} minutes; use one like 5, 6 or 15")
    step = step_minutes * 60
    past = (at.minute * 60 + at.second) % step
    down = at.replace(microsecond=0) - timedelta(seconds=past)
    goes_up = 2 * past >= step if up_from_seconds is None else past >= up_from_seconds
    return down + timedelta(seconds=step) if goes_up else down
