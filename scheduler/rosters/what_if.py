"""A roster checked under another law beside its own; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.law.comparison import ComparedFinding, Difference, compared, differences
from scheduler.law.compliance import ComplianceReport, parameters
from scheduler.law.pack import Pack, Parameter
from scheduler.law.provisions import provision
from scheduler.law.subject import LawSubject
from scheduler.law.what_if import FOR_CHECKS, OtherLaw
from scheduler.law.words import plain
from scheduler.rosters.compliance import compliance_of
from scheduler.rosters.problem import PlannedProblem, problem_for
from scheduler.rosters.versions import find_version, shifts_of


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """The same roster under two laws.

    Parameters
    ----------
    now, then
        The whole report under the law that holds, and under the other one.
    findings
        Those of both in pairs.
    differences
        What the other law says otherwise to an adult on the first day, of what checks depend on.
    notes
        What a changed value does not change, and why.
    """

    now: ComplianceReport
    then: ComplianceReport
    findings: tuple[ComparedFinding, ...]
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]

    @property
    def only_now(self) -> tuple[ComparedFinding, ...]:
        """What the other law would not find."""
        return tuple(one for one in self.findings if one.then is None)

    @property
    def only_then(self) -> tuple[ComparedFinding, ...]:
        """What only the other law finds."""
        return tuple(one for one in self.findings if one.now is None)

    @property
    def both(self) -> tuple[ComparedFinding, ...]:
        """What both find."""
        return tuple(one for one in self.findings if one.now is not None and one.then is not None)


def what_if(session: Session, version_id: UUID, other: OtherLaw) -> WhatIf:
    """A version of a roster judged by the law of its place, and by another one.

    Whoever works, what they work and what they consented to stay as they are; consents that the other law
    does not know count for nothing there, and it decides in which working-time system people are.

    Raises
    ------
    InvalidInput
        If the other law has no such pack, parameter or value.
    SchedulerError
        ``version_not_found``.
    """
    version = find_version(session, version_id)
    shifts = shifts_of(session, version.id)
    at = version.published_at
    before = problem_for(session, version.roster_id, agreed_at=at)
    after = problem_for(session, version.roster_id, agreed_at=at, other=other)
    now, then = compliance_of(before, shifts), compliance_of(after, shifts)
    known = parameters(before.own) | parameters(after.own)
    return WhatIf(
        now=now,
        then=then,
        findings=tuple(compared(now.findings, then.findings, known)),
        differences=tuple(_differences(before, after)),
        notes=tuple(_without_effect(after, other)),
    )


def _differences(before: PlannedProblem, after: PlannedProblem) -> Iterator[Difference]:
    adult, day = _adult(before), before.law.first_day
    for one in differences(before.layers, after.layers, adult, day):
        if any(held.parameter.enforcement in FOR_CHECKS for held in (*one.before, *one.after)):
            yield one


def _without_effect(after: PlannedProblem, other: OtherLaw) -> Iterator[str]:
    """A sentence on each changed value that no adult in the basic system would notice."""
    adult, day = _adult(after), after.law.first_day
    for name, _ in other.values:
        parameter = _parameter(after.layers, name)
        holds = provision(after.layers, parameter.topic.id, adult, day)
        said = parameter.values[0].value
        if holds is None or holds.value == said or not parameter.population.holds(adult, day):
            continue
        better = f"{plain(holds.value)} ({holds.citation}), the better for people, holds all the same"
        yield f"{plain(said)} for {parameter.label}: {better}. Change that one too to see what this would do."


def _parameter(layers: Sequence[Pack], name: str) -> Parameter:
    return next(pack.parameters[name] for pack in layers if name in pack.parameters)


def _adult(planned: PlannedProblem) -> LawSubject:
    """Somebody in the line of business of the place."""
    sectors = {subject.sector for subject in planned.law.people}
    return LawSubject(id="adult", sector=next(iter(sectors), ""))
