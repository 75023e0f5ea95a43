"""The code of a kiosk is good for about a minute, its proof for five minutes and one person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.kiosk_code import code_at, kiosk_of_code, kiosk_of_proof, proof_for
from scheduler.organisation.kiosks import create_kiosk, kiosk_for_token, revoke_kiosk
from scheduler.organisation.models import Kiosk
from tests.scheduler.small_company import store_small_company

NOW = datetime(2026, 11, 24, 15, 0, 29, tzinfo=UTC)
"""The last second of a code."""
ANN, BEN = UUID(int=1), UUID(int=2)


@pytest.fixture
def kiosk(sqlite_tenant_session: Session) -> Kiosk:
    place = store_small_company(sqlite_tenant_session).location
    token = create_kiosk(sqlite_tenant_session, place.id, name="Gate", now=NOW, actor="system")
    return kiosk_for_token(sqlite_tenant_session, token)


@pytest.mark.parametrize("seconds", [0, 1, 60])
def test_a_code_opens_for_a_minute(sqlite_tenant_session: Session, kiosk: Kiosk, seconds: int):
    later = NOW + timedelta(seconds=seconds)
    assert kiosk_of_code(sqlite_tenant_session, code_at(kiosk, NOW), now=later) is kiosk


@pytest.mark.parametrize("seconds", [-30, 61, 3600])
def test_a_code_of_another_time_opens_nothing(sqlite_tenant_session: Session, kiosk: Kiosk, seconds: int):
    with pytest.raises(SchedulerError, match="kiosk_code_refused"):
        kiosk_of_code(sqlite_tenant_session, code_at(kiosk, NOW), now=NOW + timedelta(seconds=seconds))


def test_the_code_changes_every_half_minute(kiosk: Kiosk):
    assert code_at(kiosk, NOW) != code_at(kiosk, NOW + timedelta(seconds=1))
    assert code_at(kiosk, NOW) == code_at(kiosk, NOW - timedelta(seconds=29))


@pytest.mark.parametrize("code", ["", ".", "x.y.z", f"{UUID(int=3).hex}.1.00", "٣.٣.٣", "é" * 40, "." * 5])
def test_what_is_no_code_is_refused(sqlite_tenant_session: Session, kiosk: Kiosk, code: str):
    with pytest.raises(SchedulerError, match="kiosk_code_refused"):
        kiosk_of_code(sqlite_tenant_session, code, now=NOW)


def test_a_code_moved_to_a_later_time_is_forged(sqlite_tenant_session: Session, kiosk: Kiosk):
    who, slot, signature = code_at(kiosk, NOW).split(".")
    with pytest.raises(SchedulerError, match="kiosk_code_refused"):
        kiosk_of_code(
            sqlite_tenant_session, f"{who}.{int(slot) + 1}.{signature}", now=NOW + timedelta(seconds=30)
        )


def test_a_revoked_kiosk_ends_its_codes_and_proofs(sqlite_tenant_session: Session, kiosk: Kiosk):
    code, proof = code_at(kiosk, NOW), proof_for(kiosk, ANN, now=NOW)
    revoke_kiosk(sqlite_tenant_session, kiosk.id, now=NOW, actor="system")
    with pytest.raises(SchedulerError, match="kiosk_code_refused"):
        kiosk_of_code(sqlite_tenant_session, code, now=NOW)
    with pytest.raises(SchedulerError, match="kiosk_code_refused"):
        kiosk_of_proof(sqlite_tenant_session, proof, ANN, now=NOW)


def test_a_proof_is_good_for_its_person_and_five_minutes(sqlite_tenant_session: Session, kiosk: Kiosk):
    proof = proof_for(kiosk, ANN, now=NOW)
    in_time, too_late = NOW + timedelta(minutes=5), NOW + timedelta(minutes=5, seconds=1)
    assert kiosk_of_proof(sqlite_tenant_session, proof, ANN, now=in_time) is kiosk
    for who, moment in ((BEN, NOW), (ANN, too_late)):
        with pytest.raises(SchedulerError, match="kiosk_code_refused"):
            kiosk_of_proof(sqlite_tenant_session, proof, who, now=moment)


def test_a_code_is_no_proof(sqlite_tenant_session: Session, kiosk: Kiosk):
    with pytest.raises(SchedulerError, match="kiosk_code_refused"):
        kiosk_of_proof(sqlite_tenant_session, code_at(kiosk, NOW), ANN, now=NOW)
