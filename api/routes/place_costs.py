"""What a pay period cost at each place and in each job."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from api.openapi import problems
from api.permissions import Access, allow
from api.schemas.place_costs import PlaceCostView
from api.transaction import ReadSession
from scheduler.organisation.permissions import Permission
from scheduler.pay.place_costs import place_costs

router = APIRouter(prefix="/v1/pay-periods", tags=["pay periods"])


@router.get(
    "/{pay_period_id}/place-costs",
    summary="Show pay by place and job",
    responses=problems(HTTPStatus.CONFLICT),
)
def get_place_costs(
    access: Annotated[Access, Depends(allow(Permission.PAY_READ))],
    session: ReadSession,
    pay_period_id: UUID,
) -> list[PlaceCostView]:
    """The lines of a closed period by where the work behind them was done; together they are its lines.

    Work that a transfer parts shares its lines by the minutes at each place. 409 `period_not_closed` before.
    """
    return [PlaceCostView.model_validate(each) for each in place_costs(session, pay_period_id)]
