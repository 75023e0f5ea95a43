"""What one more person would be worth to a week: when further people would fill something, and who."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.rosters.models import Shift
from scheduler.rosters.problem import PlannedProblem, given_shift, problem_for
from scheduler.rosters.versions import current_version, shifts_of
from scheduler.rosters.work import work_of
from solver.explain import one_more as engine
from solver.explain.hiring import Hire
from solver.explain.missing import Filled
from solver.explain.one_more_words import (
    hire_sentence,
    kind_sentence,
    lines,
    stretch_sentence,
    stretch_sentences,
    training_lines,
    training_sentence,
)
from solver.explain.sentences import Speaker
from solver.explain.training import SkillTraining, Training
from solver.problem import Problem
from solver.problem import Shift as GivenShift
from solver.score import Part
from solver.work import Assignment


@dataclass(frozen=True, slots=True)
class WorkTime:
    """A shift that somebody would have."""

    starts_at: datetime
    ends_at: datetime
    skill_id: UUID
    department_id: UUID


@dataclass(frozen=True, slots=True)
class FilledWork:
    """How much less of one kind of work would be missing; more, where the minutes are negative."""

    skill_id: UUID
    department_id: UUID
    minutes: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which further people would fill something.

    Parameters
    ----------
    gains
        Person-minutes that the first, the second, ... further person would fill.
    mandatory_minutes
        Of all of them, those below the minimum or of open shifts.
    """

    starts_at: datetime
    ends_at: datetime
    gains: tuple[int, ...]
    mandatory_minutes: int
    sentence: str


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What one more person would fill under the contract and the rules of a colleague.

    Parameters
    ----------
    like_id, like
        The colleague; None where there is nobody.
    contract_minutes
        Most paid minutes in the week.
    proven
        Whether no other work of this person is better for the roster.
    change
        What the score changes by, by rule.
    """

    like_id: UUID | None
    like: str | None
    contract_minutes: int | None
    works: tuple[WorkTime, ...]
    filled: tuple[FilledWork, ...]
    change: tuple[Part, ...]
    proven: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class MissingWork:
    """What is missing of one skill in one department.

    Parameters
    ----------
    change
        What coverage costs less, by rule, if all of it is filled.
    new_people
        What one more, and then another one, would fill; empty where that was not asked or there was no time.
    sentences
        When further people would fill something, the longest stretches, then that this is all.
    """

    skill_id: UUID
    skill: str
    department_id: UUID
    department: str
    minutes: int
    mandatory_minutes: int
    stretches: tuple[Stretch, ...]
    change: tuple[Part, ...]
    new_people: tuple[NewPerson, ...]
    summary: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrainedPerson:
    """What somebody would fill with one more skill, more than at best without it."""

    employee_id: UUID
    name: str
    takes: tuple[WorkTime, ...]
    gives_up: tuple[WorkTime, ...]
    filled: tuple[FilledWork, ...]
    change: tuple[Part, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Trained:
    """Whom to train in one skill.

    Parameters
    ----------
    lacking, tried
        How many people lack it, and of how many it was worked out.
    """

    skill_id: UUID
    skill: str
    lacking: int
    tried: int
    best: tuple[TrainedPerson, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class OneMorePerson:
    """What one more person would be worth to a week, while everybody else's shifts stay as they are.

    Parameters
    ----------
    missing
        The kinds of work of which something is missing, the most urgent first; empty for none.
    training
        Whom to train; empty where that was not asked.
    in_time
        Whether there was time for all of it.
    sentences
        The whole answer in words.
    """

    missing: tuple[MissingWork, ...]
    training: tuple[Trained, ...]
    in_time: bool
    sentences: tuple[str, ...]


def further_people(session: Session, roster_id: UUID) -> OneMorePerson:
    """When and where further people would fill something in the version that is being worked on.

    What is missing is what demand asks for and nobody works; an open shift counts for itself where it is
    pinned, or where no demand is known for its time.

    Raises
    ------
    SchedulerError
        ``roster_not_found``.
    """
    planned, problem, shifts = _asked(session, roster_id)
    return _answer(planned, problem, engine.further_people(problem, planned.assignments(shifts)))


def one_more_person(
    session: Session, roster_id: UUID, *, contract_minutes: int | None = None, seconds: float = engine.SECONDS
) -> OneMorePerson:
    """The same, and what one more person would fill, and whom to train in what is missing.

    Parameters
    ----------
    contract_minutes
        Of the one more person, most paid minutes in the week; None takes the contract of a typical colleague.
    seconds
        How long to work that out.

    Raises
    ------
    SchedulerError
        ``roster_not_found``.
    """
    planned, problem, shifts = _asked(session, roster_id)
    found = engine.one_more_person(
        problem, planned.assignments(shifts), contract_minutes=contract_minutes, seconds=seconds
    )
    return _answer(planned, problem, found)


def _asked(session: Session, roster_id: UUID) -> tuple[PlannedProblem, Problem, list[Shift]]:
    """What the roster is judged by, with the open shifts that count for themselves, and its shifts."""
    planned = problem_for(session, roster_id)
    version = current_version(session, roster_id)
    shifts = shifts_of(session, version.id) if version else []
    given = (*planned.problem.shifts, *_without_demand(planned, shifts))
    return planned, replace(planned.problem, shifts=given), shifts


def _without_demand(planned: PlannedProblem, shifts: Iterable[Shift]) -> Iterator[GivenShift]:
    """Open shifts in whose time nobody is asked for, so that nothing else says they are missing."""
    for shift in shifts:
        if shift.employee_id is None and not shift.pinned:
            work = work_of(shift, planned.frame)
            if not any(
                cover.wanted and cover.start < work.end and work.start < cover.end and cover.counts(work)
                for cover in planned.problem.coverage
            ):
                yield given_shift(shift, work)


def _answer(planned: PlannedProblem, problem: Problem, found: engine.OneMore) -> OneMorePerson:
    telling = _Telling(planned, Speaker(problem))
    return OneMorePerson(
        missing=tuple(map(telling.missing, found.missing)),
        training=tuple(map(telling.trained, found.training)),
        in_time=found.in_time,
        sentences=tuple(told for _, told in lines(telling.speaker, found)),
    )


@dataclass(frozen=True, slots=True)
class _Telling:
    """Answers of the solver as the records know them."""

    planned: PlannedProblem
    speaker: Speaker

    def missing(self, more: engine.MorePeople) -> MissingWork:
        return MissingWork(
            skill_id=UUID(more.skill),
            skill=self.speaker.called(more.skill),
            department_id=UUID(more.location),
            department=self.speaker.called(more.location),
            minutes=more.minutes,
            mandatory_minutes=more.mandatory_minutes,
            stretches=tuple(map(self.stretch, more.stretches)),
            change=more.change,
            new_people=tuple(map(self.new_person, more.hires)),
            summary=kind_sentence(self.speaker, more),
            sentences=tuple(stretch_sentences(self.speaker, more)),
        )

    def stretch(self, stretch: engine.Stretch) -> Stretch:
        return Stretch(
            starts_at=self.planned.frame.instant(stretch.start),
            ends_at=self.planned.frame.instant(stretch.end),
            gains=stretch.gains,
            mandatory_minutes=stretch.mandatory_minutes,
            sentence=stretch_sentence(self.speaker, stretch),
        )

    def new_person(self, hire: Hire) -> NewPerson:
        return NewPerson(
            like_id=UUID(hire.like) if hire.like else None,
            like=self.speaker.person(hire.like) if hire.like else None,
            contract_minutes=hire.contract_minutes,
            works=self.times(hire.works),
            filled=self.filled(hire.filled),
            change=hire.change,
            proven=hire.proven,
            sentence=hire_sentence(self.speaker, hire),
        )

    def trained(self, training: SkillTraining) -> Trained:
        return Trained(
            skill_id=UUID(training.skill),
            skill=self.speaker.called(training.skill),
            lacking=training.lacking,
            tried=training.tried,
            best=tuple(map(self.trained_person, training.best)),
            summary=next((told for _, told in training_lines(self.speaker, training)), ""),
        )

    def trained_person(self, training: Training) -> TrainedPerson:
        return TrainedPerson(
            employee_id=UUID(training.employee),
            name=self.speaker.person(training.employee),
            takes=self.times(training.takes),
            gives_up=self.times(training.gives_up),
            filled=self.filled(training.filled),
            change=training.change,
            sentence=training_sentence(self.speaker, training),
        )

    def times(self, works: Iterable[Assignment]) -> tuple[WorkTime, ...]:
        return tuple(
            WorkTime(
                starts_at=self.planned.frame.instant(work.start),
                ends_at=self.planned.frame.instant(work.end),
                skill_id=UUID(work.skill),
                department_id=UUID(work.location),
            )
            for work in works
        )

    def filled(self, filled: Iterable[Filled]) -> tuple[FilledWork, ...]:
        return tuple(FilledWork(UUID(each.skill), UUID(each.location), each.minutes) for each in filled)
