from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from scheduler.kernel.ids import new_id
from scheduler.rosters.models import CalendarEntry, Roster, RosterVersion, Shift, VersionState
from scheduler.timekeeping.approve import approve
from scheduler.timekeeping.attendance import USUAL, Scheduled, Tolerances, remarks
from scheduler.timekeeping.pairing import pair
from scheduler.timekeeping.refresh import refresh_location
from scheduler.timekeeping.timesheets import exceptions_of
from tests.scheduler.timekeeping.clock_company import MANAGER, at, codes, punch, timesheet
from tests.scheduler.timekeeping.test_pairing import clockings

SHIFT = Scheduled(UUID(int=9), date(2026, 11, 16), at("2026-11-16 08:00"), at("2026-11-16 16:00"))
LATER = datetime(2026, 12, 1, tzinfo=UTC)
MADE = datetime(2026, 11, 1, 8, tzinfo=UTC)


def found(
    lines: str, *shifts: Scheduled, as_of: datetime = LATER, tolerances: Tolerances = USUAL
) -> list[tuple[str, int | None]]:
    paired = pair(clockings(lines), as_of=as_of)
    told = remarks(paired, shifts, as_of=as_of, tolerances=tolerances)
    return [(each.code.value, each.facts.get("minutes")) for each in told]


@pytest.mark.parametrize(
    ("came", "left", "expected"),
    [
        ("08:00", "16:00", []),
        ("07:45", "16:15", []),
        ("07:44", "16:16", [("early_in", 16), ("late_out", 16)]),
        ("08:05", "15:55", []),
        ("08:06", "15:54", [("late_in", 6), ("early_out", 6)]),
        ("17:00", "19:00", [("no_show", None), ("unscheduled", None)]),
        ("16:00", "19:00", [("no_show", None), ("unscheduled", None)]),
    ],
)
def test_worked_time_is_set_beside_the_shift(came, left, expected):
    assert found(f"2026-11-16 {came} in\n2026-11-16 {left} out", SHIFT) == expected


def test_a_long_lunch_between_two_spans_is_neither_late_nor_early():
    lines = "2026-11-16 08:00 in\n2026-11-16 11:00 out\n2026-11-16 12:00 in\n2026-11-16 16:00 out"
    assert found(lines, SHIFT) == []


def test_a_shift_without_punches_is_a_no_show_once_it_is_over():
    assert found("", SHIFT) == [("no_show", None)]


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(15, []), (16, [("not_here_yet", None)]), (120, [("not_here_yet", None)]), (121, [("no_show", None)])],
)
def test_who_has_not_come_is_not_here_yet_before_it_is_a_no_show(minutes, expected):
    assert found("", SHIFT, as_of=SHIFT.starts_at + timedelta(minutes=minutes)) == expected


def test_a_short_shift_that_is_over_is_a_no_show_whatever_the_tolerance():
    short = replace(SHIFT, ends_at=SHIFT.starts_at + timedelta(minutes=30))
    assert found("", short, as_of=short.ends_at) == [("no_show", None)]


def test_tolerances_of_the_place_decide_what_is_a_remark():
    strict = Tolerances(0, 0, 0, 0, 0, 0, 0)
    lines = "2026-11-16 08:01 in\n2026-11-16 15:59 out"
    assert found(lines, SHIFT, tolerances=strict) == [("late_in", 1), ("early_out", 1)]
    assert found("", SHIFT, tolerances=strict, as_of=SHIFT.starts_at) == []
    lax = Tolerances(late_in_minutes=60, early_out_minutes=60)
    assert found("2026-11-16 09:00 in\n2026-11-16 15:00 out", SHIFT, tolerances=lax) == []


@pytest.mark.parametrize(
    ("planned", "back", "expected"),
    [
        (30, "12:35", []),
        (30, "12:36", [("long_break", 36)]),
        (0, "12:10", [("long_break", 10)]),
        (None, "15:00", []),
    ],
)
def test_breaks_are_set_beside_those_of_the_shift(planned, back, expected):
    lines = f"2026-11-16 08:00 in\n2026-11-16 12:00 break\n2026-11-16 {back} back\n2026-11-16 16:00 out"
    assert found(lines, replace(SHIFT, break_minutes=planned)) == expected


def test_time_off_between_two_spans_of_a_shift_counts_as_break():
    lines = "2026-11-16 08:00 in\n2026-11-16 11:00 out\n2026-11-16 12:00 in\n2026-11-16 16:00 out"
    assert found(lines, replace(SHIFT, break_minutes=30)) == [("long_break", 60)]


