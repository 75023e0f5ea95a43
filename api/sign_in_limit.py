"""How often a password may be tried."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from scheduler.kernel.errors import SchedulerError

PER_ACCOUNT_AND_ADDRESS = RateLimitItemPerMinute(10, 15)
"""Wrong passwords of one account from one network address in 15 minutes."""

PER_ADDRESS = RateLimitItemPerMinute(60, 15)
"""Wrong passwords of all accounts from one network address in 15 minutes."""


class SignInLimit:
    """Counts attempts in this process; a success forgets those of its account."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def count(self, account: str, address: str) -> None:
        """Count one attempt, or refuse it.

        Raises
        ------
        SchedulerError
            ``too_many_attempts`` with ``retry_after_seconds``.
        """
        for limit, names in (
            (PER_ACCOUNT_AND_ADDRESS, (account, address)),
            (PER_ADDRESS, (address,)),
        ):
            if not self._limiter.hit(limit, *names):
                raise SchedulerError("too_many_attempts", retry_after_seconds=self._wait(limit, *names))

    def forget(self, account: str, address: str) -> None:
        """The attempt was right: the account's earlier ones count no more."""
        self._limiter.clear(PER_ACCOUNT_AND_ADDRESS, account, address)

    def _wait(self, limit: RateLimitItem, *names: str) -> int:
        reset = self._limiter.get_window_stats(limit, *names).reset_time
        return max(1, math.ceil(reset - time.time()))
