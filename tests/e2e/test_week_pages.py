"""A manager plans a week: generating, asking why, changing by hand, publishing."""

from __future__ import annotations

from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from scheduler.organisation.models import Role
from scheduler.rosters import edit
from scheduler.rosters.models import Roster
from tests.e2e.staff import WEEK, Staff
from tests.scheduler.rosters.company import week

OFF_TIME = (None, 5, 6, 14)
FULL = [("Ann", day, 8, 16) for day in range(5)]


@pytest.fixture
def manager(page: Page, staff: Staff) -> Page:
    return staff.signed_in(page, Role.MANAGER)


def panel(page: Page):
    return page.get_by_role("dialog")


def open_shift(page: Page):
    return page.get_by_role("link", name="open, ").first


def revision(staff: Staff, roster_id: UUID) -> int:
    with staff.server.database.read(staff.company.organisation_id) as session:
        return session.get_one(Roster, roster_id).revision


def test_generating_shows_progress_and_ends_with_a_draft(manager: Page, staff: Staff):
    monday = staff.next_monday
    with staff.server.database.write(staff.company.organisation_id) as session:
        staff.company.cover(session, week(monday), 8, 16, 2)
    manager.goto(f"{staff.server.url}/rosters")
    manager.get_by_role("link", name="not planned").click()
    manager.get_by_role("button", name="Start planning this week").click()
    expect(manager.get_by_text("Nothing planned yet.")).to_be_visible()
    manager.get_by_label("Time to search").select_option("10 seconds")
    manager.get_by_role("button", name="Generate").click()
    running = manager.get_by_role("region", name="Generating")
    expect(running.get_by_role("progressbar")).to_be_visible()
    manager.reload()
    expect(running).to_be_visible()
    expect(manager.get_by_text("The draft is new.")).to_be_visible(timeout=40_000)
    expect(running).to_have_count(0)
    expect(manager.get_by_text("Draft 1")).to_be_visible()
    expect(manager.get_by_role("row", name="Below minimum").get_by_text("none", exact=True)).to_have_count(7)
    expect(manager.locator("table.grid a.chip").first).to_be_visible()


def test_a_search_that_is_stopped_keeps_the_best_roster(manager: Page, staff: Staff):
    monday = staff.next_monday + WEEK
    with staff.server.database.write(staff.company.organisation_id) as session:
        staff.company.cover(session, week(monday), 6, 22, 2, 5)
        staff.company.roster(session, monday)
    manager.goto(staff.week_page(monday))
    manager.get_by_label("Time to search").select_option("10 minutes")
    manager.get_by_role("button", name="Generate").click()
    found = manager.get_by_text("of work still open").or_(manager.get_by_text("all work is covered"))
    expect(found).to_be_visible(timeout=30_000)
    manager.get_by_role("button", name="Stop and keep the best so far").click()
    expect(manager.get_by_text("The draft is new.")).to_be_visible(timeout=20_000)
    expect(manager.locator("table.grid a.chip").first).to_be_visible()


def test_generating_without_demand_says_what_is_missing_and_leads_back(manager: Page, staff: Staff):
    staff.draft(staff.next_monday + 9 * WEEK, [])
    manager.goto(staff.week_page(staff.next_monday + 9 * WEEK))
    manager.get_by_role("button", name="Generate again").click()
    expect(manager.get_by_role("alert")).to_contain_text("Import the demand of WAW")
    manager.get_by_role("link", name="Go back").click()
    expect(manager).to_have_url(staff.week_page(staff.next_monday + 9 * WEEK))


