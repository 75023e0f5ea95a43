"""Punches rounded to a step of the clock, or to the shift: named policies, and what they make of work.

What was punched is kept beside what is counted: a policy moves edges of work, never punches.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from scheduler.kernel.clock import local_day
from scheduler.law.punch_rounding import rounded
from scheduler.timekeeping.pairing import Exact, Instants, Worked
from scheduler.timekeeping.stays import stays


@dataclass(frozen=True, slots=True)
class RoundingPolicy:
    """A way to round.

    Parameters
    ----------
    id
        Its name, for ever.
    words
        What it does.
    law_step_minutes
        The step the law of the place must allow; 0 for one that rounds nothing. A grace stands on the step
        that moves punches as far.
    step_minutes
        To the nearest step of the hour; half a step goes up. 0 rounds to no step.
    grace_minutes
        Whoever comes or leaves at most so much off the shift has come or left on time; 0 for no such rule.
    """

    id: str
    words: str
    law_step_minutes: int = 0
    step_minutes: int = 0
    grace_minutes: int = 0


EXACT = RoundingPolicy("exact", "Exact minutes: nothing is rounded.")

POLICIES: Mapping[str, RoundingPolicy] = {
    one.id: one
    for one in (
        EXACT,
        RoundingPolicy("nearest_5", "To the nearest 5 minutes: 08:02 is 08:00, 08:03 is 08:05.", 5, 5),
        RoundingPolicy("nearest_6", "To the nearest 6 minutes, a tenth of an hour: 08:02 is 08:00, 08:03 is "
                       "08:06.", 6, 6),
        RoundingPolicy("nearest_15", "To the nearest quarter of an hour: 08:07 is 08:00, 08:08 is 08:15.",
                       15, 15),
        RoundingPolicy("grace_2", "Up to 2 minutes off the shift count as on time; breaks are exact.",
                       5, grace_minutes=2),
        RoundingPolicy("grace_7", "Up to 7 minutes off the shift count as on time; breaks are exact.",
                       15, grace_minutes=7),
    )
}  # fmt: skip
"""Every policy by name. One that only helps one side (always down, always up) is not among them."""


@dataclass(frozen=True, slots=True, order=True)
class DatedPolicy:
    """A policy that holds for stays that begin on or after a civil day."""

    starts_on: date
    policy: str


Allowed = Callable[[UUID, int, date, bool], bool]
"""Whether the law of a location allows a step, minutes, on a civil day; for punches of breaks if true."""


def counted(
    worked: Sequence[Worked],
    policies: Mapping[UUID, Sequence[DatedPolicy]],
    zones: Mapping[UUID, ZoneInfo],
    allows: Allowed,
    planned: Sequence[Instants] = (),
) -> list[Worked]:
    """The work of one person as it counts for pay, each rounded span with what was punched.

    Parameters
    ----------
    policies
        By location; the latest one that holds on the day on which a stay begins counts. A location without
        any has exact minutes.
    allows
        A step that the law does not allow leaves the exact minute, whatever the policy.
    planned
        The person's published shifts.

    Notes
    -----
    A stay of which nothing would be left keeps its exact minutes, and none begins before the one before it
    ends. Where a transfer parts a stay the minute is exact.
    """
    found: list[Worked] = []
    for stay in stays(worked):
        place = stay[0].location_id
        day = local_day(stay[0].starts_at, zones[place])
        policy = policy_on(policies.get(place, ()), day)
        if policy.law_step_minutes and allows(place, policy.law_step_minutes, day, False):
            breaks = bool(policy.step_minutes) and allows(place, policy.step_minutes, day, True)
            begins = _moved(stay[0].starts_at, policy, [start for start, _ in planned])
            ends = _moved(stay[-1].ends_at, policy, [end for _, end in planned])
            if found:
                begins = max(begins, found[-1].ends_at)
            stay = _rounded(stay, begins, ends, policy if breaks else EXACT)
        if found and found[-1].ends_at > stay[0].starts_at:
            found[-1] = _until(found[-1], stay[0].starts_at)
        found += stay
    return found


def policy_on(dated: Sequence[DatedPolicy], day: date) -> RoundingPolicy:
    """The policy for a civil day."""
    held = max((one for one in dated if one.starts_on <= day), default=None)
    return POLICIES[held.policy] if held else EXACT


def _moved(at: datetime, policy: RoundingPolicy, edges: Sequence[datetime]) -> datetime:
    if policy.step_minutes:
        return rounded(at, policy.step_minutes)
    grace = timedelta(minutes=policy.grace_minutes)
    near = [edge for edge in edges if abs(edge - at) <= grace] if grace else []
    return min(near, key=lambda edge: (abs(edge - at), edge), default=at)


def _rounded(
    stay: Sequence[Worked], begins: datetime, ends: datetime, breaks: RoundingPolicy
) -> list[Worked]:
    """The spans of a stay with its edges moved; as they were, where one of them would vanish."""
    moved = []
    for number, span in enumerate(stay):
        starts_at = begins if number == 0 else span.starts_at
        ends_at = ends if number == len(stay) - 1 else span.ends_at
        if starts_at >= ends_at:
            return list(stay)
        rests = _rests(span, breaks, starts_at, ends_at)
        new = replace(span, starts_at=starts_at, ends_at=ends_at, breaks=rests)
        if new != span:
            new = replace(new, exact=Exact(span.starts_at, span.ends_at, span.breaks))
        moved.append(new)
    return moved


def _until(span: Worked, ends_at: datetime) -> Worked:
    """A rounded span that has to end earlier, because what follows keeps its exact minutes."""
    rests = tuple((start, min(end, ends_at)) for start, end in span.breaks if start < ends_at)
    return replace(span, ends_at=ends_at, breaks=rests)


def _rests(
    span: Worked, policy: RoundingPolicy, starts_at: datetime, ends_at: datetime
) -> tuple[Instants, ...]:
    """The breaks, their edges moved too where that is allowed; one of no length is left out."""
    found = []
    for start, end in span.breaks:
        if policy.step_minutes:
            start, end = rounded(start, policy.step_minutes), rounded(end, policy.step_minutes)
        start, end = max(start, starts_at), min(end, ends_at)
        if start < end:
            found.append((start, end))
    return tuple(found)
