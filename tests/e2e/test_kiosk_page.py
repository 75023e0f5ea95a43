"""The clock on the wall in a browser: by keyboard, on a narrow screen, back to the form by itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from scheduler.kernel.clock import utc_now
from scheduler.organisation.kiosks import create_kiosk
from scheduler.timekeeping.kiosk_pin import set_pin
from tests.e2e.accessibility import assert_accessible
from tests.e2e.staff import Staff


@pytest.fixture
def address(staff: Staff) -> str:
    company = staff.company
    with staff.server.database.write(company.organisation_id) as session:
        set_pin(session, company.people["Bo"].id, "2580", actor="system")
        token = create_kiosk(session, company.location.id, name="Gate", now=utc_now(), actor="system")
    return f"{staff.server.url}/kiosk/{token}"


@pytest.mark.parametrize("width", [1280, 390])
def test_one_punches_by_keyboard_and_the_form_comes_back(page: Page, staff: Staff, address: str, width: int):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(address)
    expect(page.get_by_label("Employee number")).to_be_focused()
    page.keyboard.type(staff.company.people["Bo"].number)
    page.keyboard.press("Enter")
    page.keyboard.type("2580")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Clock in")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="clocked in at")).to_be_visible()
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    # It leads back by itself after some seconds, more if there is something to read.
    expect(page.get_by_label("PIN")).to_be_visible(timeout=20_000)
    assert page.get_by_label("Employee number").input_value() == ""


def test_a_wrong_pin_is_told_and_leaves_the_number(page: Page, staff: Staff, address: str):
    page.goto(address)
    number = staff.company.people["Bo"].number
    page.get_by_label("Employee number").fill(number)
    page.get_by_label("PIN").fill("9999")
    page.get_by_role("button", name="Clock out").click()
    expect(page.get_by_role("alert")).to_contain_text("The employee number or the PIN is wrong.")
    assert_accessible(page)
    assert page.get_by_label("Employee number").input_value() == number
    expect(page.get_by_label("PIN")).to_be_focused()
