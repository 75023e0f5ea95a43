"""Contracts: which is in force, and changing the terms from a day on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.effective import holds_on
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.kernel.money import is_currency
from scheduler.people.hold_employees import hold_employee
from scheduler.people.models import Contract, ContractKind, NightWork, PartOfMonth

HOURS_OF_DAY = 8
MOST_CENTS = 2_147_483_647
LONGEST_ARTICLE = 120


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What a contract says, whenever it holds; the fields mean what they mean in `Contract`."""

    kind: ContractKind
    weekly_minutes: int
    min_weekly_minutes: int
    max_weekly_minutes: int
    max_daily_minutes: int
    hourly_rate_cents: int
    currency: str
    monthly_salary_cents: int | None = None
    salary_by: PartOfMonth | None = None
    daily_rate_cents: int | None = None
    guaranteed_weekly_minutes: int | None = None
    night_work: NightWork | None = None
    agreed_week: list[int] | None = None
    exempt_by: str | None = None
    daily_allowance_cents: int | None = None

    def errors(self) -> list[FieldError]:
        """Every term that cannot be."""
        found = []
        if not 0 <= self.min_weekly_minutes <= self.weekly_minutes <= self.max_weekly_minutes <= 7 * 24 * 60:
            value = f"{self.min_weekly_minutes} <= {self.weekly_minutes} <= {self.max_weekly_minutes}"
            hint = "0 <= min_weekly_minutes <= weekly_minutes <= max_weekly_minutes <= 10080"
            found.append(FieldError("weekly_minutes", value, "the weekly minutes are not in order", hint))
        if not 0 < self.max_daily_minutes <= 24 * 60:
            value = str(self.max_daily_minutes)
            found.append(FieldError("max_daily_minutes", value, "no such daily limit", "1 to 1440 minutes"))
        if self.hourly_rate_cents < 0:
            value = str(self.hourly_rate_cents)
            found.append(FieldError("hourly_rate_cents", value, "the rate is negative", "0 or more"))
        if self.monthly_salary_cents is not None and self.monthly_salary_cents <= 0:
            value = str(self.monthly_salary_cents)
            hint = "more than 0, or nothing for who is paid by the hour"
            found.append(FieldError("monthly_salary_cents", value, "is no salary", hint))
        if not is_currency(self.currency):
            found.append(
                FieldError("currency", self.currency, "is no known currency", "ISO 4217, such as PLN")
            )
        return [*found, *self._pay_errors(), *self._status_errors()]

    def _pay_errors(self) -> Iterator[FieldError]:
        """What cannot be in how it pays."""
        salary, by_day = self.monthly_salary_cents, self.daily_rate_cents
        if salary is None and self.salary_by is not None:
            hint = "give the salary too, or leave it out"
            yield FieldError("salary_by", self.salary_by.value, "there is no salary", hint)
        if by_day is not None and salary is not None:
            yield FieldError("daily_rate_cents", str(by_day), "there is a salary too", "one of both")
        elif by_day is not None and not 0 < by_day <= MOST_CENTS:
            yield FieldError(
                "daily_rate_cents", str(by_day), "is no rate of a day", "more than 0, or nothing"
            )
        elif by_day is not None and self.hourly_rate_cents != hour_of_day(by_day):
            hint = f"an eighth of the rate of a day: {hour_of_day(by_day)}"
            yield FieldError("hourly_rate_cents", str(self.hourly_rate_cents), "does not fit it", hint)
        least = self.guaranteed_weekly_minutes
        if least is not None and salary is not None:
            yield FieldError(
                "guaranteed_weekly_minutes", str(least), "a salary is paid anyway", "leave it out"
            )
        elif least is not None and not 0 < least <= self.max_weekly_minutes:
            hint = f"1 to {self.max_weekly_minutes}, or nothing"
            yield FieldError("guaranteed_weekly_minutes", str(least), "cannot be guaranteed", hint)
        allowance = self.daily_allowance_cents
        if allowance is not None and not 0 < allowance <= MOST_CENTS:
            hint = "more than 0, or nothing"
            yield FieldError("daily_allowance_cents", str(allowance), "is no allowance", hint)

    def _status_errors(self) -> Iterator[FieldError]:
        """What cannot be in what it says of all work."""
        week = self.agreed_week
        if week is not None and (
            len(week) != 7 or not any(week) or not all(0 <= day <= 1440 for day in week)
        ):
            hint = "seven numbers from Monday to Sunday, such as 600 600 600 600 0 0 0, or nothing"
            yield FieldError("agreed_week", str(week)[:60], "is no week", hint)
        elif week is not None and sum(week) > self.max_weekly_minutes:
            hint = f"at most {self.max_weekly_minutes} minutes together"
            yield FieldError("agreed_week", str(week), "is longer than a week may be", hint)
        if self.exempt_by is not None and not 0 < len(self.exempt_by.strip()) <= LONGEST_ARTICLE:
            hint = f"the article, in at most {LONGEST_ARTICLE} characters, or nothing"
            yield FieldError("exempt_by", self.exempt_by[:40], "names no article", hint)


