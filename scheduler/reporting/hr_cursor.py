"""Where a pull of human resources goes on, as a text that says nothing to whoever keeps it."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re

from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.reporting.hr_query import HrQuery

_FORM = re.compile(r"([0-9]{1,15})\.([0-9a-f]{24})")
_START = "leave it out to start from the beginning, or send `next` of the last page"


def cursor_text(query: HrQuery, number: int) -> str:
    """The cursor after change ``number`` of what a query asks for.

    Examples
    --------
    >>> from datetime import date
    >>> from scheduler.reporting.models import HrRecordKind
    >>> query = HrQuery(HrRecordKind.LEAVE, date(2026, 1, 1), None, None)
    >>> cursor_number(query, cursor_text(query, 17))
    17
    """
    return base64.urlsafe_b64encode(f"{number}.{_fingerprint(query)}".encode()).decode().rstrip("=")


def cursor_number(query: HrQuery, cursor: str) -> int:
    """The change after which a cursor goes on.

    Raises
    ------
    InvalidInput
        If it is no cursor, or one of another query: what that did not ask for would be missed.
    """
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        text = ""
    found = _FORM.fullmatch(text)
    if found is None:
        raise _refused(cursor, "is no cursor")
    if found[2] != _fingerprint(query):
        raise _refused(cursor, "was given for other filters, or to somebody who sees other places")
    return int(found[1])


def _fingerprint(query: HrQuery) -> str:
    places = "*" if query.location_ids is None else ",".join(sorted(map(str, query.location_ids)))
    asked = f"{query.kind.value}/{query.starts_on}/{query.ends_on}/{places}"
    return hashlib.sha256(asked.encode()).hexdigest()[:24]


def _refused(cursor: str, problem: str) -> InvalidInput:
    return InvalidInput([FieldError("cursor", cursor[:80], problem, _START)])
