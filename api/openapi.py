"""The OpenAPI document, with what FastAPI cannot know: permissions, security, refusals of each operation."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import RouteContext, iter_route_contexts

from api.errors import MEDIA_TYPE
from api.permissions import Allow, Public
from api.schemas.base import ProblemDocument
from api.subjects import NOT_RECORDS, SUBJECTS
from scheduler.organisation.permissions import Permission

PUBLIC = "public"
_CHANGING = {"POST", "PUT", "PATCH", "DELETE"}


class UndeclaredPermission(RuntimeError):
    """A route says neither which permission it needs nor that it is public."""


def declared_permission(route: RouteContext) -> Permission | None:
    """The permission a route needs; None if it is public by intention.

    Raises
    ------
    UndeclaredPermission
        If it does not say, or its path names something whose place nobody can look up.
    """
    gates = [call for call in _dependencies(route.dependant) if isinstance(call, Allow | Public)]
    if len(gates) != 1:
        raise UndeclaredPermission(f"{route.path}: declare Depends(allow(Permission.X)) or Depends(public)")
    gate = gates[0]
    if isinstance(gate, Public):
        return None
    unknown = set(route.param_convertors) - set(SUBJECTS) - NOT_RECORDS
    if unknown:
        raise UndeclaredPermission(f"{route.path}: api/subjects.py does not know {sorted(unknown)}")
    return gate.permission


def routes_of(app: FastAPI) -> Iterator[RouteContext]:
    """Every route of the API and of the pages."""
    for route in iter_route_contexts(app.routes):
        if getattr(route, "dependant", None) is not None:
            yield route


def _dependencies(dependant: Dependant) -> Iterator[Any]:
    for sub in dependant.dependencies:
        yield sub.call
        yield from _dependencies(sub)


def install(app: FastAPI) -> None:
    """Make ``app.openapi()`` give the whole document; a route without a declared permission raises."""
    permissions = {
        (str(route.path_format), method): declared_permission(route)
        for route in routes_of(app)
        for method in route.methods or ()
    }

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _build(app, permissions)
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]  # how FastAPI is told another document


def _build(app: FastAPI, permissions: dict[tuple[str, str], Permission | None]) -> dict[str, Any]:
    schema = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        tags=app.openapi_tags,
    )
    components = schema.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    problem = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["ProblemDocument"] = problem
    components["securitySchemes"] = _SECURITY_SCHEMES
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            _complete(operation, path, method.upper(), permissions[path, method.upper()])
    return schema


_SECURITY_SCHEMES = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "makina_session",
        "description": "Set by `POST /v1/session`.",
    },
    "key": {"type": "http", "scheme": "bearer", "description": "An API key, `mk_...`."},
}


def _complete(operation: dict[str, Any], path: str, method: str, permission: Permission | None) -> None:
    operation["x-permission"] = PUBLIC if permission is None else permission.value
    operation["security"] = [] if permission is None else [{"session": []}, {"key": []}]
    statuses = []
    if permission is not None:
        statuses += [HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN]
    if "{" in path:
        statuses.append(HTTPStatus.NOT_FOUND)
    if method in _CHANGING:
        # What the body names may be missing; another site may have sent it; somebody may have been quicker.
        statuses += [HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT]
    if "requestBody" in operation:
        statuses += [
            HTTPStatus.BAD_REQUEST,
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        ]
    if "requestBody" in operation or operation.get("parameters") or method in _CHANGING:
        statuses.append(HTTPStatus.UNPROCESSABLE_ENTITY)
    responses = operation.setdefault("responses", {})
    responses.pop("422", None)
    for status in sorted({*statuses, HTTPStatus.SERVICE_UNAVAILABLE}):
        responses.setdefault(str(status.value), problem_answer(status))


def problems(*statuses: HTTPStatus) -> dict[int | str, dict[str, Any]]:
    """``responses`` of a route that refuses in ways its permission, its path and its body do not tell."""
    return {status.value: problem_answer(status) for status in statuses}


def problem_answer(status: HTTPStatus) -> dict[str, Any]:
    """How a refusal is documented."""
    return {
        "description": status.phrase,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDocument"}}},
    }
