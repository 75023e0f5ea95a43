"""Who can sign in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Email, Input, Name, Output
from api.schemas.session import HeldRole, Password
from scheduler.organisation.models import Role
from scheduler.organisation.permissions import Grant


class GivenRole(Input):
    """A role to hold, everywhere or at one location."""

    role: Role
    location_id: UUID | None = None

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"role": "manager", "location_id": EXAMPLE_ID}]}
    )

    def grant(self) -> Grant:
        """As the use cases take it."""
        return Grant(self.role, self.location_id)


Roles = Annotated[list[GivenRole], Field(min_length=1, max_length=50)]


class NewAccount(Input):
    """Somebody who shall be able to sign in."""

    email: Email
    name: Name
    password: Password = Field(description="10 to 200 characters; tell it to the person, who can change it.")
    roles: Roles
    employee_id: UUID | None = Field(
        default=None, description="The employee whose own records the account may see."
    )

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "email": "ann@example.com",
                    "name": "Ann Nowak",
                    "password": "correct horse",
                    "roles": [{"role": "manager", "location_id": EXAMPLE_ID}],
                    "employee_id": EXAMPLE_ID,
                }
            ]
        }
    )


class AccountChange(Input):
    """What shall change; a field that is left out stays as it is."""

    name: Name | None = None
    active: bool | None = Field(default=None, description="False ends every session of the account at once.")
    roles: Roles | None = Field(default=None, description="The roles it has from now on.")

    model_config = ConfigDict(json_schema_extra={"examples": [{"active": False}]})


class AccountView(Output):
    """An account."""

    id: UUID
    email: str
    name: str
    active: bool
    employee_id: UUID | None
    created_at: datetime
    roles: list[HeldRole] = Field(validation_alias="grants")

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": EXAMPLE_ID,
                    "email": "ann@example.com",
                    "name": "Ann Nowak",
                    "active": True,
                    "employee_id": EXAMPLE_ID,
                    "created_at": "2026-11-02T08:00:00Z",
                    "roles": [{"role": "manager", "location_id": EXAMPLE_ID}],
                }
            ]
        },
    )
