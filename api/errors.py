"""Refusals become ``application/problem+json`` (RFC 9457): one table from code to status and sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic_core import to_jsonable_python
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from api.field_errors import LONGEST_VALUE, field_error, printable
from api.problem import Problem
from api.problems import PROBLEMS
from scheduler.kernel.errors import FieldError, InvalidInput, SchedulerError

MEDIA_TYPE = "application/problem+json"
SIGN_IN_PAGE = "/sign-in"
SENTENCES_TOLD = 2
"""How many of a refusal's causes its detail says; all of them are in the facts."""

log = structlog.get_logger("makina.api")


@dataclass(frozen=True, slots=True)
class Explained:
    """A refusal in the reader's words."""

    code: str
    status: int
    title: str
    detail: str
    errors: tuple[FieldError, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


def explain(error: SchedulerError) -> Explained:
    """What a refusal means: its status, a sentence made from its facts, and every bad field.

    Raises
    ------
    KeyError
        If its code is not in the table of `api.problems`; a test holds that every code is.
    """
    problem = PROBLEMS[error.code]
    errors = error.errors if isinstance(error, InvalidInput) else ()
    return Explained(
        error.code, problem.status, problem.title, _sentence(problem, error), errors, error.facts
    )


def _sentence(problem: Problem, error: SchedulerError) -> str:
    """The detail with its placeholders filled, then the hint; sentences whose facts are missing stay out."""
    facts = {name: _spoken(value) for name, value in error.facts.items() if value is not None}
    fitting = [sentence for sentence in problem.sentences if set(_placeholders(sentence)) <= set(facts)]
    said = [sentence.format_map(facts) for sentence in fitting]
    hint = facts.get("hint")
    if hint:
        said.append(f"{hint[0].upper()}{hint[1:].rstrip('.')}.")
    return " ".join(said)


def _spoken(value: object) -> str:
    """A fact as it stands in a sentence; of things that have sentences of their own, the first two."""
    if not isinstance(value, list | tuple | set | frozenset):
        return str(value)
    told = [_told(each) for each in value if isinstance(each, Mapping)]
    if not told:
        return ", ".join(map(str, value))
    more = len(told) - SENTENCES_TOLD
    return " ".join([*told[:SENTENCES_TOLD], *([f"And {more} more."] if more > 0 else [])])


def _told(thing: Mapping[str, Any]) -> str:
    """A violation says its sentence; odd time its code and its day."""
    if "text" in thing:
        return str(thing["text"])
    words = str(thing.get("code", "")).replace("_", " ").capitalize()
    return f"{words} on {thing['day']}." if "day" in thing else f"{words}."


def _placeholders(sentence: str) -> list[str]:
    return re.findall(r"\{(\w+)[^}]*\}", sentence)


def problem_response(
    request: Request, explained: Explained, headers: Mapping[str, str] | None = None
) -> Response:
    """The answer to a refused request: a problem document, or for a browser that wants a page, a page."""
    if explained.status == HTTPStatus.UNAUTHORIZED and wants_page(request):
        return to_sign_in(request)
    page = getattr(request.app.state, "problem_page", None)
    if page is not None and wants_page(request):
        answer: Response = page(request, explained)
        return answer
    body = {
        "type": f"urn:makina:problem:{explained.code}",
        "title": explained.title,
        "status": explained.status,
        "detail": explained.detail,
        "code": explained.code,
        "request_id": getattr(request.state, "request_id", None),
        "facts": to_jsonable_python(dict(explained.facts), fallback=str, inf_nan_mode="strings"),
        "errors": [field_error_json(error) for error in explained.errors],
    }
    return JSONResponse(body, explained.status, dict(headers or {}), MEDIA_TYPE)


def field_error_json(error: FieldError) -> dict[str, Any]:
    """One bad value as the problem document lists it."""
    return {
        "field": error.field,
        "line": error.line,
        "value": printable(error.value),
        "problem": error.problem,
        "hint": error.hint,
    }


def wants_page(request: Request) -> bool:
    """Whether the answer is for a person's eyes: a browser outside the API."""
    accepted = request.headers.get("accept", "")
    return not request.url.path.startswith("/v1/") and ("text/html" in accepted or is_htmx(request))


def is_htmx(request: Request) -> bool:
    """Whether htmx sent the request: it follows a redirect only if told by a header of its own."""
    return request.headers.get("hx-request") == "true"


def to_sign_in(request: Request) -> Response:
    """Lead a browser to the sign-in page and, after it, back to where it wanted to be."""
    shown = request.headers.get("hx-current-url") if is_htmx(request) else None
    wanted = shown or (request.url.path if request.method == "GET" else "/")
    target = f"{SIGN_IN_PAGE}?next={quote(re.sub(r'^https?://[^/]*', '', wanted) or '/')}"
    if is_htmx(request):
        return Response(status_code=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": target})
    return RedirectResponse(target, HTTPStatus.SEE_OTHER)


def install(app: FastAPI) -> None:
    """Answer every kind of refusal with a problem document."""
    app.add_exception_handler(SchedulerError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(IntegrityError, _conflict)
    app.add_exception_handler(StaleDataError, _conflict)
    app.add_exception_handler(OperationalError, _busy)


# Headers that a status asks for.
_HEADERS = {
    "key_refused": {"WWW-Authenticate": 'Bearer realm="makina"'},
    "sign_in_needed": {"WWW-Authenticate": 'Bearer realm="makina"'},
    "busy": {"Retry-After": "1"},
}


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, SchedulerError)  # noqa: S101 - registered for this class only
    if error.code not in PROBLEMS:
        log.error("unmapped_error", code=error.code, facts=str(error))
        return unexpected(request)
    headers = dict(_HEADERS.get(error.code, {}))
    if "retry_after_seconds" in error.facts:
        headers["Retry-After"] = str(error.facts["retry_after_seconds"])
    return problem_response(request, explain(error), headers)


def unexpected(request: Request) -> Response:
    """The answer to a fault of ours: it says nothing about the inside, and names the request for the log."""
    return problem_response(request, explain(SchedulerError("unexpected")))


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
    code = _HTTP_CODES.get(error.status_code, "unexpected" if error.status_code >= 500 else "body_unreadable")
    facts = {"path": request.url.path, "method": request.method, **_facts_of(request, code)}
    return problem_response(request, explain(SchedulerError(code, **facts)), error.headers)


_HTTP_CODES = {404: "route_not_found", 405: "method_not_allowed", 413: "body_too_large"}


def _facts_of(request: Request, code: str) -> dict[str, Any]:
    return {"max_bytes": request.app.state.settings.max_body_bytes} if code == "body_too_large" else {}


def _conflict(request: Request, error: Exception) -> Response:
    log.warning("database_conflict", error=str(getattr(error, "orig", error)))
    return problem_response(request, explain(SchedulerError("conflict")))


def _busy(request: Request, error: Exception) -> Response:
    if "readonly" in str(error):
        # A GET that writes is a fault of ours, and waiting does not mend it.
        raise error
    log.error("database_unavailable", error=str(getattr(error, "orig", error)))
    return _refused(request, SchedulerError("busy"))


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class only
    found = error.errors()
    sent = request.headers.get("content-type") or "none"
    # FastAPI hands on a body without a JSON content type as bytes, which then are no object.
    unread = any(tuple(each["loc"]) == ("body",) and isinstance(each["input"], bytes) for each in found)
    if unread and "json" not in sent:
        refusal = SchedulerError("media_type_not_json", content_type=sent[:LONGEST_VALUE])
        return problem_response(request, explain(refusal))
    return problem_response(request, explain(InvalidInput(field_error(each, error.body) for each in found)))
