"""Punches of people's own phones: now or kept, here or elsewhere, and what is decided of their place."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.organisation.kiosk_code import proof_for
from scheduler.organisation.kiosks import create_kiosk, kiosk_for_token, revoke_kiosk
from scheduler.organisation.models import Kiosk, PlaceMode
from scheduler.organisation.punch_places import PlaceRule, save_place
from scheduler.timekeeping.models import PlaceDecision, Punch, PunchKind
from scheduler.timekeeping.phone_punch import PhonePunch, punch_on_phone
from scheduler.timekeeping.punch_place import Position
from tests.scheduler.timekeeping.clock_company import (
    MANAGER,
    NOW,
    ClockCompany,
    another_place,
    at,
    hours,
    job,
    timesheet,
)

ANN = "user:00000000-0000-0000-0000-000000000009"
FENCE = PlaceRule(PlaceMode.TELL, 52.2297, 21.0122, 100)
THERE, AWAY = Position(52.2297, 21.0122, 10), Position(52.3, 21.0122, 10)
CAME = PhonePunch(PunchKind.IN, "once", position=THERE, network="198.51.100.9")


def send(session: Session, clocked: ClockCompany, sent: PhonePunch) -> Punch:
    return punch_on_phone(session, clocked.ann.id, sent, actor=ANN)


def kiosk_at(session: Session, location_id) -> Kiosk:
    return kiosk_for_token(session, create_kiosk(session, location_id, name="Gate", now=NOW, actor=MANAGER))


def test_a_punch_is_made_now_where_the_person_belongs(tenant_session: Session, clocked: ClockCompany):
    kept = send(tenant_session, clocked, CAME)
    assert (kept.at, kept.source, kept.location_id) == (NOW, "web", clocked.location_id)
    assert (kept.place_decision, kept.latitude, kept.network) == (None, None, None)


def test_the_same_press_sent_again_is_one_punch(sqlite_tenant_session, clocked_sqlite, now):
    first = send(sqlite_tenant_session, clocked_sqlite, CAME)
    now.shift(timedelta(seconds=5))
    assert send(sqlite_tenant_session, clocked_sqlite, CAME) is first
    assert len(sqlite_tenant_session.scalars(select(Punch)).all()) == 1


def test_a_decision_is_kept_with_the_punch_and_outlives_the_rule(
    tenant_session: Session, clocked: ClockCompany
):
    save_place(tenant_session, clocked.location_id, FENCE, actor=MANAGER)
    kept = send(tenant_session, clocked, replace(CAME, position=AWAY))
    save_place(tenant_session, clocked.location_id, PlaceRule(), actor=MANAGER)
    tenant_session.refresh(kept)
    assert kept.place_decision is PlaceDecision.OUTSIDE
    assert kept.place_rule is not None
    assert (kept.place_rule["radius_metres"], kept.network) == (100, "198.51.100.9")
    assert kept.place_distance_metres == pytest.approx(7817, abs=5)


@pytest.mark.parametrize(("position", "hint"), [(None, "position"), (AWAY, "closer")])
def test_where_the_location_refuses_nothing_is_recorded_and_what_would_do_is_said(
    sqlite_tenant_session, clocked_sqlite, position, hint
):
    save_place(
        sqlite_tenant_session,
        clocked_sqlite.location_id,
        replace(FENCE, mode=PlaceMode.REFUSE),
        actor=MANAGER,
    )
    with pytest.raises(SchedulerError) as refused:
        send(sqlite_tenant_session, clocked_sqlite, replace(CAME, position=position))
    assert refused.value.code == "punch_outside"
    assert hint in refused.value.facts["hint"]
    assert sqlite_tenant_session.scalars(select(Punch)).all() == []
    assert send(sqlite_tenant_session, clocked_sqlite, CAME).place_decision is PlaceDecision.INSIDE


def test_who_denies_the_position_still_punches_where_it_is_only_told(sqlite_tenant_session, clocked_sqlite):
    save_place(sqlite_tenant_session, clocked_sqlite.location_id, FENCE, actor=MANAGER)
    kept = send(sqlite_tenant_session, clocked_sqlite, replace(CAME, position=None))
    assert kept.place_decision is PlaceDecision.UNKNOWN


def test_a_scanned_kiosk_says_where_and_is_proof_for_this_person_only(sqlite_tenant_session, clocked_sqlite):
    session = sqlite_tenant_session
    gate = another_place(session)
    save_place(session, gate.id, replace(FENCE, mode=PlaceMode.REFUSE), actor=MANAGER)
    kiosk = kiosk_at(session, gate.id)
    proof = proof_for(kiosk, clocked_sqlite.ann.id, now=NOW)
    kept = send(session, clocked_sqlite, replace(CAME, position=None, kiosk_proof=proof))
    assert (kept.location_id, kept.place_decision) == (gate.id, PlaceDecision.INSIDE)
    bens = proof_for(kiosk, clocked_sqlite.ben.id, now=NOW)
    with pytest.raises(SchedulerError, match="kiosk_code_refused"):
        send(session, clocked_sqlite, replace(CAME, once="2", kiosk_proof=bens))
    revoke_kiosk(session, kiosk.id, now=NOW, actor=MANAGER)
    with pytest.raises(SchedulerError, match="kiosk_code_refused"):
        send(session, clocked_sqlite, replace(CAME, once="3", kiosk_proof=proof))


def test_a_kept_punch_has_its_own_time_and_says_so(tenant_session: Session, clocked: ClockCompany):
    pressed = at("2026-11-24 08:00")
    kept = send(tenant_session, clocked, replace(CAME, taken_at=pressed, sent_at=NOW + timedelta(seconds=95)))
    assert (kept.at, kept.source, kept.recorded_at) == (pressed, "offline", NOW)
    assert kept.clock_offset_seconds == 95


def test_a_press_that_arrived_unheard_and_was_kept_too_is_one_punch(
    sqlite_tenant_session, clocked_sqlite, now
):
    left = PhonePunch(PunchKind.OUT, "press")
    first = send(sqlite_tenant_session, clocked_sqlite, left)
    now.shift(timedelta(minutes=10))
    kept = replace(left, taken_at=NOW - timedelta(seconds=3), kiosk_proof="long over")
    assert send(sqlite_tenant_session, clocked_sqlite, kept) is first


def test_the_network_a_kept_punch_is_sent_from_proves_nothing(sqlite_tenant_session, clocked_sqlite):
    rule = PlaceRule(PlaceMode.TELL, networks=("198.51.100.0/24",))
    save_place(sqlite_tenant_session, clocked_sqlite.location_id, rule, actor=MANAGER)
    kept = send(sqlite_tenant_session, clocked_sqlite, replace(CAME, taken_at=at("2026-11-24 08:00")))
    assert kept.place_decision is PlaceDecision.UNKNOWN


def test_kept_punches_over_the_night_the_clocks_go_back_count_elapsed_time(
    sqlite_tenant_session, clocked_sqlite, now
):
    now.move_to(at("2026-10-26 12:00"))
    pressed = ((PunchKind.OUT, "2026-10-25 06:00"), (PunchKind.IN, "2026-10-24 22:00"))
    for kind, moment in pressed:
        send(sqlite_tenant_session, clocked_sqlite, PhonePunch(kind, moment, taken_at=at(moment)))
    assert hours(timesheet(sqlite_tenant_session, clocked_sqlite.ann, "2026-10-24")) == {"2026-10-24": 540}


@pytest.mark.parametrize("moment", ["2026-11-24 16:06", "2026-10-24 15:00"])
def test_a_kept_punch_of_the_future_or_too_long_ago_is_refused(sqlite_tenant_session, clocked_sqlite, moment):
    with pytest.raises(InvalidInput) as refused:
        send(sqlite_tenant_session, clocked_sqlite, replace(CAME, taken_at=at(moment)))
    assert [error.field for error in refused.value.errors] == ["at"]


def test_a_transfer_moves_to_another_job_and_leaving_happens_there(
    sqlite_tenant_session, clocked_sqlite, now
):
    session, forklift, gate = (
        sqlite_tenant_session,
        job(sqlite_tenant_session),
        another_place(sqlite_tenant_session),
    )
    now.move_to(at("2026-11-24 08:00"))
    send(session, clocked_sqlite, CAME)
    now.move_to(at("2026-11-24 10:00"))
    move = PhonePunch(PunchKind.TRANSFER, "move", location_id=gate.id, job_role_id=forklift.id)
    send(session, clocked_sqlite, move)
    with pytest.raises(InvalidInput, match="already"):
        send(session, clocked_sqlite, replace(move, once="again"))
    now.move_to(at("2026-11-24 16:00"))
    left = send(session, clocked_sqlite, PhonePunch(PunchKind.OUT, "out"))
    assert left.location_id == gate.id
    entries = timesheet(session, clocked_sqlite.ann, "2026-11-24").entries
    assert [(one.location_id, one.job_role_id, one.worked_minutes) for one in entries] == [
        (clocked_sqlite.location_id, None, 120),
        (gate.id, forklift.id, 360),
    ]


def test_a_job_that_is_none_is_refused(sqlite_tenant_session, clocked_sqlite):
    with pytest.raises(InvalidInput) as refused:
        send(sqlite_tenant_session, clocked_sqlite, replace(CAME, job_role_id=clocked_sqlite.ann.id))
    assert [error.field for error in refused.value.errors] == ["job_role_id"]
