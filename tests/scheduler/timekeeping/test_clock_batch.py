"""Punches of time clocks are judged one by one, whenever and in whichever order they come."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.timekeeping.clock_batch import Answer, ClockPunch, Outcome, record_each
from scheduler.timekeeping.models import Punch, PunchKind
from tests.scheduler.timekeeping.clock_company import (
    KINDS,
    NOW,
    ClockCompany,
    at,
    codes,
    hours,
    job,
    timesheet,
    week_of_days,
)

DEVICE = "device:00000000-0000-0000-0000-000000000003"


def taken(clocked: ClockCompany, *lines: str) -> list[ClockPunch]:
    """Ann's punches, written ``2026-11-16 08:00 in``."""
    found = []
    for line in lines:
        moment, _, kind = line.rpartition(" ")
        found.append(ClockPunch(at(moment), KINDS[kind], line, clocked.location_id, employee_number="1"))
    return found


def send(session: Session, punches: list[ClockPunch], **told: int) -> list[Answer]:
    return record_each(session, punches, source="device", actor=DEVICE, **told)


def outcomes(answers: list[Answer]) -> list[str]:
    return [answer.outcome.value for answer in answers]


def test_a_bad_punch_does_not_lose_the_others(tenant_session: Session, clocked: ClockCompany):
    came, left = taken(clocked, "2026-11-16 08:00 in", "2026-11-16 16:00 out")
    bad = [
        replace(came, external_id="a", employee_number="no such"),
        replace(came, external_id="b", location_id=UUID(int=9)),
        replace(came, external_id="c", at=NOW + timedelta(minutes=6)),
        replace(came, external_id="d", at=NOW - timedelta(days=31, minutes=1)),
        replace(left, external_id="e", job_role_id=UUID(int=9)),
    ]
    answers = send(tenant_session, [came, *bad, left])
    assert outcomes(answers) == ["accepted", *["refused"] * 5, "accepted"]
    assert [[error.field for error in answer.errors] for answer in answers[1:-1]] == [
        ["employee_number"], ["location_id"], ["at"], ["at"], ["job_role_id"],
    ]  # fmt: skip
    assert all(error.hint for answer in answers for error in answer.errors)
    assert hours(timesheet(tenant_session, clocked.ann)) == {"2026-11-16": 480}
    assert {answers[0].punch_id, answers[-1].punch_id} == set(tenant_session.scalars(select(Punch.id)))


def test_what_is_sent_again_is_a_duplicate_and_changes_nothing(
    tenant_session: Session, clocked: ClockCompany
):
    sent = taken(clocked, *week_of_days("2026-11-16"))
    first = send(tenant_session, sent)
    again = send(tenant_session, [*sent, sent[0]])
    assert outcomes(first) == ["accepted"] * 4
    assert outcomes(again) == ["duplicate"] * 5
    assert [answer.punch_id for answer in again[:4]] == [answer.punch_id for answer in first]


def test_a_known_external_id_with_other_content_is_a_conflict(sqlite_tenant_session, clocked_sqlite):
    (came,) = taken(clocked_sqlite, "2026-11-16 08:00 in")
    other = replace(came, at=came.at + timedelta(minutes=1))
    in_one = send(sqlite_tenant_session, [came, other])
    assert outcomes(in_one) == ["accepted", "refused"]
    (later,) = send(sqlite_tenant_session, [replace(came, job_role_id=job(sqlite_tenant_session).id)])
    for refused, field in ((in_one[1], "at"), (later, "job_role_id")):
        assert refused.refusal is not None
        assert refused.refusal.code == "punch_conflict"
        assert list(refused.refusal.facts["differences"]) == [field]


def test_how_far_the_clock_is_off_is_kept_with_each_punch(sqlite_tenant_session, clocked_sqlite):
    send(sqlite_tenant_session, taken(clocked_sqlite, "2026-11-16 08:00 in"), clock_offset_seconds=-130)
    (kept,) = sqlite_tenant_session.scalars(select(Punch))
    assert (kept.clock_offset_seconds, kept.source, kept.recorded_by) == (-130, "device", DEVICE)


LINES = [
    *week_of_days("2026-11-16", "2026-11-18"),
    "2026-11-19 22:00 in",
    "2026-11-20 01:00 move",
    "2026-11-20 06:00 out",
    "2026-11-22 22:00 in",
    "2026-11-23 06:00 out",
    "2026-11-23 20:00 out",
]


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "move", PunchKind.TRANSFER)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chance=st.randoms(use_true_random=False), size=st.integers(1, len(LINES)))
def test_the_order_and_the_packing_of_arrivals_do_not_matter(
    sqlite_tenant_session, clocked_sqlite, kinds, chance: random.Random, size: int
):
    sent = taken(clocked_sqlite, *LINES)
    with sqlite_tenant_session.begin_nested() as savepoint:
        chance.shuffle(sent)
        for start in range(0, len(sent), size):
            assert Outcome.REFUSED not in [
                one.outcome for one in send(sqlite_tenant_session, sent[start : start + size])
            ]
        week = timesheet(sqlite_tenant_session, clocked_sqlite.ann)
        assert hours(week) == {"2026-11-16": 480, "2026-11-18": 480, "2026-11-19": 480, "2026-11-22": 480}
        assert [(one.worked_minutes) for one in week.entries if one.day.day == 19] == [180, 300]
        assert codes(timesheet(sqlite_tenant_session, clocked_sqlite.ann, "2026-11-23")) == ["missing_in"]
        savepoint.rollback()
        sqlite_tenant_session.expire_all()
