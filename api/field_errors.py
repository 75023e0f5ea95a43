"""What pydantic found wrong with a request, field by field in the reader's words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from scheduler.kernel.errors import FieldError

LONGEST_VALUE = 200


def field_error(error: Mapping[str, Any], body: object = None) -> FieldError:
    """One finding: the field, its value, and what would do.

    Parameters
    ----------
    error
        As pydantic lists it.
    body
        What was sent: the parsed body, or its text if it could not be parsed.
    """
    kind, context = error["type"], error.get("ctx") or {}
    if kind == "json_invalid":
        return _no_json(error, body)
    location = error["loc"]
    inside = location[1:] if location and location[0] in _PLACES else location
    if location and location[0] == "body":
        inside = without_tags(inside, body)
    value = printable(error.get("input"))
    if kind == "union_tag_invalid":
        inside, value = (*inside, _unquoted(context)), str(context["tag"])
    elif kind == "union_tag_not_found":
        inside = (*inside, _unquoted(context))
    if kind in ("missing", "union_tag_not_found"):
        value = "(none)"
    elif any("password" in str(part) for part in location):
        value = "(hidden)"
    path = field_path(inside) or "body"
    return FieldError(path, value, _PROBLEMS.get(kind, str(error["msg"])), _hint(kind, value, context))


def without_tags(location: Sequence[str | int], body: object) -> tuple[str | int, ...]:
    """A location without the names of alternatives, which pydantic puts in front of the fields of a union.

    Examples
    --------
    >>> without_tags(("move", "starts_at"), {"action": "move", "starts_at": "noon"})
    ('starts_at',)
    """
    kept: list[str | int] = []
    for place, part in enumerate(location):
        is_last = place == len(location) - 1
        if isinstance(part, str) and isinstance(body, Mapping) and part not in body and not is_last:
            continue
        kept.append(part)
        if isinstance(body, Mapping):
            body = body.get(part)
        elif isinstance(body, list) and isinstance(part, int) and part < len(body):
            body = body[part]
    return tuple(kept)


def field_path(location: Sequence[str | int]) -> str:
    """The path of a field as people write it.

    Examples
    --------
    >>> field_path(("grants", 0, "role"))
    'grants[0].role'
    """
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def printable(value: object) -> str:
    """A value as text that any JSON writer takes, cut where it gets long."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
    text = text if isinstance(text, str) else repr(text)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")[:LONGEST_VALUE]


def _no_json(error: Mapping[str, Any], body: object) -> FieldError:
    """A body that cannot be parsed; what was sent is shown, unless there may be a secret in it."""
    sent = printable(body if isinstance(body, str | bytes) else "")
    reason = str((error.get("ctx") or {}).get("error", error["msg"]))
    at = f" at character {error['loc'][1] + 1}" if isinstance(error["loc"][-1], int) else ""
    value = "(hidden)" if "password" in sent.lower() else sent
    return FieldError("body", value, "is not JSON", f"valid JSON;{at or ' here'}: {reason}")


def _unquoted(context: Mapping[str, Any]) -> str:
    """The name of the field that tells the alternatives apart."""
    return str(context["discriminator"]).strip("'")


def _hint(kind: str, value: str, context: Mapping[str, Any]) -> str:
    if kind == "timezone_aware" and re.search(r"\d[T ]\d", value):
        return f"give an offset such as {value}+01:00, or Z for UTC"
    try:
        hint = _HINTS.get(kind, "").format_map(context)
    except KeyError:
        hint = ""
    return hint or str(context.get("hint", ""))


_PLACES = ("body", "query", "path", "header", "cookie")

_AN_INSTANT = "an instant with its offset, such as 2026-11-02T08:00:00+01:00"
_A_DAY = "a day such as 2026-11-02"
_AN_ID = "an id such as 0192f1c3-7b7a-7c3e-9d2e-3f8f4c1b2a10"

_PROBLEMS = {
    "union_tag_invalid": "is none of the known values",
    "union_tag_not_found": "Field required",
    "date_from_datetime_inexact": "Input should be a day without a time",
    "string_pattern_mismatch": "contains a control character",
}
"""Said instead of pydantic's words where those speak of its own workings."""

_HINTS = {
    "missing": "this field is required",
    "extra_forbidden": "leave it out, or correct its name",
    "timezone_aware": _AN_INSTANT,
    "datetime_from_date_parsing": _AN_INSTANT,
    "datetime_parsing": _AN_INSTANT,
    "date_from_datetime_parsing": _A_DAY,
    "date_from_datetime_inexact": _A_DAY,
    "date_parsing": _A_DAY,
    "uuid_parsing": _AN_ID,
    "uuid_type": _AN_ID,
    "enum": "one of {expected}",
    "literal_error": "one of {expected}",
    "union_tag_invalid": "one of {expected_tags}",
    "union_tag_not_found": "this field is required",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "bool_parsing": "true or false",
    "greater_than_equal": "at least {ge}",
    "less_than_equal": "at most {le}",
    "greater_than": "more than {gt}",
    "less_than": "less than {lt}",
    "string_too_long": "at most {max_length} characters",
    "string_too_short": "at least {min_length} characters",
    "too_long": "at most {max_length} entries",
    "too_short": "at least {min_length} entries",
    "string_type": "text",
    "string_pattern_mismatch": "text without control characters",
    "string_unicode": "text without broken characters",
}
