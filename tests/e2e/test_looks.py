"""Every page at the width of a desk and of a phone: accessible, not wider, no error in the console."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import ConsoleMessage, Page

from scheduler.kernel.clock import utc_now
from scheduler.organisation.clock_devices import create_device
from scheduler.organisation.kiosks import create_kiosk
from scheduler.organisation.models import Role
from scheduler.pay.change_pay_days import put_employee_in_group
from scheduler.pay.close_period import close_period
from scheduler.pay.lock_period import lock_period
from scheduler.pay.models import PayLine
from scheduler.pay.periods import period_for
from scheduler.people.contracts import contracts_between
from scheduler.people.pay_calendar import PayCalendar, PayCalendarKind
from scheduler.people.pay_groups import PayGroupTerms, create_pay_group
from scheduler.timeoff.leave_policies import PolicyTerms, save_policy
from scheduler.timeoff.models import LeaveGranting, LeaveKind, LeaveUnit
from scheduler.webhooks.endpoints import create_endpoint, send_test
from tests.e2e.accessibility import assert_accessible
from tests.e2e.staff import WEEK, Staff
from tests.scheduler.rosters.company import week


@pytest.fixture(scope="module")
def addresses(staff: Staff) -> list[tuple[Role | None, str]]:
    """Who looks, and at what."""
    company, last, coming = staff.company, staff.last_monday, staff.next_monday
    with staff.server.database.write(company.organisation_id) as session:
        company.cover(session, week(coming), 6, 22, 2, 3)
        company.leave(session, "Di", coming, coming + WEEK)
    everybody = [(who, day, 8.0, 16.0) for who in ("Ann", "Bo", "Ewa") for day in range(5)]
    draft = staff.draft(coming, [*everybody, (None, 5, 6, 14), (None, 2, 22, 30), ("Di", 1, 6, 14)])
    staff.published(coming + WEEK, everybody)
    staff.published(last, everybody)
    staff.worked("Ann", last, range(3))
    staff.worked("Ann", last, [3], punches=[("in", 8.0)])
    staff.worked("Bo", last, range(4))
    location = f"/locations/{company.location.id}"
    return [
        (None, "/sign-in"),
        *kiosk_addresses(staff),
        *law_addresses(staff, draft.id),
        (Role.MANAGER, "/rosters"),
        (Role.MANAGER, f"{location}/weeks/{coming}"),
        (Role.MANAGER, f"{location}/weeks/{coming + WEEK}?edited=published"),
        (Role.MANAGER, f"{location}/weeks/{coming + 2 * WEEK}"),
        (Role.MANAGER, f"/rosters/{draft.id}/publish"),
        (Role.MANAGER, f"/rosters/{draft.id}/cost"),
        (Role.MANAGER, f"/rosters/{draft.id}/new-shift"),
        (Role.MANAGER, f"/rosters/{draft.id}/one-more-person"),
        (Role.MANAGER, f"/rosters/{draft.id}/one-more-person?people=true&hours=20"),
        *timesheet_addresses(staff),
        *((role, f"{location}/time-rules") for role in (Role.MANAGER, Role.ADMIN)),
        (Role.MANAGER, f"{location}/rounding"),
        *leave_addresses(staff),
        (Role.MANAGER, "/nowhere"),
        (Role.EMPLOYEE, "/my/shifts"),
        (Role.EMPLOYEE, "/my/time"),
        *pay_addresses(staff),
        (Role.PAYROLL, "/extra-pay"),
        (Role.PAYROLL, "/allowances"),
        (Role.PAYROLL, f"/employees/{staff.company.people['Ann'].id}/contracts"),
        (Role.MANAGER, "/contracts"),
        (Role.EMPLOYEE, "/my/contract"),
    ]


def timesheet_addresses(staff: Staff) -> list[tuple[Role | None, str]]:
    """One timesheet, those of a period, many, and who stands in."""
    place, last = staff.company.location.id, staff.last_monday
    ann = f"/timesheets/{staff.company.people['Ann'].id}/{last}"
    return [
        (Role.MANAGER, f"/locations/{place}/timesheets/{last}"),
        (Role.MANAGER, ann),
        (Role.MANAGER, f"/timesheets/list?location={place}&day={last}"),
        (Role.MANAGER, "/timesheets/stand-ins"),
        (Role.MANAGER, "/exceptions"),
        (Role.EMPLOYEE, ann),
    ]


def pay_addresses(staff: Staff) -> list[tuple[Role | None, str]]:
    """Pay groups, periods that are open, locked and closed, and a pay line."""
    company, last = staff.company, staff.last_monday
    periods = f"/locations/{company.location.id}/pay-periods"
    line = pay_line(staff)
    with staff.server.database.write(company.organisation_id) as session:
        twice = PayCalendar(PayCalendarKind.SEMI_MONTHLY, first_day=1, second_day=16)
        terms = PayGroupTerms("Office", sheets_due_days=2, pay_day_days=5)
        group = create_pay_group(session, "office", terms, twice, actor="system").id
        di = company.people["Di"].id
        put_employee_in_group(session, di, group, valid_from=last + 52 * WEEK, actor="system")
        lock_period(session, period_for(session, company.location.id, last).id, actor="system")
        for monday in (last - 5 * WEEK, last - 4 * WEEK):
            close_period(session, period_for(session, company.location.id, monday).id, actor="system")
    return [
        (Role.PAYROLL, "/pay-periods"),
        (Role.PAYROLL, f"/pay-periods?group={group}"),
        (Role.PAYROLL, f"{periods}/{last}"),
        (Role.PAYROLL, f"{periods}/{last - 4 * WEEK}"),
        (Role.PAYROLL, f"/pay-lines/{line.id}"),
        (Role.ADMIN, "/pay-groups"),
        (Role.ADMIN, f"/pay-groups/{group}"),
    ]


def leave_addresses(staff: Staff) -> list[tuple[Role | None, str]]:
    """Requests, balances with something in them, what was said about them, and who is told."""
    company, today = staff.company, utc_now().date()
    place, ann = company.location.id, company.people["Ann"].id
    first = today + timedelta(days=1)
    policy = PolicyTerms(
        kind=LeaveKind.ANNUAL, starts_on=date(today.year, 1, 1), unit=LeaveUnit.DAYS,
        granting=LeaveGranting.YEARLY, yearly_amount=1000,
    )  # fmt: skip
    with staff.server.database.write(company.organisation_id) as session:
        save_policy(session, place, policy, actor="system")
        company.leave(session, "Ewa", first, first + WEEK)
        endpoint, _secret = create_endpoint(
            session, name="HR", url="https://hr.example.com/in", event_types=["time_off.requested"],
            key=b"k" * 32, private_addresses=False, now=utc_now(), actor="system",
        )  # fmt: skip
        send_test(session, endpoint.id, now=utc_now(), actor="system")
    return [
        (Role.MANAGER, "/time-off"),
        (Role.MANAGER, "/leave-balances"),
        (Role.MANAGER, f"/employees/{ann}/leave"),
        (Role.PAYROLL, f"/locations/{place}/leave-policies?start=law"),
        (Role.EMPLOYEE, "/my/time-off"),
        (Role.EMPLOYEE, f"/my/time-off/outlook?first_day={first}&last_day={first + 2 * WEEK}&kind=annual"),
        (Role.ADMIN, "/webhooks"),
        (Role.ADMIN, f"/webhooks/{endpoint.id}"),
    ]


def pay_line(staff: Staff) -> PayLine:
    """A line of overtime that corrects another."""
    company, day = staff.company, staff.last_monday - 4 * WEEK
    ann = company.people["Ann"]
    with staff.server.database.write(company.organisation_id) as session:
        period = period_for(session, company.location.id, day)
        (contract,) = contracts_between(session, [ann.id], day, day)[ann.id]
        made = PayLine(
            pay_period_id=period.id, employee_id=ann.id, employee_number=ann.number, employee_name=ann.name,
            contract_id=contract.id, day=day, pay_code="ot_supplement_50", minutes=60, is_worked=False,
            hourly_rate_cents=3140, amount_cents=1570, currency="PLN", multiplier="0.5",
            rule="pl.overtime.rate_50", pack="pl 1+0123456789ab", corrects_period_id=period.id,
            citation="Kodeks pracy, art. 151(1)", contract_version="from 2026-01-01, 31.40 PLN an hour",
            reason="a punch came late", created_at=utc_now(),
        )  # fmt: skip
        session.add(made)
        session.flush()
    return made


def kiosk_addresses(staff: Staff) -> list[tuple[Role | None, str]]:
    """The clock on the wall, and what is said about it."""
    location_id = staff.company.location.id
    with staff.server.database.write(staff.company.organisation_id) as session:
        token = create_kiosk(session, location_id, name="Gate", now=utc_now(), actor="system")
        create_device(session, location_id, name="Hall 2", now=utc_now(), actor="system")
    return [
        (None, f"/kiosk/{token}"),
        (Role.MANAGER, f"/locations/{location_id}/kiosks"),
        (Role.MANAGER, f"/locations/{location_id}/punch-place"),
        (Role.MANAGER, f"/locations/{location_id}/presence"),
        (Role.EMPLOYEE, "/my/kiosk-pin"),
    ]


def law_addresses(staff: Staff, draft_id: UUID) -> list[tuple[Role | None, str]]:
    """Pages about the law, and a published week that is to be changed."""
    monday = staff.next_monday + 3 * WEEK
    changed = staff.published(monday, [("Bo", 1, 8, 16), ("Cy", 1, 8, 16)])
    staff.draft(monday, [("Bo", 1, 9, 17)])
    return [
        (Role.MANAGER, f"/rosters/{changed}/publish"),
        (Role.MANAGER, f"/rosters/{changed}/changes"),
        (Role.MANAGER, f"/rosters/{draft_id}/compliance"),
        (Role.MANAGER, f"/rosters/{draft_id}/what-if?parameter=pl.daily_rest.min&value=12+h"),
        (Role.MANAGER, f"/rosters/{draft_id}/what-if?jurisdiction=gb"),
        (Role.MANAGER, f"/locations/{staff.company.location.id}/compliance"),
        (Role.MANAGER, "/law"),
        (Role.MANAGER, "/law/pl"),
        (Role.MANAGER, "/law/pl?find=rest"),
        (Role.ADMIN, "/agreements"),
        (Role.ADMIN, f"/locations/{staff.company.location.id}/law-calendar"),
        (Role.MANAGER, f"/employees/{staff.company.people['Ann'].id}/limits"),
        (Role.EMPLOYEE, "/my/limits"),
    ]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("light", 390), ("dark", 1280)])
def test_every_page_is_accessible_fits_its_width_and_has_no_errors(
    page: Page, staff: Staff, addresses: list[tuple[Role | None, str]], scheme: str, width: int
):
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]  # one of two words
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.extend(refused_by_browser(message)))
    signed_in: Role | None = None
    for role, address in addresses:
        if role is not signed_in and role is not None:
            staff.signed_in(page, role, "Ann" if role is Role.EMPLOYEE else None)
            signed_in = role
        page.goto(staff.server.url + address)
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    assert not faults


def refused_by_browser(message: ConsoleMessage) -> list[str]:
    """What the console says, but for pages that are meant to be missing."""
    return [message.text] if message.type in ("error", "warning") and "404" not in message.text else []


def test_the_panel_of_a_shift_is_accessible(
    page: Page, staff: Staff, addresses: list[tuple[Role | None, str]]
):
    staff.signed_in(page, Role.MANAGER).goto(staff.week_page(staff.next_monday))
    page.get_by_role("link", name="open, ").first.click()
    page.get_by_role("dialog").get_by_role("heading").first.wait_for()
    assert_accessible(page)


def test_a_week_page_stays_a_page_without_scripts(
    browser, staff: Staff, addresses: list[tuple[Role | None, str]]
):
    """What is a dialog with scripts is a page of its own without them."""
    context = browser.new_context(java_script_enabled=False)
    page = staff.signed_in(context.new_page(), Role.MANAGER)
    page.goto(staff.week_page(staff.next_monday))
    page.get_by_role("link", name="open, ").first.click()
    assert page.get_by_role("heading", name="Open shift").is_visible()
    page.get_by_role("link", name="Back to the week").click()
    assert page.get_by_role("link", name="Review and publish").is_visible()
    context.close()
