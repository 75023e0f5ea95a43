"""How often a PIN may be tried at a kiosk."""

from __future__ import annotations

import math
import time
from uuid import UUID

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from scheduler.kernel.errors import SchedulerError

PER_NUMBER = RateLimitItemPerMinute(5, 15)
"""Attempts in a row with one employee number in 15 minutes, at all kiosks of an organisation together."""

PER_KIOSK = RateLimitItemPerMinute(60, 15)
"""Wrong PINs at one kiosk in 15 minutes; right ones do not count, so that a whole shift can clock in."""


class PinLimit:
    """Counts attempts in this process; a right PIN forgets those of its number."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def count(self, organisation_id: UUID, kiosk_id: UUID, number: str) -> None:
        """Count one attempt before its PIN is looked at, or refuse it.

        Raises
        ------
        SchedulerError
            ``too_many_attempts`` with ``retry_after_seconds``.
        """
        if not self._limiter.test(PER_KIOSK, str(kiosk_id)):
            raise self._refusal(PER_KIOSK, str(kiosk_id))
        names = (str(organisation_id), number)
        if not self._limiter.hit(PER_NUMBER, *names):
            raise self._refusal(PER_NUMBER, *names)

    def was_wrong(self, kiosk_id: UUID) -> None:
        """The attempt was wrong, and counts against the kiosk too."""
        self._limiter.hit(PER_KIOSK, str(kiosk_id))

    def was_right(self, organisation_id: UUID, number: str) -> None:
        """The attempt was right: earlier ones with the number count no more."""
        self._limiter.clear(PER_NUMBER, str(organisation_id), number)

    def _refusal(self, limit: RateLimitItem, *names: str) -> SchedulerError:
        reset = self._limiter.get_window_stats(limit, *names).reset_time
        seconds = max(1, math.ceil(reset - time.time()))
        return SchedulerError("too_many_attempts", retry_after_seconds=seconds)
