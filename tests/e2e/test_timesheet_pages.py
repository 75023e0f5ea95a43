"""Confirming, disputing, approving many at once, and standing in, in a browser on a desk and on a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from scheduler.organisation.models import Role
from tests.e2e.accessibility import assert_accessible
from tests.e2e.staff import Staff

NARROW, WIDE = 390, 1280


def looks_right(page: Page) -> None:
    """Accessible, and no wider than a phone or a desk."""
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 844})
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def test_a_dispute_is_raised_answered_and_accepted(page: Page, staff: Staff):
    monday = staff.last_monday
    staff.worked("Ann", monday, [0, 1])
    address = f"{staff.server.url}/timesheets/{staff.company.people['Ann'].id}/{monday}"
    staff.signed_in(page, Role.EMPLOYEE, "Ann").goto(address)
    page.get_by_text("Something is wrong with these hours").click()
    page.get_by_label("Which hours").select_option(index=3)
    page.get_by_label("In your words").fill("I worked on Wednesday too")
    page.get_by_role("button", name="Dispute", exact=True).click()
    expect(page.get_by_text("waits for an answer")).to_be_visible()
    expect(page.get_by_role("button", name="Confirm these hours")).to_have_count(0)
    looks_right(page)
    staff.worked("Ann", monday, [2])

    staff.signed_in(page, Role.MANAGER).goto(address)
    expect(page.get_by_role("button", name="Approve")).to_be_disabled()
    page.get_by_role("textbox", name="Answer").fill("You did, it is added")
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_text("Changed since it was raised")).to_contain_text("nothing before, now 8 h")
    looks_right(page)

    staff.signed_in(page, Role.EMPLOYEE, "Ann").goto(f"{staff.server.url}/my/time")
    page.get_by_role("link", name="Open it: Your dispute was answered").click()
    page.get_by_role("button", name="Accept the answer").click()
    expect(page.get_by_text("settled")).to_be_visible()
    page.get_by_role("button", name="Confirm these hours").click()
    expect(page.get_by_role("heading", name="Ann Nowak")).to_contain_text("confirmed")
    page.get_by_text("History (").click()
    expect(page.get_by_text("confirmed these hours: 24 h")).to_be_visible()


@pytest.mark.parametrize("every", [True, False])
def test_many_are_previewed_approved_and_opened_again(page: Page, staff: Staff, every: bool):
    monday = staff.last_monday - timedelta(weeks=1 if every else 2)
    staff.worked("Bo", monday, [0, 1])
    staff.worked("Cy", monday, [0])
    staff.worked("Di", monday, [0], punches=[("in", 8.0)])
    staff.signed_in(page, Role.MANAGER).goto(f"{staff.server.url}/timesheets/list?day={monday}")
    looks_right(page)
    if every:
        page.get_by_role("button", name="Preview all 3").click()
    else:
        page.get_by_label("Choose Bo Lis").check()
        page.get_by_label("Choose Di Maj").check()
        page.get_by_role("button", name="Preview the chosen").click()
    count = 2 if every else 1
    expect(page.get_by_text("Di Maj from")).to_contain_text("its hours are not known")
    looks_right(page)
    page.get_by_role("button", name=f"Approve {count}").click()
    expect(page.get_by_role("status").get_by_text("approved")).to_have_text(f"{count} approved, 1 left.")
    page.get_by_text("Take these approvals back").click()
    page.get_by_label("Why").fill("too early")
    page.get_by_role("button", name=f"Open {count} again").click()
    expect(page.get_by_text(f"{count} open again.")).to_be_visible()
    page.get_by_text("Remind all 3 that fit").click()
    page.get_by_role("button", name="Remind all to confirm").click()
    expect(page.get_by_text("Reminded of 3.")).to_be_visible()


def test_a_right_is_lent_and_taken_back(page: Page, staff: Staff):
    stand_in = staff.person(Role.EMPLOYEE)
    staff.signed_in(page, Role.MANAGER).goto(f"{staff.server.url}/timesheets/stand-ins")
    page.get_by_label("E-mail your stand-in signs in with").fill(stand_in.email)
    page.get_by_label("First day").fill(str(staff.today))
    page.get_by_label("Last day").fill(str(staff.today + timedelta(days=6)))
    page.get_by_label("Why").fill("on leave")
    page.get_by_role("button", name="Lend it").click()
    expect(page.get_by_text("holds")).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("taken back")).to_be_visible()
