"""Company policy as an agreement of its own: how premiums stack, and whom a rule is for."""

from __future__ import annotations

import pytest

from scheduler.kernel.errors import InvalidInput
from scheduler.law.save_agreement import save_agreement
from scheduler.people.models import JobRole
from tests.scheduler.pay.paid_weeks import lines
from tests.scheduler.pay.test_pay_cases import close, day, move_to
from tests.scheduler.timekeeping.clock_company import MANAGER

STACKED = """\
pack: house
title: House agreement
adjective: agreed
version: "1"
layer: agreement
parents: [gb]
consulted: 2026-11-01
sources: {A: the agreement}
notes: []
not_covered: []
parameters:
"""


def policy(session, stacking):
    """Sundays +50 %, nights +20 %, stacked as said."""
    text = STACKED
    for name, topic, value in (
        ("sundays", "sunday_share", "50 %"),
        ("nights", "night_share", "20 %"),
        ("sums", "stacking", stacking),
    ):
        text += (
            f"  {name}:\n    topic: {topic}\n    enforce: {'define' if name == 'sums' else 'pay'}\n"
            f"    values:\n      - {{from: 2026-01-01, value: {value}, cite: 'House agreement', "
            "status: confirmed, source: [A]}\n"
        )
    save_agreement(session, text, actor=MANAGER)


@pytest.mark.parametrize(
    ("stacking", "cents"),
    [("additive", 4000 + 2000 + 800), ("multiplicative", 7200), ("highest", 4000 + 2000)],
)
def test_company_policy_says_how_premiums_of_one_hour_stack(
    sqlite_tenant_session, clocked_sqlite, stacking, cents
):
    session = sqlite_tenant_session
    move_to(session, clocked_sqlite, "gb")
    policy(session, stacking)
    close(session, clocked_sqlite, *day(22, "03:00", "04:00"))
    assert sum(line.amount_cents for line in lines(session)) == cents
    assert sum(line.minutes for line in lines(session) if line.counts_time) == 60


@pytest.mark.parametrize(
    ("applies", "cents"),
    [("location: WAW", 2000), ("location: KRK", 0), ("contract: permanent", 2000), ("contract: student", 0),
     ("job: picker", 2000), ("job: driver", 0)],
)  # fmt: skip
def test_company_policy_can_be_for_a_location_a_job_or_a_kind_of_contract(
    sqlite_tenant_session, clocked_sqlite, applies, cents
):
    session = sqlite_tenant_session
    move_to(session, clocked_sqlite, "gb")
    picker = JobRole(code="picker", name="Picker")
    session.add(picker)
    session.flush()
    clocked_sqlite.ann.job_role_id = picker.id
    text = STACKED + (
        f"  sundays:\n    topic: sunday_share\n    enforce: pay\n    applies: {{{applies}}}\n"
        "    values:\n      - {from: 2026-01-01, value: 50 %, cite: 'House agreement', "
        "status: confirmed, source: [A]}\n"
    )
    save_agreement(session, text, actor=MANAGER)
    close(session, clocked_sqlite, *day(22, "08:00", "09:00"))
    assert sum(line.amount_cents for line in lines(session)) == 4000 + cents


def test_what_is_for_a_location_alone_must_price_work(sqlite_tenant_session, clocked_sqlite):
    move_to(sqlite_tenant_session, clocked_sqlite, "gb")
    text = STACKED + (
        "  rest:\n    topic: daily_rest\n    enforce: check\n    code: HOUSE.REST\n"
        "    applies: {location: WAW}\n    values:\n      - {from: 2026-01-01, value: 12 h, "
        "cite: 'House agreement', status: confirmed, source: [A]}\n"
    )
    with pytest.raises(InvalidInput) as refused:
        save_agreement(sqlite_tenant_session, text, actor=MANAGER)
    assert "only what prices worked time" in str(refused.value.errors)
