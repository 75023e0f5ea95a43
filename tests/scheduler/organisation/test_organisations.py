from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from scheduler.db.tenant import tenant_of
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.organisation.organisations import create_organisation, organisation_called


def test_a_new_organisation_becomes_the_tenant_of_the_session(session: Session):
    made = create_organisation(session, slug="kometa-2", name="Kometa", actor="system")
    assert tenant_of(session) == made.id
    assert organisation_called(session, "kometa-2") is made


@pytest.mark.parametrize("slug", ["", "Kometa", "a--b", "-a", "a b", "a" * 61, "ż", "a\n"])
def test_a_slug_that_would_not_do_in_an_address_is_refused(session: Session, slug: str):
    with pytest.raises(InvalidInput):
        create_organisation(session, slug=slug, name="Kometa", actor="system")
    assert organisation_called(session, slug) is None


def test_a_taken_slug_is_refused(session: Session):
    create_organisation(session, slug="kometa", name="Kometa", actor="system")
    with pytest.raises(SchedulerError) as refusal:
        create_organisation(session, slug="kometa", name="Other", actor="system")
    assert refusal.value.code == "organisation_exists"
