"""Signing in and out, and what people are told when something is not for them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from api.sign_in_limit import PER_ACCOUNT_AND_ADDRESS
from scheduler.organisation.models import Role
from tests.api.people import PASSWORD
from tests.e2e.staff import Staff


def sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_wrong_password_keeps_the_address_and_a_right_one_leads_where_one_wanted(page: Page, staff: Staff):
    manager = staff.person(Role.MANAGER)
    page.goto(staff.week_page(staff.next_monday))
    expect(page).to_have_url(f"{staff.server.url}/sign-in?next=" + page.url.partition("next=")[2])
    sign_in(page, manager.email, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("The e-mail address or the password is wrong.")
    expect(page.get_by_label("E-mail")).to_have_value(manager.email)
    expect(page.get_by_label("Password")).to_be_focused()
    sign_in(page, manager.email, PASSWORD)
    expect(page).to_have_url(staff.week_page(staff.next_monday))


def test_a_link_cannot_lead_to_another_site(page: Page, staff: Staff):
    manager = staff.person(Role.MANAGER)
    page.goto(f"{staff.server.url}/sign-in?next=//elsewhere.example/")
    sign_in(page, manager.email, PASSWORD)
    expect(page).to_have_url(f"{staff.server.url}/rosters")


def test_too_many_attempts_are_told_to_wait(page: Page, staff: Staff):
    page.goto(f"{staff.server.url}/sign-in")
    for _ in range(PER_ACCOUNT_AND_ADDRESS.amount):
        page.request.post(
            f"{staff.server.url}/sign-in",
            form={"email": "nobody@x.example", "password": "x"},
            max_redirects=0,
        )
    sign_in(page, "nobody@x.example", "x")
    expect(page.get_by_role("alert")).to_contain_text("Too many attempts. Wait")


def test_after_signing_out_the_pages_ask_to_sign_in(page: Page, staff: Staff):
    staff.signed_in(page, Role.MANAGER).goto(f"{staff.server.url}/rosters")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto(f"{staff.server.url}/rosters")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.parametrize(
    ("role", "who", "address"),
    [
        (Role.MANAGER, None, "/rosters"),
        (Role.ADMIN, None, "/rosters"),
        (Role.PAYROLL, None, "/pay-periods"),
        (Role.EMPLOYEE, "Ann", "/my/shifts"),
    ],
)
def test_everybody_begins_where_the_work_is(
    page: Page, staff: Staff, role: Role, who: str | None, address: str
):
    staff.signed_in(page, role, who).goto(staff.server.url)
    expect(page).to_have_url(staff.server.url + address)


def test_refusals_are_in_plain_words(page: Page, staff: Staff):
    staff.signed_in(page, Role.EMPLOYEE, "Ann")
    for address, status, words in (
        (staff.week_page(staff.next_monday), 403, "Your account may not open or do this."),
        (f"{staff.server.url}/nowhere", 404, "There is no page at this address"),
        (
            f"{staff.server.url}/timesheets/{staff.company.people['Bo'].id}/{staff.last_monday}",
            403,
            "Your account",
        ),
        (f"{staff.server.url}/timesheets/{staff.company.people['Ann'].id}/soon", 422, "monday"),
    ):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == status
        expect(page.get_by_role("alert")).to_contain_text(words)
        assert "facts" not in page.inner_text("main")