def test_two_shifts_worked_in_one_go_are_neither_early_nor_late_where_they_meet():
    noon = at("2026-11-16 12:00")
    first, second = replace(SHIFT, ends_at=noon), replace(SHIFT, starts_at=noon)
    assert found("2026-11-16 08:00 in\n2026-11-16 16:00 out", first, second) == []
    assert found("2026-11-16 07:30 in\n2026-11-16 16:30 out", first, second) == [
        ("early_in", 30),
        ("late_out", 30),
    ]


def test_work_that_a_transfer_parts_is_neither_late_nor_unscheduled_in_its_second_part():
    lines = "2026-11-16 08:00 in\n2026-11-16 12:00 move\n2026-11-16 16:00 out"
    assert found(lines, SHIFT) == []


def test_nothing_is_said_of_a_day_whose_hours_are_not_known():
    assert found("2026-11-16 08:30 in", SHIFT) == []


def test_work_without_any_shift_is_unscheduled():
    assert found("2026-11-17 08:00 in\n2026-11-17 16:00 out", SHIFT) == [
        ("no_show", None),
        ("unscheduled", None),
    ]


def store_published_week(session, clocked, state: VersionState) -> None:
    """Ann works 8 to 16 on Monday and Tuesday; Tuesday's shift was withdrawn."""
    roster = Roster(
        location_id=clocked.location_id,
        starts_on=date(2026, 11, 16),
        ends_on=date(2026, 11, 23),
        created_at=MADE,
    )
    version = RosterVersion(roster=roster, number=1, created_at=MADE, created_by=MANAGER)
    session.add_all([roster, version])
    session.flush()
    store_shift(session, clocked, version, "2026-11-16", cancelled=False)
    store_shift(session, clocked, version, "2026-11-17", cancelled=True)
    version.state = state
    session.flush()


def store_shift(session, clocked, version: RosterVersion, day: str, *, cancelled: bool) -> None:
    span = {"starts_at": at(f"{day} 08:00"), "ends_at": at(f"{day} 16:00"), "employee_id": clocked.ann.id}
    lineage_id = new_id()
    shift = Shift(
        version_id=version.id,
        lineage_id=lineage_id,
        department_id=clocked.company.department.id,
        skill_id=clocked.company.skill.id,
        paid_minutes=480,
        **span,
    )
    session.add(shift)
    session.flush()
    entry = CalendarEntry(
        lineage_id=lineage_id,
        roster_id=version.roster_id,
        shift_id=shift.id,
        summary="Picking",
        place="Warsaw",
        description="",
        cancelled=cancelled,
        stamped_at=MADE,
        **span,
    )
    session.add(entry)


def test_a_timesheet_is_set_beside_the_published_roster_and_can_still_be_approved(tenant_session, clocked):
    store_published_week(tenant_session, clocked, VersionState.PUBLISHED)
    punch(tenant_session, clocked.ann, "2026-11-16 08:20 in", "2026-11-16 16:00 out")
    punch(tenant_session, clocked.ann, "2026-11-17 08:00 in", "2026-11-17 16:00 out")
    sheet = timesheet(tenant_session, clocked.ann)
    assert codes(sheet) == ["late_in", "unscheduled"]
    assert exceptions_of(sheet)[0].facts["minutes"] == 20
    approve(tenant_session, sheet.id, expected_revision=sheet.revision, actor=MANAGER)


def test_without_a_published_roster_nothing_is_unscheduled(sqlite_tenant_session, clocked_sqlite):
    store_published_week(sqlite_tenant_session, clocked_sqlite, VersionState.DRAFT)
    punch(sqlite_tenant_session, clocked_sqlite.ann, "2026-11-17 08:00 in", "2026-11-17 16:00 out")
    assert codes(timesheet(sqlite_tenant_session, clocked_sqlite.ann)) == []


def test_somebody_who_never_punched_is_found_when_the_location_is_looked_at(
    sqlite_tenant_session, clocked_sqlite
):
    store_published_week(sqlite_tenant_session, clocked_sqlite, VersionState.PUBLISHED)
    sheets = refresh_location(sqlite_tenant_session, clocked_sqlite.location_id, date(2026, 11, 16))
    assert {sheet.employee_id: codes(sheet) for sheet in sheets} == {
        clocked_sqlite.ann.id: ["no_show"],
        clocked_sqlite.ben.id: [],
    }
