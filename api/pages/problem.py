"""A refusal as a page, or as a message inside the page that asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request
from sqlalchemy.exc import DBAPIError
from starlette.responses import Response

from api.auth import optional_principal
from api.errors import Explained, explain, is_htmx
from api.pages.page import draw
from scheduler.kernel.clock import as_utc
from scheduler.kernel.errors import SchedulerError
from scheduler.organisation.permissions import Principal


@dataclass(frozen=True, slots=True)
class Told:
    """A refusal for people: the sentence without what is only for programs, and the causes one by one."""

    explained: Explained
    causes: tuple[str, ...]


def problem_page(request: Request, explained: Explained) -> Response:
    """The page for a refused request; htmx gets the message alone."""
    template = "problem_message.html" if is_htmx(request) else "problem.html"
    told = in_words(explained)
    return draw(
        request,
        template,
        _whoever_asks(request),
        status=explained.status,
        problem=told.explained,
        causes=told.causes,
        back=came_from(request),
    )


def draw_after(
    request: Request,
    template: str,
    principal: Principal | None,
    refused: SchedulerError | None,
    **facts: Any,
) -> Response:
    """The page that asked for a change, with what refused it, if anything did."""
    told = in_words(explain(refused)) if refused else None
    return draw(
        request,
        template,
        principal,
        status=told.explained.status if told else 200,
        problem=told.explained if told else None,
        causes=told.causes if told else (),
        **facts,
    )


def _whoever_asks(request: Request) -> Principal | None:
    """Whose navigation the page has; nobody's where the database, which may be the problem, cannot tell."""
    try:
        return optional_principal(request)
    except DBAPIError:
        return None


_ASK = "If you need it, ask whoever administers Makina at your company."
PLAIN: Mapping[str, str] = {
    "permission_missing": f"Your account may not open or do this. {_ASK}",
    "outside_reach": f"Your account may do this at other locations or for other people only. {_ASK}",
    "route_not_found": "There is no page at this address: it was mistyped, or what it showed is gone.",
    "not_found": "What this address names does not exist, or is gone.",
}
"""What people are told instead of what the API says."""


def in_words(explained: Explained) -> Told:
    """What a person is told of a refusal."""
    if explained.code in PLAIN:
        return Told(replace(explained, detail=PLAIN[explained.code]), ())
    causes = tuple(_causes(explained.facts))
    detail = explained.detail
    for cause in causes:
        detail = detail.replace(cause, "")
    sentences = re.split(r"(?<=[.;]) +", detail.strip())
    spoken = " ".join(_without_iso(each) for each in sentences if not _NOT_FOR_PEOPLE.search(each))
    return Told(replace(explained, detail=spoken), causes)


_NOT_FOR_PEOPLE = re.compile(r"`|revision|^And \d+ more\.$")
"""In sentences for programs, and in those that a list of all causes makes needless."""


def _causes(facts: Mapping[str, Any]) -> Iterable[str]:
    for name in ("violations", "pins", "faults"):
        for each in facts.get(name) or ():
            yield str(each.get("text", "")) if isinstance(each, Mapping) else str(each)


_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


def _without_iso(sentence: str) -> str:
    """Instants as people write them; pages that know the location say local times instead."""
    return _INSTANT.sub(
        lambda match: f"{as_utc(datetime.fromisoformat(match[0])):%d.%m.%Y %H:%M} UTC", sentence
    )


def came_from(request: Request) -> str | None:
    """The page of ours on which the refused request began, or None."""
    referer = urlsplit(request.headers.get("referer", ""))
    if referer.netloc != request.headers.get("host") or referer.path in ("", request.url.path):
        return None
    return referer.path + (f"?{referer.query}" if referer.query else "")
