"""Whether history and upcoming work alone leave a window its rest."""

from __future__ import annotations

from solver.lns.kernel import Longs


def rests_before(windows: Longs, past: Longs) -> bool:
    """Whether one of some windows has its rest before the end of history.

    Parameters
    ----------
    windows
        (start, end, required minutes) of each.
    past
        (start, end) of each span of history, by start.
    """
    for since, until, minutes in windows.tolist():
        free = since
        for begin, end in past.tolist():
            if min(begin, until) - free >= minutes:
                return True
            free = max(free, end)
    return False


def rests_at_last(windows: Longs, past: Longs, later: Longs) -> bool:
    """Whether one of some windows has its rest between history and upcoming work, with no work in between.

    Parameters
    ----------
    windows
        (start, end, required minutes) of each.
    past, later
        (start, end) of each span of history and of upcoming work, by start.
    """
    for since, until, minutes in windows.tolist():
        free = max([since, *(end for _, end in past.tolist())])
        for begin, end in later.tolist():
            if min(begin, until) - free >= minutes:
                return True
            free = max(free, end)
        if until - free >= minutes:
            return True
    return False
