"""A change that a page asks for: all of it is made, or nothing, and what refused it is told on the page."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from scheduler.kernel.errors import SchedulerError


def refusal_of(session: Session, change: Callable[[], object]) -> SchedulerError | None:
    """Make a change; None when it was made, else what refused it, with everything as it was before."""
    try:
        with session.begin_nested():
            change()
    except SchedulerError as error:
        session.expire_all()
        return error
    return None
