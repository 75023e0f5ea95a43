"""What would have to give so that a shift is filled: the cheapest lawful changes, each of them tried."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.law.compliance import parameters
from scheduler.rosters.models import Shift
from scheduler.rosters.obstacles import is_on_leave
from scheduler.rosters.why_open import shift_among
from scheduler.rosters.work import work_of
from solver.explain import what_would_do as engine
from solver.explain.sentences import Speaker
from solver.explain.steps import Step
from solver.explain.who_could import who_could
from solver.score import Part

MOST = 12
"""So many people; more are no help."""


@dataclass(frozen=True, slots=True)
class Way:
    """What would have to change about one person.

    Parameters
    ----------
    steps
        The changes, a phrase each.
    price
        To compare ways by (see `solver.explain.steps`).
    change
        What the score changes by once the changes are made and the person has the shift.
    """

    employee_id: UUID
    name: str
    steps: tuple[str, ...]
    price: int
    change: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class WhatWouldDo:
    """A shift and the ways to fill it, the cheapest first.

    Parameters
    ----------
    sentences
        The ways in words, people for whom the same would do together; one sentence where there is no way.
    """

    shift: Shift
    sentences: tuple[str, ...]
    ways: tuple[Way, ...]


def what_would_do(session: Session, roster_id: UUID, lineage_id: UUID) -> WhatWouldDo:
    """The cheapest changes about one person that would let them take a shift; none of them bends the law.

    People who could take it as things are need no change and are not among them (see `why_open`). Somebody
    who would have to be called back from leave comes after all others. A shift that somebody has is judged as
    if it were open.

    Raises
    ------
    SchedulerError
        ``roster_not_found``, ``shift_not_found``.
    """
    planned, shift, others = shift_among(session, roster_id, lineage_id)
    roster, work = planned.assignments(others), work_of(shift, planned.frame)
    people = who_could(planned.judged, roster, work)
    away = [each for each in people if is_on_leave(planned, work, each.employee)]
    present, absent = (
        engine.what_would_do(planned.judged, roster, work, people=some, most=MOST, allowed=_lawful)
        for some in ([each for each in people if each not in away], away)
    )
    found = [*present, *map(_calling_back, absent)][:MOST]
    speaker = Speaker(planned.judged)
    nothing = speaker.say("would_do.nothing", count=engine.MOST_STEPS)
    return WhatWouldDo(
        shift=shift,
        sentences=tuple(engine.proposals(speaker, found)) or (nothing,),
        ways=tuple(
            Way(
                employee_id=UUID(way.employee),
                name=speaker.person(way.employee),
                steps=tuple(engine.step_in_words(speaker, step) for step in way.steps),
                price=way.price,
                change=way.change,
            )
            for way in found
        ),
    )


def _calling_back(way: engine.Relaxation) -> engine.Relaxation:
    """A way for somebody on leave, which says so."""
    steps = (replace(step, kind="end_leave") if step.kind == "make_available" else step for step in way.steps)
    return replace(way, steps=tuple(steps))


def _lawful(step: Step) -> bool:
    return step.name not in parameters()