def test_an_open_shift_says_who_could_take_it_and_why_others_cannot(manager: Page, staff: Staff):
    monday = staff.next_monday + 2 * WEEK
    staff.draft(monday, [(None, 1, 18, 26), ("Ann", 1, 8, 16), ("Bo", 2, 6, 14)])
    manager.goto(staff.week_page(monday))
    open_shift(manager).click()
    expect(panel(manager).get_by_role("heading", name="Open shift")).to_be_focused()
    expect(panel(manager)).to_contain_text("could take it without breaking a rule")
    panel(manager).get_by_text("What stands against the other").click()
    ann = panel(manager).get_by_role("listitem").filter(has_text="Ann Nowak")
    expect(ann).to_contain_text("already has a shift that day")
    manager.keyboard.press("Escape")
    expect(panel(manager)).not_to_be_visible()
    expect(open_shift(manager)).to_be_focused()
    open_shift(manager).click()
    panel(manager).get_by_role("button", name="Give to Cy").click()
    expect(manager.get_by_role("status").get_by_text("Saved in the draft.")).to_be_visible()
    expect(manager.get_by_role("link", name="Cy Kot, ")).to_be_focused()
    manager.get_by_role("button", name="Undo last change").click()
    expect(manager.get_by_text("The last change was taken back.")).to_be_visible()
    expect(open_shift(manager)).to_be_visible()


def test_what_breaks_a_hard_rule_is_saved_with_a_reason_only_and_cannot_be_published(
    manager: Page, staff: Staff
):
    monday = staff.next_monday + 3 * WEEK
    roster = staff.draft(monday, [(None, 1, 18, 26), ("Ann", 1, 8, 16)])
    manager.goto(staff.week_page(monday))
    open_shift(manager).click()
    panel(manager).get_by_text("What stands against the other").click()
    panel(manager).get_by_role("button", name="Give to Ann Nowak all the same").click()
    refusal = panel(manager).get_by_role("alert")
    expect(refusal).to_contain_text("That would break a hard rule")
    expect(refusal).to_be_focused()
    assert revision(staff, roster.id) == 0
    refusal.get_by_label("Keep it in the draft anyway, because").fill("she asked for it")
    refusal.get_by_role("button", name="Save anyway").click()
    expect(manager.get_by_text("Saved in the draft.")).to_be_visible()
    expect(manager.locator("details.law.bad")).to_contain_text("Ann Nowak")
    manager.get_by_role("link", name="Review and publish").click()
    expect(manager.get_by_role("alert")).to_contain_text("This can't be published yet")
    expect(manager.get_by_role("button", name="Publish now")).to_be_disabled()


def test_two_managers_never_overwrite_each_other_and_nothing_is_lost(manager: Page, staff: Staff):
    monday = staff.next_monday + 4 * WEEK
    roster = staff.draft(monday, [OFF_TIME, ("Ann", 0, 8, 16)])
    manager.goto(staff.week_page(monday))
    open_shift(manager).click()
    lineage = UUID(str(open_shift(manager).get_attribute("data-shift")))
    di = staff.company.people["Di"].id
    with staff.server.database.write(staff.company.organisation_id) as session:
        actor = staff.company.actor
        edit.assign(session, roster.id, lineage, di, expected_revision=0, actor=actor)
    panel(manager).get_by_role("button", name="Give to Cy").click()
    conflict = panel(manager).get_by_role("alert")
    expect(conflict).to_contain_text("Nothing was saved. Ewa Manager changed this roster at")
    expect(panel(manager).get_by_role("heading", name="Di Maj")).to_be_visible()
    conflict.get_by_role("button", name="Make my change all the same").click()
    expect(manager.get_by_role("link", name="Cy Kot, ")).to_be_visible()
    assert revision(staff, roster.id) == 2


def test_a_shift_is_added_by_hand_with_the_break_of_its_kind(manager: Page, staff: Staff):
    monday = staff.next_monday + 5 * WEEK
    staff.draft(monday, [("Ann", 0, 8, 16)])
    manager.goto(staff.week_page(monday))
    manager.get_by_role("link", name="Add a shift").click()
    panel(manager).get_by_label("Who").select_option("Ann Nowak")
    panel(manager).get_by_role("button", name="Add to the draft").click()
    expect(panel(manager).get_by_role("alert")).to_contain_text("That would break a hard rule")
    expect(panel(manager).get_by_label("Starts")).to_have_value(f"{monday}T08:00")
    panel(manager).get_by_label("Who").select_option("Bo Lis")
    panel(manager).get_by_role("button", name="Add to the draft").click()
    added = manager.get_by_role("link", name="Bo Lis, ")
    expect(added).to_be_focused()
    added.click()
    expect(panel(manager)).to_contain_text("break 30 min paid")


