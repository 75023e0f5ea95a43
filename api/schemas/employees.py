"""People who work shifts."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import ConfigDict, Field

from api.schemas.base import EXAMPLE_ID, Code, Day, Email, Input, Output, ShortName, example
from api.schemas.skills import SkillView
from scheduler.people.save_employee import EmployeeFacts, SkillSpan

_EMPLOYEE: dict[str, Any] = {
    "id": EXAMPLE_ID,
    "number": "W-017",
    "first_name": "Ann",
    "last_name": "Nowak",
    "email": "ann@example.com",
    "hired_on": "2024-03-01",
    "left_on": "2027-03-01",
    "location_id": EXAMPLE_ID,
    "department_id": EXAMPLE_ID,
    "job_role_id": EXAMPLE_ID,
}


class EmployeeView(Output):
    """A person who works shifts."""

    id: UUID
    number: str = Field(description="Employee number; what payroll knows the person by.")
    first_name: str
    last_name: str
    email: str | None
    hired_on: date
    left_on: date | None = Field(description="First day no longer employed.")
    location_id: UUID
    department_id: UUID
    job_role_id: UUID | None

    model_config = ConfigDict(from_attributes=True, json_schema_extra=example(**_EMPLOYEE))


class HeldSkill(Output):
    """A skill somebody has on the days [valid_from, valid_until)."""

    id: UUID
    skill: SkillView
    valid_from: date
    valid_until: date | None

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra={
            "examples": [
                {
                    "id": EXAMPLE_ID,
                    "skill": {
                        "id": EXAMPLE_ID,
                        "code": "FORKLIFT",
                        "name": "Forklift licence",
                        "kind": "certificate",
                    },
                    "valid_from": "2025-01-01",
                    "valid_until": "2030-01-01",
                }
            ]
        },
    )


class EmployeeDetail(EmployeeView):
    """A person with skills."""

    born_on: date | None
    skills: list[HeldSkill]

    model_config = ConfigDict(
        from_attributes=True,
        json_schema_extra=example(**_EMPLOYEE, born_on="1990-05-01", skills=[]),
    )


class EmployeeSaved(Input):
    """Everything that is known of a person but for skills, contracts and availability."""

    number: Code = Field(description="Employee number; what payroll knows the person by.")
    first_name: ShortName
    last_name: ShortName
    email: Email | None = None
    born_on: Day | None = None
    hired_on: Day
    left_on: Day | None = Field(default=None, description="First day no longer employed.")
    location_id: UUID
    department_id: UUID
    job_role_id: UUID | None = None

    model_config = ConfigDict(
        json_schema_extra=example(**{name: value for name, value in _EMPLOYEE.items() if name != "id"})
    )

    def facts(self) -> EmployeeFacts:
        """As the use cases take them."""
        return EmployeeFacts(**self.model_dump())


class NewSkillSpan(Input):
    """A skill somebody has on the days [valid_from, valid_until)."""

    skill_id: UUID
    valid_from: Day
    valid_until: Day | None = None

    model_config = ConfigDict(json_schema_extra=example(skill_id=EXAMPLE_ID, valid_from="2025-01-01"))


class SkillsSaved(Input):
    """Every skill somebody has."""

    skills: Annotated[list[NewSkillSpan], Field(max_length=200)]

    model_config = ConfigDict(
        json_schema_extra=example(skills=[{"skill_id": EXAMPLE_ID, "valid_from": "2025-01-01"}])
    )

    def spans(self) -> list[SkillSpan]:
        """As the use case takes them."""
        return [SkillSpan(**span.model_dump()) for span in self.skills]
