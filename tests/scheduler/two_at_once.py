"""Two transactions of which the second begins while the first is still open."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from scheduler.db.session import Database

T = TypeVar("T")

LONG_ENOUGH_SECONDS = 0.3
"""For the second to reach the point where it waits for the first."""


def two_at_once(
    database: Database, organisation_id: UUID, first: Callable[[Session], T], second: Callable[[Session], T]
) -> tuple[T, T]:
    """What both gave; the second starts once the first has done its work and not yet committed."""
    done = threading.Event()

    def go_first() -> T:
        with database.write(organisation_id) as session:
            gave = first(session)
            session.flush()
            done.set()
            time.sleep(LONG_ENOUGH_SECONDS)
            return gave

    def go_second() -> T:
        done.wait()
        with database.write(organisation_id) as session:
            return second(session)

    with ThreadPoolExecutor(2) as pool:
        one, other = pool.submit(go_first), pool.submit(go_second)
        return one.result(), other.result()
