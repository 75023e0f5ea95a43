"""Payroll targets on pages: what they have to be told once, and what they call our people and codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse, Response

from api.pages.payroll import may_set_up
from api.pages.problem import draw_after
from api.pages.refusal import refusal_of
from api.permissions import Access, allow
from api.schemas.payroll import TargetCode
from api.transaction import ReadSession, WriteSession
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.models import Location
from scheduler.organisation.permissions import Permission
from scheduler.pay.models import PayLine
from scheduler.payroll.library import builtin_profiles, find_profile, own_profiles
from scheduler.payroll.mappings import FIELDS_OF, mappings_of, save_mappings
from scheduler.payroll.models import MappingKind, PayrollTarget
from scheduler.payroll.payroll_profile import Profile
from scheduler.payroll.rows import DIMENSIONS, Unit
from scheduler.payroll.targets import TargetTerms, change_target, create_target, find_target

router = APIRouter()

MayRead = Annotated[Access, Depends(allow(Permission.PAY_READ))]
MaySetUp = Annotated[Access, Depends(allow(Permission.PAYROLL_SETUP))]

PEOPLE_COLUMNS = ("ours", *FIELDS_OF[MappingKind.EMPLOYEE])
LONGEST_TABLE = 2_000_000


@router.get("/payroll/targets")
def new_payroll_target_page(request: Request, access: MaySetUp, session: ReadSession) -> Response:
    """A place to add a target."""
    access.require(None)
    return _new(request, access, session)


@router.post("/payroll/targets")
def add_payroll_target(
    request: Request,
    access: MaySetUp,
    session: WriteSession,
    code: Annotated[TargetCode, Form()],
    name: Annotated[str, Form(min_length=1, max_length=100)],
    profile: Annotated[str, Form(max_length=40)],
) -> Response:
    """A new target; its settings are given on its own page."""
    access.require(None)
    made: list[PayrollTarget] = []
    terms = TargetTerms(name.strip(), profile)
    error = refusal_of(session, lambda: made.append(create_target(session, code, terms, actor=access.actor)))
    if error:
        return _new(request, access, session, code=code, name=name, profile=profile, refused=error)
    return RedirectResponse(f"/payroll/targets/{made[0].id}", 303)


def _new(
    request: Request,
    access: Access,
    session: Session,
    *,
    code: str = "",
    name: str = "",
    profile: str = "",
    refused: SchedulerError | None = None,
) -> Response:
    return draw_after(
        request,
        "payroll_new_target.html",
        access.principal,
        refused,
        section="/payroll",
        profiles=profile_choices(session),
        code=code,
        name=name,
        profile=profile,
    )


@router.get("/payroll/targets/{payroll_target_id}")
def payroll_target_page(
    request: Request, access: MayRead, session: ReadSession, payroll_target_id: UUID
) -> Response:
    """Settings and mappings of a target."""
    return _page(request, access, session, payroll_target_id)


@router.post("/payroll/targets/{payroll_target_id}/settings")
def save_payroll_target(
    request: Request,
    access: MaySetUp,
    session: WriteSession,
    payroll_target_id: UUID,
    name: Annotated[str, Form(min_length=1, max_length=100)],
    profile: Annotated[str, Form(max_length=40)],
    setting: Annotated[list[str] | None, Form(max_length=30)] = None,
    value: Annotated[list[str] | None, Form(max_length=30)] = None,
    same_numbers: Annotated[bool, Form()] = False,
) -> Response:
    """Save name, profile and settings; a setting of the profile before that the new one has not goes."""
    access.require(None)
    known = find_profile(session, profile)[0].settings
    given = dict(zip(setting or (), value or (), strict=False))
    settings = {each: text for each, text in given.items() if each in known}
    terms = TargetTerms(name.strip(), profile, settings, same_numbers)
    error = refusal_of(session, lambda: change_target(session, payroll_target_id, terms, actor=access.actor))
    return _after(request, access, session, payroll_target_id, error)


@router.post("/payroll/targets/{payroll_target_id}/pay-codes")
def save_pay_codes(
    request: Request,
    access: MaySetUp,
    session: WriteSession,
    payroll_target_id: UUID,
    ours: Annotated[list[str], Form(max_length=500)],
    code: Annotated[list[str], Form(max_length=500)],
    slot: Annotated[list[str], Form(max_length=500)],
    unit: Annotated[list[str], Form(max_length=500)],
    factor: Annotated[list[str], Form(max_length=500)],
    leave_out: Annotated[list[str], Form(max_length=500)],
) -> Response:
    """Save what the target calls our pay codes; a row without a code is not mapped."""
    columns = zip(ours, code, slot, unit, factor, leave_out, strict=False)
    names = ("ours", *FIELDS_OF[MappingKind.PAY_CODE])
    rows = [dict(zip(names, row, strict=True)) for row in columns]
    rows = [row for row in rows if row["ours"].strip() and (row["code"].strip() or row["leave_out"])]
    return _save(request, access, session, payroll_target_id, MappingKind.PAY_CODE, rows)


@router.post("/payroll/targets/{payroll_target_id}/people")
def save_people(
    request: Request,
    access: MaySetUp,
    session: WriteSession,
    payroll_target_id: UUID,
    table: Annotated[str, Form(max_length=LONGEST_TABLE)] = "",
) -> Response:
    """Save what the target calls our people, from a table as a spreadsheet pastes it."""
    return _save(
        request, access, session, payroll_target_id, MappingKind.EMPLOYEE, _rows(table, PEOPLE_COLUMNS)
    )


@router.post("/payroll/targets/{payroll_target_id}/locations")
def save_locations(
    request: Request,
    access: MaySetUp,
    session: WriteSession,
    payroll_target_id: UUID,
    table: Annotated[str, Form(max_length=LONGEST_TABLE)] = "",
) -> Response:
    """Save what the target calls our locations, from a table as a spreadsheet pastes it."""
    rows = _rows(table, ("ours", *DIMENSIONS))
    return _save(request, access, session, payroll_target_id, MappingKind.LOCATION, rows)


def _rows(table: str, names: tuple[str, ...]) -> list[dict[str, str]]:
    """The lines of a table with tabs or semicolons between its columns; a line of heads is left out."""
    rows = []
    for line in table.splitlines():
        cells = [cell.strip() for cell in (line.split("\t") if "\t" in line else line.split(";"))]
        if any(cells) and cells[0] not in ("ours", "our number", "our code"):
            extra = {f"column {len(names) + 1}": cells[len(names)]} if len(cells) > len(names) else {}
            rows.append({**dict(zip(names, cells, strict=False)), **extra})
    return rows


def _save(
    request: Request,
    access: Access,
    session: Session,
    target_id: UUID,
    kind: MappingKind,
    rows: Iterable[Mapping[str, str]],
) -> Response:
    access.require(None)
    error = refusal_of(session, lambda: save_mappings(session, target_id, kind, rows, actor=access.actor))
    return _after(request, access, session, target_id, error)


def _after(
    request: Request, access: Access, session: Session, target_id: UUID, error: SchedulerError | None
) -> Response:
    if error:
        return _page(request, access, session, target_id, refused=error)
    return RedirectResponse(f"/payroll/targets/{target_id}?said=saved", 303)


def _page(
    request: Request,
    access: Access,
    session: Session,
    target_id: UUID,
    *,
    refused: SchedulerError | None = None,
) -> Response:
    target = find_target(session, target_id)
    mapped = mappings_of(session, target_id)
    by_kind = {kind: {each.ours: each.theirs for each in mapped if each.kind is kind} for kind in MappingKind}
    return draw_after(
        request,
        "payroll_target.html",
        access.principal,
        refused,
        section="/payroll",
        target=target,
        profile=find_profile(session, target.profile_code)[0],
        profiles=profile_choices(session),
        codes=_codes(session, by_kind[MappingKind.PAY_CODE]),
        units=list(Unit),
        people=_table(by_kind[MappingKind.EMPLOYEE], PEOPLE_COLUMNS[1:]),
        people_columns=PEOPLE_COLUMNS[1:],
        locations=_table(_with_locations(session, by_kind[MappingKind.LOCATION]), DIMENSIONS),
        dimensions=DIMENSIONS,
        said=request.query_params.get("said", ""),
        can_set_up=may_set_up(access),
    )


def profile_choices(session: Session) -> list[tuple[str, str]]:
    """Code and title of every profile there is."""
    own = [Profile.model_validate(each.document) for each in own_profiles(session)]
    return [(each.code, each.title) for each in (*builtin_profiles().values(), *own)]


def _codes(session: Session, mapped: Mapping[str, Mapping[str, str]]) -> list[tuple[str, Mapping[str, str]]]:
    """Every pay code that a line has or that is mapped, and what the target calls it."""
    used = {str(code) for code in session.scalars(select(PayLine.pay_code).distinct())}
    return [(code, mapped.get(code, {})) for code in sorted(used | mapped.keys() | {"regular"})]


def _with_locations(
    session: Session, mapped: Mapping[str, Mapping[str, str]]
) -> dict[str, Mapping[str, str]]:
    present = session.scalars(select(Location.code).order_by(Location.code))
    return {**{code: {} for code in present}, **mapped}


def _table(mapped: Mapping[str, Mapping[str, str]], names: tuple[str, ...]) -> str:
    """A table as a spreadsheet takes it, one line for each of ours."""
    return "\n".join(
        ";".join([ours, *(theirs.get(name, "") for name in names)]).rstrip(";")
        for ours, theirs in mapped.items()
    )
