"""The demo company's last three weeks at three places: from punches to closed periods to files, by hand."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import fastparquet
import pandas
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from api.demo.load import last_full_week, load_company, worked_weeks
from api.demo.logins import PASSWORD, ensure_logins
from api.demo.pay_week import REMEDIES
from scheduler.db.tenant import tenant_of
from scheduler.kernel.clock import utc_now, week_start
from scheduler.organisation.locations import list_locations
from scheduler.organisation.models import Location
from scheduler.pay.models import PayLine
from scheduler.timekeeping.exceptions import blocking
from scheduler.timekeeping.models import Timesheet
from scheduler.timekeeping.timesheets import exceptions_of
from tests.e2e.live_server import LiveServer
from tests.e2e.test_signing_in import sign_in

FORMATS = ("generic_csv", "generic_json", "generic_xlsx", "generic_parquet")
LAW = {"WAW": "pl", "MNL": "ph", "SFO": "us-ca"}


@dataclass(frozen=True)
class Kometa:
    """The demo company, with punches that nobody has looked at yet."""

    server: LiveServer
    organisation_id: UUID
    locations: dict[str, Location]
    mondays: list[date]

    def forgotten(self, location: Location, monday: date) -> list[tuple[UUID, str, datetime]]:
        """Whose punches are missing, which kind, and when it would have been on the clock of the place."""
        found = []
        with self.server.database.read(self.organisation_id) as session:
            sheets = session.scalars(
                select(Timesheet).where(Timesheet.location_id == location.id, Timesheet.starts_on == monday)
            )
            for sheet in sheets:
                for each in blocking(exceptions_of(sheet)):
                    present, kind, away = REMEDIES[each.code]
                    last = [one["at"] for one in each.facts["punches"] if one["kind"] == present][-1]
                    at = datetime.fromisoformat(last) + away
                    found.append((sheet.employee_id, kind.value, at.astimezone(ZoneInfo(location.zone))))
        return found

    def paid(self) -> tuple[int, Decimal]:
        """How many pay lines there are, and the sum of their amounts, whatever the currency."""
        with self.server.database.read(self.organisation_id) as session:
            count, cents = session.execute(
                select(func.count(PayLine.id), func.sum(PayLine.amount_cents))
            ).one()
        return count, Decimal(cents) / 100


@pytest.fixture
def kometa(live_server: LiveServer) -> Kometa:
    coming = week_start(utc_now().date()) + timedelta(weeks=1)
    past = last_full_week(coming)
    with live_server.database.write() as session:
        load_company(session, week=coming, past_week=past, actor="system")
        ensure_logins(session, domain="kometa.example", actor="system")
        locations = {each.code: each for each in list_locations(session)}
        session.flush()
        organisation_id = tenant_of(session)
        session.expunge_all()
    return Kometa(live_server, organisation_id, locations, worked_weeks(past)[::-1])


@pytest.mark.slow
def test_the_last_three_periods_of_each_place_become_files_in_four_formats(page: Page, kometa: Kometa):
    for code, location in kometa.locations.items():
        assert location.jurisdiction == LAW[code]
        signed_in(page, kometa, f"manager.{code.lower()}")
        for monday in kometa.mondays:
            put_right_and_approve(page, kometa, location, monday)

    signed_in(page, kometa, "payroll")
    for location in kometa.locations.values():
        for monday in kometa.mondays:
            close(page, kometa, location, monday)
    follow_overtime_to_its_punches(page, kometa)

    count, total = kometa.paid()
    assert count > 1000
    for profile in FORMATS:
        add_target(page, kometa, profile)
        rows = [row for week in range(3) for row in handed_over(page, kometa, profile, week)]
        assert len(rows) == count
        assert sum((round(Decimal(str(row["amount"])), 2) for row in rows), Decimal(0)) == total


def signed_in(page: Page, kometa: Kometa, who: str) -> None:
    page.context.clear_cookies()
    page.goto(f"{kometa.server.url}/sign-in")
    sign_in(page, f"{who}@kometa.example", PASSWORD)
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def put_right_and_approve(page: Page, kometa: Kometa, location: Location, monday: date) -> None:
    sheets = f"{kometa.server.url}/locations/{location.id}/timesheets/{monday}"
    page.goto(sheets)
    page.get_by_role("button", name="Bring up to date").click()
    expect(page.get_by_text("Brought up to date.")).to_be_visible()
    for employee_id, kind, at in kometa.forgotten(location, monday):
        page.goto(f"{kometa.server.url}/timesheets/{employee_id}/{monday}")
        form = page.locator("form", has=page.get_by_role("button", name="Add", exact=True))
        form.get_by_label("What").select_option(kind)
        form.get_by_label("When").fill(at.strftime("%Y-%m-%dT%H:%M"))
        form.get_by_label("Why").fill("forgotten; time confirmed with the employee")
        form.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto(sheets)
    page.get_by_role("button", name="clear one").click()
    expect(page.get_by_role("button", name="Nothing to approve")).to_be_visible()
    expect(page.get_by_label("The period in sum").get_by_text("unclear")).to_have_count(0)


def close(page: Page, kometa: Kometa, location: Location, monday: date) -> None:
    page.goto(f"{kometa.server.url}/locations/{location.id}/pay-periods/{monday}")
    page.get_by_role("button", name="Close the period").click()
    expect(page.get_by_text("These lines never change")).to_be_visible()


def follow_overtime_to_its_punches(page: Page, kometa: Kometa) -> None:
    """From an amount on the page of a period to its article and its punches."""
    place, monday = kometa.locations["SFO"], kometa.mondays[-1]
    page.goto(f"{kometa.server.url}/locations/{place.id}/pay-periods/{monday}")
    lines = page.get_by_label("Pay lines").get_by_role("row").filter(has_text="Cal. Lab. Code 510")
    lines.first.get_by_role("link", name="how it comes about").click()
    expect(page.get_by_role("region", name="Why it is due")).to_contain_text("rule pack us-ca")
    expect(page.get_by_role("region", name="Why it is due")).to_contain_text("Cal. Lab. Code 510")
    expect(page.get_by_role("region", name="Punches behind it").locator("li").first).to_be_visible()


def add_target(page: Page, kometa: Kometa, profile: str) -> None:
    page.goto(f"{kometa.server.url}/payroll/targets")
    page.get_by_label("Name", exact=True).fill(profile)
    page.get_by_label("Code").fill(profile)
    page.get_by_label("How its files look").select_option(profile)
    page.get_by_role("button", name="Add it").click()
    page.get_by_label("Who has no number there is known by our number").check()
    page.get_by_role("button", name="Save the settings").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    codes = page.get_by_label("Table of pay codes").get_by_label("Code for")
    for place in range(codes.count()):
        codes.nth(place).fill(str(100 + place))
    page.get_by_role("button", name="Save the pay codes").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def handed_over(page: Page, kometa: Kometa, profile: str, week: int) -> list[dict[str, object]]:
    """The rows of the file of one week of all places, made and downloaded by hand."""
    page.goto(f"{kometa.server.url}/payroll")
    page.get_by_role("link", name="Preview the file of").nth(week).click()
    page.get_by_label("Payroll system").select_option(label=profile)
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Everything is ready.")).to_be_visible()
    page.get_by_role("button", name="Make the file").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    content = download.value.path().read_bytes()
    expect(page.get_by_text(hashlib.sha256(content).hexdigest())).to_be_visible()
    return rows_in(content, profile)


def rows_in(content: bytes, profile: str) -> list[dict[str, object]]:
    """The rows of a file, as another program reads it."""
    if profile == "generic_csv":
        return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    if profile == "generic_json":
        return list(json.loads(content))
    file = io.BytesIO(content)
    excel = profile == "generic_xlsx"
    frame = pandas.read_excel(file, engine="calamine") if excel else fastparquet.ParquetFile(file).to_pandas()
    return list(frame.to_dict("records"))
