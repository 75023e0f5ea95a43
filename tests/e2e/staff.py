"""A company with people of every role for the browser tests, made by the use cases themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from playwright.sync_api import Page

from api.auth import COOKIE
from scheduler.kernel.clock import local_day, utc_now, week_start
from scheduler.organisation.models import Role
from scheduler.rosters.models import Roster
from scheduler.rosters.publish import publish
from scheduler.timekeeping.arrival import NewPunch
from scheduler.timekeeping.models import PunchKind
from scheduler.timekeeping.punch import record_punches
from tests.api.people import Person, store_person
from tests.e2e.live_server import LiveServer
from tests.scheduler.rosters.company import Company, store_company, week

WEEK = timedelta(days=7)
NAMES = ("Ann Nowak", "Bo Lis", "Cy Kot", "Di Maj", "Ewa Zielińska-Wiśniewska", "Franciszek Dąbrowski")
DAY = (("in", 8.0), ("break_start", 12.0), ("break_end", 12.5), ("out", 16.5))


@dataclass(frozen=True)
class Staff:
    """A company of its own on a running server."""

    server: LiveServer
    company: Company

    @cached_property
    def today(self) -> date:
        return local_day(utc_now(), self.company.zone)

    @property
    def last_monday(self) -> date:
        """Of the week before this one."""
        return week_start(self.today) - WEEK

    @property
    def next_monday(self) -> date:
        return week_start(self.today) + WEEK

    def person(self, role: Role, who: str | None = None) -> Person:
        """An account with a role, signed in; an employee's is that person's."""
        employee_id = self.company.people[who].id if who else None
        email = f"{role.value}-{who or 'x'}-{utc_now().timestamp()}@{self.company.organisation_id}.example"
        organisation_id = self.company.organisation_id
        grant = (role, None)
        return store_person(self.server.database, organisation_id, email, grant, employee_id=employee_id)

    def signed_in(self, page: Page, role: Role, who: str | None = None) -> Page:
        """The page, in the hands of somebody with that role."""
        token = self.person(role, who).token
        page.context.add_cookies([{"name": COOKIE, "value": token, "url": self.server.url}])
        return page

    def week_page(self, monday: date) -> str:
        return f"{self.server.url}/locations/{self.company.location.id}/weeks/{monday}"

    def draft(self, monday: date, shifts: Iterable[tuple[str | None, int, float, float]]) -> Roster:
        """A draft with shifts given as person, day of the week, first and last hour."""
        with self.server.database.write(self.company.organisation_id) as session:
            roster = self.company.roster(session, monday)
            days = week(monday)
            made = [self.company.shift(who, days[day], start, end) for who, day, start, end in shifts]
            self.company.draft(session, roster, made)
            return roster

    def published(self, monday: date, shifts: Iterable[tuple[str | None, int, float, float]]) -> UUID:
        """The same, published."""
        roster_id = self.draft(monday, shifts).id
        with self.server.database.write(self.company.organisation_id) as session:
            revision = session.get_one(Roster, roster_id).revision
            publish(session, roster_id, expected_revision=revision, actor=self.company.actor)
        return roster_id

    def worked(
        self, who: str, monday: date, days: Iterable[int], *, punches: Iterable[tuple[str, float]] = DAY
    ) -> None:
        """Eight hours on each of these days of the week, or the punches given."""
        person, place = self.company.people[who], self.company.location.id
        arrivals = [
            NewPunch(
                person.id,
                place,
                self.company.at(week(monday)[day], hour),
                PunchKind(kind),
                "api",
                f"{who} {monday} {day} {kind} {hour}",
            )
            for day in days
            for kind, hour in punches
        ]
        with self.server.database.write(self.company.organisation_id) as session:
            record_punches(session, arrivals, actor="system")


def store_staff(server: LiveServer, slug: str) -> Staff:
    """The company, in an organisation of its own."""
    return Staff(server, store_company(server.database, people=NAMES, slug=slug))