def hour_of_day(daily_rate_cents: int) -> int:
    """What an hour of a daily rate is worth, in whole minor units, rounded half up.

    Examples
    --------
    >>> hour_of_day(80000), hour_of_day(64500)
    (10000, 8063)
    """
    return (daily_rate_cents * 2 + HOURS_OF_DAY) // (2 * HOURS_OF_DAY)


def hour_of_month(salary_cents: int, weekly_minutes: int) -> int:
    """What an hour of a salary is worth over the 52 weeks of a year, in whole minor units, rounded half up.

    Premiums that are paid at the rate of an hour use it; overtime is priced as the law of the place says.

    Examples
    --------
    >>> hour_of_month(800000, 2400), hour_of_month(800000, 0)
    (4615, 0)
    """
    if not weekly_minutes:
        return 0
    return (salary_cents * 12 * 60 * 2 + 52 * weekly_minutes) // (2 * 52 * weekly_minutes)


def contracts_between(
    session: Session, employee_ids: Collection[UUID], first_day: date, last_day: date
) -> dict[UUID, list[Contract]]:
    """The contracts in force on some day from ``first_day`` to ``last_day``, **both included**, oldest first.

    An employee without any is left out.
    """
    held = (
        Contract.employee_id.in_(employee_ids),
        Contract.valid_from <= last_day,
        or_(Contract.valid_until.is_(None), Contract.valid_until > first_day),
    )
    found: dict[UUID, list[Contract]] = {}
    for contract in session.scalars(select(Contract).where(*held).order_by(Contract.valid_from)):
        found.setdefault(contract.employee_id, []).append(contract)
    return found


def change_contract(
    session: Session, employee_id: UUID, terms: ContractTerms, *, valid_from: date, actor: str
) -> Contract:
    """New terms from a day on: ends the contract then in force and holds until the one after it starts.

    Raises
    ------
    InvalidInput
        If the terms cannot be.
    SchedulerError
        ``employee_not_found``; ``contract_starts_that_day`` if one already starts on ``valid_from``.
    """
    if errors := terms.errors():
        raise InvalidInput(errors)
    employee = hold_employee(session, employee_id)
    by_start = select(Contract).where(Contract.employee_id == employee_id).order_by(Contract.valid_from)
    stored = session.scalars(by_start).all()
    if any(contract.valid_from == valid_from for contract in stored):
        raise SchedulerError(
            "contract_starts_that_day", employee=employee.number, valid_from=valid_from.isoformat()
        )
    later = [contract.valid_from for contract in stored if contract.valid_from > valid_from]
    for contract in stored:
        if holds_on(contract, valid_from):
            contract.valid_until = valid_from
    changed = Contract(
        employee_id=employee_id, valid_from=valid_from, valid_until=min(later, default=None), **asdict(terms)
    )
    session.add(changed)
    session.flush()
    record(
        session,
        actor,
        "contract.change",
        "contract",
        changed.id,
        employee=employee.number,
        valid_from=valid_from.isoformat(),
        **asdict(terms),
    )
    return changed
