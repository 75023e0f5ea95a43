from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from scheduler.organisation.actors import name_of
from scheduler.organisation.models import Account, ApiKey, Kiosk
from tests.scheduler.small_company import store_small_company

THEN = datetime(2026, 1, 1, tzinfo=UTC)


def test_people_and_keys_are_called_by_their_names(tenant_session: Session):
    ann = Account(email="ann@example.com", name="Ann Nowak", password_hash="x", created_at=THEN)
    clock = ApiKey(name="door clock", prefix="mk_1", key_hash="x", scopes=[], created_at=THEN)
    tenant_session.add_all([ann, clock])
    tenant_session.flush()
    assert name_of(tenant_session, f"user:{ann.id}") == "Ann Nowak"
    assert name_of(tenant_session, f"key:{clock.id}") == "API key door clock"


def test_a_kiosk_is_called_by_where_it_stands(sqlite_tenant_session: Session):
    place = store_small_company(sqlite_tenant_session).location
    kiosk = Kiosk(location_id=place.id, name="Main gate", token_hash="x", created_at=THEN)
    sqlite_tenant_session.add(kiosk)
    sqlite_tenant_session.flush()
    assert name_of(sqlite_tenant_session, f"kiosk:{kiosk.id}") == "kiosk Main gate"


NOBODY = "0192f1c3-7b7a-7c3e-9d2e-3f8f4c1b2a10"


@pytest.mark.parametrize(
    "actor", ["system", "user:nobody", f"kiosk:{NOBODY}", f"user:{NOBODY}", f"key:{NOBODY}"]
)
def test_an_actor_that_has_no_name_is_called_what_the_record_says(tenant_session: Session, actor: str):
    assert name_of(tenant_session, actor) == actor
