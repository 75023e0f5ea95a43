"""Whether worked time kept the law: the same rules as of rosters, on punched or derived work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from scheduler.law.compile import rules_for
from scheduler.law.compliance import ComplianceReport, JudgedUnder, check
from scheduler.law.pack import NO_BOUND, Pack, Parameter
from scheduler.law.settlement import Settlement
from scheduler.law.subject import LawSubject
from scheduler.law.work_record import WorkSpan
from scheduler.law.worked_problem import problem_of
from solver.rules.breaks import Breaks


def check_worked(
    jurisdiction: str,
    worked: Mapping[str, Sequence[WorkSpan]],
    *,
    people: Sequence[LawSubject],
    zone: ZoneInfo,
    first_day: date,
    end_day: date,
    settlement: Settlement | None = None,
    names: Mapping[str, str] | None = None,
    school_on: Mapping[str, frozenset[date]] | None = None,
    own: Sequence[Pack] = (),
    as_planned: bool = False,
    paid_breaks_known: bool = True,
) -> ComplianceReport:
    """Judge work by the law of its place, with what came close to breaking it.

    Norms of planned time (in Poland 8 h and 40 h on average) are rules of schedules: worked beyond them is
    overtime and no breach, so they are not judged on worked time.

    Parameters
    ----------
    jurisdiction
        Id of a pack; a place without one gives a report that says it was not checked.
    worked
        Spans of work by person, with those before the judged days as far back as averages reach.
    people
        Everybody who is judged, as the law asks about them.
    zone
        Time zone of the place.
    first_day, end_day
        Civil days that are judged, half-open: work that starts in them.
    settlement
        Settlement periods of the employer; None takes calendar months.
    names
        Of people, by id.
    school_on
        Days of school by person, where they are known.
    own
        The organisation's own packs.
    as_planned
        Whether the spans are those of a schedule, which keeps the norms of planned time too.
    paid_breaks_known
        Whether paid breaks are among the pauses; else nothing is said about them, and a note says so.

    Examples
    --------
    >>> from datetime import datetime
    >>> warsaw = ZoneInfo("Europe/Warsaw")
    >>> evening = [datetime(2026, 1, 12, hour, tzinfo=warsaw) for hour in (14, 22)]
    >>> morning = [datetime(2026, 1, 13, hour, tzinfo=warsaw) for hour in (8, 11)]
    >>> late, early = (WorkSpan(start=start, end=end) for start, end in (evening, morning))
    >>> report = check_worked(
    ...     "pl", {"ann": [late, early]}, people=[LawSubject(id="ann")], zone=warsaw,
    ...     first_day=date(2026, 1, 12), end_day=date(2026, 1, 19),
    ... )
    >>> [(one.code, one.short_by) for one in report.findings if one.code == "PL.DAILY_REST_11H"]
    [('PL.DAILY_REST_11H', 60)]
    """
    law = rules_for(jurisdiction, first_day, end_day, employees=people, settlement=settlement, own=own)
    spans = {
        person.id: sorted(worked.get(person.id, ()), key=lambda span: (span.start, span.end))
        for person in people
    }
    under = JudgedUnder(
        jurisdiction, tuple(people), first_day, end_day, settlement, school_on or {}, worked=spans
    )
    known = {one.id: one for pack in under.layers(own) for one in pack.parameters.values()}
    overtime_of_days = any(one.topic.id == "overtime_day_from" for one in known.values())
    rules = [
        rule
        for rule in law.rules
        if as_planned or not _of_schedules(known[rule.name], overtime_of_days=overtime_of_days)
    ]
    notes = law.notes
    if not paid_breaks_known:
        told = [rule for rule in rules if not (isinstance(rule, Breaks) and rule.paid_only)]
        notes = (*notes, PAID_BREAKS_UNKNOWN) if len(told) < len(rules) else notes
        rules = told
    problem, roster = problem_of(
        spans, rules, zone=zone, first_day=first_day, end_day=end_day,
        history_from=law.history_from, names=names or {},
    )  # fmt: skip
    return check(problem, roster, notes=notes, own=own, under=under)


PAID_BREAKS_UNKNOWN = "Paid breaks are not on record: whether they were given was not checked."

OF_SCHEDULES = frozenset({"norm_week_avg", "days_off", "workday"})
"""Topics that speak of schedules: what is worked beyond them is overtime."""


def _of_schedules(parameter: Parameter, *, overtime_of_days: bool) -> bool:
    """Whether a rule limits schedules only: also the adults' day where law counts overtime by the day."""
    if parameter.topic.id == "day_max" and overtime_of_days:
        return parameter.population.age_below == NO_BOUND
    return parameter.topic.id in OF_SCHEDULES
