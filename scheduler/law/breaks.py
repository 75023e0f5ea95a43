"""Breaks that a shift must contain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

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


def breaks_for(layers: Sequence[Pack], day: date, subject: LawSubject, *, work_minutes: int) -> LawfulBreaks:
    """The breaks a shift of so much work that starts on a civil day contains at least.

    Parameters
    ----------
    layers
        Packs, nearest first; without any no break is known to be due.
    day
        Civil day on which the shift starts.
    subject
        Who works it: the young have longer breaks.
    work_minutes
        Working time, in Poland with its paid breaks.

    Examples
    --------
    >>> from scheduler.law.library import layers_of
    >>> pl, day = layers_of("pl"), date(2026, 11, 23)
    >>> breaks_for(pl, day, LawSubject(id="ann"), work_minutes=570)
    LawfulBreaks(paid_minutes=30, unpaid_minutes=0)
    >>> breaks_for(pl, day, LawSubject(id="bo", born_on=date(2009, 1, 1)), work_minutes=300)
    LawfulBreaks(paid_minutes=30, unpaid_minutes=0)
    """
    due = [step for step in break_steps(layers, subject, day) if step.from_minutes <= work_minutes]
    paid = max((step.least_minutes for step in due if step.paid), default=0)
    either = max((step.least_minutes for step in due), default=0)
    return LawfulBreaks(paid, max(0, either - paid))


def break_steps(layers: Sequence[Pack], subject: LawSubject, day: date) -> list[BreakStep]:
    """All steps that hold for a person on a civil day."""
    held = [provision.value for provision in provisions(layers, "break", subject, day)]
    return [step for value in held if isinstance(value, Breaks) for step in value.steps]


def break_policies(layers: Sequence[Pack], day: date, subject: LawSubject) -> tuple[BreakPolicy, ...]:
    """The same breaks for a shift template: each policy adds to those of shorter shifts.

    Parameters
    ----------
    layers, day, subject
        As in `breaks_for`.

    Examples
    --------
    >>> from scheduler.law.library import layers_of
    >>> policies = break_policies(layers_of("pl"), date(2026, 11, 23), LawSubject(id="ann"))
    >>> [(policy.from_minutes, policy.minutes) for policy in policies]
    [(360, 15), (541, 15), (961, 15)]
    """
    steps = sorted(break_steps(layers, subject, day), key=lambda step: step.from_minutes)
    policies: list[BreakPolicy] = []
    given = 0
    for step in steps:
        if step.least_minutes > given:
            policies.append(BreakPolicy(step.from_minutes, step.least_minutes - given, step.paid))
            given = step.least_minutes
    return tuple(policies)
