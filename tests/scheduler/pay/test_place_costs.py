"""Pay goes to where it was worked, to the cent."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import SchedulerError
from scheduler.pay.models import PayLine, PayPeriodState
from scheduler.pay.periods import period_for
from scheduler.pay.place_costs import PlaceCost, place_costs, shared
from scheduler.people.models import Contract
from scheduler.timekeeping.models import Punch
from tests.scheduler.timekeeping.clock_company import (
    ClockCompany,
    another_place,
    job,
    move,
    punch,
)

MONDAY = date(2026, 11, 16)


def closed(session: Session, clocked: ClockCompany, *lines: tuple[date, int, int, list[Punch]]) -> UUID:
    """A closed period with lines given as day, minutes, cents and punches."""
    period = period_for(session, clocked.location_id, MONDAY)
    contract = session.scalars(select(Contract)).one()
    for day, minutes, cents, punches in lines:
        session.add(
            PayLine(
                pay_period_id=period.id, employee_id=clocked.ann.id, employee_number="1",
                employee_name="Ann Nowak", contract_id=contract.id, day=day, pay_code="regular",
                minutes=minutes, hourly_rate_cents=4000, amount_cents=cents, currency="PLN",
                is_worked=minutes > 0, punch_ids=[str(each.id) for each in punches], created_at=utc_now(),
            )
        )  # fmt: skip
    session.flush()
    period.state, period.closed_at, period.closed_by = PayPeriodState.CLOSED, utc_now(), "system"
    session.flush()
    return period.id


def test_a_day_that_a_transfer_parts_is_shared_by_the_minutes_at_each_place(
    tenant_session: Session, clocked: ClockCompany
):
    gate, forklift = another_place(tenant_session), job(tenant_session)
    (came,) = punch(tenant_session, clocked.ann, "2026-11-16 08:00 in")
    moved = move(tenant_session, clocked.ann, "2026-11-16 10:00", gate, forklift)
    (left,) = punch(tenant_session, clocked.ann, "2026-11-16 15:00 out")
    whole = [came, moved, left]
    period_id = closed(
        tenant_session, clocked, (MONDAY, 420, 28001, whole), (MONDAY, 0, 100, whole), (MONDAY, 0, 5000, [])
    )
    home = clocked.location_id
    assert sorted(place_costs(tenant_session, period_id), key=lambda one: one.worked_minutes) == [
        PlaceCost(home, None, "PLN", 120, 8000 + 29 + 5000),
        PlaceCost(gate.id, forklift.id, "PLN", 300, 20001 + 71),
    ]


def test_after_midnight_a_line_goes_to_where_its_day_was_worked(
    tenant_session: Session, clocked: ClockCompany
):
    gate = another_place(tenant_session)
    (came,) = punch(tenant_session, clocked.ann, "2026-11-16 22:00 in")
    moved = move(tenant_session, clocked.ann, "2026-11-17 00:00", gate)
    (left,) = punch(tenant_session, clocked.ann, "2026-11-17 06:00 out")
    whole = [came, moved, left]
    period_id = closed(
        tenant_session, clocked, (MONDAY, 120, 8000, whole), (date(2026, 11, 17), 360, 24000, whole)
    )
    costs = {
        one.location_id: (one.worked_minutes, one.amount_cents)
        for one in place_costs(tenant_session, period_id)
    }
    assert costs == {clocked.location_id: (120, 8000), gate.id: (360, 24000)}


def test_an_open_period_has_no_costs_by_place(tenant_session: Session, clocked: ClockCompany):
    period = period_for(tenant_session, clocked.location_id, MONDAY)
    with pytest.raises(SchedulerError, match="period_not_closed"):
        place_costs(tenant_session, period.id)


@given(
    st.integers(-(10**9), 10**9),
    st.lists(st.integers(0, 10**6), min_size=1, max_size=8).filter(lambda weights: sum(weights) > 0),
)
def test_shares_are_the_amount_and_none_is_off_by_a_unit(amount: int, weights: list[int]):
    parts = shared(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - amount * weight) < sum(weights)
        assert part == 0 or (part > 0) == (amount > 0)
