"""Leave policies of locations, and what people have when their accounts begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from scheduler.imports import forms
from scheduler.imports.columns import Column, Line
from scheduler.imports.directory import Directory
from scheduler.imports.kind import Draft, Kind, Values, chunks
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.people.models import Employee
from scheduler.timeoff.amounts import in_words, steps_of
from scheduler.timeoff.leave_policies import PolicyTerms, policy_needed, save_policy
from scheduler.timeoff.models import (
    LeaveEntry,
    LeaveEntryKind,
    LeaveGranting,
    LeaveKind,
    LeavePolicy,
    LeaveRounding,
    LeaveUnit,
    PartYear,
)
from scheduler.timeoff.record_leave_entry import record_leave_entry

_AMOUNT = re.compile(r"-?\d{1,8}([.,]\d{1,2})?")


def _read_amount(value: str, _week: date | None) -> Decimal:
    if not _AMOUNT.fullmatch(value):
        raise forms.Unreadable("is not an amount of leave", "such as 26 or 12.5, or whole minutes")
    return Decimal(value.replace(",", "."))


AMOUNT = forms.Form("days with at most two decimals, or whole minutes", _read_amount)
MONTHS = forms.whole(0, 60, "months")
FIELDS = tuple(one.name for one in fields(PolicyTerms))


class LeavePoliciesKind(Kind):
    """How much leave locations give."""

    name = "leave_policies"
    title = "Leave policies"
    about = (
        "How much leave of a kind a location gives and how it is counted. Amounts are days or minutes, as "
        "`unit` says. What was said for a kind and day is changed on the page, not by a file."
    )
    LOCATION = Column("location", forms.CODE, "code of the location")
    KIND = Column("kind", forms.choice(LeaveKind), "kind of leave")
    STARTS_ON = Column("starts_on", forms.DATE, "the first of a month, on which leave years begin")
    UNIT = Column("unit", forms.choice(LeaveUnit), "what it is counted in")
    GRANTING = Column("granting", forms.choice(LeaveGranting), "how it comes into accounts")
    YEARLY = Column("yearly_amount", AMOUNT, "a year of full time; empty: 0", required=False)
    LONG_YEARS = Column(
        "long_service_years", forms.whole(1, 60, "years"), "from so many years on ...", required=False
    )
    LONG = Column("long_service_amount", AMOUNT, "... a year gives this", required=False)
    SHARE = Column("share_percent", AMOUNT, "of the time worked, for `hours`", required=False)
    PART = Column("part_year", forms.choice(PartYear), "empty: `days`", required=False)
    ROUNDING = Column("rounding", forms.choice(LeaveRounding), "empty: `exact`", required=False)
    DAY = Column("day_hours", forms.HOURS, "a whole day; empty: 8", required=False)
    FULL_TIME = Column("full_time_hours", forms.HOURS, "a week; empty: all get the same", required=False)
    WAITING = Column("waiting_months", MONTHS, "after the day of hire; empty: 0", required=False)
    WEEKDAYS = Column(
        "weekdays", forms.WEEKDAYS, "on which leave takes something; empty: mon-fri", required=False
    )
    HOLIDAYS = Column("counts_holidays", forms.YES_NO, "empty: `no`", required=False)
    LIMIT = Column("carry_over_limit", AMOUNT, "most that stays; empty: all of it", required=False)
    WITHIN = Column("carry_over_months", forms.whole(1, 12, "months"), "empty: no end", required=False)
    SOURCE = Column("source", forms.text(200), "where it is written", required=False)
    columns = (
        LOCATION, KIND, STARTS_ON, UNIT, GRANTING, YEARLY, LONG_YEARS, LONG, SHARE, PART, ROUNDING, DAY,
        FULL_TIME, WAITING, WEEKDAYS, HOLIDAYS, LIMIT, WITHIN, SOURCE,
    )  # fmt: skip
    model = LeavePolicy
    key = ("location_id", "kind", "starts_on")
    changeable = False

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """One policy."""
        place, unit = book.place(line, self.LOCATION), line[self.UNIT]
        amounts = {column: self._steps(line, column, unit) for column in (self.YEARLY, self.LONG, self.LIMIT)}
        share = line.get(self.SHARE)
        if place is None or line.bad:
            return
        yield {
            "location_id": place.id,
            "kind": line[self.KIND],
            "starts_on": line[self.STARTS_ON],
            "unit": unit,
            "granting": line[self.GRANTING],
            "yearly_amount": amounts[self.YEARLY] or 0,
            "long_service_years": line.get(self.LONG_YEARS),
            "long_service_amount": amounts[self.LONG],
            "share_basis_points": int(share * 100) if share else 0,
            "part_year": line.get(self.PART) or PartYear.DAYS,
            "rounding": line.get(self.ROUNDING) or LeaveRounding.EXACT,
            "day_minutes": line.get(self.DAY) or 480,
            "full_time_weekly_minutes": line.get(self.FULL_TIME),
            "waiting_months": line.get(self.WAITING) or 0,
            "counted_weekdays": sorted(line.get(self.WEEKDAYS) or range(5)),
            "counts_holidays": line.get(self.HOLIDAYS) or False,
            "carry_over_limit": amounts[self.LIMIT],
            "carry_over_months": line.get(self.WITHIN),
            "source": line.get(self.SOURCE),
        }

    def _steps(self, line: Line, column: Column[Decimal], unit: LeaveUnit) -> int | None:
        told = line.get(column)
        steps = None if told is None else steps_of(told, unit)
        if told is not None and steps is None:
            line.refuse(column, "has parts of a minute", "whole minutes")
        return steps

    def create(self, session: Session, drafts: Sequence[Draft], actor: str) -> None:
        """Say each policy as on its page, earlier leave years first."""
        for draft in sorted(drafts, key=lambda one: one.values["starts_on"]):
            told = {name: draft.values[name] for name in FIELDS}
            terms = PolicyTerms(**told | {"counted_weekdays": tuple(told["counted_weekdays"])})
            try:
                save_policy(session, draft.values["location_id"], terms, actor=actor)
            except InvalidInput as refusal:
                for error in refusal.errors:
                    draft.line.refuse(None, f"{error.field} {error.value} {error.problem}", error.hint)


class LeaveOpeningsKind(Kind):
    """What people have when a day begins."""

    name = "leave_opening_balances"
    title = "Opening balances of leave"
    about = (
        "What somebody has of a kind of leave when a day begins, in days or minutes as the leave policy of "
        "the location counts; nothing before that day counts any more. An entry never changes: another "
        "amount for the same day is refused, and corrections are adjustments."
    )
    EMPLOYEE = Column("employee", forms.CODE, "employee number")
    KIND = Column("kind", forms.choice(LeaveKind), "kind of leave")
    DAY = Column("day", forms.DATE, "the day at whose beginning it counts")
    AMOUNT = Column("amount", AMOUNT, "below 0 for what was overdrawn")
    REASON = Column("reason", forms.text(500), "empty: `opening balance`", required=False)
    columns = (EMPLOYEE, KIND, DAY, AMOUNT, REASON)
    model = LeaveEntry
    key = ("employee_id", "leave_kind", "source")
    changeable = False

    def read(self, line: Line, book: Directory) -> Iterator[Values]:
        """One opening balance; its amount is as it was written until the account's unit is known."""
        person = book.person(line, self.EMPLOYEE)
        if person is None:
            return
        day, reason = line[self.DAY], line.get(self.REASON) or "opening balance"
        yield {
            "employee_id": person.id,
            "leave_kind": line[self.KIND],
            "source": f"opening:{day}",
            "unit": None,
            "amount": line[self.AMOUNT],
            "day": day,
            "reason": reason,
        }

    def scope(self, drafts: Sequence[Draft]) -> Iterator[ColumnElement[bool]]:
        """Only opening balances of these people."""
        for ids in chunks(sorted({draft.values["employee_id"] for draft in drafts})):
            opening = LeaveEntry.entry == LeaveEntryKind.OPENING
            yield opening & LeaveEntry.employee_id.in_(ids)

    def differs(self, values: Values, stored: Values) -> bool:
        """Whether another amount, in the unit of the account, or another reason was given."""
        told = steps_of(values["amount"], stored["unit"])
        return bool(told != stored["amount"] or values["reason"] != stored["reason"])

    def create(self, session: Session, drafts: Sequence[Draft], actor: str) -> None:
        """Enter each as on its page."""
        for draft in drafts:
            try:
                self._enter(session, draft, actor)
            except InvalidInput as refusal:
                for error in refusal.errors:
                    draft.line.refuse(None, f"{error.field} {error.value} {error.problem}", error.hint)
            except SchedulerError as refusal:
                facts = ", ".join(f"{name} {value}" for name, value in refusal.facts.items())
                hint = "say how it is counted: import leave_policies first or together"
                draft.line.refuse(None, f"was refused: {refusal.code} ({facts})", hint)

    def _enter(self, session: Session, draft: Draft, actor: str) -> None:
        employee_id: UUID = draft.values["employee_id"]
        kind: LeaveKind = draft.values["leave_kind"]
        place = session.scalars(select(Employee.location_id).where(Employee.id == employee_id)).one()
        unit = policy_needed(session, place, kind)[0].unit
        steps = steps_of(draft.values["amount"], unit)
        if steps is None:
            draft.line.refuse(self.AMOUNT, "has parts of a minute", f"such as 480 for {in_words(480, unit)}")
            return
        record_leave_entry(
            session, employee_id, leave_kind=kind, entry=LeaveEntryKind.OPENING, day=draft.values["day"],
            amount=steps, reason=draft.values["reason"], actor=actor,
        )  # fmt: skip
