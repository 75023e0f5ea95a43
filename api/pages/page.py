"""Drawing a page: templates, navigation, and what every page knows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from api.pages import formats
from scheduler.organisation.permissions import Permission, Principal

HERE = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the navigation."""

    href: str
    label: str
    current: bool


_NAVIGATION = (
    ("/rosters", "Rosters", Permission.ROSTERS_READ, False),
    ("/timesheets", "Timesheets", Permission.TIMESHEETS_APPROVE, False),
    ("/exceptions", "Exceptions", Permission.TIMESHEETS_APPROVE, False),
    ("/time-off", "Time off", Permission.TIME_OFF_DECIDE, False),
    ("/leave-balances", "Leave balances", Permission.LEAVE_ACCOUNTS_WRITE, False),
    ("/pay-periods", "Pay periods", Permission.PAY_READ, False),
    ("/extra-pay", "Extra pay", Permission.PAY_FACTS_WRITE, False),
    ("/contracts", "Contracts", Permission.TIMESHEETS_APPROVE, False),
    ("/payroll", "Payroll", Permission.PAY_READ, False),
    ("/law", "Law", Permission.ROSTERS_READ, False),
    ("/webhooks", "Webhooks", Permission.WEBHOOKS_WRITE, False),
    ("/my/shifts", "My shifts", Permission.SHIFTS_READ, True),
    ("/my/time", "My time", Permission.PUNCHES_RECORD, True),
    ("/my/time-off", "My time off", Permission.TIME_OFF_REQUEST, True),
    ("/my/contract", "My contract", Permission.CONTRACTS_READ, True),
    ("/my/limits", "My limits", Permission.CONSENTS_READ, True),
)
"""Address, label, permission, and whether it needs an employee behind the account."""


def navigation(principal: Principal, path: str) -> Iterator[Link]:
    """The pages this principal can open, in order."""
    held = principal.permissions()
    for href, label, permission, own in _NAVIGATION:
        if permission in held and (principal.employee_id is not None or not own):
            yield Link(href, label, path == href or path.startswith(f"{href}/"))


@cache
def templates() -> Environment:
    """The template engine; everything is escaped and an unknown name is an error."""
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["asset_version"] = asset_version()
    environment.filters.update(formats.FILTERS)
    return environment


@cache
def asset_version() -> str:
    """Changes whenever a static file does, so that browsers keep none that is stale."""
    digest = hashlib.sha256()
    for path in sorted((HERE / "static").rglob("*.*")):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def draw(
    request: Request,
    template: str,
    principal: Principal | None,
    *,
    status: int = 200,
    section: str = "",
    **facts: Any,
) -> HTMLResponse:
    """A page, or a part of one, as a response.

    Parameters
    ----------
    section
        Address of the navigation's entry the page belongs to, where its own address does not say so.
    """
    path = section or request.url.path
    html = (
        templates()
        .get_template(template)
        .render(
            request=request,
            nonce=getattr(request.state, "csp_nonce", ""),
            principal=principal,
            navigation=list(navigation(principal, path)) if principal else [],
            **facts,
        )
    )
    return HTMLResponse(html, status)
