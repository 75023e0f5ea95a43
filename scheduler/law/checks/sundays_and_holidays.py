"""Sundays, Saturdays and public holidays: bans, how many are free, and the days off in return."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from scheduler.kernel.clock import days_between
from scheduler.law.checks.breach import breach, length, named
from scheduler.law.checks.school import in_banned_hours
from scheduler.law.findings import Finding, Severity
from scheduler.law.nominal_time import count_in
from scheduler.law.provisions import Provision
from scheduler.law.values import ClockWindow, Count, of_kind
from scheduler.law.work_record import WorkRecord

DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6
EVES = ((12, 24), (12, 31))
"""Month and day of the days whose afternoons young people have off (JArbSchG, s. 18(1))."""
WHOLE_DAY = ClockWindow(0, 1440)


def banned_days(record: WorkRecord) -> Iterator[Finding]:
    """Work on Sundays and public holidays, where it is forbidden."""
    for day in record.touched:
        for found in record.law.checked("holiday_ban", record.subject, day):
            if day.weekday() == SUNDAY or day in record.law.holidays(day, day + DAY):
                yield from _forbidden(record, found, day, of_kind(found.value, ClockWindow))


def banned_eves(record: WorkRecord) -> Iterator[Finding]:
    """Work of young people on public holidays, and on the afternoons of 24 and 31 December."""
    for day in record.touched:
        for found in record.law.checked("holiday_eve_ban", record.subject, day):
            if day in record.law.holidays(day, day + DAY):
                yield from _forbidden(record, found, day, WHOLE_DAY)
            elif (day.month, day.day) in EVES:
                yield from in_banned_hours(record, found, day)


def free_sundays_of_the_year(record: WorkRecord) -> Iterator[Finding]:
    """Years in which so many Sundays are worked that too few can be free any more."""
    for year in range(record.first_day.year, (record.end_day - DAY).year + 1):
        first, end = date(year, 1, 1), date(year + 1, 1, 1)
        yield from _too_few_free(record, "sunday_free_year", SUNDAY, first, end, f"of {year}")


def free_days_of_the_month(record: WorkRecord) -> Iterator[Finding]:
    """Months in which too few Sundays or Saturdays are free."""
    month = record.first_day.replace(day=1)
    while month < record.end_day:
        end = month + timedelta(days=monthrange(month.year, month.month)[1])
        when = f"of the month from {named(month)}"
        yield from _too_few_free(record, "sunday_free_month", SUNDAY, month, end, when)
        yield from _too_few_free(
            record, "saturday_free_month", SATURDAY, month, end, when, severity=Severity.WARNING
        )
        month = end


def days_off_in_return(record: WorkRecord) -> Iterator[Finding]:
    """Worked Sundays, and holidays on other days, without a day off of their own in time.

    Days after the last known work count as free; a day off is given in return for one day only.
    """
    taken: set[date] = set()
    worked = sorted(day for day in record.worked_on if day < record.end_day)
    holidays = (
        record.law.holidays(worked[0], worked[-1] + DAY) if worked and _gives_days(record) else frozenset()
    )
    for topic, days in (
        ("sunday_comp_within", [day for day in worked if day.weekday() == SUNDAY]),
        ("holiday_comp_within", [day for day in worked if day in holidays and day.weekday() != SUNDAY]),
    ):
        for day in days:
            for found in record.law.checked(topic, record.subject, day):
                first, end = _return_window(record, found, day)
                off = _day_off(record, first, end, taken)
                if off is not None:
                    taken.add(off)
                elif end > record.first_day:
                    yield breach(
                        record, found, record.worked_on[day], short_by=1, unit="days",
                        sentence=f"works on {named(day)} and has no day off in return from {named(first)} to "
                        f"{named(end - DAY)}.",
                        remedy=f"Give a day off by {named(end - DAY)}.",
                    )  # fmt: skip


def _gives_days(record: WorkRecord) -> bool:
    return "holiday_comp_within" in record.law.topics_checked


def _day_off(record: WorkRecord, first: date, end: date, taken: set[date]) -> date | None:
    """The first day without work from Monday to Saturday that is not given for another day yet."""
    return next(
        (
            day
            for day in days_between(first, end)
            if day.weekday() != SUNDAY and day not in record.worked_on and day not in taken
        ),
        None,
    )


def _return_window(record: WorkRecord, found: Provision, day: date) -> tuple[date, date]:
    """The civil days ``[first, end)`` among which a day off makes up for work on a day.

    Days count on either side of it (Kodeks pracy, art. 151(11)), weeks begin with it (ArbZG, s. 11(3)),
    months mean the settlement period.
    """
    within = of_kind(found.value, Count)
    if within.unit == "months":
        return record.settlement.period_of(day)
    if within.unit == "weeks":
        return day, day + timedelta(weeks=within.number)
    return day - timedelta(days=within.number), day + timedelta(days=within.number + 1)


def _forbidden(record: WorkRecord, found: Provision, day: date, window: ClockWindow) -> Iterator[Finding]:
    for span in record.worked_on[day]:
        inside = record.in_window(day, window, span)
        if inside and any(span is judged for _, judged in record.judged):
            yield breach(
                record, found, [span], short_by=inside,
                sentence=f"works {length(inside)} on {named(day)}, on which work is forbidden.",
                remedy="Move the shift to another day, or name the ground on which such days may be worked.",
            )  # fmt: skip


def _too_few_free(
    record: WorkRecord, topic: str, weekday: int, first: date, end: date, when: str,
    *, severity: Severity = Severity.ERROR,
) -> Iterator[Finding]:  # fmt: skip
    for found in record.law.checked(topic, record.subject, min(end, record.end_day) - DAY):
        days = [day for day in days_between(first, end) if day.weekday() == weekday]
        worked = [day for day in days if day in record.worked_on]
        free, due = len(days) - len(worked), count_in(found.value)
        if free < due and any(record.first_day <= day < record.end_day for day in worked):
            unit = of_kind(found.value, Count).unit
            yield breach(
                record, found, [record.worked_on[day][0] for day in worked],
                short_by=due - free, unit="days", severity=severity,
                sentence=f"works on {len(worked)} of the {len(days)} {unit} {when}; {due} stay free.",
                remedy=f"Leave {due - free} more of these {unit} free.",
            )  # fmt: skip
