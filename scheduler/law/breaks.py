"""Breaks that a shift must contain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scheduler.law.library import layers_of
from scheduler.law.pack import Pack
from scheduler.law.provisions import provisions
from scheduler.law.subject import LawSubject
from scheduler.law.values import Breaks, BreakStep
from solver.problem import BreakPolicy


@dataclass(frozen=True, slots=True)
class LawfulBreaks:
    """The least breaks that the law asks for, minutes in sum; the paid ones are working time."""

    paid_minutes: int = 0
    unpaid_minutes: int = 0


def breaks_for(jurisdiction: str, day: date, *, age: int | None, work_minutes: int) -> LawfulBreaks:
    """The breaks a shift of so much work that starts on a civil day contains at least.

    Parameters
    ----------
    jurisdiction
        Id of a pack; without one no break is known to be due.
    day
        Civil day on which the shift starts.
    age
        Completed years; None counts as an adult.
    work_minutes
        Working time, in Poland with its paid breaks.

    Examples
    --------
    >>> breaks_for("pl", date(2026, 11, 23), age=30, work_minutes=570)
    LawfulBreaks(paid_minutes=30, unpaid_minutes=0)
    >>> breaks_for("pl", date(2026, 11, 23), age=17, work_minutes=300)
    LawfulBreaks(paid_minutes=30, unpaid_minutes=0)
    """
    born_on = None if age is None else date(day.year - age, 1, 1)
    subject = LawSubject(id="somebody", born_on=born_on)
    due = [s for s in break_steps(layers_of(jurisdiction), subject, day) if s.from_minutes <= work_minutes]
    paid = max((step.least_minutes for step in due if step.paid), default=0)
    either = max((step.least_minutes for step in due), default=0)
    return LawfulBreaks(paid, max(0, either - paid))


def break_steps(layers: tuple[Pack, ...], subject: LawSubject, day: date) -> list[BreakStep]:
    """All steps that hold for a person on a civil day."""
    held = [provision.value for provision in provisions(layers, "break", subject, day)]
    return [step for value in held if isinstance(value, Breaks) for step in value.steps]


def break_policies(jurisdiction: str, day: date, *, age: int | None = None) -> tuple[BreakPolicy, ...]:
    """The same breaks for a shift template: each policy adds to those of shorter shifts.

    Parameters
    ----------
    jurisdiction, day, age
        As in `breaks_for`.

    Examples
    --------
    >>> [(policy.from_minutes, policy.minutes) for policy in break_policies("pl", date(2026, 11, 23))]
    [(360, 15), (541, 15), (961, 15)]
    """
    subject = LawSubject(id="somebody", born_on=None if age is None else date(day.year - age, 1, 1))
    steps = sorted(break_steps(layers_of(jurisdiction), subject, day), key=lambda step: step.from_minutes)
    policies: list[BreakPolicy] = []
    given = 0
    for step in steps:
        if step.least_minutes > given:
            policies.append(BreakPolicy(step.from_minutes, step.least_minutes - given, step.paid))
            given = step.least_minutes
    return tuple(policies)