def test_publishing_works_by_keyboard_alone(manager: Page, staff: Staff):
    monday = staff.next_monday + 6 * WEEK
    staff.draft(monday, [*FULL, OFF_TIME])
    manager.goto(staff.week_page(monday))
    press_until(manager, "Review and publish")
    manager.keyboard.press("Enter")
    expect(manager.get_by_text("6 changes for 1 person")).to_be_visible()
    expect(manager.get_by_text("1 shift would stay open")).to_be_visible()
    press_until(manager, "Publish now")
    manager.keyboard.press("Enter")
    expect(manager.get_by_text("Published.", exact=False).first).to_be_visible()
    expect(manager.get_by_text("Published, version 1")).to_be_visible()


def press_until(page: Page, name: str) -> None:
    """Press Tab until the element of that name has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"{name} cannot be reached by Tab")


def test_publishing_what_somebody_changed_meanwhile_is_refused(
    manager: Page, context: BrowserContext, staff: Staff
):
    monday = staff.next_monday + 7 * WEEK
    staff.draft(monday, FULL)
    manager.goto(staff.week_page(monday))
    manager.get_by_role("link", name="Review and publish").click()
    other = context.new_page()
    other.goto(staff.week_page(monday))
    other.get_by_role("link", name="Ann Nowak, ").first.click()
    panel(other).get_by_role("button", name="Leave it open").click()
    expect(other.get_by_text("Saved in the draft.")).to_be_visible()
    manager.get_by_role("button", name="Publish now").click()
    expect(manager.get_by_role("alert")).to_contain_text("Nothing was published.")
    expect(manager.get_by_text("1 shift would stay open")).to_be_visible()
    manager.get_by_role("button", name="Publish now").click()
    expect(manager.get_by_text("Published, version 1")).to_be_visible()


def test_on_a_phone_one_day_is_shown_at_a_time(manager: Page, staff: Staff):
    monday = staff.next_monday + 8 * WEEK
    staff.draft(monday, [("Ann", 0, 8, 16), ("Bo", 1, 14, 22), (None, 1, 6, 14)])
    manager.set_viewport_size({"width": 390, "height": 844})
    manager.goto(staff.week_page(monday))
    days = manager.get_by_role("navigation", name="Days")
    expect(manager.get_by_role("link", name="Ann Nowak, ")).to_be_visible()
    days.get_by_role("link", name="Tuesday").click()
    expect(manager.get_by_role("link", name="Ann Nowak, ")).to_be_hidden()
    expect(manager.get_by_role("link", name="Bo Lis, ")).to_be_visible()
    open_shift(manager).click()
    expect(panel(manager).get_by_role("heading", name="Open shift")).to_be_visible()


def test_a_manager_sees_where_one_more_person_would_help_by_keyboard_alone(manager: Page, staff: Staff):
    monday = staff.next_monday + 8 * WEEK
    with staff.server.database.write(staff.company.organisation_id) as session:
        staff.company.cover(session, week(monday)[:1], 8, 16, 2)
    staff.draft(monday, [("Ann", 0, 8, 16)])
    manager.set_viewport_size({"width": 390, "height": 844})
    manager.goto(staff.week_page(monday))
    press_until(manager, "Where one more person would help")
    manager.keyboard.press("Enter")
    expect(manager.get_by_text("1 more person there would fill 8 h of what is open now")).to_be_visible()
    like_a_colleague = manager.get_by_text("One more person with the contract and rules of")
    expect(like_a_colleague).to_be_visible(timeout=30_000)
    press_until(manager, "Work it out…")
    manager.keyboard.press("Shift+Tab")
    manager.keyboard.type("4")
    manager.keyboard.press("Enter")
    with_hours = manager.get_by_text("with a contract of up to 4 h")
    expect(with_hours).to_be_visible(timeout=30_000)
    expect(manager.get_by_text("would fill 4 h of Picking in Inbound").first).to_be_visible()
