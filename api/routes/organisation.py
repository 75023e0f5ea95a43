"""The organisation."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from api.permissions import Access, allow
from api.schemas.organisation import OrganisationView
from api.transaction import ReadSession
from scheduler.organisation.models import Organisation
from scheduler.organisation.permissions import Permission

router = APIRouter(prefix="/v1/organisation", tags=["organisation"])


@router.get("", summary="Show the organisation")
def get_organisation(
    access: Annotated[Access, Depends(allow(Permission.REFERENCE_READ))], session: ReadSession
) -> OrganisationView:
    """The organisation whose records this sign-in or key opens."""
    organisation = session.get_one(Organisation, access.principal.organisation_id)
    return OrganisationView.model_validate(organisation)
