"""A refusal as a page, or as a message inside the page that asked."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from api.auth import optional_principal
from api.errors import Explained, is_htmx
from api.pages.page import draw


def problem_page(request: Request, explained: Explained) -> Response:
    """The page for a refused request; htmx gets the message alone."""
    template = "problem_message.html" if is_htmx(request) else "problem.html"
    return draw(request, template, optional_principal(request), status=explained.status, problem=explained)
