"""A time clock opens what it may with its key until it is revoked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from scheduler.kernel.errors import InvalidInput
from scheduler.kernel.ids import new_id
from scheduler.organisation.actors import name_of
from scheduler.organisation.authenticate import principal_of_key
from scheduler.organisation.clock_devices import create_device, list_devices, note_seen, revoke_device
from scheduler.organisation.permissions import Permission, reach
from tests.scheduler.small_company import store_small_company

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)


def test_a_key_sends_punches_of_its_location_and_nothing_else(tenant_session: Session):
    place = store_small_company(tenant_session).location
    device, secret = create_device(tenant_session, place.id, name=" Hall 2 ", now=NOW, actor="system")
    found = principal_of_key(tenant_session, secret, now=NOW)
    assert found is not None
    assert (found.actor, found.device_id, found.name) == (f"device:{device.id}", device.id, "Hall 2")
    assert found.permissions() == {Permission.PUNCHES_IMPORT}
    held = reach(found, Permission.PUNCHES_IMPORT)
    assert held is not None
    assert held.covers(place.id)
    assert not held.covers(new_id())
    assert name_of(tenant_session, found.actor) == "time clock Hall 2"
    assert secret not in repr(vars(device))


def test_a_revoked_key_opens_nothing_and_its_clock_is_listed_no_more(tenant_session: Session):
    place = store_small_company(tenant_session).location
    device, secret = create_device(tenant_session, place.id, name="Hall 2", now=NOW, actor="system")
    assert list_devices(tenant_session, place.id) == [device]
    revoke_device(tenant_session, device.id, now=NOW, actor="system")
    assert principal_of_key(tenant_session, secret, now=NOW) is None
    assert principal_of_key(tenant_session, "mkc_unknown", now=NOW) is None
    assert list_devices(tenant_session, place.id) == []


def test_when_it_was_last_seen_and_how_far_it_is_off_is_kept(sqlite_tenant_session: Session):
    place = store_small_company(sqlite_tenant_session).location
    device, _ = create_device(sqlite_tenant_session, place.id, name="Hall 2", now=NOW, actor="system")
    note_seen(sqlite_tenant_session, device.id, now=NOW, clock_offset_seconds=70)
    note_seen(sqlite_tenant_session, device.id, now=NOW, clock_offset_seconds=None)
    assert (device.last_seen_at, device.clock_offset_seconds) == (NOW, 70)


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_time_clock_has_a_name(sqlite_tenant_session: Session, name: str):
    place = store_small_company(sqlite_tenant_session).location
    with pytest.raises(InvalidInput):
        create_device(sqlite_tenant_session, place.id, name=name, now=NOW, actor="system")
