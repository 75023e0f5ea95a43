"""What re-planning changes for whom: as data, and as sentences for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from solver.explain.sentences import Speaker
from solver.problem import Problem
from solver.replanning.terms import Terms
from solver.rules.pins import same_work
from solver.work import Assignment, Roster

Kind = Literal["withdrawn", "altered", "added"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of what a person was told.

    Parameters
    ----------
    kind
        ``withdrawn``: works no longer; ``altered``: other work on the same day; ``added``: work on a day, or
        at a time, for which the person was told of none.
    employee
        Whose.
    before, after
        The work as published and as it is now; None where there is none.
    notice_minutes
        From now to the earlier of the two starts; negative if it has started.
    price
        What the terms of re-planning ask for it.
    unavoidable
        Whether the published work could not stay: the person is absent or the shift is cancelled.
    """

    kind: Kind
    employee: str
    before: Assignment | None
    after: Assignment | None
    notice_minutes: int
    price: int
    unavoidable: bool = False


def changes_between(
    problem: Problem,
    before: Roster,
    after: Roster,
    *,
    now: int,
    terms: Terms,
    lost: tuple[Assignment, ...] = (),
) -> tuple[Change, ...]:
    """Every difference between two rosters, by employee and time.

    Work of one person that starts on the same day is told together, in order: the first that is gone with the
    first that came.
    """
    found: list[Change] = []
    for who in sorted({work.employee for work in (*before, *after)}):
        for was, is_now in _pairs(problem, before.of(who), after.of(who)):
            start = min(work.start for work in (was, is_now) if work is not None)
            kind: Kind = "withdrawn"
            price = terms.price(start - now)
            if was is None:
                kind, price = "added", price * terms.added_percent // 100
            elif is_now is not None:
                kind, price = "altered", terms.price(was.start - now) * terms.altered_percent // 100
            found.append(
                Change(
                    kind=kind,
                    employee=who,
                    before=was,
                    after=is_now,
                    notice_minutes=start - now,
                    price=price,
                    unavoidable=was in lost,
                )
            )
    return tuple(found)


def _pairs(
    problem: Problem, before: tuple[Assignment, ...], after: tuple[Assignment, ...]
) -> Iterator[tuple[Assignment | None, Assignment | None]]:
    """What one person no longer has with what there is instead, day by day."""
    gone = [work for work in before if not any(_same(work, other) for other in after)]
    come = [work for work in after if not any(_same(work, other) for other in before)]
    days: dict[int, tuple[list[Assignment], list[Assignment]]] = defaultdict(lambda: ([], []))
    for side, works in enumerate((gone, come)):
        for work in works:
            days[problem.calendar.index(work.start)][side].append(work)
    for day in sorted(days):
        yield from zip_longest(*days[day])


def _same(one: Assignment, other: Assignment) -> bool:
    """Whether they are the same given shift, or the same work at the same time."""
    return same_work(one, other) and (one.shift == other.shift or None in (one.shift, other.shift))


def sentence(speaker: Speaker, change: Change) -> str:
    """A change in words, with the notice it leaves.

    Parameters
    ----------
    speaker
        Says it about the problem after the events.
    """
    before, after = (speaker.work(work) if work else "" for work in (change.before, change.after))
    notice = "begun" if change.notice_minutes < 0 else "notice"
    return speaker.say(
        f"change.{change.kind}",
        person=speaker.person(change.employee),
        before=before,
        after=after,
        notice=speaker.say(f"change.{notice}", length=_rough(speaker, change.notice_minutes)),
    )


def _rough(speaker: Speaker, minutes: int) -> str:
    """So many days of notice, or hours and minutes where it is less than two days."""
    days = minutes // 1440
    return speaker.quantity(days, "days") if days >= 2 else speaker.length(minutes)
