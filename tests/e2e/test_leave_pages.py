"""A manager decides on leave."""

from __future__ import annotations

from datetime import date, timedelta

from playwright.sync_api import Page, expect
from sqlalchemy import select

from scheduler.organisation.models import Role
from scheduler.timeoff.models import LeaveKind, TimeOff, TimeOffState
from scheduler.timeoff.requests import reject_time_off, request_time_off
from tests.e2e.accessibility import assert_accessible
from tests.e2e.staff import WEEK, Staff


def asked(staff: Staff, who: str, first: date, days: int, note: str | None = None) -> None:
    with staff.server.database.write(staff.company.organisation_id) as session:
        request_time_off(
            session,
            staff.company.people[who].id,
            starts_on=first,
            ends_on=first + timedelta(days=days),
            kind=LeaveKind.ANNUAL,
            note=note,
            actor="system",
        )


def test_somebody_without_requests_to_decide_is_told_so(page: Page, staff: Staff):
    staff.signed_in(page, Role.MANAGER).goto(staff.server.url)
    page.get_by_role("link", name="Time off").click()
    expect(page.get_by_text("Nothing waits for a decision.")).to_be_visible()


def test_leave_is_approved_with_what_is_published_on_its_days_and_refused_with_a_reason(
    page: Page, staff: Staff
):
    monday = staff.next_monday
    staff.published(monday, [("Ann", 0, 8, 16), ("Ann", 2, 8, 16), ("Bo", 1, 8, 16)])
    asked(staff, "Ann", monday, 7, "visiting family")
    asked(staff, "Bo", monday + timedelta(days=3), 1)
    page.set_viewport_size({"width": 390, "height": 844})
    staff.signed_in(page, Role.MANAGER).goto(f"{staff.server.url}/time-off")
    ann, bo = page.get_by_role("region", name="Ann Nowak"), page.get_by_role("region", name="Bo Lis")
    expect(ann).to_contain_text("(7 days)")
    expect(ann).to_contain_text("visiting family")
    expect(ann).to_contain_text("2 published shifts on these days")
    expect(bo).not_to_contain_text("Away on some of these days")
    ann.get_by_role("button", name="Approve").click()
    told = page.get_by_role("status").filter(has_text="Approved:")
    expect(told).to_contain_text("2 published shifts on these days")
    expect(told.get_by_role("link")).to_have_attribute(
        "href", f"/locations/{staff.company.location.id}/weeks/{monday}"
    )

    expect(bo).to_contain_text("Away on some of these days: Ann Nowak.")
    bo.get_by_text("Refuse").first.click()
    bo.get_by_label("Why").fill("  ")
    bo.get_by_role("button", name="Refuse it").click()
    expect(page.get_by_role("alert")).to_contain_text("a reason is missing")
    bo.get_by_text("Refuse").first.click()
    bo.get_by_label("Why").fill("too many are away")
    bo.get_by_role("button", name="Refuse it").click()
    refused = page.get_by_role("listitem").filter(has_text="Bo Lis")
    expect(refused).to_contain_text("refused")
    expect(refused).to_contain_text("too many are away")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    with staff.server.database.read(staff.company.organisation_id) as session:
        states = session.scalars(select(TimeOff.state).order_by(TimeOff.starts_on)).all()
        assert states == [TimeOffState.APPROVED, TimeOffState.REJECTED]


def test_a_request_taken_back_meanwhile_is_not_approved(page: Page, staff: Staff):
    asked(staff, "Cy", staff.next_monday + 2 * WEEK, 2)
    staff.signed_in(page, Role.MANAGER).goto(f"{staff.server.url}/time-off")
    with staff.server.database.write(staff.company.organisation_id) as session:
        cy = session.scalars(
            select(TimeOff).where(TimeOff.employee_id == staff.company.people["Cy"].id)
        ).one()
        cy.state = TimeOffState.CANCELLED
    page.get_by_role("region", name="Cy Kot").get_by_role("button", name="Approve").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("region", name="Cy Kot")).to_have_count(0)


def test_somebody_asks_for_leave_sees_the_answer_and_takes_leave_back(page: Page, staff: Staff):
    first = staff.next_monday + 3 * WEEK
    staff.signed_in(page, Role.EMPLOYEE, "Di").goto(staff.server.url)
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_role("link", name="My time off").click()
    expect(page.get_by_text("Nothing yet.")).to_be_visible()
    page.get_by_label("First day").fill(str(first + timedelta(days=4)))
    page.get_by_label("Last day").fill(str(first))
    page.get_by_label("Note").fill("wedding")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("is before the first day")
    expect(page.get_by_label("Note")).to_have_value("wedding")
    page.get_by_label("Last day").fill(str(first + timedelta(days=5)))
    page.get_by_role("button", name="Ask", exact=True).click()
    asked_for = page.get_by_role("listitem").filter(has_text="wedding")
    expect(asked_for).to_contain_text("waiting")
    with staff.server.database.write(staff.company.organisation_id) as session:
        di = staff.company.people["Di"].id
        leave = session.scalars(select(TimeOff).where(TimeOff.employee_id == di)).one()
        assert (leave.starts_on, leave.ends_on) == (first + timedelta(days=4), first + timedelta(days=6))
        reject_time_off(session, leave.id, reason="stocktaking", actor="system")
    page.reload()
    expect(asked_for).to_contain_text("refused")
    expect(asked_for).to_contain_text("Why: stocktaking")
    expect(asked_for.get_by_role("button")).to_have_count(0)
    asked(staff, "Di", first, 2)
    page.reload()
    page.get_by_role("button", name="Take back").click()
    expect(page.get_by_role("listitem").filter(has_text="taken back")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
