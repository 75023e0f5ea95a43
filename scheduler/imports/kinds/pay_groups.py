"""Pay groups with their calendars, and which locations and people are in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from scheduler.imports import forms
from scheduler.imports.columns import Column, Line
from scheduler.imports.directory import Directory
from scheduler.imports.kind import Draft, Kind, Values
from scheduler.kernel.errors import SchedulerError
from scheduler.pay.change_pay_days import put_employee_in_group, put_location_in_group
from scheduler.people.models import PayGroup, PayGroupMember
from scheduler.people.pay_calendar import LAST_DAY_OF_MONTH, PayCalendar, PayCalendarKind
from scheduler.people.pay_groups import LONGEST_NAME, MOST_DAYS_LATER, PayGroupTerms, create_pay_group

DAY = timedelta(days=1)


class PayGroupsKind(Kind):
    """Who is paid for the same days."""

    name = "pay_groups"
    title = "Pay groups"
    about = (
        "Whoever is in no group is paid for weeks from Monday to Sunday. The calendar of a group that is "
        "stored is changed from a day on, on its page."
    )
    CODE = Column("code", forms.CODE, "what other files call the group")
    NAME = Column("name", forms.text(LONGEST_NAME), "what people call it")
    CALENDAR = Column("calendar", forms.choice(PayCalendarKind), "how long its periods are")
    ANCHOR = Column(
        "anchor_on",
        forms.DATE,
        "first day of one period, for those counted in weeks; else empty",
        required=False,
    )
    FIRST = Column(
        "first_day", forms.whole(1, LAST_DAY_OF_MONTH, "day of the month"),
        "on which a period begins, for those counted in months; else empty", required=False,
    )  # fmt: skip
    SECOND = Column(
        "second_day", forms.whole(1, LAST_DAY_OF_MONTH, "day of the month"),
        "the other one, for semi-monthly periods; else empty", required=False,
    )  # fmt: skip
    SHEETS_DUE = Column(
        "sheets_due_days", forms.whole(0, MOST_DAYS_LATER, "days"),
        "after the last day until timesheets are due; empty: not said", required=False,
    )  # fmt: skip
    PAY_DAY = Column(
        "pay_day_days", forms.whole(0, MOST_DAYS_LATER, "days"),
        "after the last day until money is paid; empty: not said", required=False,
    )  # fmt: skip
    columns = (CODE, NAME, CALENDAR, ANCHOR, FIRST, SECOND, SHEETS_DUE, PAY_DAY)
    claims = (CODE,)
    model = PayGroup
    key = ("code",)

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """One pay group."""
        calendar = self._calendar(line)
        for error in calendar.errors():
            column = next(each for each in (self.ANCHOR, self.FIRST, self.SECOND) if each.name == error.field)
            line.refuse(column, error.problem, error.hint)
        known = book.pay_calendars.get(line[self.CODE])
        if known is not None and calendar not in known:
            hint = "change it on the page of the group, from a day on"
            line.refuse(self.CALENDAR, "is another calendar than the stored group has", hint)
        yield {
            "code": line[self.CODE],
            "name": line[self.NAME],
            "sheets_due_days": line.get(self.SHEETS_DUE),
            "pay_day_days": line.get(self.PAY_DAY),
        }

    def learn(self, draft: Draft, book: Directory) -> None:
        """Make the group known."""
        book.pay_groups[draft.values["code"]] = draft.id

    def create(self, session: Session, drafts: Sequence[Draft], actor: str) -> None:
        """Store groups with their calendars."""
        for draft in drafts:
            said = draft.values
            terms = PayGroupTerms(said["name"], said["sheets_due_days"], said["pay_day_days"])
            calendar = self._calendar(draft.line)
            create_pay_group(session, said["code"], terms, calendar, actor=actor, group_id=draft.id)

    def _calendar(self, line: Line) -> PayCalendar:
        days = line.get(self.FIRST), line.get(self.SECOND)
        return PayCalendar(line[self.CALENDAR], line.get(self.ANCHOR), *days)


class PayGroupMembersKind(Kind):
    """Which locations and people are in which pay group."""

    name = "pay_group_members"
    title = "Members of pay groups"
    about = (
        "A line names a location, whose people are in the group unless they have one of their own, or an "
        "employee. Time that is recorded stays in its period: a day before its end is refused."
    )
    LOCATION = Column(
        "location", forms.CODE, "code of the location; empty: the line is about a person", required=False
    )
    EMPLOYEE = Column(
        "employee", forms.CODE, "employee number; empty: the line is about a location", required=False
    )
    FROM = Column("valid_from", forms.DATE, "first day in the group")
    GROUP = Column(
        "pay_group", forms.CODE,
        "code of the group; empty: weeks from Monday, or for a person the group of the location",
        required=False,
    )  # fmt: skip
    columns = (LOCATION, EMPLOYEE, FROM, GROUP)
    model = PayGroupMember
    key = ("location_id", "employee_id", "valid_from")
    changeable = False

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """One location or person."""
        if bool(line.text(self.LOCATION)) == bool(line.text(self.EMPLOYEE)):
            line.refuse(self.EMPLOYEE, "names no one, or two", "a location or an employee, one of them")
            return
        place = book.place(line, self.LOCATION) if line.text(self.LOCATION) else None
        person = book.person(line, self.EMPLOYEE) if line.text(self.EMPLOYEE) else None
        group = book.pay_group(line, self.GROUP) if line.text(self.GROUP) else None
        if not line.bad:
            yield {
                "location_id": place.id if place else None,
                "employee_id": person.id if person else None,
                "valid_from": line[self.FROM],
                "pay_group_id": group,
            }

    def create(self, session: Session, drafts: Sequence[Draft], actor: str) -> None:
        """Put each in its group, the earliest day first."""
        for draft in sorted(drafts, key=lambda each: each.values["valid_from"]):
            said = draft.values
            try:
                if said["location_id"] is not None:
                    put_location_in_group(
                        session, said["location_id"], said["pay_group_id"],
                        valid_from=said["valid_from"], actor=actor,
                    )  # fmt: skip
                else:
                    put_employee_in_group(
                        session, said["employee_id"], said["pay_group_id"],
                        valid_from=said["valid_from"], actor=actor,
                    )  # fmt: skip
            except SchedulerError as error:
                hint = f"{error.facts.get('possible_from', 'a later day')} or later"
                draft.line.refuse(self.FROM, "is in days that are paid together already", hint)
