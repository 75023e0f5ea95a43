"""From a closed period to a payroll system's file, through the pages alone."""

from __future__ import annotations

import hashlib

from playwright.sync_api import ConsoleMessage, Page, expect

from scheduler.organisation.models import Role
from tests.e2e.accessibility import assert_accessible
from tests.e2e.staff import Staff

TOO_WIDE = """[...document.querySelectorAll("body *")]
  .filter(e => !e.closest(".scroll") || e.matches(".visually-hidden"))
  .filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.outerHTML.slice(0, 80))"""


def closed_week(page: Page, staff: Staff) -> str:
    """Ann's and Bo's week, approved and closed on the pages; gives its address."""
    monday = staff.last_monday
    staff.worked("Ann", monday, [0, 1])
    staff.worked("Bo", monday, [2])
    location = f"{staff.server.url}/locations/{staff.company.location.id}"
    staff.signed_in(page, Role.PAYROLL).goto(f"{location}/timesheets/{monday}")
    page.get_by_role("button", name="Approve the 2 clear ones").click()
    page.goto(f"{location}/pay-periods/{monday}")
    page.get_by_role("button", name="Close the period").click()
    expect(page.get_by_text("These lines never change")).to_be_visible()
    return page.url


def looks_right(page: Page, errors: list[str]) -> None:
    """Accessible and not wider than the window at both widths, and nothing in the console."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.evaluate(TOO_WIDE)
        assert_accessible(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not errors, page.url


def test_a_week_is_handed_to_a_payroll_system(page: Page, staff: Staff):
    errors: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # A page that refuses has its status in the console; that is no fault of the page.
        if message.type == "error" and "Failed to load resource" not in message.text:
            errors.append(message.text)

    page.on("console", note)
    period = closed_week(page, staff)
    page.get_by_role("link", name="Hand over to payroll").click()
    expect(page.get_by_text("No payroll system is set up yet.")).to_be_visible()
    looks_right(page, errors)

    page.get_by_role("link", name="Add a target").click()
    looks_right(page, errors)
    page.get_by_label("Name", exact=True).fill("DATEV of our adviser")
    page.get_by_label("Code").fill("datev")
    page.get_by_label("How its files look").select_option("datev_lodas")
    page.get_by_role("button", name="Add it").click()
    looks_right(page, errors)
    page.goto(period)
    page.get_by_role("link", name="Hand over to payroll").click()
    problems = page.get_by_role("region", name="things stand in the way")
    expect(problems).to_contain_text(
        "The pay code regular (3 lines) is not mapped to one of DATEV of our adviser."
    )
    expect(problems).to_contain_text("has no consultant")
    looks_right(page, errors)
    problems.get_by_role("link").first.click()

    page.get_by_label("Consultant number").fill("11")
    page.get_by_role("button", name="Save the settings").click()
    expect(page.get_by_role("alert")).to_contain_text("has 2 characters; 4 to 7 characters")
    page.get_by_label("Consultant number").fill("11038")
    page.get_by_label("Client number").fill("62")
    page.get_by_role("button", name="Save the settings").click()
    page.get_by_label("Code for regular").fill("100")
    page.get_by_role("button", name="Save the pay codes").click()
    page.get_by_label("One line for each person").fill("our number;number\nE1;17;;;;4711\nE2;18")
    page.get_by_role("button", name="Save the people").click()
    expect(page.get_by_role("status").get_by_text("Saved.")).to_be_visible()

    page.goto(period)
    page.get_by_role("link", name="Hand over to payroll").click()
    page.get_by_role("button", name="Make the file").click()
    expect(page.get_by_role("heading", name="Batch 1")).to_contain_text("draft")
    looks_right(page, errors)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    content = download.value.path().read_bytes()
    expect(page.get_by_text(hashlib.sha256(content).hexdigest())).to_be_visible()
    assert b";16,00;1;100;17;4711;\r\n" in content
    page.get_by_role("button", name="It was handed over").click()
    page.get_by_role("button", name="Payroll accepted it").click()
    expect(page.get_by_role("heading", name="Batch 1")).to_contain_text("accepted")

    page.goto(period)
    page.get_by_role("link", name="Hand over to payroll").click()
    expect(page.get_by_text("holds lines of these periods and is accepted")).to_be_visible()
    page.goto(f"{staff.server.url}/payroll")
    expect(page.get_by_role("row", name="DATEV of our adviser 1")).to_contain_text("accepted")
    looks_right(page, errors)


def test_a_profile_is_built_with_the_file_before_one_s_eyes(page: Page, staff: Staff):
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    staff.signed_in(page, Role.PAYROLL).goto(f"{staff.server.url}/payroll/profiles?start=generic_csv")
    text = page.get_by_label("The profile, as YAML")
    expect(page.locator("#file")).to_contain_text("Ann Nowak")
    text.fill("code: mine\ntitle: Mine\nformat: delimited\nfile_name: mine.csv\n"
              "columns:\n  - {name: No, field: employee_number}\n  - {name: H, field: wage}\n")  # fmt: skip
    expect(page.locator("#file")).to_contain_text("columns[1].field")
    text.fill(text.input_value().replace("wage", "hours"))
    expect(page.locator("#file")).to_contain_text("17,7.92")
    looks_right(page, errors)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Kept as its next version.")).to_be_visible()
    expect(page.get_by_role("link", name="Mine")).to_be_visible()
    assert not errors
