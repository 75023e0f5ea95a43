"""What people who work see: their shifts, their calendar address, their time."""

from __future__ import annotations

from datetime import timedelta

import icalendar
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from scheduler.organisation.models import Role
from scheduler.timekeeping.models import Timesheet, TimesheetState
from tests.e2e.staff import Staff
from tests.scheduler.timekeeping.clock_company import timesheet


@pytest.fixture
def ann(page: Page, staff: Staff) -> Page:
    return staff.signed_in(page, Role.EMPLOYEE, "Ann")


@pytest.fixture(scope="module")
def week(staff: Staff) -> Staff:
    """The company with a published week, in which Ann works twice, and a draft."""
    monday = staff.next_monday
    staff.published(monday, [("Ann", 0, 8, 16), ("Ann", 2, 22, 30), ("Bo", 1, 8, 16)])
    staff.draft(monday, [("Ann", 5, 8, 16)])
    return staff


def test_somebody_without_shifts_is_told_what_to_expect(page: Page, staff: Staff):
    staff.signed_in(page, Role.EMPLOYEE, "Di").goto(f"{staff.server.url}/my/shifts")
    expect(page.get_by_text("No shifts for you yet.")).to_be_visible()


def test_published_shifts_and_no_drafts_are_listed_in_local_time(ann: Page, week: Staff):
    ann.goto(f"{week.server.url}/my/shifts")
    expect(ann.get_by_text("All times are local: Europe/Warsaw")).to_be_visible()
    expect(ann.locator(".my-shift .when")).to_have_text(["08:00–16:00", "22:00–06:00 +1"])
    expect(ann.get_by_text("16 h paid")).to_be_visible()


def test_the_calendar_address_is_shown_once_opens_the_calendar_and_can_be_switched_off(
    ann: Page, week: Staff
):
    ann.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=week.server.url)
    ann.goto(f"{week.server.url}/my/shifts")
    ann.get_by_role("button", name="Make a calendar address").click()
    address = ann.get_by_label("Secret address").input_value()
    assert address.startswith(f"{week.server.url}/feeds/")
    ann.get_by_role("button", name="Copy").click()
    expect(ann.get_by_role("button", name="Copied")).to_be_visible()
    assert ann.evaluate("navigator.clipboard.readText()") == address
    feed = ann.request.get(address, headers={"Cookie": ""})
    events = icalendar.Calendar.from_ical(feed.body()).walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == ["Picking, Inbound"] * 2
    ann.goto(f"{week.server.url}/my/shifts")
    expect(ann.get_by_label("Secret address")).to_have_count(0)
    ann.get_by_role("button", name="Replace it by a new address").click()
    newer = ann.get_by_label("Secret address").input_value()
    assert (ann.request.get(address).status, ann.request.get(newer).status) == (404, 200)
    ann.get_by_role("button", name="Switch it off").click()
    expect(ann.get_by_role("button", name="Make a calendar address")).to_be_visible()
    assert ann.request.get(newer).status == 404


def test_the_clock_offers_what_fits_and_the_same_button_pressed_twice_is_one_punch(ann: Page, staff: Staff):
    ann.goto(f"{staff.server.url}/my/time")
    expect(ann.get_by_text("Not at work")).to_be_visible()
    sent_twice: dict[str, str | float | bool] = {
        "kind": "in",
        "once": ann.locator("input[name=once]").first.input_value(),
    }
    for _ in range(2):
        ann.request.post(f"{staff.server.url}/my/time/punches", form=sent_twice)
    ann.reload()
    expect(ann.get_by_text("At work since")).to_be_visible()
    ann.get_by_role("button", name="Start break").click()
    expect(ann.get_by_role("status").get_by_text("Your break has begun.")).to_be_visible()
    expect(ann.get_by_text("On a break since")).to_be_visible()
    ann.get_by_role("button", name="End break").click()
    expect(ann.get_by_role("button", name="Clock out")).to_be_visible()
    with staff.server.database.read(staff.company.organisation_id) as session:
        sheet = session.scalars(
            select(Timesheet).where(Timesheet.employee_id == staff.company.people["Ann"].id)
        ).one()
        assert [found["code"] for found in sheet.exceptions if found["code"] != "unscheduled"] == [
            "clocked_in"
        ]


def test_hours_are_submitted_cleared_up_and_approved(page: Page, ann: Page, staff: Staff):
    monday = staff.last_monday
    staff.worked("Ann", monday, [0, 1])
    staff.worked("Ann", monday, [2], punches=[("in", 8.0)])
    address = f"{staff.server.url}/timesheets/{staff.company.people['Ann'].id}/{monday}"
    ann.goto(address)
    expect(ann.get_by_role("heading", name="Ann Nowak")).to_contain_text("open")
    expect(ann.get_by_text("Clocked in at 08:00 and never out.")).to_be_visible()
    expect(ann.get_by_role("row", name="Together")).to_contain_text("16 h")
    expect(ann.get_by_text("Add a forgotten punch")).to_have_count(0)
    ann.get_by_role("button", name="Confirm these hours").click()
    expect(ann.get_by_role("heading", name="Ann Nowak")).to_contain_text("confirmed")
    expect(ann.get_by_role("button", name="Approve")).to_have_count(0)

    staff.signed_in(page, Role.MANAGER).goto(address)
    expect(page.get_by_role("button", name="Approve")).to_be_disabled()
    page.get_by_label("What").select_option("Out")
    wednesday = monday + timedelta(days=2)
    page.get_by_label("When").fill(f"{wednesday}T16:00")
    page.get_by_role("textbox", name="Why").last.fill("forgot to clock out")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Clocked in at 08:00 and never out.")).to_have_count(0)
    expect(page.get_by_role("row", name="Together")).to_contain_text("24 h")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="Ann Nowak")).to_contain_text("approved")
    with staff.server.database.read(staff.company.organisation_id) as session:
        sheet = timesheet(session, staff.company.people["Ann"], str(monday))
        assert (sheet.starts_on, sheet.state) == (monday, TimesheetState.APPROVED)


def test_hours_that_changed_since_they_were_looked_at_are_not_approved(page: Page, staff: Staff):
    monday = staff.last_monday
    staff.worked("Bo", monday, [0])
    staff.signed_in(page, Role.MANAGER)
    page.goto(f"{staff.server.url}/timesheets/{staff.company.people['Bo'].id}/{monday}")
    staff.worked("Bo", monday, [1])
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("alert")).to_contain_text("The timesheet changed meanwhile")
    expect(page.get_by_role("row", name="Together")).to_contain_text("16 h")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("heading", name="Bo Lis")).to_contain_text("approved")
    page.get_by_text("Open it again").click()
    page.get_by_label("Why").last.fill("wrong day")
    page.get_by_role("button", name="Open again").click()
    expect(page.get_by_role("heading", name="Bo Lis")).to_contain_text("open")
