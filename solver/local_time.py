"""What clocks show in a problem's zone, for messages: the only place where the solver knows of zones."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from solver.problem import Problem


def is_zone(name: str) -> bool:
    """Whether it is the name of an IANA time zone.

    Examples
    --------
    >>> is_zone("Europe/Warsaw"), is_zone("Warsaw"), is_zone("Europe"), is_zone("../etc")
    (True, False, False, False)
    """
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, no plain name, a folder of zones
        return False
    return True


def local_time(problem: Problem, minute: int) -> datetime:
    """A minute on the clocks of the problem's zone; without one, at the origin's offset."""
    zone = ZoneInfo(problem.zone) if problem.zone else problem.origin.tzinfo
    return problem.at(minute).astimezone(zone)
