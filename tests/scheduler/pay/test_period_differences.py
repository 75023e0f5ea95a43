from __future__ import annotations

from datetime import date

import pytest

from scheduler.kernel.errors import SchedulerError
from scheduler.pay.close_period import close_period
from scheduler.pay.period_differences import period_differences
from scheduler.pay.periods import period_for
from scheduler.timekeeping.approve_many import approve_all
from tests.scheduler.pay.paid_weeks import PAYROLL, close_week
from tests.scheduler.pay.test_late_sheets import contract_of_ben
from tests.scheduler.timekeeping.clock_company import MANAGER, punch, week_of_days

WEEK_BEFORE = date(2026, 11, 9)


def test_a_period_is_shown_beside_the_one_before_with_the_biggest_difference_first(tenant_session, clocked):
    session = tenant_session
    contract_of_ben(clocked)
    punch(session, clocked.ann, *week_of_days("2026-11-09", "2026-11-10"))
    punch(session, clocked.ben, *week_of_days("2026-11-09"))
    approve_all(session, clocked.location_id, WEEK_BEFORE, actor=MANAGER)
    before = period_for(session, clocked.location_id, WEEK_BEFORE)
    close_period(session, before.id, actor=PAYROLL)
    punch(session, clocked.ben, *week_of_days("2026-11-16", "2026-11-17", "2026-11-18"))
    found = period_differences(session, close_week(session, clocked, "2026-11-16"))
    assert found.before == before
    assert [(each.label, each.minutes, each.amount_cents) for each in found.by_person] == [
        ("Ben Nowak", 960, 64000),
        ("Ann Nowak", -480, -32000),
    ]
    assert [(each.what, each.now_minutes, each.before_minutes) for each in found.by_code] == [
        ("regular", 1920, 1440)
    ]


def test_the_first_period_has_nothing_beside_it_and_an_open_one_is_not_compared(
    sqlite_tenant_session, clocked_sqlite
):
    session, clocked = sqlite_tenant_session, clocked_sqlite
    found = period_differences(session, close_week(session, clocked, "2026-11-16"))
    assert (found.before, found.by_person[0].before_cents) == (None, 0)
    following = period_for(session, clocked.location_id, date(2026, 11, 23))
    with pytest.raises(SchedulerError, match="period_not_closed"):
        period_differences(session, following)
