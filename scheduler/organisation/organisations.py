"""Organisations: making one, finding one."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.db.tenant import use_tenant
from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError
from scheduler.organisation.models import Organisation

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def organisation_called(session: Session, slug: str) -> Organisation | None:
    """The organisation with this slug, or None."""
    return session.scalars(select(Organisation).where(Organisation.slug == slug)).one_or_none()


def create_organisation(session: Session, *, slug: str, name: str, actor: str) -> Organisation:
    """A new organisation, which becomes the session's tenant.

    Parameters
    ----------
    slug
        Short name in addresses and on the command line: lower-case letters, digits and single hyphens.

    Raises
    ------
    InvalidInput
        If the slug has another form.
    SchedulerError
        ``organisation_exists`` if the slug is taken.
    """
    if len(slug) > 60 or not _SLUG.fullmatch(slug):
        hint = "at most 60 lower-case letters, digits and single hyphens, such as kometa-shop"
        raise InvalidInput([FieldError("slug", slug, "this cannot be a slug", hint)])
    if organisation_called(session, slug):
        raise SchedulerError("organisation_exists", slug=slug)
    organisation = Organisation(slug=slug, name=name, created_at=utc_now())
    session.add(organisation)
    session.flush()
    use_tenant(session, organisation.id)
    record(session, actor, "organisation.create", "organisation", organisation.id, slug=slug)
    return organisation
