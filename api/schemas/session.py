"""Signing in and out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field, StringConstraints

from api.schemas.base import EXAMPLE_ID, Email, Input, Output, example
from scheduler.organisation.models import Role
from scheduler.organisation.permissions import Permission, Principal

Password = Annotated[str, StringConstraints(max_length=1000)]


class SignInRequest(Input):
    """Who signs in."""

    email: Email
    password: Password

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"email": "ann@example.com", "password": "correct horse"}]}
    )


class PasswordChange(Input):
    """A new password for oneself."""

    present_password: Password
    new_password: Password

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"present_password": "correct horse", "new_password": "battery staple 7"}]
        }
    )


class HeldRole(Output):
    """A role, held everywhere or at one location."""

    role: Role
    location_id: UUID | None = None

    model_config = ConfigDict(
        from_attributes=True, json_schema_extra=example(role="manager", location_id=EXAMPLE_ID)
    )


class Me(Output):
    """Who sends the request, and what that allows."""

    actor: str = Field(description="`user:<id>` or `key:<id>`, as the audit record names it.")
    name: str
    email: str | None
    organisation_id: UUID
    employee_id: UUID | None = Field(description="The employee whose own records are within reach.")
    roles: list[HeldRole]
    permissions: list[Permission]

    model_config = ConfigDict(
        json_schema_extra=example(
            actor=f"user:{EXAMPLE_ID}",
            name="Ann Nowak",
            email="ann@example.com",
            organisation_id=EXAMPLE_ID,
            employee_id=EXAMPLE_ID,
            roles=[{"role": "manager", "location_id": EXAMPLE_ID}],
            permissions=["rosters:read", "rosters:publish"],
        )
    )

    @staticmethod
    def of(principal: Principal) -> Me:
        """What a principal is told about itself."""
        return Me(
            actor=principal.actor,
            name=principal.name,
            email=principal.email,
            organisation_id=principal.organisation_id,
            employee_id=principal.employee_id,
            roles=[
                HeldRole(role=grant.role, location_id=grant.location_id)
                for grant in sorted(principal.grants, key=lambda grant: (grant.role, str(grant.location_id)))
            ],
            permissions=sorted(principal.permissions()),
        )


class SignedIn(Output):
    """An open session; its token is in the cookie."""

    expires_at: datetime
    me: Me

    model_config = ConfigDict(
        json_schema_extra=example(
            expires_at="2026-11-02T20:00:00Z",
            me={
                "actor": f"user:{EXAMPLE_ID}",
                "name": "Ann Nowak",
                "email": "ann@example.com",
                "organisation_id": EXAMPLE_ID,
                "employee_id": EXAMPLE_ID,
                "roles": [{"role": "manager", "location_id": EXAMPLE_ID}],
                "permissions": ["self"],
            },
        )
    )
