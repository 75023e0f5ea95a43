"""One's own clock in a browser: without a network, asked where one is, refused, and at a kiosk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from sqlalchemy import delete, select

from scheduler.kernel.clock import utc_now
from scheduler.organisation.kiosk_code import code_at
from scheduler.organisation.kiosks import create_kiosk, kiosk_for_token
from scheduler.organisation.models import PlaceMode, PunchPlace, Role
from scheduler.organisation.punch_places import PlaceRule, save_place
from scheduler.timekeeping.models import PlaceDecision, Punch
from tests.e2e.accessibility import assert_accessible
from tests.e2e.staff import Staff

FENCE = PlaceRule(PlaceMode.TELL, 52.2297, 21.0122, 150)
THERE = {"latitude": 52.2297, "longitude": 21.0122, "accuracy": 12.5}
AWAY = {"latitude": 52.3, "longitude": 21.0122, "accuracy": 12.5}


@pytest.fixture(autouse=True)
def nobody_asks(staff: Staff) -> Iterator[None]:
    """Where people punch is said by each test for itself."""
    yield
    with staff.server.database.write(staff.company.organisation_id) as session:
        session.execute(delete(PunchPlace))


def say(staff: Staff, rule: PlaceRule) -> None:
    with staff.server.database.write(staff.company.organisation_id) as session:
        save_place(session, staff.company.location.id, rule, actor="system")


def punches(staff: Staff, who: str) -> list[Punch]:
    with staff.server.database.read(staff.company.organisation_id) as session:
        mine = select(Punch).where(Punch.employee_id == staff.company.people[who].id).order_by(Punch.at)
        found = list(session.scalars(mine))
        session.expunge_all()
        return found


def clock_of(page: Page, staff: Staff, who: str) -> Page:
    staff.signed_in(page, Role.EMPLOYEE, who).goto(f"{staff.server.url}/my/time")
    return page


def test_punches_without_a_network_are_kept_seen_and_sent_later_with_their_own_time(page: Page, staff: Staff):
    clock_of(page, staff, "Bo")
    page.context.set_offline(True)
    before = utc_now()
    page.get_by_role("button", name="Clock in").click()
    waiting = page.locator("[data-waiting]")
    expect(waiting.get_by_text("Clock in,")).to_be_visible()
    expect(waiting.get_by_text("waiting for the network")).to_be_visible()
    expect(page.get_by_role("button", name="Clock in")).to_be_hidden()
    page.get_by_role("button", name="Start break").click()
    expect(waiting.get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_role("button", name="End break")).to_be_visible()
    assert_accessible(page)
    pressed = utc_now()
    assert punches(staff, "Bo") == []
    page.wait_for_timeout(1500)
    page.context.set_offline(False)
    expect(page.get_by_text("On a break since")).to_be_visible(timeout=30_000)
    expect(waiting).to_be_hidden()
    came, rest = punches(staff, "Bo")
    assert [came.kind.value, rest.kind.value] == ["in", "break_start"]
    for each in (came, rest):
        assert before <= each.at <= pressed
        assert each.recorded_at > pressed
        assert each.source == "offline"
        assert each.clock_offset_seconds in (-1, 0, 1)
    page.reload()
    expect(waiting).to_be_hidden()
    assert len(punches(staff, "Bo")) == 2


def test_punches_kept_before_the_page_was_closed_are_sent_when_it_is_opened_again(page: Page, staff: Staff):
    clock_of(page, staff, "Franciszek")
    lost: list[Any] = []

    def lose(route: Route) -> None:
        lost.append(route.request.post_data_json)
        route.abort()

    page.route("**/v1/employees/*/punches", lose)
    page.get_by_role("button", name="Clock in").click()
    expect(page.locator("[data-waiting]").get_by_text("waiting for the network")).to_be_visible()
    # As if only the answer were lost: the server has the punch, and the page does not know.
    who = staff.company.people["Franciszek"].id
    assert page.request.post(f"{staff.server.url}/v1/employees/{who}/punches", data=lost[0]).status == 201
    page.unroute("**/v1/employees/*/punches")
    page.goto(f"{staff.server.url}/my/shifts")
    page.goto(f"{staff.server.url}/my/time")
    expect(page.locator("[data-waiting]")).to_be_hidden()
    expect(page.get_by_text("At work since")).to_be_visible()
    assert [each.source for each in punches(staff, "Franciszek")] == ["web"]


def test_what_was_kept_and_is_refused_stays_to_be_seen(page: Page, staff: Staff):
    clock_of(page, staff, "Cy")
    page.context.set_offline(True)
    page.get_by_role("button", name="Clock in").click()
    expect(page.locator("[data-waiting]").get_by_text("waiting for the network")).to_be_visible()
    say(staff, PlaceRule(PlaceMode.REFUSE, networks=("203.0.113.0/24",)))
    page.context.set_offline(False)
    expect(page.locator("[data-waiting]").get_by_text("Nothing was punched.")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert punches(staff, "Cy") == []


def test_a_phone_is_asked_where_it_is_and_its_person_told_what_was_decided(page: Page, staff: Staff):
    say(staff, FENCE)
    page.context.grant_permissions(["geolocation"], origin=staff.server.url)
    page.context.set_geolocation(AWAY)  # type: ignore[arg-type]  # the three numbers of a position
    clock_of(page, staff, "Ann")
    expect(page.get_by_text("nobody follows where you are")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Clock in").click()
    expect(page.get_by_text("made elsewhere than at the place of work")).to_be_visible()
    page.context.set_geolocation(THERE)  # type: ignore[arg-type]  # the three numbers of a position
    page.get_by_role("button", name="Start break").click()
    expect(page.get_by_text("Your break has begun.")).to_be_visible()
    came, rest = punches(staff, "Ann")
    assert (came.place_decision, rest.place_decision) == (PlaceDecision.OUTSIDE, PlaceDecision.INSIDE)
    assert (rest.accuracy_metres, rest.place_distance_metres, rest.network) == (13, 0, "127.0.0.1")


def test_who_denies_the_position_punches_all_the_same_where_it_is_only_told(page: Page, staff: Staff):
    say(staff, FENCE)
    page.context.clear_permissions()
    clock_of(page, staff, "Di")
    page.get_by_role("button", name="Clock in").click()
    expect(page.get_by_text("It is recorded without a place")).to_be_visible(timeout=20_000)
    assert punches(staff, "Di")[-1].place_decision is PlaceDecision.UNKNOWN


def test_what_is_refused_is_told_and_the_code_of_a_kiosk_opens_the_way(page: Page, staff: Staff):
    say(staff, PlaceRule(PlaceMode.REFUSE, networks=("203.0.113.0/24",)))
    clock_of(page, staff, "Ewa")
    page.get_by_role("button", name="Clock in").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was punched.")
    with staff.server.database.write(staff.company.organisation_id) as session:
        token = create_kiosk(session, staff.company.location.id, name="Gate", now=utc_now(), actor="system")
        code = code_at(kiosk_for_token(session, token), utc_now())
    page.goto(f"{staff.server.url}/kiosk/{token}")
    picture = page.get_by_alt_text("Code that opens the time clock on your phone")
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.naturalWidth") > 0
    page.goto(f"{staff.server.url}/my/time/at/{code}")
    expect(page.get_by_text("You are at Gate")).to_be_visible()
    page.get_by_role("button", name="Clock in").click()
    expect(page.get_by_text("You are clocked in.")).to_be_visible()
    assert punches(staff, "Ewa")[-1].place_decision is PlaceDecision.INSIDE
