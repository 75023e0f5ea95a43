"""Whether a roster keeps the law it was made under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from scheduler.law.checks.every import findings_of
from scheduler.law.findings import Finding, Severity
from scheduler.law.library import layers_of, packs
from scheduler.law.margins import CloseCall, close_calls
from scheduler.law.pack import Pack, Parameter
from scheduler.law.sentences import Speaker
from scheduler.law.settlement import Settlement
from scheduler.law.subject import LawSubject
from scheduler.law.work_record import Law, WorkSpan, record_of
from scheduler.law.worked_problem import spans_of
from solver.problem import Problem
from solver.rules.rule import Rule
from solver.violation import Violation
from solver.work import Roster

NOT_CHECKED = "No rule of law was compiled for this roster: it was not checked against the law of its place."


@dataclass(frozen=True, slots=True)
class JudgedUnder:
    """Under which law whose work is judged, beyond the rules that a roster is solved by.

    Parameters
    ----------
    jurisdiction
        Id of a pack.
    people
        As the law asks about them.
    first_day, end_day
        Civil days that are judged, half-open.
    settlement
        Settlement periods of the employer; None takes calendar months.
    school_on
        Days of school by person, where they are known.
    worked
        All known work of each person by start, where it is at hand; None reads it from problem and roster.
    """

    jurisdiction: str
    people: tuple[LawSubject, ...]
    first_day: date
    end_day: date
    settlement: Settlement | None = None
    school_on: Mapping[str, frozenset[date]] = field(default_factory=dict)
    worked: Mapping[str, Sequence[WorkSpan]] | None = None

    def layers(self, own: Sequence[Pack] = ()) -> tuple[Pack, ...]:
        """The packs that hold, nearest first."""
        return layers_of(self.jurisdiction, own)


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplianceReport:
    """What a check of a roster against the law found.

    Parameters
    ----------
    checked
        Whether there was any rule of law to check it against.
    findings
        Every breach, by person and time.
    packs
        Version and hash of the packs whose rules were checked, by id.
    notes
        Plain sentences about what was assumed and what was not checked.
    close
        What is kept with little to spare, by person.
    """

    checked: bool
    findings: tuple[Finding, ...]
    packs: dict[str, str]
    notes: tuple[str, ...]
    close: tuple[CloseCall, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether it was checked and nothing was found; a roster nobody checked is not clean."""
        return self.checked and not self.findings

    def as_dict(self) -> dict[str, object]:
        """Plain JSON values."""
        return {
            "clean": self.clean,
            "checked": self.checked,
            "findings": [finding.as_dict() for finding in self.findings],
            "packs": dict(self.packs),
            "notes": list(self.notes),
            "close": [call.as_dict() for call in self.close],
        }


def check(
    problem: Problem,
    roster: Roster,
    *,
    notes: Sequence[str] = (),
    own: Sequence[Pack] = (),
    under: JudgedUnder | None = None,
) -> ComplianceReport:
    """Judge a roster by the rules of law of its problem, in their plain reading, and by those beyond them.

    Parameters
    ----------
    problem
        The problem with the rules that `scheduler.law.compile.rules_for` gave; other rules are left aside.
    roster
        Any roster of its employees.
    notes
        Those of the compiled law, to be handed on.
    own
        The organisation's own packs whose rules the problem may have.
    under
        The law and the people, to check the rules too that no roster is solved by (school, meals, days off
        in return); without it those are not checked.

    Raises
    ------
    ValueError
        If the roster names somebody who is not in the problem.
    """
    strangers = sorted({work.employee for work in roster} - problem.employee_by_id.keys())
    if strangers:
        raise ValueError(f"not in the problem: {', '.join(strangers)}")
    every = [*packs().values(), *own]
    known = parameters(own)
    rules = [rule for rule in problem.rules if rule.name in known]
    speaker = Speaker(problem, roster, ZoneInfo(problem.zone or "UTC"))
    findings = [
        _finding(speaker, rule, known[rule.name], violation)
        for rule in rules
        for violation in rule.check(problem, roster)
    ]
    beyond = [] if under is None else _beyond(problem, roster, under, own)
    findings += beyond
    used = {rule.name.partition(".")[0] for rule in rules}
    used |= {finding.parameter.partition(".")[0] for finding in beyond}
    close = close_calls(problem, roster, rules, known)
    return ComplianceReport(
        checked=bool(rules) or (under is not None and bool(under.layers(own))),
        findings=tuple(sorted(_once(findings), key=_order)),
        packs={pack.id: pack.fingerprint for pack in every if pack.id in used},
        notes=tuple(notes) or (() if rules else (NOT_CHECKED,)),
        close=tuple(sorted(close, key=lambda call: (call.employee or "", call.parameter, call.left))),
    )


def _beyond(problem: Problem, roster: Roster, under: JudgedUnder, own: Sequence[Pack]) -> list[Finding]:
    """Breaches of the rules that no roster is solved by, person by person."""
    law, zone = Law(under.layers(own)), ZoneInfo(problem.zone or "UTC")
    spans = spans_of(problem, roster) if under.worked is None else under.worked
    found: list[Finding] = []
    for subject in under.people:
        person = problem.employee_by_id.get(subject.id)
        if person is None:
            continue
        record = record_of(law, subject, spans[subject.id], zone, under.first_day, under.end_day)
        record = replace(record, name=person.name, school_on=under.school_on.get(subject.id))
        if under.settlement is not None:
            record = replace(record, settlement=under.settlement)
        found += findings_of(record)
    return found


def parameters(own: Sequence[Pack] = ()) -> dict[str, Parameter]:
    """Every parameter of every pack that ships, and of the organisation's own, by id."""
    loaded = (*packs().values(), *own)
    every = (parameter for pack in loaded for parameter in pack.parameters.values())
    return {parameter.id: parameter for parameter in every}


def _finding(speaker: Speaker, rule: Rule, parameter: Parameter, violation: Violation) -> Finding:
    problem = speaker.problem
    words = speaker.words(rule, violation)
    person = problem.employee_by_id.get(violation.employee or "")
    last = max((span.start for span in violation.spans), default=problem.start)
    on = date.fromisoformat(problem.calendar.date(problem.calendar.index(last)))
    return Finding(
        code=parameter.code.format(minutes=violation.facts.get("required")),
        parameter=parameter.id,
        severity=Severity.ERROR,
        employee=violation.employee,
        employee_name=(person.name or person.id) if person else "",
        spans=tuple((problem.at(span.start), problem.at(span.end)) for span in violation.spans),
        shifts=violation.shifts,
        short_by=violation.short_by,
        unit=violation.unit,
        citation=violation.citation,
        status=parameter.on(on).status,
        sentence=words.sentence,
        remedy=words.remedy,
    )


def _once(findings: Sequence[Finding]) -> list[Finding]:
    """Of several findings of one rule about the same work, such as steps of breaks, the gravest."""
    gravest: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        key = (finding.parameter, finding.employee, finding.spans)
        if key not in gravest or gravest[key].short_by < finding.short_by:
            gravest[key] = finding
    return list(gravest.values())


def _order(finding: Finding) -> tuple[str, str, str]:
    start = finding.spans[0][0].isoformat() if finding.spans else ""
    return (finding.employee or "", start, finding.code)
