"""Every code of a refusal, with the status and the words it is answered with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """How one code is answered.

    Parameters
    ----------
    status
        HTTP status.
    title
        Short and the same each time.
    sentences
        What happened and what would do; ``{name}`` stands for a fact, and a sentence whose facts were not
        given is left out.
    """

    status: int
    title: str
    sentences: tuple[str, ...]


def _problem(status: int, title: str, *sentences: str) -> Problem:
    return Problem(status, title, sentences)


_FRAME: Mapping[str, Problem] = {
    "invalid_input": _problem(422, "Some values cannot be accepted", "Nothing was changed; see `errors`."),
    "not_found": _problem(404, "Not found", "There is no {what} with the id {id}."),
    "route_not_found": _problem(404, "Not found", "There is nothing at {path}."),
    "method_not_allowed": _problem(405, "Method not allowed", "{path} does not answer {method}."),
    "body_too_large": _problem(
        413, "The request is too large", "A request may have at most {max_bytes} bytes.", "Send less at once."
    ),
    "body_unreadable": _problem(400, "The request cannot be read", "Its body is not what its headers say."),
    "media_type_not_json": _problem(
        415,
        "The request is no JSON",
        "The content type is {content_type}: send JSON with `Content-Type: application/json`.",
    ),
    "conflict": _problem(
        409,
        "Somebody else was quicker",
        "Another request changed or made the same record at the same moment; read it again and repeat the "
        "change.",
    ),
    "busy": _problem(503, "The database cannot answer", "Try again in a moment."),
    "not_ready": _problem(503, "Not ready", "{reason}"),
    "unexpected": _problem(
        500, "Something went wrong here", "It is our fault and was logged; nothing was changed."
    ),
}

_ACCESS: Mapping[str, Problem] = {
    "sign_in_needed": _problem(
        401, "Sign in first", "There is no valid session and no API key on the request."
    ),
    "sign_in_failed": _problem(401, "Sign-in failed", "The e-mail address or the password is wrong."),
    "key_refused": _problem(
        401,
        "The API key is refused",
        "It is unknown, revoked or expired; send `Authorization: Bearer mk_...`.",
    ),
    "too_many_attempts": _problem(
        429, "Too many attempts", "Wait {retry_after_seconds} seconds before the next attempt."
    ),
    "cross_site_request": _problem(
        403,
        "Request from another site",
        "A page of another site sent this request with your cookie; it was refused.",
    ),
    "permission_missing": _problem(403, "Not allowed", "This needs the permission {permission}."),
    "outside_reach": _problem(
        403, "Not allowed here", "Your permission {permission} does not reach this location or person."
    ),
    "password_wrong": _problem(403, "The present password is wrong", "Nothing was changed."),
    "email_taken": _problem(
        409, "The address is taken", "An account with the address {email} exists already."
    ),
    "last_admin": _problem(
        409,
        "Nobody would be left to administer",
        "{account} is the last active admin; make another one first.",
    ),
}

PROBLEMS: Mapping[str, Problem] = {**_FRAME, **_ACCESS}
"""Code -> answer. A code that is raised somewhere and missing here fails a test."""
