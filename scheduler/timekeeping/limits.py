"""Hours of timesheets set beside the law and the breaks of shifts: remarks that name the article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from scheduler.kernel.clock import day_start, local_day, minutes_between, zone_named
from scheduler.law.agreements import own_packs
from scheduler.law.compliance import parameters
from scheduler.law.findings import Finding
from scheduler.organisation.locations import find_location
from scheduler.timekeeping.attendance import Scheduled, Tolerances, rests_of, shift_facts
from scheduler.timekeeping.compliance import worked_report
from scheduler.timekeeping.derive import MARGIN, shifts_of
from scheduler.timekeeping.exceptions import BY_LAW, ExceptionCode, TimeException
from scheduler.timekeeping.models import Timesheet
from scheduler.timekeeping.pairing import Worked, joined
from scheduler.timekeeping.time_settings import time_settings
from scheduler.timekeeping.timesheets import contents, exceptions_of

FAMILIES: Mapping[ExceptionCode, frozenset[str]] = {
    ExceptionCode.SHORT_BREAK: frozenset({
        "break", "rest_break", "unbroken_work_max", "break_block_min", "meal_first_latest",
        "meal_second_latest",
    }),
    ExceptionCode.OVER_DAY: frozenset({
        "day_max", "hazardous_night_max", "school_day_max", "day_span_max", "workday_avg_max",
    }),
    ExceptionCode.OVER_WEEK: frozenset({
        "week_max", "week_max_avg", "norm_week_avg", "school_week_max", "light_work_week_max",
        "night_avg_max", "night_week_avg_max", "overtime_year_cap",
    }),
    ExceptionCode.SHORT_REST: frozenset({
        "daily_rest", "weekly_rest", "weekly_rest_with_sunday", "rest_between", "rest_after_long_day",
        "rest_after_days", "rest_as_worked",
    }),
}  # fmt: skip
"""By topic what a finding is about; what is in none of them is `ExceptionCode.OVER_LIMIT`."""


def check_limits(session: Session, sheets: Sequence[Timesheet]) -> None:
    """Timesheets with a remark on all that the law of their place forbids, and on breaks that are missing.

    The employees must be held. What was remarked before and is not so any more is gone; work that other
    timesheets of the same people hold counts, as averages and rests need it.
    """
    alike: dict[tuple[UUID, date, date], list[Timesheet]] = defaultdict(list)
    for sheet in sheets:
        alike[sheet.location_id, sheet.starts_on, sheet.ends_on].append(sheet)
    for same in alike.values():
        _check_alike(session, same)


def _check_alike(session: Session, sheets: Sequence[Timesheet]) -> None:
    first = sheets[0]
    zone = zone_named(find_location(session, first.location_id).zone)
    settings = time_settings(session)
    ids = [sheet.employee_id for sheet in sheets]
    report = worked_report(session, first.location_id, first.starts_on, first.ends_on, only=ids)
    topics = {key: one.topic.id for key, one in parameters(own_packs(session)).items()}
    findings: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        findings[finding.employee or ""].append(finding)
    start, end = (day_start(day, zone) for day in (first.starts_on - MARGIN, first.ends_on + MARGIN))
    shifts = shifts_of(session, ids, start, end, settings.zones)
    for sheet in sheets:
        spans = joined(contents(sheet).worked)
        by_law = list(_by_law(findings[str(sheet.employee_id)], sheet, spans, topics, zone))
        at = {each.at for each in by_law if each.code in (ExceptionCode.SHORT_BREAK, ExceptionCode.NO_BREAK)}
        allowed = settings.tolerances_at(sheet.location_id)
        by_shift = (
            each
            for each in _by_shift(spans, shifts.get(sheet.employee_id, ()), allowed)
            if each.at not in at and sheet.starts_on <= each.day < sheet.ends_on
        )
        kept = (each for each in exceptions_of(sheet) if each.code not in BY_LAW)
        every = sorted((*kept, *by_law, *by_shift), key=lambda each: (each.at, each.code))
        written = [each.to_json() for each in every]
        if written != sheet.exceptions:
            sheet.exceptions = written
        sheet.limits_checked_revision = sheet.revision


def _by_law(
    findings: Iterable[Finding],
    sheet: Timesheet,
    spans: Sequence[Worked],
    topics: Mapping[str, str],
    zone: ZoneInfo,
) -> Iterator[TimeException]:
    """One remark for all findings of one kind about one span of work."""
    together: dict[tuple[datetime, ExceptionCode], list[Finding]] = defaultdict(list)
    for finding in findings:
        at = _at(finding, sheet, zone)
        topic = topics.get(finding.parameter, "")
        code = next((one for one, among in FAMILIES.items() if topic in among), ExceptionCode.OVER_LIMIT)
        if code is ExceptionCode.SHORT_BREAK:
            span = next((one for one in spans if one.as_punched.starts_at == at), None)
            if span is not None and not span.as_punched.breaks:
                code = ExceptionCode.NO_BREAK
        together[at, code].append(finding)
    for (at, code), about in together.items():
        told = [_told(finding) for finding in about]
        yield TimeException(code, local_day(at, zone), at, facts={"findings": told})


def _at(finding: Finding, sheet: Timesheet, zone: ZoneInfo) -> datetime:
    """The start of the last work it is about in the days of the timesheet; else their own start."""
    starts = [
        start for start, _ in finding.spans if sheet.starts_on <= local_day(start, zone) < sheet.ends_on
    ]
    return max(starts, default=day_start(sheet.starts_on, zone))


def _told(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "citation": finding.citation,
        "sentence": finding.sentence,
        "remedy": finding.remedy,
        "short_by": finding.short_by,
        "unit": finding.unit,
    }


def _by_shift(
    spans: Sequence[Worked], shifts: Sequence[Scheduled], allowed: Tolerances
) -> Iterator[TimeException]:
    """Breaks of a published shift that were not taken, by whoever worked half of it or more."""
    for shift in shifts:
        mine = [span for span in spans if _meets(span, shift)]
        others = (other for other in shifts if other is not shift)
        alone = not any(_meets(span, other) for other in others for span in mine)
        if not mine or not shift.break_minutes or not alone:
            continue
        taken = sum(minutes_between(*rest) for rest in rests_of(mine))
        half = minutes_between(shift.starts_at, shift.ends_at) // 2
        worked_half = sum(span.worked_minutes for span in mine) >= half
        if worked_half and shift.break_minutes - taken > allowed.break_minutes:
            code = ExceptionCode.SHORT_BREAK if taken else ExceptionCode.NO_BREAK
            facts = shift_facts(shift) | {"minutes": taken, "planned_minutes": shift.break_minutes}
            yield TimeException(code, shift.day, mine[0].as_punched.starts_at, facts=facts)


def _meets(span: Worked, shift: Scheduled) -> bool:
    return span.starts_at < shift.ends_at and shift.starts_at < span.ends_at
