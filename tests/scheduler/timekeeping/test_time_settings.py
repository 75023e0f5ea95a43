"""What a location chooses about its time: from when it holds, what it changes, and what it never changes."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.organisation.models import DayRule, Location
from scheduler.rosters.models import VersionState
from scheduler.timekeeping.attendance import USUAL, Tolerances
from scheduler.timekeeping.day_rules import DatedRule
from scheduler.timekeeping.models import Timesheet, TimesheetState
from scheduler.timekeeping.rounding import DatedPolicy
from scheduler.timekeeping.set_day_rule import (
    day_rule_of_law,
    list_day_rules,
    remove_day_rule,
    set_day_rule,
)
from scheduler.timekeeping.set_rounding import list_roundings, remove_rounding, set_rounding
from scheduler.timekeeping.set_tolerances import set_tolerances, tolerances_at
from scheduler.timekeeping.timesheets import contents
from tests.scheduler.timekeeping.clock_company import MANAGER, ClockCompany, codes, hours, punch, timesheet
from tests.scheduler.timekeeping.test_attendance import store_published_week

MONDAY = date(2026, 11, 16)
NEXT = date(2026, 11, 23)
SUNDAY_NIGHT = ("2026-11-22 22:00 in", "2026-11-23 06:00 out")


def of_week(session: Session, who: Any, day: str) -> dict[str, int]:
    return hours(timesheet(session, who, day))


def choose(session: Session, clocked: ClockCompany, rule: str, day: date = MONDAY, minute: int = 0) -> None:
    set_day_rule(session, clocked.location_id, DatedRule(day, DayRule(rule), minute), actor=MANAGER)


def in_america(session: Session, clocked: ClockCompany) -> None:
    session.get_one(Location, clocked.location_id).jurisdiction = "us"


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("start", {"2026-11-22": 480}, {}),
        ("end", {}, {"2026-11-23": 480}),
        ("most", {}, {"2026-11-23": 480}),
        ("midnight", {"2026-11-22": 120}, {"2026-11-23": 360}),
        ("doba", {"2026-11-22": 480}, {}),
    ],
)
def test_a_night_over_the_edge_of_two_periods_is_in_them_as_the_rule_says(
    tenant_session: Session, clocked: ClockCompany, rule: str, before: dict[str, int], after: dict[str, int]
):
    session, ann = tenant_session, clocked.ann
    choose(session, clocked, rule)
    punch(session, ann, *SUNDAY_NIGHT)
    assert of_week(session, ann, "2026-11-16") == before
    assert of_week(session, ann, "2026-11-23") == after


@pytest.mark.parametrize("rule", list(DayRule))
def test_time_punched_before_the_rule_was_chosen_follows_it_too(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany, rule: DayRule
):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    punch(session, ann, *SUNDAY_NIGHT, "2026-11-23 14:00 in", "2026-11-23 22:00 out")
    choose(session, clocked_sqlite, rule)
    once = [of_week(session, ann, day) for day in ("2026-11-16", "2026-11-23")]
    remove_day_rule(session, clocked_sqlite.location_id, MONDAY, actor=MANAGER)
    assert of_week(session, ann, "2026-11-16") == {"2026-11-22": 480}
    choose(session, clocked_sqlite, rule)
    assert [of_week(session, ann, day) for day in ("2026-11-16", "2026-11-23")] == once
    assert sum(sum(week.values()) for week in once) == 960


def test_work_before_the_hour_of_a_workday_counts_for_a_week_without_a_timesheet_too(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    choose(session, clocked_sqlite, "workday", minute=240)
    punch(session, ann, "2026-11-23 01:00 in", "2026-11-23 03:00 out")
    assert of_week(session, ann, "2026-11-16") == {"2026-11-22": 120}


def test_a_doba_goes_on_over_the_edge_of_two_periods(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    """Ten days without one day off: the day of each hour depends on the work of the day before."""
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    choose(session, clocked_sqlite, "doba", date(2026, 11, 9))
    for day in range(12, 22):
        punch(session, ann, f"2026-11-{day} {25 - day:02}:00 in", f"2026-11-{day} 20:00 out")
    weeks = [of_week(session, ann, day) for day in ("2026-11-09", "2026-11-16")]
    worked = sum(20 - (25 - day) for day in range(12, 22)) * 60
    assert sum(sum(week.values()) for week in weeks) == worked
    assert not weeks[0].keys() & weeks[1].keys()


def test_a_rule_never_touches_closed_time_and_begins_with_a_period(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    punch(session, ann, *SUNDAY_NIGHT)
    closed = timesheet(session, ann, "2026-11-16")
    closed.state = TimesheetState.CLOSED
    session.flush()
    with pytest.raises(SchedulerError) as refused:
        choose(session, clocked_sqlite, "end")
    assert (refused.value.code, refused.value.facts["open_from"]) == ("time_is_closed", "2026-11-23")
    with pytest.raises(InvalidInput) as middle:
        choose(session, clocked_sqlite, "end", date(2026, 11, 25))
    assert middle.value.errors[0].hint == "a first day, such as 2026-11-23 or 2026-11-30"
    assert list_day_rules(session, clocked_sqlite.location_id) == []
    for rule in DayRule:
        choose(session, clocked_sqlite, rule, NEXT)
        assert of_week(session, ann, "2026-11-16") == {"2026-11-22": 480}, rule
        assert not timesheet(session, ann, "2026-11-16").changed_after_close, rule
        assert of_week(session, ann, "2026-11-23") == {}, rule


def test_a_minute_means_something_for_workdays_alone(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    for rule, minute in (("midnight", 240), ("workday", 1440), ("workday", -1)):
        with pytest.raises(InvalidInput) as refused:
            choose(sqlite_tenant_session, clocked_sqlite, rule, minute=minute)
        assert refused.value.errors[0].field == "workday_starts_minute"


def test_a_rule_that_is_not_there_cannot_be_removed(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    for remove in (remove_day_rule, remove_rounding):
        with pytest.raises(SchedulerError) as refused:
            remove(sqlite_tenant_session, clocked_sqlite.location_id, MONDAY, actor=MANAGER)
        assert refused.value.code == "time_setting_not_found"


def test_the_law_of_the_place_says_how_it_counts_days(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    place = sqlite_tenant_session.get_one(Location, clocked_sqlite.location_id)
    told = {}
    for place.jurisdiction in ("pl", "us-ca", "ph", "gb"):
        found = day_rule_of_law(sqlite_tenant_session, place.id, MONDAY)
        told[place.jurisdiction] = found and (found[0].value, found[1].citation)
    assert told == {
        "pl": ("doba", "Kodeks pracy, art. 128 par. 3 pkt 1"),
        "us-ca": ("workday", "Cal. Lab. Code 500(a)"),
        "ph": ("start", "Labor Code, art. 83"),
        "gb": None,
    }


def test_rounded_time_counts_and_what_was_punched_is_kept(tenant_session: Session, clocked: ClockCompany):
    session, ann = tenant_session, clocked.ann
    in_america(session, clocked)
    punch(session, ann, "2026-11-16 08:07 in", "2026-11-16 16:08 out")
    set_rounding(session, clocked.location_id, DatedPolicy(MONDAY, "nearest_15"), actor=MANAGER)
    (span,) = contents(timesheet(session, ann)).worked
    assert (span.worked_minutes, span.as_punched.worked_minutes) == (495, 481)
    session.expire_all()
    assert contents(timesheet(session, ann)).worked == (span,)
    remove_rounding(session, clocked.location_id, MONDAY, actor=MANAGER)
    (exact,) = contents(timesheet(session, ann)).worked
    assert (exact.worked_minutes, exact.exact) == (481, None)
    noted = select(AuditEntry.action).where(AuditEntry.action.startswith("location.rounding"))
    assert session.scalars(noted).all() == ["location.rounding", "location.rounding_removed"]


@pytest.mark.parametrize(
    ("jurisdiction", "article"),
    [
        ("us-ca", "Camp v. Home Depot (2022) 84 Cal.App.5th 638"),
        ("pl", "Judgment in case C-55/18"),
        ("gb", "WTR 1998, reg. 9"),
        ("ph", "no law known here allows any rounding"),
        ("xx", "no law known here allows any rounding"),
    ],
)
def test_rounding_is_refused_with_the_article_where_the_law_forbids_it(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany, jurisdiction: str, article: str
):
    session, place = sqlite_tenant_session, clocked_sqlite.location_id
    session.get_one(Location, place).jurisdiction = jurisdiction
    for policy in ("nearest_5", "nearest_15", "grace_7"):
        with pytest.raises(SchedulerError) as refused:
            set_rounding(session, place, DatedPolicy(MONDAY, policy), actor=MANAGER)
        assert (refused.value.code, refused.value.facts["article"]) == ("rounding_not_allowed", article)
    assert set_rounding(session, place, DatedPolicy(MONDAY, "exact"), actor=MANAGER).policy == "exact"


def test_an_unknown_policy_is_named(sqlite_tenant_session: Session, clocked_sqlite: ClockCompany):
    with pytest.raises(InvalidInput) as refused:
        set_rounding(
            sqlite_tenant_session, clocked_sqlite.location_id, DatedPolicy(MONDAY, "down_15"), actor=MANAGER
        )
    assert refused.value.errors[0].hint.startswith("one of exact, nearest_5")
    assert list_roundings(sqlite_tenant_session, clocked_sqlite.location_id) == []


def test_rounding_begins_with_a_period_that_is_not_closed(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    in_america(session, clocked_sqlite)
    punch(session, ann, "2026-11-16 08:07 in", "2026-11-16 16:08 out")
    timesheet(session, ann).state = TimesheetState.CLOSED
    session.flush()
    with pytest.raises(SchedulerError) as refused:
        set_rounding(session, clocked_sqlite.location_id, DatedPolicy(MONDAY, "nearest_15"), actor=MANAGER)
    assert refused.value.code == "time_is_closed"
    set_rounding(session, clocked_sqlite.location_id, DatedPolicy(NEXT, "nearest_15"), actor=MANAGER)
    punch(session, ann, "2026-11-23 08:07 in", "2026-11-23 16:08 out")
    assert of_week(session, ann, "2026-11-16") == {"2026-11-16": 481}
    assert of_week(session, ann, "2026-11-23") == {"2026-11-23": 495}


def test_remarks_follow_new_tolerances_at_once(sqlite_tenant_session: Session, clocked_sqlite: ClockCompany):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    store_published_week(session, clocked_sqlite, VersionState.PUBLISHED)
    punch(session, ann, "2026-11-16 08:10 in", "2026-11-16 16:00 out")
    assert codes(timesheet(session, ann)) == ["late_in"]
    assert tolerances_at(session, clocked_sqlite.location_id) == USUAL
    for minutes, expected in ((10, []), (9, ["late_in"])):
        new = Tolerances(late_in_minutes=minutes)
        set_tolerances(session, clocked_sqlite.location_id, new, actor=MANAGER)
        assert tolerances_at(session, clocked_sqlite.location_id) == new
        assert codes(timesheet(session, ann)) == expected


@pytest.mark.parametrize(
    ("bad", "fields"),
    [
        ({"late_in_minutes": -1, "break_minutes": 1441}, ["late_in_minutes", "break_minutes"]),
        ({"not_here_minutes": 30, "no_show_minutes": 29}, ["no_show_minutes"]),
    ],
)
def test_tolerances_that_cannot_be_are_named_and_nothing_is_kept(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany, bad: dict[str, int], fields: list[str]
):
    with pytest.raises(InvalidInput) as refused:
        set_tolerances(sqlite_tenant_session, clocked_sqlite.location_id, Tolerances(**bad), actor=MANAGER)
    assert [error.field for error in refused.value.errors] == fields
    assert tolerances_at(sqlite_tenant_session, clocked_sqlite.location_id) == USUAL


def test_no_timesheet_of_one_person_shares_a_minute_with_another(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    """Rules that follow one another over several periods: the minutes stay, each in one timesheet."""
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    nights = [(f"2026-11-{day:02} 21:00 in", f"2026-11-{day + 1:02} 05:00 out") for day in range(8, 23)]
    for night in nights:
        punch(session, ann, *night)
    for rule, day in (("end", date(2026, 11, 9)), ("midnight", MONDAY), ("start", NEXT)):
        choose(session, clocked_sqlite, rule, day)
    spans = sorted(
        (span.starts_at, span.ends_at)
        for sheet in session.scalars(select(Timesheet))
        for span in contents(sheet).worked
    )
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert sum((end - start).total_seconds() for start, end in spans) == len(nights) * 8 * 3600
