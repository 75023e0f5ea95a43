"""All checks of a person's work that no roster is solved by, and the topics each of them is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scheduler.law.checks.averages import averages_with_leave, night_averages
from scheduler.law.checks.breaks_taken import late_meals, missing_rests, short_blocks, unbroken_work
from scheduler.law.checks.long_days import day_spans, free_days, rest_after_long_days
from scheduler.law.checks.school import (
    evenings_before_school,
    evenings_out_of_summer,
    school_days,
    school_weeks,
)
from scheduler.law.checks.sundays_and_holidays import (
    banned_days,
    banned_eves,
    days_off_in_return,
    free_days_of_the_month,
    free_sundays_of_the_year,
)
from scheduler.law.findings import Finding
from scheduler.law.work_record import WorkRecord

Check = Callable[[WorkRecord], Iterator[Finding]]

BY_TOPIC: tuple[tuple[tuple[str, ...], Check], ...] = (
    (("unbroken_work_max",), unbroken_work),
    (("break_block_min",), short_blocks),
    (("meal_first_latest", "meal_second_latest"), late_meals),
    (("rest_break",), missing_rests),
    (("day_span_max",), day_spans),
    (("rest_after_long_day",), rest_after_long_days),
    (("free_days_per_week",), free_days),
    (("school_day_max",), school_days),
    (("school_week_max",), school_weeks),
    (("school_ban",), evenings_before_school),
    (("evening_ban",), evenings_out_of_summer),
    (("holiday_ban",), banned_days),
    (("holiday_eve_ban",), banned_eves),
    (("sunday_free_year",), free_sundays_of_the_year),
    (("sunday_free_month", "saturday_free_month"), free_days_of_the_month),
    (("sunday_comp_within", "holiday_comp_within"), days_off_in_return),
    (("night_avg_max", "night_week_avg_max"), night_averages),
)


def findings_of(record: WorkRecord) -> list[Finding]:
    """Every breach in a person's work of rules that no roster is solved by."""
    wanted = record.law.topics_checked
    found = [
        finding for topics, check in BY_TOPIC if wanted.intersection(topics) for finding in check(record)
    ]
    return [*found, *averages_with_leave(record)]
