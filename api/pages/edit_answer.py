"""What a page answers when an edit of a roster is refused: what stands against it, and a way on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from api.errors import Explained, explain
from api.pages.formats import stamp
from api.pages.problem import in_words
from api.pages.refusal import refusal_of
from scheduler.kernel.errors import SchedulerError
from scheduler.rosters.editing import Acceptance, Edited


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was saved.

    Parameters
    ----------
    status
        HTTP status of the answer.
    broken
        Sentences about the hard rules it would break; it can be saved all the same, with a reason.
    conflict
        Who changed the roster meanwhile, in words; the same edit can be repeated.
    problem
        Everything else.
    causes
        The causes of ``problem`` one by one.
    """

    status: int
    broken: tuple[str, ...] = ()
    conflict: str = ""
    problem: Explained | None = None
    causes: tuple[str, ...] = field(default=())


def attempt(session: Session, change: Callable[[], Edited], *, zone: str) -> Refusal | None:
    """Make an edit, all of it or nothing; None when it was saved.

    Parameters
    ----------
    zone
        Zone of the roster's location, for the times in what is said.

    Raises
    ------
    SchedulerError
        ``shift_not_found``, when there is nothing left to edit.
    """
    refused = refusal_of(session, change)
    if refused is not None and refused.code == "shift_not_found":
        raise refused
    return _refusal(refused, zone) if refused else None


def _refusal(error: SchedulerError, zone: str) -> Refusal:
    explained = explain(error)
    if error.code == "breaks_hard_rules":
        return Refusal(explained.status, broken=tuple(each["text"] for each in error.facts["violations"]))
    if error.code == "roster_changed":
        return Refusal(explained.status, conflict=who_changed(error.facts, zone))
    told = in_words(explained)
    return Refusal(explained.status, problem=told.explained, causes=told.causes)


def who_changed(facts: dict[str, Any], zone: str) -> str:
    """Who changed a roster meanwhile and when.

    Examples
    --------
    >>> who_changed({"changed_by": "Ann", "changed_at": "2026-11-21T08:00:00+00:00"}, "Europe/Warsaw")
    'Ann changed this roster at Sat 21 Nov, 09:00, after you had opened it.'
    """
    by, at = facts.get("changed_by"), facts.get("changed_at")
    if not by or not at:
        return "Somebody changed this roster after you had opened it."
    when = stamp(datetime.fromisoformat(at), zone)
    return f"{by} changed this roster at {when}, after you had opened it."


def acceptance(reason: str) -> Acceptance | None:
    """The acceptance of a breach that a form carries, if a reason was given."""
    return Acceptance(reason) if reason.strip() else None
