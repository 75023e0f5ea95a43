"""Whether somebody is at work follows from the latest punches alone."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from scheduler.timekeeping.correct import void_punch
from scheduler.timekeeping.models import PunchKind
from scheduler.timekeeping.presence import Presence, Whereabouts, presence, who_is_in
from tests.scheduler.timekeeping.clock_company import (
    MANAGER,
    NOW,
    ClockCompany,
    another_place,
    at,
    job,
    move,
    punch,
)


def test_somebody_without_punches_is_away_and_can_only_come(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    here = presence(sqlite_tenant_session, clocked_sqlite.ann.id, as_of=NOW)
    assert here == Presence(Whereabouts.AWAY)
    assert here.next_kinds == (PunchKind.IN,)


def test_a_day_runs_from_coming_over_a_break_to_leaving(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    ann = clocked_sqlite.ann
    seen = []
    for line in ("08:00 in", "12:00 break", "12:30 back", "15:30 out"):
        punch(sqlite_tenant_session, ann, f"2026-11-24 {line}")
        seen.append(presence(sqlite_tenant_session, ann.id, as_of=NOW))
    came, place = at("2026-11-24 08:00"), clocked_sqlite.location_id
    assert seen == [
        Presence(Whereabouts.AT_WORK, came, came, place),
        Presence(Whereabouts.ON_BREAK, at("2026-11-24 12:00"), came, place),
        Presence(Whereabouts.AT_WORK, at("2026-11-24 12:30"), came, place),
        Presence(Whereabouts.AWAY),
    ]
    assert seen[1].next_kinds == (PunchKind.BREAK_END,)


def test_a_voided_punch_and_one_of_somebody_else_do_not_count(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    [came] = punch(sqlite_tenant_session, clocked_sqlite.ann, "2026-11-24 08:00 in")
    punch(sqlite_tenant_session, clocked_sqlite.ben, "2026-11-24 09:00 in")
    void_punch(sqlite_tenant_session, came.id, reason="wrong card", actor=MANAGER)
    assert presence(sqlite_tenant_session, clocked_sqlite.ann.id, as_of=NOW).whereabouts is Whereabouts.AWAY


def test_who_never_clocked_out_is_away_after_sixteen_hours(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    ann = clocked_sqlite.ann
    punch(sqlite_tenant_session, ann, "2026-11-24 08:00 in")
    came = at("2026-11-24 08:00")
    almost, over = (came + timedelta(hours=16) - timedelta(minutes=1)), came + timedelta(hours=16)
    assert presence(sqlite_tenant_session, ann.id, as_of=almost).whereabouts is Whereabouts.AT_WORK
    assert presence(sqlite_tenant_session, ann.id, as_of=over).whereabouts is Whereabouts.AWAY


def test_a_transfer_says_where_somebody_is_now_and_in_which_job(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session, ann = sqlite_tenant_session, clocked_sqlite.ann
    gate, forklift = another_place(session), job(session)
    punch(session, ann, "2026-11-24 08:00 in")
    move(session, ann, "2026-11-24 10:00", gate, forklift)
    here = presence(session, ann.id, as_of=NOW)
    moved, came = at("2026-11-24 10:00"), at("2026-11-24 08:00")
    assert here == Presence(Whereabouts.AT_WORK, moved, came, gate.id, forklift.id)


def test_whoever_moved_on_is_in_there_and_not_here(
    sqlite_tenant_session: Session, clocked_sqlite: ClockCompany
):
    session, home = sqlite_tenant_session, clocked_sqlite.location_id
    gate = another_place(session)
    punch(session, clocked_sqlite.ann, "2026-11-24 08:00 in")
    punch(session, clocked_sqlite.ben, "2026-11-24 09:00 in", "2026-11-24 12:00 break")
    move(session, clocked_sqlite.ann, "2026-11-24 10:00", gate)
    assert [(who.first_name, seen.whereabouts) for who, seen in who_is_in(session, home, as_of=NOW)] == [
        ("Ben", Whereabouts.ON_BREAK)
    ]
    assert [who.first_name for who, _ in who_is_in(session, gate.id, as_of=NOW)] == ["Ann"]
