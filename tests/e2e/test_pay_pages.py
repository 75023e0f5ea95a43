"""From approved hours to the file payroll is handed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from playwright.sync_api import Page, expect

from scheduler.organisation.models import Role
from tests.e2e.staff import Staff


def test_a_week_is_approved_closed_and_downloaded(page: Page, staff: Staff):
    monday = staff.last_monday
    staff.worked("Ann", monday, [0, 1])
    staff.worked("Bo", monday, [2])
    staff.worked("Cy", monday, [3], punches=[("in", 8.0)])
    staff.signed_in(page, Role.PAYROLL).goto(staff.server.url)
    page.get_by_role("link", name="to close").first.click()
    expect(page.get_by_text("3 not approved")).to_be_visible()
    page.get_by_role("button", name="Close the period").click()
    refusal = page.get_by_role("alert")
    expect(refusal).to_contain_text("The period cannot be closed yet")
    expect(refusal).to_contain_text("Cy Kot: Clocked in at 08:00 and never out.")
    expect(refusal).to_contain_text("Ann Nowak: not approved yet (open)")
    refusal.get_by_role("link", name="Go to the timesheets").click()

    expect(page.get_by_role("row", name="Cy Kot")).to_contain_text("Clocked in at 08:00 and never out.")
    page.get_by_role("button", name="Approve the 2 clear ones").click()
    expect(
        page.get_by_role("status").get_by_text("2 approved. What is marked needs a person.")
    ).to_be_visible()
    page.get_by_role("link", name="Cy Kot").click()
    page.get_by_text("Take back").first.click()
    page.get_by_label("Why").first.fill("he was ill")
    page.get_by_role("button", name="Take it back").first.click()
    expect(page.get_by_text("taken back: he was ill")).to_be_attached()

    page.goto(f"{staff.server.url}/locations/{staff.company.location.id}/pay-periods/{monday}")
    expect(page.get_by_text("all approved")).to_be_visible()
    page.get_by_role("button", name="Close the period").click()
    expect(page.get_by_text("These lines never change")).to_be_visible()
    expect(page.get_by_label("The period in sum")).to_contain_text("24 h, PLN 753.60")
    rows = list(csv.DictReader(io.StringIO(downloaded(page, "Download CSV").read_text("utf-8-sig"))))
    assert len(rows) == 3
    assert json.loads(downloaded(page, "Download JSON").read_bytes())


def test_what_became_known_after_the_close_is_settled_as_a_correction(page: Page, staff: Staff):
    monday = staff.last_monday
    staff.worked("Di", monday, [4])
    staff.signed_in(page, Role.PAYROLL)
    di = staff.company.people["Di"].id
    page.goto(f"{staff.server.url}/locations/{staff.company.location.id}/pay-periods/{monday}")
    changed = page.get_by_role("region", name="Changed since the close")
    expect(changed).to_contain_text("Di Maj")
    expect(changed).to_contain_text("0 h and PLN 0.00 were paid, 8 h and PLN 251.20 are right (PLN 251.20)")
    changed.get_by_label("Why it is corrected").fill("her punches came late")
    changed.get_by_role("button", name="Add to the next open period").click()
    expect(page.get_by_text("The corrections are in the next open period.")).to_be_visible()
    expect(changed).to_have_count(0)
    page.goto(f"{staff.server.url}/timesheets/{di}/{monday}")
    expect(page.get_by_role("heading", name="Di Maj")).to_contain_text("closed")


def downloaded(page: Page, name: str) -> Path:
    with page.expect_download() as download:
        page.get_by_role("link", name=name).click()
    return download.value.path()
